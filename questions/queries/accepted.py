"""Answers that teachers accepted, as far as the deck still holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from questions.domain.grading.alike import folded
from questions.domain.interchange import Accepted
from questions.domain.interchange.keeping import Of
from questions.models import AuthoredQuestion, Deck, Entity, Fact, Ruling

Rulings = Mapping[str, Collection[Ruling]]
"""By what they were made on: a name's key, or a card's."""


def accepted_in(deck: Deck) -> list[Accepted]:
    """Also of what was removed, since a file may say it again; without what a teacher has taken
    away by hand since. Four queries."""
    names, cards = _rulings(deck)
    return [*_names(deck, names), *_of_facts(deck, cards), *_by_hand(deck, cards)]


def _rulings(deck: Deck) -> tuple[Rulings, Rulings]:
    names: dict[str, list[Ruling]] = defaultdict(list)
    cards: dict[str, list[Ruling]] = defaultdict(list)
    rows = Ruling.objects.filter(deck=deck, decision=Ruling.Decision.ACCEPTED).order_by("pk")
    for ruling in rows.select_related("question__card"):
        kind, _, key = ruling.expected.partition(":")
        if kind == "name":
            names[key].append(ruling)
        elif kind == "card":
            cards[ruling.question.card.key].append(ruling)
    return names, cards


def _names(deck: Deck, rulings: Rulings) -> Iterator[Accepted]:
    for row in Entity.objects.filter(deck=deck, key__in=rulings).order_by("pk"):
        held = {alias["name"]: alias for alias in row.aliases}
        for name in _accepted(rulings[row.key], held):
            alias = held[name]
            loose, lang = alias.get("loose", False), alias.get("lang", "")
            yield Accepted(Of.ENTITY, row.key, name, loose, lang)


def _of_facts(deck: Deck, rulings: Rulings) -> Iterator[Accepted]:
    """A fact's two cards are one fact's."""
    by_uid: dict[str, list[Ruling]] = defaultdict(list)
    for made in rulings.values():
        for ruling in made:
            for uid in ruling.question.card.facts[:1]:
                by_uid[uid].append(ruling)
    for row in Fact.objects.filter(deck=deck, uid__in=by_uid).order_by("pk"):
        for value in _accepted(by_uid[row.uid], row.accept):
            yield Accepted(Of.FACT, row.uid, value, answer=(row.value, row.unit))


def _by_hand(deck: Deck, rulings: Rulings) -> Iterator[Accepted]:
    ids = [key.partition(":")[2] for key in rulings if key.startswith("authored:")]
    for row in AuthoredQuestion.objects.filter(deck=deck, key_id__in=ids).order_by("pk"):
        for text in _accepted(rulings[f"authored:{row.key_id}"], row.accept):
            yield Accepted(Of.AUTHORED, row.key_id, text, answer=(row.key, ""))


def _accepted(rulings: Iterable[Ruling], held: Iterable[str]) -> list[str]:
    """Rulings of before the spelling was kept are known by what was given."""
    wanted = {folded(ruling.spelling) if ruling.spelling else ruling.folded for ruling in rulings}
    return [text for text in held if folded(text) in wanted]
