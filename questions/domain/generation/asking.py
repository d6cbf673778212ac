"""A fact put into words: its stems, its true statement, and whose word it is asked on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from questions.domain.facts import Fact, Rank, Source, ValueKind
from questions.domain.generation.index import Index
from questions.domain.generation.text import tokens
from questions.domain.messages import gettext_noop
from questions.domain.plurals import singular
from questions.domain.values import parse_quantity
from questions.domain.wording import (
    BLANK,
    Filled,
    Said,
    count_word,
    fits_date,
    many_of,
    read_template,
    say_unit,
    say_value,
)

STEMS = 2
"""Wordings used of each kind: enough that a card is not remembered by its sentence."""


_AMONG = re.compile(r"\b(?:of|from|among) (?:these|the following)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stem:
    """A question's text; `names` are the slots of the relation that it speaks of."""

    text: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Attribution:
    """On whose word a fact in conflict is asked; without a conflict there is none.

    `refused` says why no stem can name a source of it; `any_source`, that each of them counts.
    """

    source: Source | None = None
    refused: str = ""
    any_source: bool = False

    def begin(self, filled: Filled) -> str:
        if self.any_source:
            return f"The sources differ. According to any one of them, {filled.lower}"
        if self.source is None:
            return filled.text
        return f"According to {self.source.named}, {filled.lower}"


def words_for(index: Index, fact: Fact) -> dict[str, Said]:
    """What a relation's templates may say of a fact."""
    relation, unit = index.relation(fact), index.deck.unit_of(fact)
    said = say_value(fact.value, relation, index.deck, unit)
    words = {"about": index.said(fact.about), "value": said}
    for name, value in fact.qualifiers:
        entity = value in index.deck.entities and relation.qualifiers.get(name) != "text"
        words[name] = index.said(value) if entity else Said(value, one=one_of(index, fact, value))
    if relation.value is ValueKind.NUMBER and unit:
        words["unit"] = say_unit(unit, fact.quantity(), index.deck.vocabulary)
    return words


def one_of(index: Index, fact: Fact, counted: str) -> str:
    """What a figure of 1 counts, in the singular; nothing where that cannot be told."""
    if index.kind(fact) is not ValueKind.NUMBER:
        return ""
    return singular(counted, index.singulars)


def asking_words(index: Index, fact: Fact) -> dict[str, Said]:
    """The same where the value is asked for. The unknown is one ("who was"), a unit many ("how
    many boats"), whatever the answer."""
    words = words_for(index, fact)
    words["value"] = _one(words["value"])
    if "unit" in words:
        words["unit"] = say_unit(index.deck.unit_of(fact), None, index.deck.vocabulary)
    return words


def subject_words(index: Index, fact: Fact) -> dict[str, Said]:
    """The same where the subject is asked for."""
    words = words_for(index, fact)
    words["about"] = _one(words["about"])
    return words


def _one(said: Said) -> Said:
    return replace(said, plural=False) if said.plural else said


def list_words(index: Index, facts: Sequence[Fact]) -> dict[str, Said]:
    words = asking_words(index, facts[0])
    types = tuple(
        dict.fromkeys(
            index.entity(fact.value).type for fact in facts if fact.value in index.deck.entities
        )
    )
    relation = index.relation(facts[0])
    narrow = types if len(types) == 1 else relation.of
    words["count"] = Said(count_word(len(facts)), plural=True)
    words["values"] = Said(many_of(narrow, index.deck.vocabulary), plural=True)
    return words


def fill_best(
    templates: Sequence[str], words: Mapping[str, Said], wanted: frozenset[str]
) -> list[Filled]:
    """The templates' sentences that speak of most of the wanted names, in the deck's order."""
    filled = [done for text in templates if (done := read_template(text).fill(words))]
    most = max((len(done.names & wanted) for done in filled), default=0)
    return [done for done in filled if len(done.names & wanted) == most]


def wordings_for(index: Index, fact: Fact) -> Sequence[str]:
    """The wordings that ask for its value; of a date those that ask for as much of one, if any."""
    templates = index.relation(fact).ask
    if index.kind(fact) is not ValueKind.DATE:
        return templates
    return [text for text in templates if fits_date(text, fact.span())] or templates


def stems(
    index: Index,
    fact: Fact,
    templates: Sequence[str],
    attribution: Attribution,
    words: Mapping[str, Said] | None = None,
    most: int = STEMS,
) -> list[Stem]:
    """Different wordings, with "According to …" where the fact is in conflict."""
    words = words or asking_words(index, fact)
    filled = fill_best(templates, words, frozenset(name for name, _ in fact.qualifiers))
    texts = {attribution.begin(done): Stem(attribution.begin(done), done.names) for done in filled}
    return list(texts.values())[:most]


def asks_among(text: str) -> bool:
    """Whether a wording asks for one of what is shown below it: "Which of these …". Others may be
    right then, as long as they are not shown."""
    return _AMONG.search(text) is not None


def spare_stems(
    index: Index, fact: Fact, templates: Sequence[str], words: Mapping[str, Said]
) -> list[Stem]:
    """Wordings that leave out what a template need not say and the answer does not hang on: for
    where the full ones give the answer away ("…, in the War of Norland")."""
    found = [
        Stem(done.text, done.names)
        for text in templates
        for done in fill_without(index, fact, text, words)
    ]
    return list({stem.text: stem for stem in found}.values())[:STEMS]


