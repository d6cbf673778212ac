"""What questions a fact would yield, before it is saved. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from questions.domain import facts as domain
from questions.domain.generation import write_bank
from questions.domain.generation.doubts import doubts
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item as Asked
from questions.domain.presentation import say_expected, say_placed
from questions.domain.questions import Bank, CardSpec, Direction, Form, Refused, State, Written
from questions.models import Deck, Entity, Fact, Question, Source
from questions.models.as_data import deck_as_data, entity_as_data, vetoes_of
from questions.queries.facts import vocabulary_for
from questions.queries.said import said_refusal, said_why

# Above this a deck is too large to be read whole for a preview; a slice of it is.
WHOLE = 5_000
MOST_OF_SUBJECT, MOST_OF_RELATION, MOST_ENTITIES = 300, 150, 300
PREVIEW_UID = "preview"


@dataclass(frozen=True, slots=True)
class Line:
    """An option, statement or answer; `right` is None where it is neither right nor wrong."""

    text: str
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A question as its teacher sees it, with the key."""

    form: str
    stem: str
    lines: list[Line]
    draft: bool
    why: str
    doubts: tuple[str, ...] = ()
    """What its teacher may want to look at, though no rule forbids it."""


@dataclass(frozen=True, slots=True)
class RefusedItem:
    form: str
    rule: str
    reason: str
    stem: str
    backwards: bool


@dataclass(frozen=True, slots=True)
class Preview:
    items: list[Item]
    refused: list[RefusedItem]
    rivals: int
    """How many facts of the deck contradict it."""


def preview_of(
    deck: Deck,
    fact: domain.Fact,
    uid: str = "",
    entities: Sequence[domain.Entity] = (),
    sources: Sequence[domain.Source] = (),
) -> Preview:
    """The questions of this fact standing in the deck, in place of the one with that uid."""
    fact = replace(fact, uid=uid or PREVIEW_UID, never_with=_vetoes(deck, uid))
    data = _with(_surroundings(deck, fact), fact, entities, sources)
    bank = write_bank(data, only={fact.uid})
    cards = {card.key: card for card in bank.cards if fact.uid in card.facts}
    index = Index(data)
    return Preview(
        [
            _looked_at(index, cards[each.card], each)
            for each in bank.questions
            if each.card in cards
        ],
        [refused_item(each) for each in _own_refusals(bank, fact.uid, cards)],
        max(0, len(data.conflict_of(fact.group)) - 1) if fact.askable else 0,
    )


def _vetoes(deck: Deck, uid: str) -> tuple[str, ...]:
    found = vetoes_of(Fact.objects.filter(deck=deck, uid=uid)) if uid else {}
    return next(iter(found.values()), ())


def _own_refusals(bank: Bank, uid: str, cards: Collection[str]) -> Iterator[Refused]:
    return (each for each in bank.refused if each.fact == uid or each.card in cards)


def _with(
    deck: domain.Deck,
    fact: domain.Fact,
    entities: Sequence[domain.Entity],
    sources: Sequence[domain.Source],
) -> domain.Deck:
    known = {source.key for source in (*deck.sources.values(), *sources)}
    unknown = {
        passage.source: domain.Source(passage.source, "…")
        for passage in fact.passages
        if passage.source not in known
    }
    # In the place of the old one, for the order of facts may be that of the steps they tell.
    facts = {each.uid: each for each in deck.facts} | {fact.uid: fact}
    return replace(
        deck,
        facts=tuple(facts.values()),
        entities={**deck.entities, **{entity.key: entity for entity in entities}},
        sources={**deck.sources, **{source.key: source for source in sources}, **unknown},
    )


# --- the deck around the fact --------------------------------------------------------


def _surroundings(deck: Deck, fact: domain.Fact) -> domain.Deck:
    if is_large(deck.pk, deck.revision):
        return _slice(deck, fact)
    return _whole(deck.pk, deck.revision)


@lru_cache(maxsize=64)
def is_large(deck_pk: int, revision: int) -> bool:  # noqa: ARG001 — part of the key
    return Fact.objects.live().filter(deck=deck_pk).count() > WHOLE


@lru_cache(maxsize=4)
def _whole(deck_pk: int, revision: int) -> domain.Deck:  # noqa: ARG001 — part of the key
    return deck_as_data(Deck.objects.get(pk=deck_pk))


