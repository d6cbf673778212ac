"""From a deck to its bank of questions: every card, every form, every refusal.

Pure and deterministic: the same deck gives the same bank, and a fact's questions do not depend
on which other facts are written in the same run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from questions.domain.facts import Deck, Fact, Group, ValueKind
from questions.domain.generation import cards
from questions.domain.generation.affected import Affected
from questions.domain.generation.asking import (
    STEMS,
    Attribution,
    Stem,
    better_known,
    statement,
    statements,
    stems,
    wordings_for,
)
from questions.domain.generation.authored import authored
from questions.domain.generation.choice import choices, subject_pool, value_pool
from questions.domain.generation.cloze import clozes
from questions.domain.generation.drafting import SETTLED
from questions.domain.generation.flashcard import flashcards, let_on_cards
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.likeness import Observed
from questions.domain.generation.lists import list_groups, lists
from questions.domain.generation.matching import matchings, pairings, settled_pairs
from questions.domain.generation.ordering import chronologies, orderings, settled_order
from questions.domain.generation.recalling import too_hard_to_spell
from questions.domain.generation.refusals import ONE_RIGHT, first_problem
from questions.domain.generation.steps import steps
from questions.domain.generation.true_false import true_false
from questions.domain.generation.typed import (
    typed_any,
    typed_subjects,
    typed_values,
)
from questions.domain.generation.wordings import (
    asked_alone,
    asked_in_one,
    asked_together,
    closed_stems,
    subject_stems,
    value_stems,
)
from questions.domain.generation.writing import Asked, Given, Try, fullest, fullness
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Bank, CardSpec, Direction, Form, Refused, Written

Made = CardSpec | Written | Refused


def write_bank(
    deck: Deck, *, only: Collection[str] | None = None, observed: Observed | None = None
) -> Bank:
    """All cards and questions of a deck; with `only`, those that the facts of these uids touch."""
    made = list(write(Index(deck), only=only, observed=observed))
    return Bank(
        tuple(one for one in made if isinstance(one, CardSpec)),
        tuple(one for one in made if isinstance(one, Written)),
        tuple(one for one in made if isinstance(one, Refused)),
        {"facts": len(deck.facts)},
    )


def write(
    index: Index,
    *,
    only: Collection[str] | None = None,
    just: bool = False,
    observed: Observed | None = None,
) -> Iterator[Made]:
    """The same one by one: each card before its questions, then what was refused for it. `just`
    these facts: nothing that hangs on them."""
    deck, given = index.deck, Given(observed or {})
    touched = Affected.just(index, only or ()) if just else Affected(index, only)
    for fact in deck.facts:
        if touched.fact(fact):
            yield from write_fact(index, fact, given)
    yield from _lists(index, touched)
    yield from _sets(index, touched)
    for question in deck.authored:
        if touched.authored(question):
            yield from authored(question, index)


def write_fact(index: Index, fact: Fact, given: Given) -> Iterator[Made]:
    """The cards of one fact alone."""
    for way in (Direction.VALUE, Direction.SUBJECT):
        yield from write_card(index, fact, way, given)


def write_card(index: Index, fact: Fact, way: Direction, given: Given) -> Iterator[Made]:
    """`way` is value or subject."""
    return (_value if way is Direction.VALUE else _subject)(index, fact, given)


def write_lists(index: Index, groups: Collection[Group]) -> Iterator[Made]:
    for group, members in list_groups(index):
        if group in groups:
            yield from _list(index, group, members)


def write_set(index: Index, card: CardSpec) -> Iterator[Made]:
    """A chronology or matching set once more, of those of its facts that still are."""
    facts = [index.by_uid[uid] for uid in card.facts if uid in index.by_uid]
    ordering = card.direction is Direction.CHRONOLOGY
    chosen = settled_order(index, facts) if ordering else settled_pairs(index, facts)
    if chosen:
        spec = cards.of_facts(card, index, chosen)
        asked = asked_together(index, spec, chosen)
        form = Form.ORDERING if ordering else Form.MATCHING
        yield from _kept(asked, [(form, orderings(asked) if ordering else pairings(asked))])


def write_sets(index: Index, key: str) -> Iterator[Made]:
    """A relation's chronologies and matching sets, all of its facts being at hand."""
    relation = index.deck.vocabulary.relations[key]
    for name, facts in chronologies(index, key) if relation.order else ():
        asked = asked_together(index, cards.order_card(index, key, name, facts), facts)
        yield from _kept(asked, [(Form.ORDERING, orderings(asked))])
    for name, facts in matchings(index, key) if relation.match else ():
        asked = asked_together(index, cards.pairs_card(index, key, name, facts), facts)
        yield from _kept(asked, [(Form.MATCHING, pairings(asked))])


def refusals_of(index: Index, fact: Fact) -> Iterator[Refused]:
    """What is refused of one fact's own cards, and why."""
    for made in write_fact(index, fact, Given()):
        if isinstance(made, Refused):
            yield made


def refusals_of_list(index: Index, group: Group, facts: tuple[Fact, ...]) -> Iterator[Refused]:
    """The same of the card that asks for all of a group's values."""
    return (made for made in _list(index, group, facts) if isinstance(made, Refused))


# One fact


def _value(index: Index, fact: Fact, given: Given) -> Iterator[Made]:
    relation = index.relation(fact)
    asked = asked_alone(index, cards.value_card(index, fact), fact, given)
    natural = Form.FLASHCARD if relation.value is ValueKind.TEXT else Form.TYPED
    barred = _barred(asked) or _nothing_to_ask(relation.ask or relation.which)
    if barred:
        yield asked.refused(natural, *barred)
    elif asked.attribution.refused:
        yield from _kept(asked, [(Form.TYPED, typed_any(asked, wordings_for(index, fact)))])
        yield asked.refused(Form.CHOICE, "conflict named", asked.attribution.refused)
    elif natural is Form.FLASHCARD:
        wordings = stems(index, fact, wordings_for(index, fact), asked.attribution)
        yield from _kept(asked, [(Form.FLASHCARD, flashcards(asked, wordings))])
    else:
        yield from _value_forms(asked)


