"""One fact's questions with what learners made of every option, and what a teacher ruled out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, F, QuerySet, Value, When

from questions.domain.difficulty import ENOUGH
from questions.domain.facts import ValueKind
from questions.domain.generation.bank import write_fact, write_lists
from questions.domain.generation.index import Index
from questions.domain.generation.likeness import hardly_chosen
from questions.domain.generation.typed_errors import TypedErrors
from questions.domain.generation.writing import Given
from questions.domain.questions import Form, Refused, State
from questions.domain.values import BadValue, parse_quantity, parse_span, say_date, say_quantity
from questions.models import Deck, Entity, Fact, Question, Veto
from questions.queries.facts import vocabulary_for
from questions.queries.observed import Met, Missed, met_in, missed
from questions.queries.preview import RefusedItem, item_of, refused_item
from questions.queries.said import said_why
from questions.queries.slices import around
from questions.queries.statements import say_facts
from studyapp.accounts.models import User


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One line of a question. `value` is what a veto would name; empty where there is nothing to
    rule out. `met` is None where learners do not choose among lines."""

    text: str
    right: bool | None = None
    value: str = ""
    met: Met | None = None

    @property
    def share(self) -> float:
        return self.met.chosen / len(self.met.shown) if self.met and self.met.shown else 0.0

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    @property
    def hardly_chosen(self) -> bool:
        return self.met is not None and hardly_chosen((self.met.fell, self.met.takers))


@dataclass(frozen=True, slots=True)
class Approval:
    """That a draft is asked in spite of `why`; by nobody if that was before it was recorded."""

    by: User | None
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """`difficulty` is None but for choices; `takers` learners have answered it, `wrong` of them
    wrongly at first; `shared` if they did so in all its wordings together."""

    form: str
    stem: str
    draft: bool
    lines: list[OptionLine]
    approval: Approval | None = None
    difficulty: float | None = None
    wrong: int = 0
    takers: int = 0
    shared: bool = False

    @property
    def right(self) -> int:
        return self.takers - self.wrong

    @property
    def is_shown(self) -> bool:
        """Whether its difficulty is what learners show, no longer a prediction."""
        return self.takers >= ENOUGH

    @property
    def hard(self) -> float | None:
        return self.wrong / self.takers if self.is_shown else self.difficulty


@dataclass(frozen=True, slots=True)
class Typed:
    """A wrong answer that learners typed of themselves, as the deck writes it."""

    name: str
    value: str
    learners: int
    could_be_offered: bool


@dataclass(frozen=True, slots=True)
class MadeVeto:
    veto: Veto
    text: str


@dataclass(frozen=True, slots=True)
class FactQuestions:
    questions: list[AskedQuestion] = field(default_factory=list)
    typed: list[Typed] = field(default_factory=list)
    vetoes: list[MadeVeto] = field(default_factory=list)
    refused: list[RefusedItem] = field(default_factory=list)


def questions_of(fact: Fact) -> FactQuestions:
    """What a teacher's page of one fact shows. Read is as much of the deck as an edit of the fact
    reads, however large it is."""
    rows = sorted(standing_questions(fact).select_related("card", "approved_by"), key=_place)
    index = _index_near(fact)
    met, seen = _met(fact, rows, index), missed(_keys(rows))
    asked = [_asked(row, met.get(row.card.key, {}), seen) for row in rows]
    vetoes = made_vetoes(vetoes_in(fact.deck).filter(fact=fact), fact.deck)
    return FactQuestions(
        asked, _typed(fact, asked, met, vetoes), vetoes, _refused(fact, index, met)
    )


def _keys(rows: Collection[Question]) -> dict[int, str]:
    choices = (row for row in rows if row.form == Form.CHOICE)
    return {row.card_id: row.content["key"]["value"] for row in choices}


def _place(row: Question) -> tuple[int, int, str]:
    """Form by form, whichever version was written last."""
    return row.card.position, list(Form).index(Form(row.form)), row.slot


def _index_near(fact: Fact) -> Index:
    near = around(fact.deck, {fact.pk})
    near.take({fact.uid})
    return near.index


def _met(fact: Fact, rows: Collection[Question], index: Index) -> Mapping[str, dict[str, Met]]:
    """What learners typed counts if it names something around the fact, as when it is written."""
    return dict(met_in(fact.deck, TypedErrors(index).said, {row.card_id for row in rows}))


def _refused(fact: Fact, index: Index, met: Mapping[str, Mapping[str, Met]]) -> list[RefusedItem]:
    """Which forms of the fact are refused, and why, if it is written now."""
    seen = {
        card: {value: (each.fell, each.takers) for value, each in options.items()}
        for card, options in met.items()
    }
    asked = index.by_uid.get(fact.uid)  # none if it was deleted meanwhile
    if asked is None:
        return []
    made = (*write_fact(index, asked, Given(seen)), *write_lists(index, {asked.group}))
    return [refused_item(each) for each in made if isinstance(each, Refused)]


def standing_questions(fact: Fact) -> QuerySet[Question]:
    live = Question.objects.filter(card__fact=fact, card__retired=False)
    return live.exclude(state=Question.State.RETIRED).order_by("card__position", "pk")


