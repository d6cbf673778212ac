"""One edited fact of a large deck: its questions are right again, and little else is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from questions.domain.interchange.identity import state_of
from questions.models import Card, Deck, Fact, Question
from questions.queries import neighbours, refreshing, slices
from questions.queries.audit import audit_of
from questions.queries.cues import given_away
from questions.services import generation
from questions.services.entities import as_data, change_entity
from questions.services.facts import remove_fact, restore_fact, touched_by
from questions.services.generation import Counts, write_questions
from questions.services.interchange import import_deck
from tests import builders
from tests.domain.generation.test_cases import SAID
from tests.domain.generation.test_cases import deck as pumps
from tests.edits import begin
from tests.services.conftest import made_up
from tests.synthetic import synthetic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_reasons")]

SHAPES = ("disputed", "nested", "crowded", "figures")
DECKS = {
    "plain": made_up("plain", 200, seed=4),
    "smaller": made_up("plain", 60, seed=4),
    **{shape: made_up(shape, 120, seed=6) for shape in SHAPES},
}


def named_alike() -> Deck:
    """A deck in which half of the people bear the name of a treaty."""
    data = synthetic("plain", 200, seed=4)
    people = [one for one in data.entities.values() if one.type == "person"][::2]
    treaties = [one for one in data.entities.values() if one.type == "treaty"]
    pairs = zip(people, cycle(treaties), strict=False)
    named = {one.key: replace(one, name=f"Bolden {of.name}", surname="") for one, of in pairs}
    data = replace(data, entities={**data.entities, **named})
    deck = import_deck(builders.teacher(), data, slug="named-alike", questions=False).deck
    write_questions(deck)
    return deck


def dated() -> Deck:
    """A battle each year, told to the day, but for some told to the month alone."""
    data = synthetic("plain", 1_600, seed=4)
    said = {one.about: one for one in data.facts if one.relation == "fought"}.values()
    facts = tuple(
        replace(one, value=f"{year}-0{5 + year % 3}" + ("" if year in EXACT_TO_A_MONTH else "-11"))
        for year, one in zip(range(1702, 1830), said, strict=False)
    )
    data = replace(data, facts=facts)
    deck = import_deck(builders.teacher(), data, slug="dated", questions=False).deck
    write_questions(deck)
    return deck


def one_year() -> Deck:
    """Battles of many years, and thirty days of one year on which there was one."""
    data = synthetic("plain", 1_600, seed=4)
    said = {one.about: one for one in data.facts if one.relation == "fought"}.values()
    days = [f"{year}-05-11" for year in range(1790, 1830)]
    days += [f"1742-{3 + day % 7:02}-{1 + day % 27:02}" for day in range(DAYS)]
    facts = tuple(replace(one, value=day) for day, one in zip(days, said, strict=False))
    deck = import_deck(
        builders.teacher(), replace(data, facts=facts), slug="one-year", questions=False
    ).deck
    write_questions(deck)
    return deck


def in_a_valley() -> Deck:
    """A battle took place in a field in a valley in a land, of which facts alone tell."""
    data = synthetic("plain", 200, seed=4)
    said_in = replace(data.vocabulary.relations["place"], key="in", about=("place",))
    known = replace(data.vocabulary, relations={**data.vocabulary.relations, "in": said_in})
    places = [one for one in data.entities.values() if one.type == "place"]
    free = {one.key: replace(one, part_of="") for one in places}
    field, valley, land = list(free)[3:6]
    place = next(one for one in data.facts if one.relation == "place")
    facts = (
        *(one for one in data.facts if one is not place),
        replace(place, value=field),
        replace(place, uid="field", about=field, relation="in", value=valley),
        replace(place, uid="valley", about=valley, relation="in", value=land),
    )
    data = replace(
        data, own=known, vocabulary=known, entities={**data.entities, **free}, facts=facts
    )
    deck = import_deck(builders.teacher(), data, slug="in-a-valley", questions=False).deck
    write_questions(deck)
    return deck


DAYS = 30
EXACT_TO_A_MONTH = (1742, 1745, 1748, 1795, 1798)
DECKS["named alike"] = named_alike
DECKS["dated"] = dated
DECKS["in a valley"] = in_a_valley
DECKS["one year"] = one_year
Loaded = Callable[[str], Deck]


@pytest.fixture(autouse=True)
def every_deck_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "WHOLE", 0)


def edit(deck: Deck, fact: Fact, value: str) -> Counts:
    """As the page does: what the old value touched is refreshed with it."""
    begin(deck)
    touched = touched_by(fact)
    fact.value = value
    fact.value_entity = deck.entities.filter(key=value).first()
    fact.save()
    return write_questions(deck, only={*touched, fact.uid})


def first(deck: Deck, relation: str) -> Fact:
    """A settled fact alone in its group that has questions."""
    rows = deck.facts.filter(relation=relation, rank="normal", status=[]).order_by("pk")
    alone = [row for row in rows if len(mates(row)) == 1]
    return next(row for row in alone if stems(row))


def mates(fact: Fact) -> list[Fact]:
    rows = Fact.objects.filter(about=fact.about, relation=fact.relation)
    return [row for row in rows if row.qualifiers == fact.qualifiers]


def stems(fact: Fact) -> set[str]:
    rows = Question.objects.active().filter(card__fact=fact, card__retired=False)
    return set(rows.values_list("stem", flat=True))


EDITS = {
    "fought": "1733-03-03",
    "killed": "1234",
    "place": "r0",
    "commander": "p1",
    "ended": "1734",
}


@pytest.mark.parametrize("relation", EDITS)
def test_an_edited_fact_is_asked_as_it_is_now(relation: str, loaded: Loaded) -> None:
    deck = loaded("plain")
    fact = first(deck, relation)
    others = Question.objects.filter(card__deck=deck).exclude(card__fact=None)
    untouched = others.exclude(card__fact__about=fact.about)
    before = dict(untouched.values_list("pk", "state"))
    counts = edit(deck, fact, EDITS[relation])
    assert counts.changed + counts.new + counts.retired > 0
    assert audit_of(deck).violations == []
    after = dict(untouched.filter(pk__in=before).values_list("pk", "state"))
    changed = sum(before[pk] != state for pk, state in after.items())
    assert changed < len(before) / 10


@pytest.mark.parametrize("shape", SHAPES)
def test_the_bank_is_sound_after_every_kind_of_edit(shape: str, loaded: Loaded) -> None:
    deck = loaded(shape)
    for fact in deck.facts.order_by("pk")[:40:5]:
        values = deck.facts.filter(relation=fact.relation, unit=fact.unit).order_by("-pk")
        other = values.exclude(value=fact.value).first()
        if other and not values.filter(about=fact.about, value=other.value):
            edit(deck, fact, other.value)
    assert audit_of(deck).violations == []


@pytest.mark.parametrize("relation", EDITS)
def test_a_second_refresh_changes_nothing(
    relation: str, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, bound in ((slices, "SMALL"), (neighbours, "_EACH_WAY")):
        monkeypatch.setattr(module, bound, 4)
    deck = loaded("plain")
    fact = first(deck, relation)
    edit(deck, fact, EDITS[relation])
    again = write_questions(deck, only={fact.uid})
    assert (again.new, again.changed, again.retired, again.cards_retired) == (0, 0, 0, 0)


def test_of_a_date_those_as_exact_are_offered_however_far_they_are(loaded: Loaded) -> None:
    deck = loaded("dated")
    fact = deck.facts.get(value__startswith="1770")
    edit(deck, fact, "1770-06")
    asked = Question.objects.active().filter(card__fact=fact, form="choice")
    offered = {one["value"][:4] for row in asked for one in row.content["distractors"]}
    assert offered.intersection(map(str, EXACT_TO_A_MONTH))
    assert audit_of(deck).violations == []


def test_what_an_edited_date_makes_right_too_is_no_wrong_answer(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "MOST_HOLDERS", 0)
    monkeypatch.setattr(refreshing, "facts_within", lambda **_: [])
    deck = loaded("plain")
    asked = Question.objects.active().filter(form="choice", card__direction="subject")
    asked = asked.filter(card__deck=deck, card__retired=False, card__fact__relation="ended")
    row = asked.order_by("pk")[0]
    offered = row.content["distractors"][0]["entity"]
    assert row.card.fact is not None
    edit(deck, deck.facts.get(about__key=offered, relation="fought"), row.card.fact.value)
    again = asked.get(card=row.card, slot=row.slot)
    assert offered not in {one["entity"] for one in again.content["distractors"]}


def test_a_fact_taken_away_and_given_back(loaded: Loaded) -> None:
    deck = loaded("crowded")
    fact = first(deck, "killed")
    asked = stems(fact)
    remove_fact(fact)
    assert stems(fact) == set()
    assert audit_of(deck).violations == []
    fact.refresh_from_db()
    restore_fact(fact)
    assert stems(fact) == asked
    assert audit_of(deck).violations == []


def test_a_rival_value_makes_questions_name_their_source(loaded: Loaded) -> None:
    deck = loaded("plain")
    fact = first(deck, "killed")
    assert not any(stem.startswith("According to") for stem in stems(fact))
    rival = builders.fact(
        fact.about, "killed", "7", qualifiers=fact.qualifiers, position=999, unit=fact.unit
    )
    write_questions(deck, only={rival.uid})
    asked = stems(fact) | stems(rival)
    assert any(stem.startswith("According to") for stem in asked)
    assert audit_of(deck).violations == []


def test_a_new_fact_gets_cards_after_all_others(loaded: Loaded) -> None:
    deck = loaded("plain")
    last = Card.objects.filter(deck=deck).order_by("position").values_list("position").last()
    battle = first(deck, "fought").about
    new = builders.fact(battle, "observer", "p2", qualifiers={"side": "s1"}, position=999,
                        value_entity=deck.entities.get(key="p2"))  # fmt: skip
    write_questions(deck, only={new.uid})
    card = Card.objects.get(deck=deck, key=f"fact:{new.uid}:value")
    assert last is not None
    assert card.position > last[0]
    assert stems(new)


def test_dates_and_figures_are_placed_on_their_scales(loaded: Loaded) -> None:
    deck = loaded("plain")
    for row in deck.facts.filter(relation="fought"):
        assert row.low is not None
        assert row.high is not None
        assert row.low <= row.high
    fact = first(deck, "killed")
    edit(deck, fact, "250..900")
    fact.refresh_from_db()
    assert (fact.low, fact.high) == (250, 900)
    assert deck.facts.filter(relation="place", low=None).exists()


def test_a_refresh_asks_the_database_as_often_in_a_large_deck(loaded: Loaded) -> None:
    def asked(name: str) -> int:
        deck = loaded(name)
        fact = first(deck, "fought")
        with CaptureQueriesContext(connection) as queries:
            edit(deck, fact, "1733-03-03")
        return len(queries)

    assert abs(asked("plain") - asked("smaller")) < 12


def test_the_only_one_left_with_a_value_is_asked_for_it(loaded: Loaded) -> None:
    deck = loaded("plain")
    fact = first(deck, "fought")
    others = deck.facts.filter(relation="fought").exclude(pk=fact.pk)
    twin = next(row for row in others if len(row.value) == 10 and stems(row))
    card = f"fact:{twin.uid}:subject"
    live = Card.objects.live().filter(deck=deck, key=card)
    assert live.exists()
    edit(deck, fact, twin.value)
    assert not live.exists()
    fact.refresh_from_db()
    edit(deck, fact, "1733-03-03")
    assert live.exists()


def test_what_two_subjects_share_now_is_asked_of_neither_and_all_else_stays(loaded: Loaded) -> None:
    deck = loaded("plain")
    fact = first(deck, "fought")
    others = deck.facts.filter(relation="fought").exclude(about=fact.about)
    twin = next(row for row in others if len(row.value) == 10 and stems(row))
    kept, gone = (
        Card.objects.get(deck=deck, key=f"fact:{twin.uid}:{way}") for way in ("value", "subject")
    )
    touched = edit(deck, fact, twin.value).touched
    assert gone.pk in touched
    assert kept.pk not in touched
    assert audit_of(deck).violations == []


@pytest.mark.parametrize("small", [60, 2])
def test_what_many_subjects_share_now_is_asked_of_none_of_them(
    small: int, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SMALL", small)
    deck = loaded("one year")
    asked = Card.objects.live().filter(deck=deck, direction="subject", fact__relation="fought")
    fact = first(deck, "fought")
    in_that_year = asked.filter(fact__value__startswith="1742")
    assert in_that_year.count() > DAYS / 2
    edit(deck, fact, "1742")
    left = set(in_that_year.values_list("key", flat=True))
    assert len(left) < 3
    assert audit_of(deck).violations == []
    write_questions(deck)
    assert left == set(in_that_year.values_list("key", flat=True))


def test_a_disputed_fact_comes_back_into_no_matching_set(loaded: Loaded) -> None:
    """Though the one that disputes it is the deck's own sum, and not near what is edited next."""
    deck = loaded("plain")
    matched = Card.objects.live().filter(
        deck=deck, direction="pairs", key__startswith="pairs:fought"
    )
    fact = deck.facts.get(uid=matched[0].facts[0])
    begin(deck)
    sum_ = builders.fact(fact.about, "fought", "1501-01-01", status=["derived"], position=999)
    write_questions(deck, only={sum_.uid})
    other = deck.facts.filter(relation="fought", status=[]).exclude(about=fact.about).last()
    assert other is not None
    edit(deck, other, "1733-03-03")
    assert not any(fact.uid in card.facts for card in matched)
    assert audit_of(deck).violations == []


