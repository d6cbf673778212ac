"""The bank looked over again, independently of how it was written.

Whatever the writer noted down is set aside: each stored question is read as it stands, against
the deck as it is now, by every rule of `generation.refusals`. Then the bank as a whole: where keys
stand, in how many forms cards are asked, and which facts are not asked and why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from questions.domain.facts import Deck, Fact, Group, ValueKind
from questions.domain.generation.bank import refusals_of, refusals_of_list
from questions.domain.generation.cards import list_key, subject_card, value_card
from questions.domain.generation.doubts import doubts
from questions.domain.generation.drafting import SETTLED
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.lists import list_groups
from questions.domain.generation.refusals import problems
from questions.domain.generation.retelling import (
    NOT_READABLE,
    OWN_WORDS,
    OWN_WORDS_NUMBER,
    UNREADABLE,
    Retelling,
)
from questions.domain.generation.text import fold, tokens
from questions.domain.key_places import KeyPlaces, Places
from questions.domain.questions import (
    RECALL,
    RECOGNITION,
    CardSpec,
    Direction,
    Form,
    Refused,
    Written,
)
from questions.domain.soundness import SOUND, SOUND_NUMBER, card_fault, question_fault, sound

BIASED = 1e-6
"""A fit this bad is no accident; keys then stand where they can be guessed."""
_ALIKE = 0.9
_REASONS = 3000
"""For how many cards or facts without a form reasons are sought."""
_RECALLED = (Direction.VALUE, Direction.SUBJECT, Direction.LIST)


@dataclass(frozen=True, slots=True)
class Stored:
    """An active question of the bank, by its number there; a teacher may have `rejected` it.
    `by_nobody`: no teacher's approval is recorded."""

    id: int
    question: Written
    rejected: bool = False
    version: object = 1
    by_nobody: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is the broken rule's name, or the warning's; `number` the rule's, 0 of a warning."""

    rule: str
    number: int
    question: int
    card: str
    form: str
    stem: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unasked:
    """A card or fact that lacks something, and the reasons, which may be none."""

    key: str
    says: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the facts that may be asked: how many have a recall form and a recognition form, how
    many lack one for a stated reason, and how many for none."""

    askable: int
    both: int
    reasoned: int
    neither: int

    @property
    def share(self) -> float:
        """Of those that have both, or lack one for a stated reason."""
        return (self.both + self.reasoned) / self.askable if self.askable else 1.0

    @property
    def share_of_both(self) -> float:
        return self.both / self.askable if self.askable else 1.0


@dataclass(frozen=True, slots=True)
class Audit:
    questions: int
    cards: int
    violations: list[Finding]
    warnings: list[Finding]
    position: Places
    rank: Places
    forms_per_card: dict[int, int]
    by_form: dict[str, int]
    without_recall: list[Unasked]
    unasked: list[Unasked]
    aside: int
    partly: list[Unasked]
    coverage: Coverage

    @property
    def clean(self) -> bool:
        return not self.violations


@dataclass
class Auditor:
    """Takes a bank card by card, then once more the choices that seem to lean. `draws` is for how
    many memories each choice is drawn, `more` for how many others then. What of the deck cannot be
    read is a violation, and left out."""

    deck: Deck
    draws: int = 20
    more: int = 200
    secret: bytes = b"audit"
    violations: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.deck, faults = sound(self.deck)
        for fault in faults:
            self.is_damaged(fault.what, fault.why)
        self.index = Index(self.deck)
        self._questions = 0
        self._forms_per_card: Counter[int] = Counter()
        self._by_form: Counter[str] = Counter()
        self._position, self._rank = (
            KeyPlaces(self.draws, self.more, self.secret) for _ in range(2)
        )
        self._unfair: set[int] = set()
        self._forms: dict[str, set[Form]] = defaultdict(set)
        self._asked: dict[str, frozenset[Form]] = {}
        self._kinds: dict[frozenset[Form], frozenset[Form]] = {}
        self._drafts: set[str] = set()
        self._refused: dict[str, tuple[Refused, ...]] = {}
        self._without_recall: list[CardSpec] = []
        self._stems: dict[int, tuple[tuple[str, ...], int]] = {}

    def look_at(
        self,
        card: CardSpec,
        questions: Sequence[Stored],
        *,
        drafts: bool = False,
        fact: str | None = None,
    ) -> None:
        """An active card with its active questions; `drafts`, whether others wait; `fact`, the uid
        of the one that the card is filed under, if that is known."""
        retelling = Retelling(self.index, card)
        if fact is not None and (why := card_fault(self.index, card, fact)):
            for stored in questions[:1]:
                self._note(self.violations, SOUND, SOUND_NUMBER, card, stored, why)
        for stored in questions:
            self._one(card, stored, retelling)
        self._near_duplicates(card, questions)
        forms = {stored.question.form for stored in questions}
        for uid in card.facts:
            self._forms[uid] |= forms
        if card.direction in _RECALLED:
            self._asked[card.key] = self._kinds.setdefault(frozenset(forms), frozenset(forms))
        if drafts:
            self._drafts.update(card.facts)
        if forms:
            self._forms_per_card[len(forms)] += 1
            if forms.isdisjoint(RECALL) and card.direction in _RECALLED:
                self._without_recall.append(card)

    def is_damaged(self, what: str, why: str) -> None:
        """A row of the deck that cannot be read, or does not belong to it."""
        self.violations.append(Finding(SOUND, SOUND_NUMBER, 0, "", "", what, why))

    def cannot_read(self, question: int, card: str, form: str, stem: str) -> None:
        """A row whose form, state or direction is none that there is."""
        why = "Its form, its state or what its card asks for is none that there is."
        self._questions += 1
        finding = Finding(OWN_WORDS, OWN_WORDS_NUMBER, question, card, form, stem, why)
        self.violations.append(finding)

    @property
    def seems_to_lean(self) -> bool:
        return self._position.seems_to_lean or self._rank.seems_to_lean

    def look_again(self, questions: Iterable[Stored]) -> None:
        """At the active choices, if they seem to lean: they are drawn again."""
        leaning = [keys for keys in (self._position, self._rank) if keys.seems_to_lean]
        for stored in questions:
            if stored.id not in self._unfair and (keys := self._keys_of(stored)) in leaning:
                keys.look_again(stored.id, stored.question)

    def report(self) -> Audit:
        position, rank = self._position.places(), self._rank.places()
        self._bias("position", position)
        self._bias("rank", rank)
        return Audit(
            self._questions,
            sum(self._forms_per_card.values()),
            self.violations,
            self.warnings,
            position,
            rank,
            dict(sorted(self._forms_per_card.items())),
            dict(self._by_form.most_common()),
            [
                self._card_unasked(card, why=at < _REASONS)
                for at, card in enumerate(self._without_recall)
            ],
            list(self._facts_unasked()),
            sum(not fact.askable for fact in self.deck.facts),
            list(self._facts_partly()),
            self._coverage(),
        )

    # One question

    def _one(self, card: CardSpec, stored: Stored, retelling: Retelling) -> None:
        self._questions += 1
        self._by_form[stored.question.form.value] += 1
        item = Item(self.index, card, stored.question)
        if self._broken(card, stored, item, retelling):
            self._unfair.add(stored.id)
            return
        for name, why in doubts(item):
            self._note(self.warnings, name, 0, card, stored, why)
        if stored.question.form is Form.CHOICE:
            self._keys_of(stored).look_at(stored.id, stored.question)

    def _broken(self, card: CardSpec, stored: Stored, item: Item, retelling: Retelling) -> bool:
        before = len(self.violations)
        if card.direction is not Direction.AUTHORED and len(item.facts) < max(1, len(card.facts)):
            why = "It rests on a fact that the deck no longer has."
            self._note(self.violations, "right key", 1, card, stored, why)
            return True
        if stored.rejected:
            why = "A teacher would not have it asked."
            self._note(self.violations, SETTLED, 13, card, stored, why)
        if why := question_fault(stored.question, stored.version, by_nobody=stored.by_nobody):
            self._note(self.violations, SOUND, SOUND_NUMBER, card, stored, why)
        if differs := retelling.differs(stored.question):
            self._note(self.violations, OWN_WORDS, OWN_WORDS_NUMBER, card, stored, differs)
        try:
            for rule, why in problems(item):
                self._note(self.violations, rule.name, rule.number, card, stored, why)
        except UNREADABLE:
            if not differs:
                why = NOT_READABLE
                self._note(self.violations, OWN_WORDS, OWN_WORDS_NUMBER, card, stored, why)
        return len(self.violations) > before

    def _note(
        self,
        findings: list[Finding],
        name: str,
        number: int,
        card: CardSpec,
        stored: Stored,
        why: str,
    ) -> None:
        question = stored.question
        findings.append(
            Finding(name, number, stored.id, card.key, question.form.value, question.stem, why)
        )

    # Keys

    def _keys_of(self, stored: Stored) -> KeyPlaces:
        return self._rank if stored.question.content.get("sorted") else self._position

    def _bias(self, what: str, places: Places) -> None:
        of = f"Of {places.draws:,} draws the keys’ places come to {places.counts}"
        why = f"{of}; p = {places.fit.p:.1g}, of the bank taken once {places.batch.p:.1g}."
        if places.fit.p < BIASED:
            self.violations.append(Finding(f"key {what}", 11, 0, "", "choice", "", why))
        elif places.first and places.is_unlikely:
            self.warnings.append(Finding(f"key {what}", 0, 0, "", "choice", "", why))

    # Stems

    def _near_duplicates(self, card: CardSpec, questions: Sequence[Stored]) -> None:
        for one, two in combinations(questions, 2):
            if one.question.form is two.question.form and _alike(one, two):
                why = f"It hardly differs from “{one.question.stem}”."
                self._note(self.warnings, "wordings alike", 0, card, two, why)
        matter = self._matter(card)
        for stored in questions if matter else ():
            if stored.question.form is Form.TRUE_FALSE:
                continue
            stem = hash(fold(stored.question.stem))
            first = self._stems.setdefault(stem, (matter, stored.id))
            if first[0] != matter:
                why = f"Question {first[1]} on another matter asks the same."
                self._note(self.warnings, "same stem", 0, card, stored, why)

    def _matter(self, card: CardSpec) -> tuple[str, ...]:
        """Facts of one subject share their stems: "which of these" asks for any one of them."""
        fact = self.index.by_uid.get(card.facts[0]) if card.facts else None
        if fact is None or card.direction not in (Direction.VALUE, Direction.SUBJECT):
            return ()
        backwards = card.direction is Direction.SUBJECT
        return (fact.relation, "", fact.value) if backwards else (fact.relation, fact.about)

    # What is not asked

    def _card_unasked(self, card: CardSpec, *, why: bool) -> Unasked:
        facts = [self.index.by_uid[uid] for uid in card.facts if uid in self.index.by_uid]
        asked = facts if why else []
        refused = (one for fact in asked for one in self._refusals(fact))
        reasons = [
            f"{one.rule}: {one.reason}"
            for one in refused
            if one.card == card.key and one.form in RECALL
        ]
        says = "; ".join(_said(fact) for fact in facts)
        return Unasked(card.key, says, tuple(dict.fromkeys(reasons)))

    def _refusals(self, fact: Fact) -> tuple[Refused, ...]:
        """As much work as to write the fact's questions, so it is done once."""
        if fact.uid not in self._refused:
            self._refused[fact.uid] = tuple(refusals_of(self.index, fact))
        return self._refused[fact.uid]

    def _facts_unasked(self) -> Iterator[Unasked]:
        """Those that are put aside come last: of them nobody wonders."""
        found = [fact for fact in self.deck.facts if not self._forms.get(fact.uid)]
        for at, fact in enumerate(sorted(found, key=lambda fact: not fact.askable)):
            reasons = tuple(self._why_not(fact, Form)) if at < _REASONS else ()
            yield Unasked(fact.uid, _said(fact), reasons)

    def _facts_partly(self) -> Iterator[Unasked]:
        """Facts of which some questions are asked, but no choice, say, or none backwards."""
        found = (
            (fact, lack)
            for fact in self.deck.facts
            if fact.askable and self._forms.get(fact.uid)
            for lack in self._lacks(fact)
        )
        for at, (fact, lack) in enumerate(found):
            refused = self._refusals(fact) if at < _REASONS else ()
            reasons = (
                f"{one.form.value.replace('_', '/')}: {one.reason}"
                for one in refused
                if one.card == lack.card and one.form in lack.forms
            )
            says = f"{_said(fact)}: {lack.says}"
            yield Unasked(fact.uid, says, tuple(dict.fromkeys(reasons)))
        yield from self._lists_partly()

    def _lists_partly(self) -> Iterator[Unasked]:
        """Complete lists that are not to be named, though there is a wording for it."""
        found = (
            (group, facts)
            for group, facts in list_groups(self.index)
            if self.index.relation(facts[0]).list and self.deck.is_complete(group)
            if Form.LIST not in self._asked.get(list_key(group), ())
        )
        for at, (group, facts) in enumerate(found):
            refused = refusals_of_list(self.index, group, facts) if at < _REASONS else ()
            reasons = [one.reason for one in refused if one.form is Form.LIST]
            if not reasons and not self._drafts.isdisjoint(fact.uid for fact in facts):
                reasons = ["Its questions wait for a teacher."]
            says = f"its {len(facts)} values are not to be listed"
            named = " ".join(group[:2]) + _qualified(group)
            yield Unasked(facts[0].uid, f"{named}: {says}", tuple(dict.fromkeys(reasons)))

    def _lacks(self, fact: Fact) -> Iterator[_Lack]:
        relation = self.index.relation(fact)
        value = value_card(self.index, fact).key
        forms = self._asked.get(value)
        listed = Form.LIST in self._forms[fact.uid]
        if not forms and not listed and (relation.ask or relation.which):
            yield _Lack(value, frozenset(Form), "its value is not asked")
        elif forms and relation.value is not ValueKind.TEXT:
            if forms.isdisjoint(RECOGNITION):
                yield _Lack(value, RECOGNITION, "its value is only to be recalled")
            if forms.isdisjoint(RECALL) and not listed:
                yield _Lack(value, RECALL, "its value is only to be recognised")
        subject = subject_card(self.index, fact).key
        if relation.reverse and not self._asked.get(subject):
            yield _Lack(subject, frozenset(Form), "its subject is not asked")

    def _why_not(self, fact: Fact, forms: Iterable[Form]) -> Iterator[str]:
        if fact.uid in self._drafts or fact.status:
            yield "Its questions wait for a teacher."
        wanted = set(forms)
        reasons = (
            f"{one.rule}: {one.reason}" for one in self._refusals(fact) if one.form in wanted
        )
        yield from dict.fromkeys(reasons)

    def _coverage(self) -> Coverage:
        """Of a large deck some thousands of the facts that lack a form stand for the rest."""
        askable = [fact for fact in self.deck.facts if fact.askable]
        lacking = [(fact, missing) for fact in askable if (missing := self._missing(fact))]
        asked = lacking[:: 1 + len(lacking) // _REASONS]
        excused = sum(all(self._excused(fact, kind) for kind in kinds) for fact, kinds in asked)
        reasoned = round(excused * len(lacking) / len(asked)) if asked else 0
        both = len(askable) - len(lacking)
        return Coverage(len(askable), both, reasoned, len(lacking) - reasoned)

    def _missing(self, fact: Fact) -> list[frozenset[Form]]:
        forms = self._forms.get(fact.uid, set())
        return [kind for kind in (RECALL, RECOGNITION) if forms.isdisjoint(kind)]

    def _excused(self, fact: Fact, kind: frozenset[Form]) -> bool:
        """Whether there is a stated reason. Free text is only ever compared by the learner; what
        bars a fact altogether is said once."""
        if kind is RECOGNITION and self.index.kind(fact) is ValueKind.TEXT:
            return True
        forms = kind if self._forms.get(fact.uid) else Form
        return any(True for _ in self._why_not(fact, forms))


@dataclass(frozen=True, slots=True)
class _Lack:
    """Forms of a card in which none of its questions is."""

    card: str
    forms: frozenset[Form]
    says: str


def _alike(one: Stored, two: Stored) -> bool:
    """Whether two wordings of a form share nine words in ten. True/false has one stem for all."""
    if one.question.form is Form.TRUE_FALSE:
        return False
    first, second = tokens(one.question.stem), tokens(two.question.stem)
    return len(first & second) >= _ALIKE * len(first | second)


def _said(fact: Fact) -> str:
    return f"{fact.about} {fact.relation} {fact.value}{_qualified(fact.group)}"


def _qualified(group: Group) -> str:
    return "".join(f", {name} {value}" for name, value in group[2])
