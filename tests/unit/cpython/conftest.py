"""Hypothesis finds examples anew at each run, at whatever speed the machine has; in CI they are always the same."""

import os

from hypothesis import settings

settings.register_profile("here", deadline=None, database=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("here")