@pytest.mark.parametrize("small", [60, 2])
def test_where_a_whole_comes_to_be_part_of_an_option_its_parts_are_offered_it_no_more(
    small: int, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only facts say what is part of what: a battle's place lies in a valley, and that somewhere
    else now."""
    monkeypatch.setattr(slices, "SMALL", small)
    deck = loaded("in a valley")
    field, valley = deck.facts.filter(relation="in").order_by("position")
    asked = Question.objects.active().filter(card__deck=deck, card__retired=False, form="choice")
    (choice,) = asked.filter(card__direction="value", card__fact__value=field.about.key)[:1]
    named = field.about.key, field.value, valley.value
    offered = next(one for one in options_of(choice) if one not in named)
    edit(deck, valley, offered)
    assert audit_of(deck).violations == []
    assert not any(offered in options_of(one) for one in asked.filter(card=choice.card))


@pytest.mark.parametrize("most", [300, 1])
def test_a_subject_of_which_nothing_more_is_said_is_no_wrong_answer(
    most: int, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "_MOST_OFFERING", most)
    deck = loaded("plain")
    asked = Question.objects.active().filter(form="choice", card__direction="subject")
    asked = asked.filter(card__deck=deck, card__retired=False, card__fact__relation="place")
    offers = Counter(one["entity"] for row in asked for one in row.content["distractors"])
    [(offered, _)] = offers.most_common(1)
    for fact in deck.facts.filter(about__key=offered, relation="place"):
        remove_fact(fact)
    wrong = [one["entity"] for row in asked.all() for one in row.content["distractors"]]
    assert offered not in wrong
    assert audit_of(deck).violations == []
    deck.refresh_from_db()
    assert deck.is_written == (most > 1)


@pytest.mark.parametrize("most", [300, 0])
def test_who_comes_to_be_of_another_time_is_no_wrong_answer_or_the_deck_says_so(
    most: int, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "_MOST_OFFERING", most)
    deck = loaded("plain")
    asked = Question.objects.active().filter(form="choice", card__direction="subject")
    asked = asked.filter(card__deck=deck, card__retired=False, card__fact__relation="observer")
    row = asked.exclude(card__fact__value_entity__active="").order_by("pk")[0]
    offered = row.content["distractors"][0]["entity"]
    edit(deck, deck.facts.get(about__key=offered, relation="fought"), "1999-09-09")
    deck.refresh_from_db()
    assert deck.is_written == (most > 0)
    if deck.is_written:
        again = asked.get(card=row.card, slot=row.slot)
        assert offered not in {one["entity"] for one in again.content["distractors"]}
        assert audit_of(deck).violations == []


def test_whose_name_says_whose_it_is_is_no_wrong_answer(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SMALL", 1)
    for bound in ("_EACH_WAY", "_AS_LONG"):
        monkeypatch.setattr(neighbours, bound, 1)
    deck = loaded("named alike")
    said = deck.facts.filter(relation="signatory", rank="normal", status=[]).order_by("pk")
    for fact in said[:12:4]:
        other = said.exclude(value=fact.value).exclude(about=fact.about).first()
        assert other is not None
        edit(deck, fact, other.value)
    assert audit_of(deck).violations == []


def test_a_new_name_with_a_word_of_a_question_takes_that_question_away(loaded: Loaded) -> None:
    deck = loaded("plain")
    fact = next(
        row
        for row in deck.facts.filter(relation="observer")
        if any("watched" in s for s in stems(row))
    )
    entity = fact.value_entity
    assert entity is not None
    assert given_away(entity, "Nobody Whatsoever") == set()
    entity.aliases = [{"name": "The Watched One", "lang": "", "loose": False}]
    entity.save()
    assert audit_of(deck).violations
    told = given_away(entity, "The Watched One")
    assert fact.uid in told
    write_questions(deck, only=told)
    assert audit_of(deck).violations == []


def test_what_touches_nothing_writes_nothing(loaded: Loaded) -> None:
    deck = loaded("smaller")
    counts = write_questions(deck, only=set())
    assert (counts.questions, counts.retired) == (0, 0)


@pytest.mark.parametrize("most", [generation.SOONER_WHOLE, 0])
@pytest.mark.parametrize("shape", ["plain", "nested", "crowded", "disputed"])
def test_the_bank_is_sound_after_names_change(
    shape: str, most: int, loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "SOONER_WHOLE", most)
    deck = loaded(shape)
    named = deck.entities.filter(facts_as_value__isnull=False).distinct()
    for number, row in enumerate(named.order_by("pk")[:12:4]):
        said = as_data(row)
        change_entity(row, replace(said, name=f"Quuxford {number}{number}{number}"), state_of(said))
        assert said.name not in offered_in(deck)
    assert audit_of(deck).violations == []


def offered_in(deck: Deck) -> set[str]:
    rows = Question.objects.filter(card__deck=deck, card__retired=False, form="choice")
    live = rows.exclude(state="retired").values_list("content", flat=True)
    return {each["text"] for content in live for each in content["distractors"]}


def test_a_subject_that_is_told_of_in_another_case_now_is_no_wrong_answer_in_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slices, "SMALL", 0)
    said = [*SAID, ("ada", "evenly", "half load")]
    deck = import_deck(builders.teacher(), pumps(said, more=20), slug="pumps").deck
    asked = Question.objects.active().filter(form="choice", card__direction="subject")
    offered = [one for row in asked if "full load" in row.stem for one in options_of(row)]
    assert "cor" in offered
    row = deck.facts.get(about__key="cor")
    row.qualifiers = {"load": "half load"}
    row.save()
    write_questions(deck, only={row.uid})
    left = [one for row in asked.all() if "full load" in row.stem for one in options_of(row)]
    assert "cor" not in left
    assert audit_of(deck).violations == []


def options_of(question: Question) -> list[str]:
    return [one["entity"] for one in question.content["distractors"]]