def offered_values(fact: Fact) -> set[str]:
    """All that may be ruled out: what stands as a wrong option or statement beside the fact, and
    what learners typed instead."""
    rows = list(standing_questions(fact).select_related("card"))
    met = _met(fact, rows, _index_near(fact))
    found = {value for options in met.values() for value in options}
    for row in rows:
        found |= {option["value"] for option in row.content.get("distractors", ())}
        found.update(row.content.get("values", ()))
    return found - {fact.value, fact.about.key}


def fewest_options(fact: Fact) -> int | None:
    """How many wrong options the fact's poorest choice has; None if it is not asked as one."""
    rows = standing_questions(fact).filter(form=Question.Form.CHOICE)
    sizes = [len(found) for found in rows.values_list("content__distractors", flat=True)]
    return min(sizes, default=None)


def _asked(row: Question, met: Mapping[str, Met], seen: Missed) -> AskedQuestion:
    form = str(Question.Form(row.form).label)
    is_draft = row.state == State.DRAFT
    approval = _approval(row)
    if row.form != Form.CHOICE:
        return AskedQuestion(form, row.stem, is_draft, list(_plain_lines(row)), approval)
    lines = [OptionLine(row.content["key"]["text"], right=True)]
    lines += [
        OptionLine(option["text"], False, option["value"], met.get(option["value"], Met()))
        for option in row.content["distractors"]
    ]
    slot = row.card_id, row.slot
    wrong, takers = seen.telling(slot)
    shared = seen.is_shared(slot)
    return AskedQuestion(
        form, row.stem, is_draft, lines, approval, row.difficulty, wrong, takers, shared
    )


def _approval(row: Question) -> Approval | None:
    if row.state == State.DRAFT or not row.doubt or row.approved_at is None:
        return None
    return Approval(row.approved_by, row.approved_at, said_why(row.why_draft))


def _plain_lines(row: Question) -> Iterator[OptionLine]:
    """Lines that nobody chooses among; a false statement stands for the value it is made of."""
    values = iter(row.content.get("values", ()))
    for line in item_of(row).lines:
        value = next(values, "") if line.right is False else ""
        yield OptionLine(line.text, line.right, value)


def _typed(
    fact: Fact,
    asked: list[AskedQuestion],
    met: Mapping[str, Mapping[str, Met]],
    vetoes: list[MadeVeto],
) -> list[Typed]:
    """The most frequent first; without what is offered already, the answer itself, and vetoes."""
    known = {line.value for each in asked for line in each.lines}
    known |= {fact.value, fact.about.key, *(made.veto.value for made in vetoes)}
    found = {
        value: each
        for options in met.values()
        for value, each in options.items()
        if each.typed and value not in known
    }
    named = _entities_typed(fact, found)
    say = _sayer(fact.deck)
    others = (
        Typed(say(fact, value), value, len(met.typed), could_be_offered=True)
        for value, met in found.items()
        if value not in named
    )
    typed = [*named.values(), *others]
    return sorted(typed, key=lambda each: (-each.learners, each.name))[:10]


def _entities_typed(fact: Fact, found: Mapping[str, Met]) -> dict[str, Typed]:
    types = {entity.type for entity in (fact.about, fact.value_entity) if entity}
    rows = Entity.objects.filter(deck=fact.deck, key__in=found).order_by()
    return {
        key: Typed(name, key, len(found[key].typed), kind in types)
        for key, name, kind in rows.values_list("key", "name", "type")
    }


# What was ruled out


def vetoes_in(deck: Deck) -> QuerySet[Veto]:
    """All of a deck's: what teachers ruled out, the latest first, then what its file did, in the
    order of its facts."""
    rows = Veto.objects.filter(fact__deck=deck, fact__removed=False)
    latest = Case(When(teacher__isnull=False, then=-F("pk")), default=Value(0))
    rows = rows.order_by(latest, "fact__position", "fact_id", "pk")
    return rows.select_related("teacher", "fact__about", "fact__value_entity", "fact__deck")


def made_vetoes(vetoes: QuerySet[Veto] | list[Veto], deck: Deck) -> list[MadeVeto]:
    found = list(vetoes)
    names = _names(deck, {veto.value for veto in found})
    say = _sayer(deck)
    return [MadeVeto(veto, names.get(veto.value) or say(veto.fact, veto.value)) for veto in found]


@dataclass(frozen=True, slots=True)
class Listed:
    """`of_file`: no teacher made it on these pages."""

    made: MadeVeto
    said: str
    of_file: bool


def listed(vetoes: list[Veto], deck: Deck) -> list[Listed]:
    """Each with its fact as a sentence."""
    said = say_facts(list({veto.fact_id: veto.fact for veto in vetoes}.values()))
    return [
        Listed(made, said[made.veto.fact_id], made.veto.teacher_id is None)
        for made in made_vetoes(vetoes, deck)
    ]


def _names(deck: Deck, keys: set[str]) -> dict[str, str]:
    rows = Entity.objects.filter(deck=deck, key__in=keys).order_by()
    return dict(rows.values_list("key", "name"))


def _sayer(deck: Deck) -> Callable[[Fact, str], str]:
    """Says a value that stands, or might stand, beside a fact."""
    relations = vocabulary_for(deck).relations

    def say(fact: Fact, value: str) -> str:
        relation = relations.get(fact.relation)
        try:
            if relation and relation.value is ValueKind.DATE:
                return say_date(parse_span(value))
            if relation and relation.value is ValueKind.NUMBER:
                return say_quantity(parse_quantity(value))
        except BadValue:
            pass
        return value

    return say
