"""`manage.py audit_questions`: what it prints, and its exit status."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from questions.models import Card, Deck, Fact, Question
from questions.queries.audit import audit_of, draws_of
from tests import builders
from tests.services.conftest import war_deck

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[2] / "questions" / "decks"


DECKS = {"war": war_deck}


def audit(*options: str, slug: str = "war") -> str:
    out = StringIO()
    call_command("audit_questions", slug, *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_sound_bank_is_told_of(deck: Deck) -> None:
    said = audit()
    for part in (
        "Violations: 0",
        "shuffled options",
        "in order",
        "how many forms",
        "stated reason",
    ):
        assert part in said


def test_a_broken_bank_ends_with_status_one_and_names_the_question(deck: Deck) -> None:
    Fact.objects.filter(value="harbin").update(value="lowmoor")
    with pytest.raises(CommandError, match="violations"):
        audit()
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("audit_questions", "war", "--json", stdout=out, stderr=StringIO())
    assert error.value.returncode == 1
    told = json.loads(out.getvalue())
    assert not told["clean"]
    broken = next(one for one in told["violations"] if one["question"])
    assert Question.objects.get(pk=broken["question"]).stem == broken["stem"]
    assert told["by_rule"][broken["rule"]] >= 1


@pytest.mark.parametrize(("field", "value"), [("form", "essay"), ("state", "actve")])
def test_a_row_that_is_no_question_hides_nothing_else(deck: Deck, field: str, value: str) -> None:
    first, second = Question.objects.active().order_by("pk")[:2]
    Question.objects.filter(pk=first.pk).update(**{field: value})
    Question.objects.filter(pk=second.pk).update(stem="A careless stem")
    found = {one.question for one in audit_of(deck).violations}
    assert found == {first.pk, second.pk}


def test_a_card_that_asks_for_nothing_known_hides_nothing_else(deck: Deck) -> None:
    question = Question.objects.active().order_by("pk")[0]
    Card.objects.filter(pk=question.card_id).update(direction="sideways")
    on_card = Question.objects.active().filter(card=question.card_id)
    assert {one.question for one in audit_of(deck).violations} == {row.pk for row in on_card}


def test_drafts_and_retired_questions_are_not_looked_at(deck: Deck) -> None:
    Question.objects.filter(form="choice").update(state="draft", stem="A careless stem")
    Question.objects.filter(form="typed").update(state="retired", stem="Another")
    told = json.loads(audit("--json"))
    assert told["clean"]
    assert "choice" not in told["by_form"]
    assert "typed" not in told["by_form"]


def test_the_json_holds_all_that_is_documented(deck: Deck) -> None:
    told = json.loads(audit("--json"))
    assert set(told) == {
        "deck", "questions", "cards", "clean", "violations", "warnings", "by_rule", "by_warning",
        "position", "rank", "forms_per_card", "by_form", "without_recall", "unasked", "aside",
        "partly", "coverage", "explained",
    }  # fmt: skip
    assert set(told["rank"]) == {
        "draws",
        "counts",
        "chi_square",
        "freedom",
        "p",
        "batch_p",
        "first",
    }
    assert told["coverage"]["share"] == 1
    assert told["coverage"]["share_of_both"] < 1


def test_how_many_facts_have_both_forms_is_said_apart_from_those_with_a_reason(deck: Deck) -> None:
    found = json.loads(audit("--json"))["coverage"]
    said = audit()
    assert f"both ways ({found['both'] / found['askable']:.1%})" in said
    assert f"So {found['share']:.1%} have both ways or a stated reason." in said
    assert f"{found['reasoned']}  cannot, for a reason listed above" in said


def test_where_answers_stand_is_said_in_shares_and_words(deck: Deck) -> None:
    rank = json.loads(audit("--json"))["rank"]
    said = audit()
    for options, counts in rank["counts"].items():
        [line] = [each for each in said.splitlines() if "smallest" in each and options in each]
        assert line.startswith(f"  of {options} options: smallest {counts[0] / sum(counts):.1%}")
        assert line.endswith(f"largest {counts[-1] / sum(counts):.1%}")
    assert said.count("as even as chance makes it") == 2
    assert f"p = {rank['p']:.3f}" in said


def test_progress_ends_with_all_of_it(deck: Deck) -> None:
    told: list[tuple[int, int]] = []
    audit_of(deck, lambda done, total, _: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0


def test_keys_that_seem_to_lean_are_drawn_ten_times_as_often(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = json.loads(audit("--json"))
    assert before["rank"]["first"] is None
    monkeypatch.setattr("questions.domain.key_places.UNLIKELY", 1.1)
    told = json.loads(audit("--json"))
    for kind in ("position", "rank"):
        assert told[kind]["first"]["draws"] == before[kind]["draws"]
        assert told[kind]["draws"] == 10 * before[kind]["draws"] > 0
    assert {"key position", "key rank"} <= set(told["by_warning"])
    assert told["clean"]
    assert "At first it seemed to lean" in audit()
    assert "less even than chance makes it" in audit()


@pytest.mark.parametrize("choices", [0, 1, 3_000, 50_000, 150_000, 1_000_000])
def test_however_large_a_bank_it_is_not_drawn_for_ever(choices: int) -> None:
    draws, more = draws_of(choices)
    assert draws <= more <= 200
    assert choices * more <= max(600_000, choices)


def test_what_is_cut_short_says_how_to_see_all(deck: Deck) -> None:
    short, full = audit(), audit("--all")
    cut = [line for line in short.splitlines() if line.endswith("more (--all lists them)")]
    assert cut
    assert len(full.splitlines()) > len(short.splitlines())
    assert "--all lists them" not in full


def test_a_deck_that_is_not_there_is_said(deck: Deck) -> None:
    with pytest.raises(CommandError, match="no deck “peace”"):
        audit(slug="peace")


@pytest.mark.parametrize("slug", ["border-conflicts", "chemical-elements"])
def test_the_sample_decks_are_clean_and_covered(slug: str) -> None:
    builders.teacher(username="owner")
    call_command(
        "import_deck", str(SAMPLES / f"{slug}.yaml"), owner="owner", stdout=StringIO(),
        stderr=StringIO(),
    )  # fmt: skip
    told = json.loads(audit("--json", slug=slug))
    assert told["violations"] == []
    assert told["coverage"]["share"] > 0.9
