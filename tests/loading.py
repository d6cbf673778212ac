"""What is loaded once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def taken_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Whatever is written meanwhile is not kept. Each test takes back what it does itself, to a
    savepoint; none of a module that does this may ask for `transaction=True`."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
