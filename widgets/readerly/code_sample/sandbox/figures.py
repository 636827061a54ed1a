"""The backend that pyplot uses in a sample: Agg draws, and `plt.show()` shows in the output. Matplotlib imports it."""

import importlib
import sys
from typing import Any

from . import display

if "matplotlib" in sys.modules:  # which asks a backend for these
    FigureCanvas = importlib.import_module("matplotlib.backends.backend_agg").FigureCanvasAgg
    FigureManager = importlib.import_module("matplotlib.backend_bases").FigureManagerBase


def show(*_args: Any, **_options: Any) -> None:
    """Show the figures that are open: `plt.show()`."""
    display.show_figures()
