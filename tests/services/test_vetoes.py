"""A teacher's veto: kept, obeyed at once, carried by deck files, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from questions.domain.generation import write_bank
from questions.domain.interchange import (
    DeckErrors,
    built_in_vocabularies,
    read_deck,
    write_deck,
)
from questions.models import Card, Deck, Fact, Question, Veto
from questions.models.as_data import deck_as_data
from questions.queries import slices
from questions.queries.audit import audit_of
from questions.queries.interchange import deck_file
from questions.queries.vetoes import questions_of
from questions.services.facts import FactEntry, change_fact
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from questions.services.revisions import count_up
from questions.services.vetoes import let_in, rule_out
from tests import builders
from tests.domain.generation.decks import deck as war
from tests.services.conftest import war_deck
from tests.synthetic import synthetic
from tests.work import calls_of

pytestmark = pytest.mark.django_db


DECKS = {"war": war_deck}


@pytest.fixture(params=["small", "large"])
def bank(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    loaded: Callable[[str], Deck],
) -> Deck:
    """Written from the whole deck, or from the slice around a fact."""
    if request.param == "large":
        monkeypatch.setattr(slices, "WHOLE", 0)
    return loaded("war")


def commander(deck: Deck) -> Fact:
    return Fact.objects.get(deck=deck, about__key="birch", relation="commander", value="brandt")


def active(fact: Fact) -> list[Question]:
    rows = Question.objects.active().filter(card__fact=fact, card__direction="value")
    return list(rows.filter(card__retired=False).order_by("slot"))


def offered(fact: Fact) -> set[str]:
    choices = [each for each in active(fact) if each.form == "choice"]
    return {option["value"] for each in choices for option in each.content["distractors"]}


def false_statements(fact: Fact) -> str:
    return " ".join(t for each in active(fact) for t in each.content.get("false", ()))


def test_the_questions_are_written_again_at_once_without_it(bank: Deck) -> None:
    fact = commander(bank)
    assert "adler" in offered(fact)
    memory = builders.memory(builders.user(), Card.objects.get(fact=fact, direction="value"),
                             fact.updated_at.date())  # fmt: skip
    revision = bank.revision
    rule_out(fact, "adler", bank.owner)
    assert offered(fact)
    assert "adler" not in offered(fact)
    assert "Adler" not in false_statements(fact)
    bank.refresh_from_db()
    assert bank.revision == revision + 1
    memory.refresh_from_db()
    assert not memory.card.retired
    assert audit_of(bank).violations == []


def test_it_is_kept_when_the_bank_is_written_again_and_when_the_fact_is_edited(bank: Deck) -> None:
    fact = commander(bank)
    rule_out(fact, "adler", bank.owner)
    write_questions(bank)
    assert "adler" not in offered(fact)
    data = next(one for one in deck_as_data(bank).facts if one.uid == fact.uid)
    fact.refresh_from_db()
    entry = FactEntry(replace(data, note="Said of the rear guard.", never_with=()))
    change_fact(fact, entry, fact.updated_at)
    assert "adler" not in offered(fact)
    again = write_questions(bank)
    assert (again.new, again.changed) == (0, 0)


def test_taking_it_back_offers_the_option_again(bank: Deck) -> None:
    fact = commander(bank)
    before = {each.slot: each.content for each in active(fact)}
    veto = rule_out(fact, "adler", bank.owner)
    let_in(veto)
    let_in(veto)
    assert not Veto.objects.exists()
    assert {each.slot: each.content for each in active(fact)} == before


def test_a_fact_that_is_deleted_while_its_page_is_read_has_no_refusals(bank: Deck) -> None:
    fact = commander(bank)
    Fact.objects.filter(pk=fact.pk).update(removed=True)
    assert questions_of(fact).refused == []


def test_a_second_veto_of_the_same_changes_nothing(bank: Deck) -> None:
    fact = commander(bank)
    first = rule_out(fact, "adler", bank.owner)
    assert rule_out(fact, "adler", builders.teacher()) == first
    assert first.teacher == bank.owner


def test_when_every_good_option_is_ruled_out_there_is_no_choice_and_the_refusal_says_why(
    bank: Deck,
) -> None:
    fact = commander(bank)
    while offered(fact):
        rule_out(fact, min(offered(fact)), bank.owner)
        write_questions(bank)  # from the whole deck there may be another
    assert not [each for each in active(fact) if each.form == "choice"]
    assert any("too unlike it to tempt anyone" in reason for reason in refusals(bank, fact))
    rule_out(fact, "ewald", bank.owner)
    assert any("a teacher ruled it out" in reason for reason in refusals(bank, fact))
    assert audit_of(bank).violations == []


def refusals(deck: Deck, fact: Fact) -> list[str]:
    found = write_bank(deck_as_data(deck), only={fact.uid}).refused
    return [each.reason for each in found if each.fact == fact.uid]


def test_the_audit_finds_a_question_that_offers_what_was_ruled_out(bank: Deck) -> None:
    fact = commander(bank)
    Veto.objects.create(fact=fact, value="adler")
    found = {one.rule for one in audit_of(bank).violations}
    assert found == {"nothing ruled out"}
    forms = {one.form for one in audit_of(bank).violations}
    assert "choice" in forms


def test_a_figure_stays_ruled_out_when_the_answer_is_rounded(bank: Deck) -> None:
    fact = Fact.objects.filter(deck=bank, relation="losses").first()
    assert fact is not None
    value = min(offered(fact))
    rule_out(fact, value, bank.owner)
    Fact.objects.filter(pk=fact.pk).update(value=f"~{fact.value}")
    write_questions(bank)
    assert offered(fact)
    assert value.lstrip("~") not in {one.lstrip("~") for one in offered(fact)}


def test_it_travels_with_the_deck_file_byte_for_byte(bank: Deck) -> None:
    fact = commander(bank)
    rule_out(fact, "ewald", bank.owner)
    rule_out(fact, "adler", bank.owner)
    text = "".join(deck_file(bank))
    assert "never_with: [ewald, adler]" in text
    other = import_deck(builders.teacher(), text.encode(), slug="elsewhere").deck
    assert "".join(deck_file(other)) == text
    copied = commander(other)
    assert list(copied.vetoes.values_list("value", flat=True)) == ["ewald", "adler"]
    assert not copied.vetoes.exclude(teacher=None).exists()
    assert not offered(copied) & {"ewald", "adler"}
    assert not import_deck(other.owner, text.encode(), into=other).changes


def test_an_older_or_changed_file_lifts_no_veto(bank: Deck) -> None:
    older = "".join(deck_file(bank))
    fact = commander(bank)
    rule_out(fact, "adler", bank.owner)
    assert not import_deck(bank.owner, older.encode(), into=bank).changes
    changed = older.replace("value: brandt", "value: corvin", 1)
    assert changed != older
    report = import_deck(bank.owner, changed.encode(), into=bank)
    assert report.changes.facts.changed
    fact.refresh_from_db()
    assert "adler" not in offered(fact)
    assert audit_of(bank).violations == []


def test_a_file_that_rules_something_out_changes_the_fact(bank: Deck) -> None:
    fact = commander(bank)
    text = write_deck(
        replace(
            data := deck_as_data(bank),
            facts=tuple(
                replace(one, never_with=("adler",)) if one.uid == fact.uid else one
                for one in data.facts
            ),
        )
    )
    report = import_deck(bank.owner, text.encode(), into=bank)
    assert [after.uid for _, after in report.changes.facts.changed] == [fact.uid]
    assert "adler" not in offered(fact)


def test_what_is_gone_from_the_deck_is_left_out_of_its_file_and_back_with_it(bank: Deck) -> None:
    builders.entity(bank, "Ulla Brenn", "person", key="ulla")
    fact = commander(bank)
    rule_out(fact, "ulla", bank.owner)
    bank.entities.filter(key="ulla").update(removed=True)
    assert "never_with" not in "".join(deck_file(bank))
    bank.entities.filter(key="ulla").update(removed=False)
    assert "never_with: [ulla]" in "".join(deck_file(bank))


def test_a_file_may_rule_out_only_what_could_be_offered() -> None:
    made = war()
    text = write_deck(replace(made, own=made.vocabulary))
    line = next(line for line in text.splitlines() if "is: commander" in line)
    bad = text.replace(line, line.replace("source:", "never_with: [nobody], source:"))
    with pytest.raises(DeckErrors) as found:
        read_deck(bad.encode(), built_in_vocabularies(), "war.yaml")
    assert "unknown entity “nobody”" in str(found.value)


def test_a_teachers_page_of_a_fact_is_as_much_work_however_large_the_deck() -> None:
    def work(facts: int) -> int:
        data = synthetic("plain", facts, seed=5)
        deck = import_deck(builders.teacher(), data, slug=f"war-{facts}", questions=False).deck
        row = deck.facts.filter(relation="commander").order_by("pk")[3]
        write_questions(deck, only={row.uid})
        fact = Fact.objects.select_related("deck", "about", "value_entity").get(pk=row.pk)
        questions_of(fact)  # what is remembered of the deck's vocabulary is read
        count_up(deck.pk)  # as a veto does
        fact.deck.refresh_from_db()
        return calls_of(lambda: questions_of(fact))

    assert work(1_500) < 1.6 * work(300)
