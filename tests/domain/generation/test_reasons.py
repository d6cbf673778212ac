"""Every reason why a question is refused or waits can be said in a teacher's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from questions.domain import generation
from questions.domain.facts import AuthoredForm, AuthoredQuestion
from questions.domain.generation import write_bank
from questions.domain.generation.guard import FAR
from questions.domain.generation.refusals import RULES
from questions.domain.messages import Sentence, kept, to_keep
from tests.domain.generation.decks import bank
from tests.synthetic import SHAPES, synthetic

SOURCES = sorted(Path(str(generation.__file__)).parent.glob("*.py"))
_WORDS = re.compile(r"[A-Za-z’']{2,}")


def _returned(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Return) or (
            isinstance(node, ast.keyword) and node.arg in ("refused", "reason", "why")
        ):
            yield from _parts(node.value)


def _parts(value: ast.expr | None) -> Iterator[ast.expr]:
    match value:
        case ast.IfExp():
            yield from (*_parts(value.body), *_parts(value.orelse))
        case ast.BoolOp():
            for each in value.values:
                yield from _parts(each)
        case ast.Tuple():
            for each in value.elts[1:]:  # first stands the rule's name
                yield from _parts(each)
        case ast.expr():
            yield value


def _bare(value: ast.expr) -> str:
    """Words that nobody marked for translation."""
    match value:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return " ".join(str(each.value) for each in parts if isinstance(each, ast.Constant))
        case _:
            return ""


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_no_sentence_is_returned_that_cannot_be_translated(source: Path) -> None:
    bare = [_bare(value) for value in _returned(ast.parse(source.read_text()))]
    questions = [text for text in bare if text.endswith(", ")]  # what a stem begins with
    sentences = [text for text in bare if len(_WORDS.findall(text)) > 1]
    assert [text for text in sentences if text not in questions] == []


@pytest.fixture(scope="module")
def marked() -> frozenset[str]:
    """The texts that makemessages would find."""
    found: set[str] = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "gettext_noop":
                found.add(ast.literal_eval(node.args[0]))
    return frozenset(found)


def _texts(reason: str) -> Iterator[str]:
    """The templates of a reason and of what fills it; names and figures alone are none."""
    if not isinstance(reason, Sentence):
        yield reason
        return
    if _WORDS.search(re.sub(r"%\(\w+\)s", "", reason.message.text)):
        yield reason.message.text
    for value in reason.message.params.values():
        if isinstance(value, Sentence):
            yield from _texts(value)


@pytest.mark.parametrize("shape", ["plain", "disputed", "near", "figures", "scripts", "unsettled"])
def test_whatever_a_deck_is_refused_for_was_marked_for_translation(
    shape: str, marked: frozenset[str]
) -> None:
    refused = write_bank(synthetic(SHAPES[shape], 150, seed=4)).refused
    reasons = {each.reason for each in refused}
    assert len(reasons) > 5
    assert {text for reason in reasons for text in _texts(reason)} <= marked


def test_every_rule_s_sentence_is_marked(marked: frozenset[str]) -> None:
    assert {rule.says for rule in RULES} <= marked
    assert FAR in marked


def test_a_clause_within_a_sentence_is_said_in_its_language_too() -> None:
    clause = Sentence("no use")
    reason = Sentence("Not asked: %(why)s (%(name)s).", why=clause, name="no use")
    french = {"no use": "inutile", "Not asked: %(why)s (%(name)s).": "%(name)s : %(why)s."}
    assert reason == "Not asked: no use (no use)."
    assert reason.said(french.__getitem__) == "no use : inutile."


def test_a_sentence_that_is_kept_can_still_be_translated() -> None:
    reason = Sentence("“%(a)s” is 15 %% off.", a='"["')
    again = kept(to_keep(reason))
    assert again == reason == '“"["” is 15 % off.'
    assert again.message == reason.message
    for text in ("Plain: 15 %.", '["', "[brackets]"):
        assert kept(to_keep(text)) == text


def test_why_a_question_by_hand_waits_can_be_translated() -> None:
    by_hand = AuthoredQuestion("q1", AuthoredForm.CHOICE, "Who?", "The Duke", ("the duke", "I"))
    questions = bank(authored=(by_hand,)).questions
    question = next(each for each in questions if each.card == "authored:q1")
    assert isinstance(question.why_draft, Sentence)
    assert question.why_draft.message.params == {"option": "the duke"}
