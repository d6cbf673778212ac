"""What a deck's new file changes: which facts are new, which are old ones said otherwise.

A fact is known again, in this order: by its `id`; by an equal value among facts on the same
entity, relation and qualifiers; and among what is then left over of those, by the same passage,
by the same source, and, where the relation has a single value, by its place in the file.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from questions.domain.facts import (
    AuthoredQuestion,
    Deck,
    Entity,
    EntityType,
    Fact,
    Group,
    Relation,
    Source,
    Unit,
)
from questions.domain.interchange.identity import statement, with_uids

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Difference(Generic[Thing]):
    """`changed` holds pairs of the old and the new."""

    new: tuple[Thing, ...] = ()
    changed: tuple[tuple[Thing, Thing], ...] = ()
    unchanged: tuple[Thing, ...] = ()
    removed: tuple[Thing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)


@dataclass(frozen=True)
class Changes:
    """`deck` is the new deck, its facts with the uids they are known by; `revived` are the uids
    of new facts that the deck once held. `reordered`: something only stands elsewhere."""

    deck: Deck
    facts: Difference[Fact] = Difference()
    entities: Difference[Entity] = Difference()
    sources: Difference[Source] = Difference()
    topics: Difference[tuple[str, str]] = Difference()
    types: Difference[EntityType] = Difference()
    units: Difference[Unit] = Difference()
    relations: Difference[Relation] = Difference()
    authored: Difference[AuthoredQuestion] = Difference()
    complete: Difference[Group] = Difference()
    details: tuple[str, ...] = ()
    revived: frozenset[str] = frozenset()
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.details) or self.reordered or any(map(bool, self.by_kind.values()))

    @property
    def by_kind(self) -> Mapping[str, Difference[Any]]:
        """Every difference, under the name of the file's section."""
        names = (
            "topics", "sources", "entities", "types", "units", "relations", "facts", "complete",
            "authored",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}


def diff(old: Deck, new: Deck, removed: Collection[Fact] = ()) -> Changes:
    """What makes `new` of `old`. `removed` are facts the deck held once: said again word for
    word or under their id, they are themselves again."""
    facts = match(
        old.facts, new.facts, removed, lambda fact: _is_single(fact, new)
    )  # fmt: skip
    uids = {fact.uid for fact in facts.deck_facts}
    gone = {fact.uid for fact in removed}
    return Changes(
        deck=replace(new, facts=facts.deck_facts),
        facts=facts.difference,
        entities=_by_key(old.entities, new.entities),
        sources=_by_key(old.sources, new.sources),
        topics=_by_key(_named(old.topics), _named(new.topics)),
        types=_by_key(old.own.types, new.own.types),
        units=_by_key(old.own.units, new.own.units),
        relations=_by_key(old.own.relations, new.own.relations),
        authored=_by_key(_by_id(old.authored), _by_id(new.authored)),
        complete=_by_key(_itself(old.complete), _itself(new.complete)),
        details=tuple(
            name for name in ("title", "language", "description", "use")
            if getattr(old, name) != getattr(new, name)
        ),
        revived=frozenset(uids & gone),
        reordered=_reordered(old, new, facts.deck_facts),
    )  # fmt: skip


def said_with(changes: Changes, old: Deck, deck: Deck) -> Changes:
    """The same changes where some entities, facts and questions by hand say more, as in `deck`."""
    return replace(
        changes,
        deck=deck,
        entities=_by_key(old.entities, deck.entities),
        facts=_by_key(_by_uid(old.facts), _by_uid(deck.facts)),
        authored=_by_key(_by_id(old.authored), _by_id(deck.authored)),
    )


def _is_single(fact: Fact, deck: Deck) -> bool:
    relation = deck.vocabulary.relations.get(fact.relation)
    return relation is not None and relation.single