def _slice(deck: Deck, fact: domain.Fact) -> domain.Deck:
    """Facts that speak of the fact's subject and value, and as many of its relation as a pool of
    wrong answers needs; the entities they name, and others of the value's type."""
    facts = sorted(_facts_near(deck, fact), key=lambda row: (row.position, row.pk))
    entities = _entities_near(deck, fact, facts)
    keys = {entity.pk: entity.key for entity in entities}
    sources = {
        support.passage.source.key: support.passage.source
        for row in facts
        for support in row.supports.all()
    }
    return domain.Deck(
        title=deck.title,
        language=deck.language,
        sources={key: _source(row) for key, row in sources.items()},
        entities={entity.key: entity_as_data(entity) for entity in entities},
        facts=tuple(_fact(row) for row in facts if row.about_id in keys),
        vocabulary=vocabulary_for(deck),
    )


def _facts_near(deck: Deck, fact: domain.Fact) -> list[Fact]:
    # Each query by one index: joined into one, they would read the whole deck.
    ends = Entity.objects.filter(deck=deck, key__in=[fact.about, fact.value])
    pks = list(ends.values_list("pk", flat=True))
    rows = (
        Fact.objects.live()
        .filter(deck=deck)
        .order_by("pk")
        .select_related("about", "value_entity", "topic")
        .prefetch_related("supports__passage__source")
    )
    alike = rows.filter(relation=fact.relation)
    found = [
        *rows.filter(about__in=pks)[:MOST_OF_SUBJECT],
        *rows.filter(value_entity__in=pks)[:MOST_OF_SUBJECT],
        *alike.filter(value=fact.value)[:MOST_OF_RELATION],
        *alike[:MOST_OF_RELATION],
    ]
    return list({row.pk: row for row in found}.values())


def _entities_near(deck: Deck, fact: domain.Fact, facts: Sequence[Fact]) -> list[Entity]:
    live: QuerySet[Entity] = Entity.objects.filter(deck=deck, removed=False)
    named = {fact.about, fact.value, *(value for _, value in fact.qualifiers)}
    for row in facts:
        named |= {row.about.key, row.value, *row.qualifiers.values()}
    own = list(live.filter(key__in=named))
    around = {one for entity in own for one in (entity.side, entity.part_of) if one}
    types = {entity.type for entity in own if entity.key in (fact.about, fact.value)}
    more = [*live.filter(key__in=around), *live.filter(type__in=types)[:MOST_ENTITIES]]
    return list({entity.pk: entity for entity in (*own, *more)}.values())


def _source(row: Source) -> domain.Source:
    return domain.Source(row.key, row.title, row.author, row.year, origin=row.origin, cite=row.cite)


def _fact(row: Fact) -> domain.Fact:
    return domain.Fact(
        uid=row.uid,
        about=row.about.key,
        relation=row.relation,
        value=row.value,
        qualifiers=tuple(sorted(row.qualifiers.items())),
        unit=row.unit,
        passages=tuple(
            domain.Passage(support.passage.source.key, support.passage.locator)
            for support in row.supports.all()
        ),
        rank=domain.Rank(row.rank),
        status=tuple(map(domain.Status, row.status)),
        points=tuple(row.points),
        accept=tuple(row.accept),
        exact=row.exact,
        forms=tuple(map(Form, row.forms)),
    )


# --- as a teacher sees it ------------------------------------------------------------


def item_of(question: Written | Question) -> Item:
    state = str(question.state)
    return Item(
        form=str(Question.Form(str(question.form)).label),
        stem=question.stem,
        lines=list(lines_of(Form(str(question.form)), question.content)),
        draft=state == State.DRAFT,
        why=said_why(question.why_draft),
    )


def _looked_at(index: Index, card: CardSpec, written: Written) -> Item:
    odd = [said_refusal(why) for _, why in doubts(Asked(index, card, written))]
    return replace(item_of(written), doubts=tuple(odd))


def refused_item(refused: Refused) -> RefusedItem:
    form = str(Question.Form(refused.form.value).label)
    rule, why = gettext(refused.rule), said_refusal(refused.reason)
    return RefusedItem(form, rule, why, refused.stem, refused.direction is Direction.SUBJECT)


def lines_of(form: Form, content: Mapping[str, Any]) -> Iterator[Line]:
    """The options or answers of a question, the right ones marked."""
    match form:
        case Form.CHOICE:
            yield Line(content["key"]["text"], True)
            yield from (Line(option["text"], False) for option in content["distractors"])
        case Form.TRUE_FALSE:
            if content["true"]:
                yield Line(content["true"], True)
            yield from (Line(text, False) for text in content["false"])
        case Form.TYPED | Form.CLOZE:
            yield Line(say_expected(content["expected"]), True)
        case Form.LIST:
            yield from (Line(say_expected(each), True) for each in content["expected"])
        case Form.ORDERING:
            yield from (Line(say_placed(each), True) for each in content["items"])
        case Form.MATCHING:
            yield from (Line(f"{left} – {right}", True) for left, right in content["pairs"])
        case Form.FLASHCARD:
            yield Line(content["answer"], True)
            yield from (Line(f"· {point}") for point in content["points"])
