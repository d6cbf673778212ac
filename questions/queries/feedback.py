"""What a learner sees after an answer, in a study session and in a quiz alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questions.domain.facts import Vocabulary
from questions.domain.generation.text import fold as bare
from questions.domain.messages import Message
from questions.domain.parts import Letters, Part, part_apart, parts_of, spellings_apart
from questions.domain.presentation import Presented, answer_texts
from questions.domain.questions import Form
from questions.models import Card, Deck, Fact, Passage, Question
from questions.queries.explaining import Explained, explanations
from questions.queries.facts import Saying, rivals, sayings, vocabulary_for, with_passages
from questions.queries.mistakes import to_explain
from questions.queries.said import given_texts, right_texts, said_statement


@dataclass(frozen=True, slots=True)
class Option:
    text: str
    right: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    """`right` and `given` are lists of lines; `parts` tell an answer of several part by part.
    `sayings` are the facts asked, with their sources; `others` are those that contradict them;
    `explained` is what the wrong answer is."""

    question: Question
    presented: Presented
    verdict: str
    reason: Message
    right: list[str]
    given: list[str]
    options: list[Option]
    passages: list[Passage]
    sayings: list[Saying]
    others: list[Saying]
    points: list[str]
    spelling: str
    parts: list[Part]
    explained: list[Explained]

    @property
    def deck(self) -> Deck:
        return self.question.card.deck

    @property
    def statement(self) -> str:
        """Nothing where it would only repeat what stands beside it."""
        said = said_statement(self.question)
        return "" if self._stands_there(said) else said

    def _stands_there(self, said: str) -> bool:
        form, content = self.presented.form, self.question.content
        match form:
            case Form.TRUE_FALSE:
                return said in self.presented.options
            case Form.MATCHING:
                return True
            case Form.ORDERING:
                return all(item["when"] for item in content["items"])
            case Form.FLASHCARD:
                return bare(content["answer"]) in bare(said)
        return False

    @property
    def of_one(self) -> bool:
        """Whether all that it asks is about the same thing."""
        return len({saying.fact.about_id for saying in self.sayings}) == 1

    @property
    def says_false(self) -> tuple[str, str, str] | None:
        """A false statement, cut around what is false in it."""
        shown, true = self.presented, self.question.content.get("true")
        if shown.form is not Form.TRUE_FALSE or shown.key[0] == 0 or not true:
            return None
        return part_apart(shown.options[0], true)

    @property
    def misspelt(self) -> tuple[list[Letters], list[Letters]] | None:
        """What was typed and the right spelling, cut where they differ."""
        if not self.spelling or len(self.given) != 1 or self.parts:
            return None
        return spellings_apart(self.given[0], self.spelling)

    @property
    def as_given(self) -> bool:
        """Whether the right answer is, word for word, what was answered."""
        return [bare(text) for text in self.given] == [bare(text) for text in self.right]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a question rests on: facts with their sources, and those that contradict them."""

    sayings: list[Saying]
    passages: list[Passage]
    others: list[Saying]

    @property
    def fact(self) -> Fact | None:
        """The one that is asked, if it is only one."""
        return self.sayings[0].fact if len(self.sayings) == 1 else None


def feedback_on(
    question: Question,
    shown: Mapping[str, Any],
    given: Mapping[str, Sequence[str]],
    verdict: str,
    reason: Mapping[str, Any],
    *,
    evidence: Evidence | None = None,
    explained: list[Explained] | None = None,
) -> Feedback:
    """`question.card.deck` should have been selected with the question. Six queries at most, and
    eight for what a wrong answer is; none if evidence and explanation are at hand."""
    presented = Presented.from_json(shown)
    evidence = evidence or evidence_for(question)
    if explained is None:
        explained = _explained(question, presented, given, verdict, evidence)
    return Feedback(
        question=question,
        presented=presented,
        verdict=verdict,
        reason=Message(reason.get("text", ""), reason.get("params", {})),
        right=right_texts(presented, question.content),
        given=given_texts(presented, given),
        options=options_of(presented, given),
        passages=evidence.passages,
        sayings=_as_ordered(evidence.sayings, question.content),
        others=evidence.others,
        points=list(question.content.get("points", ())),
        spelling=reason.get("shown") or "",
        parts=parts_of(presented, question.content, given, verdict, reason),
        explained=explained,
    )


def _explained(
    question: Question,
    presented: Presented,
    given: Mapping[str, Sequence[str]],
    verdict: str,
    evidence: Evidence,
) -> list[Explained]:
    answered = to_explain(question, presented, given, verdict, evidence.fact)
    return explanations(question.card.deck, [answered])[0] if answered else []


def _as_ordered(said: Sequence[Saying], content: Mapping[str, Any]) -> list[Saying]:
    """The facts of what was to be put in order, in that order."""
    places = {item["text"]: place for place, item in enumerate(content.get("items", ()))}
    last = len(places)

    def place(saying: Saying) -> int:
        return places.get(saying.fact.about.name, places.get(saying.value, last))

    return sorted(said, key=place)


def evidence_for(question: Question) -> Evidence:
    vocabulary = vocabulary_for(question.card.deck)
    facts = with_passages(question.card.facts[:6], question.card.deck)
    said = sayings(facts, vocabulary)
    return Evidence(said, _passages(said, question), _others(facts, vocabulary))


@dataclass(frozen=True, slots=True)
class Told:
    """A new card as it is told, before it is first asked."""

    statement: str
    question: Question
    answer: list[str]
    passages: list[Passage]
    others: list[Saying]


def told(card: Card, question: Question) -> Told:
    vocabulary = vocabulary_for(card.deck)
    facts = with_passages(card.facts[:6], card.deck)
    said = sayings(facts, vocabulary)
    question.card = card
    return Told(
        said_statement(question),
        question,
        answer_texts(question.form, question.content),
        _passages(said, question),
        _others(facts, vocabulary),
    )


def options_of(presented: Presented, given: Mapping[str, Sequence[str]]) -> list[Option]:
    """A choice's options in the order shown; none of other forms."""
    if presented.form != "choice":
        return []
    chosen = set(given.get("option", ()))
    return [
        Option(text, index in presented.key, str(index) in chosen)
        for index, text in enumerate(presented.options)
    ]


def _passages(said: Sequence[Saying], question: Question) -> list[Passage]:
    if not said and question.card.direction == "authored":
        uid = question.card.key.partition(":")[2]
        return list(
            Passage.objects.filter(
                authored__deck=question.card.deck_id, authored__key_id=uid
            ).select_related("source")
        )
    return passages_of(said)


def passages_of(said: Sequence[Saying]) -> list[Passage]:
    """Each passage once, in the order of the facts that it supports."""
    unique = {passage.pk: passage for saying in said for passage in saying.passages}
    return list(unique.values())


def _others(facts: Sequence[Fact], vocabulary: Vocabulary) -> list[Saying]:
    """Only a question on one fact can be contradicted by another."""
    return sayings(rivals(facts[0], vocabulary), vocabulary) if len(facts) == 1 else []
