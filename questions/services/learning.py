"""What a deck learns of an accepted answer: another name of an entity, another text or value that
a fact or a question by hand takes as right; and what that would do to its questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from questions.domain.facts import ValueKind
from questions.domain.grading import Expected, Grade, NameIndex, Verdict, grade_typed
from questions.domain.grading.alike import are_alike, is_among
from questions.domain.grading.kept import leaves_open, others_called
from questions.domain.messages import Message, gettext_noop
from questions.models import AuthoredQuestion, Deck, Entity, Fact, Question
from questions.queries import claims as queries
from questions.queries.claims import Case, Place
from questions.queries.cues import given_away
from questions.queries.entities import facts_naming, questions_naming
from questions.queries.facts import vocabulary_for
from questions.queries.names import fresh_index, name_index
from questions.services.generation import (
    Counts,
    are_soon_written,
    rewrite_questions,
    write_questions,
)
from questions.services.revisions import count_up

_BESIDE_NAMES = (ValueKind.NUMBER, ValueKind.DATE, ValueKind.TERM)


class CannotAccept(Exception):
    """The deck cannot hold this as another spelling; `why` is for the teacher."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.text % why.params)
        self.why = why


class NearAnother(Exception):
    """What is to be accepted may be meant for something else of the deck. Whether it is a name of
    both is not for a count of letters to say, so the teacher is asked once more."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(names)
        self.names = names


@dataclass(frozen=True, slots=True)
class Learnt:
    """`touched` are the facts, or questions by hand, to be written anew; `instead_of` the aliases
    whose place the new one took."""

    touched: set[str]
    instead_of: Sequence[Mapping[str, Any]] = ()


def learn(case: Case, spelling: str, verdict: Verdict, near: Sequence[str] = ()) -> Learnt | None:
    """Have the deck hold it, and write what that touches anew. None if it held it already.
    Raises CannotAccept; else NearAnother, if it is `near` other names. To be called within a
    transaction."""
    deck = Deck.objects.select_for_update().get(pk=case.deck.pk)
    learnt = _add(deck, case, spelling, verdict)
    if near:  # only now, since what cannot be kept at all is refused however sure one is
        raise NearAnother(near)
    if learnt is not None:
        count_up(deck.pk)
        _write(deck, case, learnt)
    return learnt


def _add(deck: Deck, case: Case, spelling: str, verdict: Verdict) -> Learnt | None:
    if case.place is not Place.NOWHERE and case.named_in_words:
        _refuse_two(case, spelling, name_index(deck))
    match case.place:
        case Place.ENTITY:
            return _add_alias(deck, case, spelling, verdict)
        case Place.FACT:
            return _add_to_fact(deck, case, spelling)
        case Place.AUTHORED:
            return _add_to_authored(deck, case, spelling)
        case Place.NOWHERE:
            return None


def _write(deck: Deck, case: Case, learnt: Learnt) -> Counts:
    named = case.place is Place.ENTITY
    return write_questions(Deck.objects.get(pk=deck.pk), only=learnt.touched, all_anew=named)


def _add_alias(deck: Deck, case: Case, spelling: str, verdict: Verdict) -> Learnt | None:
    loose = verdict is Verdict.PARTIAL
    entity = Entity.objects.filter(deck=deck, key=case.entity, removed=False).first()
    if entity is None:
        return None
    same = [alias for alias in entity.aliases if are_alike(alias["name"], spelling)]
    if any(loose or not alias.get("loose") for alias in same):
        return None
    _refuse_bearer(spelling, case.entity, name_index(deck))
    others = [alias for alias in entity.aliases if alias not in same]
    entity.aliases = [*others, {"name": spelling, "lang": "", "loose": loose}]
    entity.save(update_fields=["aliases"])
    _refuse_useless(_expected(case), case.given, fresh_index(deck), loose=loose)
    told = set() if loose else given_away(entity, spelling)
    return Learnt(told | _answered_beside(entity) | _authored_on(deck, case.entity), same)


def _answered_beside(entity: Entity) -> set[str]:
    """Facts whose figure, date or term may be typed beside its names or for them: these are kept
    with the question."""
    relations = vocabulary_for(entity.deck).relations.values()
    beside = [one.key for one in relations if one.value in _BESIDE_NAMES]
    rows = facts_naming(entity).filter(relation__in=beside)
    return set(rows.values_list("uid", flat=True))


def _authored_on(deck: Deck, key: str) -> set[str]:
    """Questions by hand whose answer is the entity, as `write_questions` names them."""
    rows = Question.objects.active().filter(
        card__deck=deck, card__direction="authored", content__expected__entity=key
    )
    return set(rows.values_list("card__key", flat=True))


def _refuse_two(case: Case, spelling: str, index: NameIndex) -> None:
    """It would be right wherever it is typed, whichever of the two is."""
    if leaves_open(spelling, queries.expected_now(case), index):
        text = gettext_noop("“%(given)s” names more than one thing. Keep only what is right of it.")
        raise CannotAccept(Message(text, {"given": spelling}))


def _refuse_bearer(spelling: str, key: str, index: NameIndex) -> None:
    for named in others_called(spelling, key, index):
        text = gettext_noop("“%(given)s” is what this deck calls %(name)s.")
        raise CannotAccept(Message(text, {"given": spelling, "name": named.name}))


def _refuse_useless(expected: Expected, given: str, index: NameIndex, *, loose: bool) -> None:
    """What learners gave must be right from now on, or the next one would be marked down."""
    grade: Grade = grade_typed(expected, given, index)
    enough = (Verdict.RIGHT, Verdict.PARTIAL) if loose else (Verdict.RIGHT,)
    if grade.verdict not in enough:
        text = gettext_noop("With that spelling “%(given)s” would still not be marked right.")
        raise CannotAccept(Message(text, {"given": given}))


def _expected(case: Case) -> Expected:
    return Expected.from_json(case.question.content["expected"])


def _add_to_fact(deck: Deck, case: Case, spelling: str) -> Learnt | None:
    assert case.question.card.fact
    fact = Fact.objects.live().get(pk=case.question.card.fact.pk)
    value = queries.kept_of(case, spelling)
    if not value:
        text = gettext_noop("“%(given)s” cannot be read as one date or figure.")
        raise CannotAccept(Message(text, {"given": spelling}))
    if is_among(value, (fact.value, *fact.accept)):
        return None
    if _expected(case).kind == "term":
        _refuse_other_value(fact, value)
    fact.accept = [*fact.accept, value]
    fact.save(update_fields=["accept", "updated_at"])
    _refuse_useless(
        replace(_expected(case), value=fact.value, accept=tuple(fact.accept)),
        case.given,
        name_index(deck),
        loose=False,
    )
    return Learnt({fact.uid})


def _refuse_other_value(fact: Fact, spelling: str) -> None:
    rows = Fact.objects.live().filter(deck=fact.deck_id, relation=fact.relation)
    others = rows.exclude(value=fact.value).values_list("value", flat=True).distinct()
    if is_among(spelling, others):
        text = gettext_noop("“%(given)s” is the answer to another question of this deck.")
        raise CannotAccept(Message(text, {"given": spelling}))


def _add_to_authored(deck: Deck, case: Case, spelling: str) -> Learnt | None:
    key = case.question.card.key.partition(":")[2]
    row = AuthoredQuestion.objects.get(deck=deck, key_id=key)
    if is_among(spelling, (row.key, *row.accept)):
        return None
    row.accept = [*row.accept, spelling]
    row.save(update_fields=["accept"])
    expected = replace(_expected(case), accept=tuple(row.accept))
    _refuse_useless(expected, case.given, name_index(deck), loose=False)
    return Learnt({case.question.card.key})


# --- unlearning ---------------------------------------------------------------------------


def unlearn(case: Case, spelling: str, instead: Sequence[Mapping[str, Any]]) -> None:
    """Take out again what `learn` added, and write anew what it touched."""
    deck = Deck.objects.select_for_update().get(pk=case.deck.pk)
    match case.place:
        case Place.ENTITY:
            touched = _drop_alias(deck, case, spelling, instead)
        case Place.FACT:
            touched = _drop_from_fact(case, spelling)
        case Place.AUTHORED:
            touched = _drop_from_authored(deck, case, spelling)
        case Place.NOWHERE:
            return
    if touched:
        count_up(deck.pk)
        # A name costs whole questions, which leave nothing standing; a value, wrong options too.
        afresh = case.place is Place.FACT
        rewrite_questions(Deck.objects.get(pk=deck.pk), touched, afresh=afresh)


def _drop_alias(
    deck: Deck, case: Case, spelling: str, instead: Sequence[Mapping[str, Any]]
) -> set[str]:
    """What it gave away may be asked again: whatever speaks of the entity is looked over."""
    entity = Entity.objects.filter(deck=deck, key=case.entity).first()
    if entity is None or not _holds(entity, spelling):
        return set()
    kept = [alias for alias in entity.aliases if not are_alike(alias["name"], spelling)]
    touched = questions_naming(entity)
    entity.aliases = [*kept, *instead]
    entity.save(update_fields=["aliases"])
    return touched | questions_naming(entity)


def _holds(entity: Entity, spelling: str) -> bool:
    return any(are_alike(alias["name"], spelling) for alias in entity.aliases)


def _drop_from_fact(case: Case, value: str) -> set[str]:
    assert case.question.card.fact
    fact = Fact.objects.get(pk=case.question.card.fact.pk)
    kept = [each for each in fact.accept if not are_alike(each, value)]
    if kept == fact.accept:
        return set()
    fact.accept = kept
    fact.save(update_fields=["accept", "updated_at"])
    return {fact.uid}


def _drop_from_authored(deck: Deck, case: Case, text: str) -> set[str]:
    key = case.question.card.key.partition(":")[2]
    row = AuthoredQuestion.objects.get(deck=deck, key_id=key)
    kept = [each for each in row.accept if not are_alike(each, text)]
    if kept == row.accept:
        return set()
    row.accept = kept
    row.save(update_fields=["accept"])
    return {case.question.card.key}


# --- what that would do to its questions --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Effects:
    """Stems of questions that would lose wrong options (`fewer`), be asked no more (`gone`) or
    wait as drafts; `refused` is why the deck could not hold it. Of a deck too large to be written
    while a page is waited for nothing is `known` beforehand."""

    fewer: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    refused: Message | None = None
    known: bool = True

    @property
    def any(self) -> bool:
        return bool(self.fewer or self.gone or self.drafts or not self.known)


def effects_of(case: Case, spelling: str) -> Effects:
    """It is done and taken back: no shorter way tells for certain what the rules will say of the
    questions around it. The revision is not counted up meanwhile, so that nobody remembers it."""
    with transaction.atomic():
        deck = Deck.objects.select_for_update().get(pk=case.deck.pk)
        try:
            tried = _tried(deck, case, spelling)
        except CannotAccept as refused:
            return Effects(refused=refused.why)
        if tried is None:
            return Effects(known=False)
        learnt, cards, after = tried
        if learnt is None or not _compared(_standing(cards), after).any:
            return Effects()
        return _compared(_standing_anyway(deck, case, learnt, cards), after)


def _tried(deck: Deck, case: Case, spelling: str) -> Tried | None:
    """None where that would take too long."""
    with transaction.atomic():
        learnt = _add(deck, case, spelling, Verdict.RIGHT)
        if learnt and not are_soon_written(deck, learnt.touched):
            transaction.set_rollback(True)
            return None
        cards = _write(deck, case, learnt).touched if learnt else set()
        after = _standing(cards)
        transaction.set_rollback(True)
    return learnt, cards, after


def _standing_anyway(deck: Deck, case: Case, learnt: Learnt, cards: Collection[int]) -> Stood:
    """What would stand if the same were written without it: what learners answered since the last
    writing changes questions too, and is not to be blamed on the teacher."""
    with transaction.atomic():
        _write(deck, case, learnt)
        found = _standing(cards)
        transaction.set_rollback(True)
    return found


Slot = tuple[int, str]
Standing = tuple[str, str, frozenset[str]]
"""A question's state, its stem (of true or false the statement), and what it offers that is
wrong."""
Stood = dict[Slot, Standing]
Tried = tuple[Learnt | None, set[int], Stood]
"""What was learnt, the cards that it touched, and what stood on them then."""


def _standing(cards: Collection[int]) -> Stood:
    rows = Question.objects.filter(card__in=cards, card__retired=False).order_by("pk")
    left = rows.exclude(state=Question.State.RETIRED)
    named = left.values_list("card", "slot", "state", "stem", "content")
    return {
        (card, slot): (state, content.get("true") or stem, frozenset(_wrong(content)))
        for card, slot, state, stem, content in named
    }


def _wrong(content: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(option["value"]) for option in content.get("distractors", ()))
    yield from content.get("false", ())


def _compared(before: Mapping[Slot, Standing], after: Mapping[Slot, Standing]) -> Effects:
    found = Effects()
    for slot, (state, stem, wrong) in before.items():
        if state != Question.State.ACTIVE:
            continue
        now = after.get(slot)
        if now is None:
            found.gone.append(stem)
        elif now[0] != Question.State.ACTIVE:
            found.drafts.append(stem)
        elif wrong - now[2]:
            found.fewer.append(stem)
    return found
