"""Why a question waits for a teacher: in words, and as the program remembers it.

A doubt names the rule that drafts a question and what it is about, nothing of how that is put. A
teacher who lets the question through settles that doubt and no other, however it is said later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questions.domain.facts import Fact, Status
from questions.domain.generation.text import fold
from questions.domain.messages import Sentence, gettext_noop

SETTLED = "settled facts"
"""The rule that drafts what rests on a fact's status."""
WHY_DRAFT = {
    Status.UNCERTAIN: gettext_noop("The deck marks this fact as uncertain."),
    Status.DERIVED: gettext_noop("This fact was worked out from others; no source states it."),
    Status.EVALUATIVE: gettext_noop("This fact is a judgement, not a matter of record."),
}


def why_draft(facts: Sequence[Fact]) -> str:
    reasons = dict.fromkeys(WHY_DRAFT[status] for fact in facts for status in fact.status)
    return " ".join(reasons)


def doubt_about(facts: Sequence[Fact]) -> str:
    """A line for each fact and status. It holds all that the fact says: another value is doubted
    anew."""
    lines = {f"{SETTLED}: {status.value}: {_says(f)}" for f in facts for status in f.status}
    return "\n".join(sorted(lines))


def _says(fact: Fact) -> str:
    value = f"{fact.value} {fact.unit}".strip()
    qualifiers = "".join(f", {name} {word}" for name, word in sorted(fact.qualifiers))
    return f"{fact.about} {fact.relation} {value}{qualifiers}"


def doubt_of(rule: str, why: str) -> str:
    """That a rule is broken: what fills its sentence says by what, the sentence itself does not
    matter."""
    about = sorted(fold(text) for text in _named(why))
    return f"{rule}: {', '.join(about)}" if about else rule


def is_let_through(doubt: str, approved: str) -> bool:
    """Whether a teacher who let `approved` pass knew of all that is doubted now."""
    return set(doubt.splitlines()) <= set(approved.splitlines())


def _named(why: str) -> Iterator[str]:
    if isinstance(why, Sentence):
        for text in why.message.params.values():
            yield from _named(text) if isinstance(text, Sentence) else (text,)
