"""What else of its deck an answer may be meant for."""

from __future__ import annotations

from collections.abc import Iterable

from questions.domain.grading.alike import folded
from questions.domain.grading.kept import called, nearly_called, nearly_said
from questions.models import Fact
from questions.queries.claims import Case, Place
from questions.queries.names import name_index

MOST_TERMS = 500
"""Of one relation, with which an accepted term is compared."""


def nearly_another(case: Case, spelling: str) -> list[str]:
    """What else of the deck the answer, or a teacher's spelling of it, may be meant for: a name of
    another or a slip in one, a term that another fact gives. None, where it cannot be kept."""
    if case.place is Place.NOWHERE or not case.named_in_words:
        return []
    index = name_index(case.deck)
    found: dict[str, None] = {}
    for text in dict.fromkeys((case.given, spelling or case.given)):
        if not case.entity:
            found |= dict.fromkeys(named.name for named in called(text, index))
            found |= dict.fromkeys(filter(None, [nearly_said(text, _other_terms(case), index)]))
        found |= dict.fromkeys(named.name for named in nearly_called(text, case.entity, index))
    return list(found)


def _other_terms(case: Case) -> Iterable[str]:
    """What the relation says of other subjects; of a question by hand nothing is alike."""
    fact = case.question.card.fact
    if fact is None:
        return ()
    alike = Fact.objects.live().filter(deck=case.deck, relation=fact.relation).order_by()
    own = {folded(text) for text in (fact.value, *fact.accept)}
    terms = alike.exclude(about=fact.about_id).values_list("value", flat=True).distinct()
    return [value for value in terms[:MOST_TERMS] if folded(value) not in own]
