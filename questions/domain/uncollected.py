"""Long work without a search for cycles.

A whole bank is millions of small objects that go as soon as nobody counts on them. To look again
and again for cycles among those that stay takes an eighth of the time and finds next to none. An
edited fact's few thousand may set off a search through all that a process holds, longer than the
edit.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Also as a decorator. Where nobody looks for cycles anyway, nobody does so afterwards."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