def _value_forms(asked: Asked) -> Iterator[Made]:
    wordings = wordings_for(asked.index, asked.fact)
    index, fact = asked.index, asked.fact
    asks = value_stems(asked)
    closed = closed_stems(asked, asks)
    key, found = value_pool(asked, [*fullest(closed), *_statement_stem(asked)])
    tries: list[tuple[Form, Iterable[Try]]] = []
    refused: list[Refused] = []
    if why := found.why_no_choice():
        refused.append(asked.refused(Form.CHOICE, "no distractors", why))
    else:
        tries.append((Form.CHOICE, choices(asked, closed, key, found)))
    if found.options:
        tries.append((Form.TRUE_FALSE, true_false(asked, found.options)))
    typed = list(typed_values(asked, asks))
    tries.append((Form.TYPED, typed))
    tries.append((Form.TYPED, typed_any(asked, wordings)))
    tries.append((Form.CLOZE, clozes(asked)))
    if too_hard_to_spell(index, fact, reverse=False) or let_on_cards(asked, typed):
        tries.append((Form.FLASHCARD, flashcards(asked, asks)))
    yield from _kept(asked, tries, refused)


def _statement_stem(asked: Asked) -> list[Stem]:
    """The statement's slots, so that the same wrong values serve true/false."""
    return [
        Stem(asked.card.key, done.names)
        for done in statements(asked.index, asked.fact, asked.attribution)[:1]
    ]


def _subject(index: Index, fact: Fact, given: Given) -> Iterator[Made]:
    relation = index.relation(fact)
    if not relation.reverse or not fact.askable:
        return
    asked = asked_alone(index, cards.subject_card(index, fact), fact, given)
    barred = _barred(asked) or _disputed(asked)
    if barred:
        yield asked.refused(Form.CHOICE, *barred)
        return
    among, alone = subject_stems(asked)
    wordings = fullest([*among, *alone])
    key, found = subject_pool(asked, wordings)
    typed = list(typed_subjects(asked, alone or among))
    tries: list[tuple[Form, Iterable[Try]]] = [(Form.TYPED, typed)]
    if too_hard_to_spell(index, fact, reverse=True) or let_on_cards(asked, typed):
        tries.append((Form.FLASHCARD, flashcards(asked, alone)))
    refused: list[Refused] = []
    if why := found.why_no_choice():
        refused.append(asked.refused(Form.CHOICE, "no distractors", why))
    else:
        tries.insert(0, (Form.CHOICE, choices(asked, wordings, key, found)))
    yield from _kept(asked, tries, refused)


Barred = tuple[str, str] | None


def _barred(asked: Asked) -> Barred:
    """The rule and reason for which a fact is not asked at all."""
    fact = asked.fact
    if not fact.askable:
        return SETTLED, gettext_noop("The deck keeps this fact but has put it aside.")
    finer = better_known(asked.index, fact)
    if finer:
        said = statement(asked.index, finer, Attribution())
        says = gettext_noop("The same is known more exactly: %(said)s")
        return ONE_RIGHT, Sentence(says, said=said)
    return None


def _nothing_to_ask(wordings: Sequence[str]) -> Barred:
    if wordings:
        return None
    return "no wording", gettext_noop("The relation has no wording that asks for it.")


def _disputed(asked: Asked) -> Barred:
    if asked.index.conflict(asked.fact.group):
        return "conflict named", gettext_noop(
            "Sources disagree on the value, so it does not tell the subject."
        )
    return None


# Several facts


def _lists(index: Index, touched: Affected) -> Iterator[Made]:
    for group, facts in list_groups(index):
        if touched.any(facts):
            yield from _list(index, group, facts)


def _list(index: Index, group: Group, facts: tuple[Fact, ...]) -> Iterator[Made]:
    asked = asked_in_one(index, cards.list_card(index, group, facts), facts)
    yield from _kept(asked, [(Form.LIST, lists(asked)), (Form.ORDERING, steps(asked))])


def _sets(index: Index, touched: Affected) -> Iterator[Made]:
    """Chronologies and matching sets."""
    for relation in index.deck.vocabulary.relations:
        if touched.any(index.deck.by_relation.get(relation, ())):
            yield from write_sets(index, relation)


# What is kept


def _kept(
    asked: Asked, tries: Sequence[tuple[Form, Iterable[Try]]], refused: Sequence[Refused] = ()
) -> Iterator[Made]:
    """The card with the questions that pass the rules; a form of which none does is refused with
    its first question's reason."""
    kept: list[Written] = []
    turned_away = list(refused)
    for form, questions in tries:
        good, bad = _sifted(asked, questions)
        kept += good
        if bad and not good:
            turned_away.append(replace(bad[0], form=form))
    if kept:
        yield asked.card
        yield from kept
    yield from turned_away


def _sifted(asked: Asked, questions: Iterable[Try]) -> tuple[list[Written], list[Refused]]:
    good: list[Written] = []
    bad: list[Refused] = []
    most = 0
    for question, names in questions:
        if len(good) == STEMS or (good and fullness(names) < most):
            break
        problem = first_problem(Item(asked.index, asked.card, question, names))
        if problem is None:
            good.append(question)
            most = fullness(names)
        else:
            rule, why = problem
            bad.append(asked.refused(question.form, rule.name, why, question.stem))
    return good, bad