def _named(topics: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {key: (key, title) for key, title in topics.items()}


def _by_id(questions: Iterable[AuthoredQuestion]) -> dict[str, AuthoredQuestion]:
    return {question.id: question for question in questions}


def _itself(groups: Iterable[Group]) -> dict[Group, Group]:
    return {group: group for group in sorted(groups)}


Key = TypeVar("Key", bound=Hashable)


def _by_key(old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> Difference[Thing]:
    shared = [(old[key], new[key]) for key in new if key in old]
    return Difference(
        tuple(thing for key, thing in new.items() if key not in old),
        tuple((before, after) for before, after in shared if before != after),
        tuple(after for before, after in shared if before == after),
        tuple(thing for key, thing in old.items() if key not in new),
    )


def _reordered(old: Deck, new: Deck, facts: tuple[Fact, ...]) -> bool:
    """Whether what both hold stands in another order."""
    orders: tuple[tuple[Iterable[str], Iterable[str]], ...] = (
        (old.topics, new.topics),
        (old.sources, new.sources),
        (old.entities, new.entities),
        (old.own.types, new.own.types),
        (old.own.units, new.own.units),
        (old.own.relations, new.own.relations),
        ((fact.uid for fact in old.facts), (fact.uid for fact in facts)),
        ((one.id for one in old.authored), (one.id for one in new.authored)),
    )
    return any(_moved(list(before), list(after)) for before, after in orders)


def _moved(before: list[str], after: list[str]) -> bool:
    held, kept = set(before), set(after)
    return [key for key in before if key in kept] != [key for key in after if key in held]


@dataclass(frozen=True)
class Matched:
    deck_facts: tuple[Fact, ...]
    difference: Difference[Fact]


def match(
    old: Collection[Fact],
    new: Collection[Fact],
    removed: Collection[Fact] = (),
    single: Callable[[Fact], bool] = lambda _fact: False,
) -> Matched:
    """Hands the old facts' uids on to the new ones. `removed` facts come back under their uid,
    but count as new; `single` tells whether a fact's relation has one true value."""
    uids = _Pairs(new).find(old, removed, single)
    taken = {fact.uid for fact in (*old, *removed)}
    vetoes = {fact.uid: fact.never_with for fact in (*removed, *old) if fact.never_with}
    known = (_known_as(fact, uids.get(place, ""), vetoes) for place, fact in enumerate(new))
    facts = with_uids(known, taken)
    return Matched(facts, _by_key(_by_uid(old), _by_uid(facts)))


def _known_as(fact: Fact, uid: str, vetoes: Mapping[str, tuple[str, ...]]) -> Fact:
    """What a teacher ruled out stays ruled out, though the file may be older than that."""
    if uid not in vetoes:
        return replace(fact, uid=uid)
    together = tuple(dict.fromkeys((*vetoes[uid], *fact.never_with)))
    return replace(fact, uid=uid, never_with=together)


def _by_uid(facts: Iterable[Fact]) -> dict[str, Fact]:
    return {fact.uid: fact for fact in facts}


@dataclass
class _Pairs:
    """Pairs places in the new list with uids of old facts, one rule after the other."""

    new: Collection[Fact]
    uids: dict[int, str] = field(default_factory=dict)

    def find(
        self, old: Iterable[Fact], removed: Iterable[Fact], single: Callable[[Fact], bool]
    ) -> dict[int, str]:
        left = _by_uid(old)
        for held in (left, _by_uid(removed)):
            self._pair(held, lambda fact: [fact.id] if fact.id else [])
            self._pair(held, lambda fact: [statement(fact)])
        self._pair(left, lambda fact: [(fact.group, fact.value)])
        # Whoever gave a fact an id has said what it is: without the id it is gone.
        left = {uid: fact for uid, fact in left.items() if not fact.id}
        self._pair(left, _places)
        self._pair(left, lambda fact: [(fact.group, name) for name in _source_names(fact)])
        self._pair(left, lambda fact: [fact.group] if single(fact) else [])
        return self.uids

    def _pair(self, left: dict[str, Fact], marks: Callable[[Fact], Iterable[Hashable]]) -> None:
        """Pair facts that share a mark, the first with the first; the paired leave `left`."""
        if not left:
            return
        waiting: dict[Hashable, deque[str]] = defaultdict(deque)
        for uid, fact in left.items():
            for mark in marks(fact):
                waiting[mark].append(uid)
        for place, fact in enumerate(self.new):
            if place not in self.uids and (uid := _first(left, waiting, marks(fact))):
                self.uids[place] = uid
                del left[uid]


def _first(
    left: Mapping[str, Fact],
    waiting: Mapping[Hashable, deque[str]],
    marks: Iterable[Hashable],
) -> str:
    for mark in marks:
        queue = waiting.get(mark, deque())
        while queue:
            uid = queue.popleft()
            if uid in left:
                return uid
    return ""


def _places(fact: Fact) -> Iterator[Hashable]:
    for passage in fact.passages:
        yield fact.group, passage.source, passage.locator


def _source_names(fact: Fact) -> Iterator[str]:
    for passage in fact.passages:
        yield passage.source
