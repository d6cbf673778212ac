"""How far a command is that takes a while: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import time
from typing import Any, TextIO

from django.core.management.base import OutputWrapper

WIDTH = 30
# Seconds between two drawings. A bar: often enough to look alive, seldom enough not to slow
# the work. Lines: few enough for a log, enough to see that nothing hangs.
BAR_PAUSE = 0.1
LINE_PAUSE = 10.0


class ProgressBar:
    """`label  [#####.....] 1,200 of 4,000`; in a pipe or a log, `label: 1,200 of 4,000`."""

    def __init__(self, total: int, label: str, stream: TextIO | OutputWrapper) -> None:
        self.total = total
        self.label = label
        # A command's own stream would end every write with a line.
        self.stream: Any = getattr(stream, "_out", stream)
        self.in_place = self.stream.isatty()
        self._done = self._drawn_at = 0
        self._drawn = 0.0 if self.in_place else time.monotonic()

    def update(self, done: int) -> None:
        self._done = done
        pause = BAR_PAUSE if self.in_place else LINE_PAUSE
        if time.monotonic() - self._drawn >= pause or (self.in_place and done >= self.total):
            self._draw()

    def _draw(self) -> None:
        self._drawn, self._drawn_at = time.monotonic(), self._done
        counted = f"{self._done:,} of {self.total:,}"
        if self.in_place:
            filled = WIDTH * min(self._done, self.total) // max(self.total, 1)
            bar = "#" * filled + "." * (WIDTH - filled)
            self.stream.write(f"\r{self.label:<12} [{bar}] {counted}")
        else:
            self.stream.write(f"{self.label}: {counted}\n")
        self.stream.flush()

    def close(self) -> None:
        if self._done > self._drawn_at:
            self._draw()
        if self.in_place:
            self.stream.write("\n")
            self.stream.flush()


class Progress:
    """What services call as they go along: `progress(done, total, label)`, a bar for each label."""

    def __init__(self, stream: TextIO | OutputWrapper) -> None:
        self.stream = stream
        self.bar: ProgressBar | None = None

    def __call__(self, done: int, total: int, label: str) -> None:
        if self.bar is None or self.bar.label != label:
            self.close()
            self.bar = ProgressBar(total, label, self.stream)
        self.bar.total = total
        self.bar.update(done)

    def close(self) -> None:
        if self.bar:
            self.bar.close()
        self.bar = None
