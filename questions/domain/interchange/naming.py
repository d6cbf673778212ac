"""How advice names what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from questions.domain.facts import Group
from questions.domain.messages import Sentence, gettext_noop

MOST_NAMED = 6
"""Names in one sentence; more are counted."""


def named(group: Group) -> str:
    about, relation, qualifiers = group
    return " ".join((about, relation, *(value for _, value in qualifiers)))


def some(names: Sequence[str], most: int | None) -> str:
    if most is None or len(names) <= most:
        return ", ".join(names)
    first, rest = ", ".join(names[:most]), str(len(names) - most)
    return Sentence(gettext_noop("%(some)s, … (%(rest)s more)"), some=first, rest=rest)
