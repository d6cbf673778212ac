"""Print active questions to be read against the documents: drawn at random, or all of a fact's
subject or a relation."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.domain.presentation import say_expected, say_placed
from questions.domain.questions import Form
from questions.domain.values import parse_quantity
from questions.domain.wording import say_unit
from questions.models import Deck, Fact, Question
from questions.models.as_data import deck_as_data
from questions.queries.facts import vocabulary_for
from questions.queries.said import said_statement

_COUNT = 200


class Command(BaseCommand):
    help = (
        "Print active questions: with --seed drawn at random, the same for the same bank and seed; "
        "else all, in the deck’s order."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("deck", metavar="DECK", help="the deck's name, as in its address")
        parser.add_argument("--seed", type=int, help="draw at random")
        parser.add_argument("--count", type=int, help="how many to draw, with --seed (200)")
        parser.add_argument("--about", metavar="ENTITY", help="only on facts about this entity")
        parser.add_argument("--relation", help="only on facts of this relation")

    def handle(self, *args: Any, **options: Any) -> None:
        deck = Deck.objects.filter(slug=options["deck"]).first()
        if deck is None:
            raise CommandError(f"there is no deck “{options['deck']}”")
        count, seed = options["count"], options["seed"]
        if count is not None and (count < 1 or seed is None):
            raise CommandError("--count is how many questions to draw with --seed: 1 or more")
        found = active(deck, about=options["about"], relation=options["relation"])
        if not found:
            raise CommandError("no active question is on such a fact")
        drawn = found if seed is None else sample(found, seed, count or _COUNT)
        passages = _passages(deck)
        for number, question in enumerate(drawn, 1):
            self.stdout.write(f"{number}. {question.form} · {question.card.key} · {question.slot}")
            for line in (*described(question), *_found_in(question, passages)):
                self.stdout.write(f"   {line}")
            self.stdout.write("")


def active(deck: Deck, *, about: str | None, relation: str | None) -> list[Question]:
    """In the deck's order: all, or those on facts about an entity, or of a relation."""
    facts = Fact.objects.live().filter(deck=deck)
    facts = facts.filter(about__key=about) if about else facts
    facts = facts.filter(relation=relation) if relation else facts
    uids = set(facts.values_list("uid", flat=True))
    rows = Question.objects.filter(
        card__deck=deck, card__retired=False, state=Question.State.ACTIVE
    ).select_related("card__deck")
    everything = not about and not relation
    return [
        row
        for row in rows.order_by("card__position", "card__key", "slot")
        if everything or not uids.isdisjoint(row.card.facts)
    ]


def sample(questions: list[Question], seed: int, count: int) -> list[Question]:
    """Without repetition; all of them where there are fewer."""
    found = sorted(questions, key=lambda question: (question.card.key, question.slot))
    draw = random.Random(seed)  # noqa: S311 - a sample that can be drawn again, not a secret
    return draw.sample(found, min(count, len(found)))


def described(question: Question) -> Iterator[str]:
    """What is asked, what is right, and the statement shown after the answer."""
    content, deck = question.content, question.card.deck
    yield f"stem: {question.stem}"
    match question.form:
        case Form.CHOICE:
            yield f"key: {content['key']['text']}"
            yield f"wrong: {' | '.join(option['text'] for option in content['distractors'])}"
        case Form.TRUE_FALSE:
            yield f"true: {content['true'] or '—'}"
            yield from (f"false: {text}" for text in content["false"])
        case Form.TYPED | Form.CLOZE:
            yield f"expected: {_expected(content['expected'], deck)}"
        case Form.LIST:
            yield f"expected: {' | '.join(_expected(one, deck) for one in content['expected'])}"
        case Form.ORDERING:
            yield f"order: {' | '.join(say_placed(item) for item in content['items'])}"
        case Form.MATCHING:
            yield f"pairs: {' | '.join(f'{left} = {right}' for left, right in content['pairs'])}"
            yield f"spare: {' | '.join(content['spares'])}"
        case Form.FLASHCARD:
            yield from _card(content)
    if statement := said_statement(question):
        yield f"statement: {statement}"
    if question.explanation:
        yield f"explanation: {question.explanation}"


def _card(content: dict[str, Any]) -> Iterator[str]:
    yield f"answer: {content['answer']}"
    if content["points"]:
        yield f"points: {' | '.join(content['points'])}"


def _expected(expected: dict[str, Any], deck: Deck) -> str:
    said, unit = say_expected(expected), expected.get("unit")
    if unit:
        amount = parse_quantity(expected["value"])
        said = f"{said} {say_unit(unit, amount, vocabulary_for(deck)).text}".rstrip()
    accepted = [say_expected({**expected, "value": each}) for each in expected.get("accept", ())]
    return f"{said} (also {', '.join(accepted)})" if accepted else said


def _passages(deck: Deck) -> dict[str, list[str]]:
    return {
        fact.uid: [f"{passage.source} {passage.locator}".strip() for passage in fact.passages]
        for fact in deck_as_data(deck).facts
    }


def _found_in(question: Question, passages: dict[str, list[str]]) -> Iterator[str]:
    found = dict.fromkeys(place for uid in question.card.facts for place in passages.get(uid, ()))
    if found:
        yield f"in: {'; '.join(found)}"
