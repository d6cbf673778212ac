"""What a teacher accepted stays right when a file that does not have it is imported."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from questions.domain.facts import Alias, AuthoredForm, AuthoredQuestion
from questions.domain.grading import Expected, Verdict, grade_typed
from questions.models import Deck, Entity, Fact, Question, Ruling
from questions.queries.accepted import accepted_in
from questions.queries.names import fresh_index
from questions.services import authoring, claims
from questions.services.interchange import ImportReport, import_deck
from tests.services.ruling import LATER, SHORT, accept, capital, case, exported, typed
from tests.web.teach.sample import DECK, lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": partial(lunar_deck, visibility="public")}
FOUNDED = "fact:imbria-founded:value"


def imported(deck: Deck, text: str = DECK, *, dry_run: bool = False) -> ImportReport:
    deck = Deck.objects.get(pk=deck.pk)
    return import_deck(deck.owner, text.encode(), into=deck, dry_run=dry_run, questions=False)


def names_of(key: str) -> list[str]:
    return [alias["name"] for alias in Entity.objects.get(key=key).aliases]


def verdict(question: Question, given: str) -> Verdict:
    newest = Question.objects.active().get(card=question.card, slot=question.slot)
    index = fresh_index(question.card.deck)
    return grade_typed(Expected.from_json(newest.content["expected"]), given, index).verdict


def by_hand(deck: Deck, key: str = "No rain falls") -> Question:
    said = AuthoredQuestion("", AuthoredForm.TYPED, "Why is the Moon dry?", key)
    row = authoring.save_authored(deck, said)
    return Question.objects.active().get(card__key=f"authored:{row.key_id}")


def test_a_name_stays_right_and_the_import_says_so(deck: Deck) -> None:
    accept(capital(deck))
    asked = imported(deck, dry_run=True)
    assert not asked.changes
    report = imported(deck)
    assert report.kept == (f"“{SHORT}” for Platoville, accepted by a teacher",)
    assert names_of("plato") == [SHORT]
    assert verdict(capital(deck), SHORT) is Verdict.RIGHT
    assert exported(deck).entities["plato"].aliases == (Alias(SHORT),)


def test_beside_what_the_file_changes_it_is_kept_and_a_second_import_changes_nothing(
    deck: Deck,
) -> None:
    accept(capital(deck))
    changed = DECK.replace("name: Platoville", "name: Platoville, also: [City of Plato]")
    assert "plato" in {after.key for _, after in imported(deck, changed).changes.entities.changed}
    assert names_of("plato") == ["City of Plato", SHORT]
    again = imported(deck, changed)
    assert not again.changes
    assert len(again.kept) == 1


def test_what_only_a_file_had_goes_with_the_file(deck: Deck) -> None:
    accept(capital(deck))
    imported(deck, DECK.replace("name: Platoville", "name: Platoville, also: [City of Plato]"))
    assert len(imported(deck).kept) == 1
    assert names_of("plato") == [SHORT]


def test_the_spelling_that_the_teacher_gave_is_kept(deck: Deck) -> None:
    accept(capital(deck), "it is Platotown I think", spelling=SHORT)
    assert Ruling.objects.get().spelling == SHORT
    imported(deck)
    assert names_of("plato") == [SHORT]


def test_rulings_of_before_spellings_were_kept_go_by_what_was_given(deck: Deck) -> None:
    accept(capital(deck))
    Ruling.objects.update(spelling="")
    imported(deck)
    assert names_of("plato") == [SHORT]


def test_what_is_right_in_part_stays_so(deck: Deck) -> None:
    accept(capital(deck), loose=True)
    imported(deck)
    assert verdict(capital(deck), SHORT) is Verdict.PARTIAL


def test_a_file_that_has_it_is_told_nothing_and_one_that_has_it_loosely_is_overruled(
    deck: Deck,
) -> None:
    accept(capital(deck))
    has = DECK.replace("name: Platoville", f"name: Platoville, also: [{SHORT}]")
    assert imported(deck, has).kept == ()
    loosely = DECK.replace(
        "name: Platoville", f"name: Platoville, also: [{{name: {SHORT}, loose: yes}}]"
    )
    assert len(imported(deck, loosely).kept) == 1
    assert verdict(capital(deck), SHORT) is Verdict.RIGHT


def test_a_name_that_the_file_gives_another_is_not_kept_and_named(deck: Deck) -> None:
    accept(capital(deck))
    others = DECK.replace("name: Besselburg", f"name: Besselburg, also: [{SHORT}]")
    report = imported(deck, others)
    assert report.kept == ()
    assert report.dropped == (f"“{SHORT}” for Platoville: the file has it for Besselburg",)
    assert names_of("plato") == []


def test_what_a_teacher_took_away_by_hand_is_not_brought_back(deck: Deck) -> None:
    accept(capital(deck))
    Entity.objects.filter(key="plato").update(aliases=[])
    assert imported(deck).kept == ()
    assert names_of("plato") == []


def test_what_was_kept_wrong_after_all_goes_with_the_file(deck: Deck) -> None:
    accept(capital(deck))
    claims.keep_wrong(case(capital(deck)), deck.owner, LATER)
    assert imported(deck).kept == ()
    assert names_of("plato") == []


def test_it_comes_back_with_what_a_wrong_file_had_left_out(deck: Deck) -> None:
    accept(capital(deck))
    without = "\n".join(line for line in DECK.splitlines() if "plato" not in line)
    assert imported(deck, without).kept == ()
    assert len(imported(deck).kept) == 1
    assert names_of("plato") == [SHORT]


# --- what a fact, or a question by hand, takes besides ----------------------------------


def test_a_date_accepted_for_a_fact_stays(deck: Deck) -> None:
    accept(typed(deck, FOUNDED), "3 April 1931")
    report = imported(deck)
    assert report.kept == ("“1931-04-03” for Imbria: founded, accepted by a teacher",)
    assert Fact.objects.get(uid="imbria-founded").accept == ["1931-04-03"]
    assert not imported(deck).changes


def test_it_does_not_stay_when_the_file_gives_another_answer(deck: Deck) -> None:
    accept(typed(deck, FOUNDED), "3 April 1931")
    report = imported(deck, DECK.replace("1931-04-02", "1931-08-20"))
    assert report.dropped == ("“1931-04-03” for Imbria: founded: the file gives another answer",)
    assert Fact.objects.get(uid="imbria-founded").accept == []


def test_a_term_that_the_file_gives_another_fact_is_not_kept(deck: Deck) -> None:
    motto = "  - {about: %s, is: motto, value: %s, source: atlas page 8}\n"
    with_motto = DECK + motto % ("imbria", "Rain will come")
    import_deck(deck.owner, with_motto.encode(), into=deck)
    fact = Fact.objects.get(relation="motto")
    accept(typed(deck, f"fact:{fact.uid}:value"), "Wet we stay")
    assert imported(deck, with_motto).kept
    report = imported(deck, with_motto + motto % ("serenia", "Wet we stay"))
    assert report.dropped == ("“Wet we stay” for Imbria: motto: the file has it for Serenia",)
    fact.refresh_from_db()
    assert fact.accept == []


def test_an_answer_to_a_question_by_hand_stays_with_its_key(deck: Deck) -> None:
    accept(by_hand(deck), "It never rains")
    ask = """
