"""Under what a visit is made: how fast the page's processor is, and how fast the network."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Condition:
    """One combination of processor and network."""

    cpu: int = 1
    """How many times slower the page's main thread runs; workers and frames of other origins keep their speed."""
    slow_network: bool = False
    """Whether the servers are asked over `slow_network` rather than directly."""

    def of(self, series: str) -> str:
        """Return the name of a series under this condition; under none it is the bare name."""
        suffix = (["cpu4"] if self.cpu > 1 else []) + (["10mbit"] if self.slow_network else [])
        return " ".join([series, *suffix])

    def __str__(self) -> str:
        """Return what the tables call it."""
        cpu = f"CPU {self.cpu} × slower" if self.cpu > 1 else "CPU as it is"
        return f"{cpu}, {'network of 10 Mbit/s and 40 ms' if self.slow_network else 'network as it is'}"


FREE = Condition()
SLOW_CPU = Condition(cpu=4)
SLOW_NETWORK = Condition(slow_network=True)
SLOW_BOTH = Condition(cpu=4, slow_network=True)

PROCESSORS = (FREE, SLOW_CPU)
ALL = (FREE, SLOW_CPU, SLOW_NETWORK, SLOW_BOTH)
