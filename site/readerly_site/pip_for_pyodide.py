"""pip as it would resolve inside Pyodide: `python pip_for_pyodide.py MARKERS ARGUMENT…`, MARKERS being JSON.

pip takes a platform and a Python version from its options, but asks the machine it runs on what the markers of
dependencies mean ("colorama; sys_platform == 'win32'"). Here they mean what they mean to Pyodide.
"""

import json
import sys

import pip._internal.cli.main
from pip._vendor.packaging import markers

if __name__ == "__main__":
    environment = json.loads(sys.argv.pop(1))
    markers.default_environment = lambda: dict(environment)  # pyright: ignore
    sys.exit(pip._internal.cli.main.main())