def fill_without(
    index: Index, fact: Fact, template: str, words: Mapping[str, Said]
) -> list[Filled]:
    """A template filled without one of its optional entities; never without a figure's or a
    disputed fact's."""
    relation = index.relation(fact)
    if relation.value not in (ValueKind.ENTITY, ValueKind.TERM) or index.conflict(fact.group):
        return []
    read = read_template(template)
    names = [
        name
        for name, _ in fact.qualifiers
        if name in read.names - read.required and relation.qualifiers.get(name, "text") != "text"
    ]
    less = [{key: said for key, said in words.items() if key != name} for name in names]
    return [done for rest in less if (done := read.fill(rest))]


def statements(index: Index, fact: Fact, attribution: Attribution) -> list[Filled]:
    """The relation's true statements of a fact, each a sentence that stands alone."""
    relation, words = index.relation(fact), words_for(index, fact)
    filled = fill_best(relation.state, words, frozenset(name for name, _ in fact.qualifiers))
    return [replace(done, text=attribution.begin(done)) for done in filled]


def statement(index: Index, fact: Fact, attribution: Attribution) -> str:
    """The first of them, or subject, relation and value where the relation has none."""
    for filled in statements(index, fact, attribution):
        return filled.text
    words = words_for(index, fact)
    plain = f"{words['about'].text} — {index.relation(fact).label}: {_with_unit(words)}"
    return attribution.begin(Filled(plain, plain, frozenset()))


def _with_unit(words: Mapping[str, Said]) -> str:
    return " ".join(
        words[name].text for name in ("value", "unit") if name in words and words[name].text
    )


def with_blank(index: Index, fact: Fact) -> dict[str, Said]:
    """Words that leave a gap where the value stands. A date's preposition and a figure's
    "about" stay; a figure's unit is many, as in a question, which does not tell whether it is."""
    words = asking_words(index, fact)
    value = words_for(index, fact)["value"]
    before, article = _words_before(index, fact, value), _article_goes_without_saying(index, fact)
    when = value.when.replace(value.text.removeprefix("about "), BLANK) or BLANK
    plural = value.plural or index.kind(fact) is ValueKind.NUMBER
    words["value"] = Said(before + BLANK, article, plural=plural, when=when, which=value.which)
    return words


def _article_goes_without_saying(index: Index, fact: Fact) -> bool:
    """Of what is called by its kind, as the Army of the North is: all such have the article, so
    that it may stand before a gap. Of peoples and their states, which have adjectives, it would
    tell the Kingdom of Norland from Sudland."""
    entity = index.deck.entities.get(fact.value)
    if index.kind(fact) is not ValueKind.ENTITY or not entity or not entity.article:
        return False
    kind = index.deck.vocabulary.types.get(entity.type)
    said = " ".join((kind.label, *kind.generic)) if kind else ""
    return not entity.adjective and bool(tokens(entity.name) & tokens(said))


def _words_before(index: Index, fact: Fact, value: Said) -> str:
    if index.kind(fact) is not ValueKind.NUMBER:
        return ""
    return value.text.removesuffix(f"{parse_quantity(fact.value).amount:,}")


# Whose word it is


def attribution(index: Index, fact: Fact) -> Attribution:
    """The first of a disputed fact's sources that does not also say something else."""
    disputed = index.conflict(fact.group)
    if not disputed:
        return Attribution()
    against = [other for other in disputed if not index.deck.agree(fact, other)]
    if not against:
        return Attribution(
            refused=gettext_noop("Sources disagree, and this value is too coarse to take a side.")
        )
    spoken = {index.deck.sources[key].named for other in against for key in other.sources}
    for passage in fact.passages:
        source = index.deck.sources[passage.source]
        if source.named not in spoken:
            return Attribution(source)
    return Attribution(
        refused=gettext_noop("Its source contradicts itself, so naming it does not help.")
    )


def origins(index: Index, fact: Fact) -> int:
    """How many independent sources say it: those of one origin count once."""
    found = (index.deck.sources[key] for key in fact.sources)
    return len({source.origin or source.key for source in found})


def better_known(index: Index, fact: Fact) -> Fact | None:
    """Another fact that says the same more exactly: "16 September 1723" beside "1723"."""
    return next((other for other in said_finer(index, fact) if other.askable), None)


def said_finer(index: Index, fact: Fact) -> list[Fact]:
    """All such facts, also those that are not to be asked."""
    if not index.relation(fact).single:
        return []
    rivals = [
        other
        for other in index.deck.by_group[fact.group]
        if other.uid != fact.uid and index.deck.agree(fact, other)
    ]
    return [other for other in rivals if _exactness(index, other) > _exactness(index, fact)]


def _exactness(index: Index, fact: Fact) -> tuple[float, int, int, str]:
    """Larger is more exact; support and at last the uid decide between equals."""
    exact = 0.0
    if index.kind(fact) is ValueKind.DATE:
        span = fact.span()
        exact = -(span.high[0] - span.low[0] + (span.high[1] - span.low[1]) / 12) * 400
        exact -= span.high[2] - span.low[2] + span.approximate
    elif index.kind(fact) is ValueKind.NUMBER:
        quantity = fact.quantity()
        exact = (quantity.shape == "plain") * 100 + quantity.significant_figures
    preferred = fact.rank is Rank.PREFERRED
    return exact, int(preferred), origins(index, fact), fact.uid


def best_supported(index: Index, facts: Sequence[Fact]) -> Fact:
    """The preferred one, else the one most independent sources say, else the first."""
    return max(facts, key=lambda fact: (fact.rank is Rank.PREFERRED, origins(index, fact)))


def mentioned(fact: Fact, names: frozenset[str]) -> Mapping[str, str]:
    """The qualifiers of a fact that a stem speaks of."""
    return {name: value for name, value in fact.qualifiers if name in names}
