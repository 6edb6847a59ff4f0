"""How far a job is, how fast it goes and how long the rest takes."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a job.

    Attributes:
        done, total: items, or parts of what there is to do.
        rate: items a second lately, of those since it was begun or taken up again; None before
            the first.
        step: what is being done, where that is not the items themselves.
    """

    done: int
    total: int
    rate: float | None = None
    step: str = ""

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.total if self.total else 1.0

    @property
    def seconds_left(self) -> float | None:
        """An estimate; None while there is nothing to go by."""
        return (self.total - self.done) / self.rate if self.rate else None

    def __str__(self) -> str:
        text = self.step or f"{self.done:,} of {self.total:,}"
        if self.rate and not self.step:
            text += f", {self.rate:,.{0 if self.rate >= 10 else 1}f} a second"
        if self.seconds_left and self.done < self.total:
            text += f", {duration(self.seconds_left)} left"
        return text


WINDOW = 60.0
"""Seconds that the rate is taken over: what a job that is taken up again only remembers goes by
faster than what it still has to do."""


class Pace:
    """Counts items against the clock."""

    def __init__(self, done: int, total: int) -> None:
        self._total = total
        self._count = float(done)
        self._moments = deque([(time.monotonic(), self._count)])

    def add(self, items: float) -> Progress:
        """The moment after `items` more."""
        return self.to(self._count + items)

    def to(self, count: float) -> Progress:
        """The moment when so many are done."""
        self._count = count
        now = time.monotonic()
        while len(self._moments) > 1 and now - self._moments[0][0] > WINDOW:
            self._moments.popleft()
        since, before = self._moments[0]
        self._moments.append((now, self._count))
        spent, completed = now - since, self._count - before
        return Progress(
            int(self._count), self._total, completed / spent if completed and spent else None
        )


def duration(seconds: float) -> str:
    """ "40 s", "12 min", "3 h 20 min"."""
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
