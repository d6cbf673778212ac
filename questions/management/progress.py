"""A progress bar for commands that take a while: on a terminal only, and in place."""

from __future__ import annotations

import time
from typing import Any, TextIO

from django.core.management.base import OutputWrapper

WIDTH = 30
# Often enough to look alive, seldom enough not to slow the work.
PAUSE = 0.1


class ProgressBar:
    """`label  [#####.....] 1,200 of 4,000`. Silent where `stream` is no terminal."""

    def __init__(self, total: int, label: str, stream: TextIO | OutputWrapper) -> None:
        self.total = total
        self.label = label
        # A command's own stream would end every write with a line.
        self.stream: Any = getattr(stream, "_out", stream)
        self.shown = self.stream.isatty()
        self._drawn = 0.0

    def update(self, done: int) -> None:
        if self.shown and (time.monotonic() - self._drawn >= PAUSE or done >= self.total):
            self._drawn = time.monotonic()
            filled = WIDTH * min(done, self.total) // max(self.total, 1)
            bar = "#" * filled + "." * (WIDTH - filled)
            self.stream.write(f"\r{self.label:<12} [{bar}] {done:,} of {self.total:,}")
            self.stream.flush()

    def close(self) -> None:
        if self.shown:
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