questions:
  - {id: q-1, form: typed, stem: Why is the Moon dry?, key: %s}
"""
    report = imported(deck, DECK + ask % "No rain falls")
    assert report.kept == ("“It never rains” for Why is the Moon dry?, accepted by a teacher",)
    assert deck.authored.get().accept == ["It never rains"]
    report = imported(deck, DECK + ask % "Nobody knows")
    assert report.dropped == (
        "“It never rains” for Why is the Moon dry?: the file gives another answer",
    )
    assert deck.authored.get().accept == []


def test_the_command_names_what_is_kept_and_what_is_not(
    deck: Deck, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    accept(capital(deck))
    accept(typed(deck, FOUNDED), "3 April 1931")
    file = tmp_path_factory.mktemp("decks") / "moon.yaml"
    file.write_text(DECK.replace("1931-04-02", "1931-08-20"))
    call_command("import_deck", str(file), into=deck.slug, dry_run=True)
    said = capsys.readouterr().out
    assert f"kept: “{SHORT}” for Platoville, accepted by a teacher" in said
    assert "not kept: “1931-04-03” for Imbria: founded: the file gives another answer" in said
    assert names_of("plato") == [SHORT]


def test_all_rulings_are_read_in_few_queries(
    deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    accept(capital(deck))
    accept(typed(deck, FOUNDED), "3 April 1931")
    with django_assert_max_num_queries(4):
        assert len(accepted_in(deck)) == 2
