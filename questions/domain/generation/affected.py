"""Which facts' questions an edited fact can change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from questions.domain.facts import AuthoredQuestion, Deck, Fact, ValueKind
from questions.domain.generation.index import Index
from questions.domain.generation.scales import scales
from questions.domain.generation.truth import holders_of

_SMALL_RELATION = 200


class Affected:
    """Everything where `only` is None.

    Else the facts of the same subjects (their conflicts, sisters, eras), of the same value (whether
    it still tells one subject), and those that may offer the edited value as a wrong answer: the
    whole relation while it is small, past that the neighbours. Pools beyond them stay fair; they
    merely do not know the new value yet.
    """

    def __init__(self, index: Index, only: Collection[str] | None) -> None:
        self._index = index
        self._uids: set[str] | None = None
        if only is not None:
            edited = [index.by_uid[uid] for uid in only if uid in index.by_uid]
            self._uids = {uid for fact in edited for uid in self._reach(fact)}
            self._uids.update(only)

    @classmethod
    def just(cls, index: Index, uids: Collection[str]) -> Affected:
        """These and nothing that hangs on them."""
        made = cls(index, ())
        made._uids = set(uids)
        return made

    @property
    def uids(self) -> frozenset[str]:
        return frozenset(self._uids or ())

    def fact(self, fact: Fact) -> bool:
        return self._uids is None or fact.uid in self._uids

    def authored(self, question: AuthoredQuestion) -> bool:
        return self._uids is None or f"authored:{question.id}" in self._uids

    def any(self, facts: Iterable[Fact]) -> bool:
        return any(self.fact(fact) for fact in facts)

    def _reach(self, fact: Fact) -> Iterator[str]:
        index = self._index
        ends = [fact.about]
        if index.kind(fact) is ValueKind.ENTITY:
            ends.append(fact.value)
        for end in ends:
            yield from (other.uid for other in index.deck.by_entity.get(end, ()))
        yield from (other.uid for other in holders_of(index, fact))
        for sister in sorted(index.sisters.get(fact.relation, ())):
            yield from (other.uid for other in _same_in(index, sister, fact))
        kin = index.deck.by_relation[fact.relation]
        if len(kin) <= _SMALL_RELATION:
            yield from (other.uid for other in kin)
        elif index.kind(fact) in (ValueKind.DATE, ValueKind.NUMBER):
            yield from (other.uid for other in scales(index).near(fact))


def _same_in(index: Index, relation: str, fact: Fact) -> Iterable[Fact]:
    """Facts of a kindred relation that the fact's date may be taken for; of entities all facts
    are reached anyway, and figures are not asked backwards for what is like them."""
    return index.overlapping(relation, fact.span()) if index.kind(fact) is ValueKind.DATE else ()


def affected_uids(deck: Deck, only: Collection[str]) -> set[str]:
    """The facts that a run with `only` writes anew."""
    return set(Affected(Index(deck), only).uids)
