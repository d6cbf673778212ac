"""Which words of a question give its answer away."""

from __future__ import annotations

import re

from questions.domain.facts import ValueKind
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.scales import value_text
from questions.domain.generation.text import cue_words, cues, fold
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Form
from questions.domain.values import parse_quantity

_SLOT = re.compile(r"\{[^{}]*\}")


def telling_words(item: Item) -> frozenset[str]:
    """Words of the stem that are the key's or its aliases', unless every option has them."""
    words, asked = _shared_by_options(item, key_words(item)), _asked_words(item)
    aside = _other_names_words(item) & words
    shown = cues(asked | _adjectives(item), words - aside)
    return shown | cues(asked - _fixed_words(item), aside) or _figure(item)


def cue(item: Item) -> str:
    """What gives the answer away, as a sentence; nothing if nothing does."""
    word = min(telling_words(item), default="")
    if name := _other_name_with(item, word):
        says = gettext_noop("The question gives away “%(word)s” of the answer’s name “%(name)s”.")
        return Sentence(says, word=word, name=name)
    says = gettext_noop("The question gives away “%(word)s”, a word of its answer.")
    return Sentence(says, word=word) if word else ""


def members_named(item: Item) -> bool:
    """Of a list: whether its stem holds a word of every other member's name, or of more."""
    if item.relation.value is not ValueKind.ENTITY:
        return False
    stem = cue_words(item.question.stem)
    named = sum(bool(cues(stem, _entity_words(item.index, one.value))) for one in item.facts)
    return 2 * named >= len(item.facts)


def _asked_words(item: Item) -> frozenset[str]:
    """A term may bear the words of its relation's wording ("page", "article"), since every value
    of the relation may; it may not bear those of what is asked about."""
    index, words = item.index, cue_words(_text(item))
    if item.reverse or item.relation.value is not ValueKind.TERM:
        return words
    entities = index.deck.entities
    spoken = [entities[key].name if key in entities else key for key in _started_from(item)]
    return (words & cue_words(" ".join(spoken))) - generic_words(index, item.fact.about)


def _started_from(item: Item) -> list[str]:
    """What the stem starts from, and what else it speaks of."""
    fact = item.fact
    start = fact.value if item.reverse else fact.about
    return [start, *(value for name, value in fact.qualifiers if name in item.spoken)]


def _adjectives(item: Item) -> frozenset[str]:
    """Whoever reads "Norland" knows what the Norlandish League is called after. Of other names of
    the answer, which no option shows, a crown may be the Norlandish crown."""
    entities = item.index.deck.entities
    said = [entities[key].adjective for key in _started_from(item) if key in entities]
    return cue_words(" ".join(said))


def _text(item: Item) -> str:
    """What stands beside the answer: of a true statement, what is left without its value."""
    if item.question.form is not Form.TRUE_FALSE:
        return item.question.stem
    value = value_text(item.index, item.fact, item.fact.value)
    true = str(item.content["true"])
    at = true.lower().find(value.lower())
    return true if at < 0 else true[:at] + true[at + len(value) :]


def key_words(item: Item) -> frozenset[str]:
    """The words of the key and its aliases that would give it away in the stem."""
    if item.reverse:
        return _entity_words(item.index, item.fact.about) - _given_alias(item)
    match item.relation.value:
        case ValueKind.ENTITY:
            return _entity_words(item.index, item.fact.value)
        case ValueKind.NUMBER:
            return frozenset()
        case _:
            texts = (value_text(item.index, item.fact, item.fact.value), *item.fact.accept)
            return cue_words(" ".join(texts))


def _other_names_words(item: Item) -> frozenset[str]:
    """Words that only other names of the key have, which no option shows."""
    index, key = item.index, _key_entity(item)
    if not key:
        return frozenset()
    entity = index.entity(key)
    shown = f"{entity.name} {entity.adjective} {entity.surname}"
    return _entity_words(index, key) - cue_words(shown)


def _other_name_with(item: Item, word: str) -> str:
    if word not in _other_names_words(item):
        return ""
    names = item.index.entity(_key_entity(item)).names
    return next((name for name in names if word in cue_words(name)), "")


def _key_entity(item: Item) -> str:
    if item.reverse:
        return item.fact.about
    return item.fact.value if item.relation.value is ValueKind.ENTITY else ""


def _fixed_words(item: Item) -> frozenset[str]:
    """What every question of the relation says, whatever its answer: "enter orbit". With one answer
    in the deck its wordings may have been written for that."""
    relation, index = item.relation, item.index
    answers = (index.subjects_of if item.reverse else index.values_of)[relation.key]
    if len(answers) < 2:
        return frozenset()
    said = " ".join((*relation.ask, *relation.which, *relation.reverse, *relation.state))
    return cue_words(_SLOT.sub(" ", said))


def _entity_words(index: Index, key: str) -> frozenset[str]:
    entity = index.entity(key)
    words = cue_words(" ".join((*entity.names, entity.adjective, entity.surname)))
    return words - generic_words(index, key)


def generic_words(index: Index, key: str) -> frozenset[str]:
    """Words that any entity of its type may bear: "river", "lake"."""
    vocabulary = index.deck.vocabulary
    types = [
        vocabulary.types[name]
        for name in vocabulary.widening(index.entity(key).type)
        if name in vocabulary.types
    ]
    said = [" ".join((kind.label, kind.many, kind.asks, *kind.generic)) for kind in types]
    return cue_words(" ".join(said))


def _given_alias(item: Item) -> frozenset[str]:
    """A stem that asks what is also called X must say X, though it is an alias of the answer."""
    if item.relation.value is not ValueKind.TERM:
        return frozenset()
    name, *aliases = item.index.entity(item.fact.about).names
    if fold(item.fact.value) not in {fold(alias) for alias in aliases}:
        return frozenset()
    return cue_words(item.fact.value) - cue_words(name)


def _shared_by_options(item: Item, words: frozenset[str]) -> frozenset[str]:
    if item.question.form is not Form.CHOICE or not item.wrong:
        return words
    others = [cue_words(option["text"]) for option in item.wrong]
    return words - frozenset.intersection(*others)


def _figure(item: Item) -> frozenset[str]:
    """A figure of two digits or more that stands in the stem."""
    if item.reverse or item.relation.value is not ValueKind.NUMBER:
        return frozenset()
    figure = f"{abs(parse_quantity(item.fact.value).amount):,}"
    inside = f" {fold(figure)} " in f" {fold(_text(item))} "
    return frozenset({figure}) if len(figure) > 1 and inside else frozenset()
