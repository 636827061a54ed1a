"""One visit of a new reader to a site: what they do there, whatever drives their browser."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .conditions import Condition

PATIENCE = 60
"""Seconds after which what was waited for counts as failed."""

AWAIT_OUTPUT = "(run, output) => bench.awaitOutput(run, output)"
OBSERVER = Path(__file__).with_name("observe.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Sample:
    """Where a page has a sample: CSS selectors, of which the first element found counts."""

    whole: str
    run: str
    """The button that runs it, while it does."""
    stop: str
    """The button that stops it, while it does."""
    output: str
    ended: str
    """What is there while no run is on."""


class Visit(ABC):
    """A page in a browser that remembers no earlier visit: no cache, no storage."""

    @abstractmethod
    def go(self, path: str) -> None:
        """Navigate to a page of the site."""

    @abstractmethod
    def call(self, function: str, *arguments: object) -> Any:
        """Call a function of JavaScript in the page and return what it returns."""

    @abstractmethod
    def click(self, selector: str) -> None:
        """Wait for an element and click on it with the mouse; a question that the page asks is answered with yes."""

    @abstractmethod
    def hover(self, selector: str) -> None:
        """Put the mouse there."""

    @abstractmethod
    def wait_for(self, selector: str) -> None:
        """Wait until there is such an element."""

    @abstractmethod
    def told(self, what: str) -> AbstractContextManager[None]:
        """Do something, then wait until observe.js has told `what`, without a look at the page before it has."""

    @abstractmethod
    def settle(self) -> None:
        """Wait until the page has loaded, and asks for nothing more."""

    @abstractmethod
    def again(self) -> None:
        """Close the page and come back to an empty one, with all that the browser remembers."""

    @abstractmethod
    def pause(self, seconds: float) -> None:
        """Do nothing for a while."""

    def open(self, path: str) -> None:
        """Go to a page and wait until it says that it is live."""
        with self.told("live"):
            self.go(path)

    def look_at(self, selector: str) -> None:
        """Scroll to an element, without the mouse, and let the page settle."""
        self.wait_for(selector)
        self.call("(selector) => document.querySelector(selector).scrollIntoView({ block: 'center' })", selector)
        self.settle()

    def see(self, name: str) -> Any:
        """Return one of the values that observe.js keeps, or what one of its functions returns."""
        return self.call(f"() => bench.{name}")

    def run(self, sample: Sample) -> float:
        """Click on Run and return the milliseconds until the output says something; raise when that is an error."""
        self.call(AWAIT_OUTPUT, sample.run, sample.output)
        with self.told("output"):
            self.click(sample.run)
        return self._output("output")

    def stop(self, sample: Sample) -> None:
        """Click on Stop."""
        self.click(sample.stop)

    def stop_and_run(self, sample: Sample) -> tuple[float, float]:
        """Click on Stop, and have Run clicked once that can be; return the milliseconds from both to the next output.

        The page clicks: a driver's way from one button to the other would be much of what is measured.
        """
        self.call("(stop, run) => bench.awaitStop(stop, run)", sample.stop, sample.run)
        self.call(AWAIT_OUTPUT, sample.run, sample.output)
        with self.told("output"):
            self.click(sample.stop)
        return self._output("sinceStop"), self._output("output")

    def _output(self, time: str) -> float:
        said = str(self.see("said"))
        if "Traceback" in said:
            raise AssertionError(f"the sample failed: {said.strip().splitlines()[-1]}")
        return float(self.see(time))


Visits = Callable[[str, Condition], AbstractContextManager[Visit]]
"""Begins a visit to the site at a URL, under a condition, and ends it."""
