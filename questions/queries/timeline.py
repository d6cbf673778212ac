"""What a deck's timeline shows: its date facts as events, with what sources dispute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.timeline import Event, Layout, lay_out
from questions.domain.values import BadValue, Span, parse_span
from questions.models import Deck, Fact
from questions.models.facts import FactQuerySet
from questions.queries.conflicts import conflicts_in, with_sources
from questions.queries.facts import said_value, vocabulary_for
from questions.queries.statements import relation_label, say_facts

EVENTS_PER_PAGE = 100
WIDTH = 1000
NARROW = 340  # a phone’s, where each event has a row of its own


def dated_facts(deck: Deck, topic: str = "") -> FactQuerySet:
    """Those of relations that the vocabulary does not keep off the timeline."""
    relations = vocabulary_for(deck).relations.items()
    dates = [key for key, each in relations if each.value is ValueKind.DATE and each.timeline]
    facts = Fact.objects.live().filter(deck=deck, relation__in=dates)
    facts = facts.exclude(rank=Fact.Rank.DEPRECATED)
    if topic:
        facts = facts.filter(topic__key=topic) | facts.filter(topic=None, about__topic__key=topic)
    return facts


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as one source or more give it."""

    fact: Fact
    said: str
    statement: str
    span: Span


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """What one relation says of one entity; several values if it has several, or if sources
    dispute it."""

    label: str
    values: list[Dated]
    disputed: bool

    @property
    def drawn(self) -> Event[TimelineEvent]:
        spans = tuple(value.span for value in self.values)
        return Event(self.label, spans, self.disputed, self)


@dataclass(frozen=True, slots=True)
class Timeline:
    """`events` in the order of time, and where the marks that draw them go: on a wide screen, and
    on a phone."""

    events: list[TimelineEvent]
    layout: Layout[TimelineEvent]
    narrow: Layout[TimelineEvent]


def timeline_of(deck: Deck, topic: str, number: str) -> tuple[Page[int], Timeline]:
    """A page of dates in the order of time, with all values of those disputed. Six queries."""
    pks = dated_facts(deck, topic).order_by("value", "pk").values_list("pk", flat=True)
    page = Paginator(pks, EVENTS_PER_PAGE).get_page(number)
    here = list(page.object_list)
    wanted = set(here)
    groups = [group for group in conflicts_in(deck) if wanted.intersection(group)]
    rows = with_sources(wanted.union(*groups))
    events = _events(rows, groups, vocabulary_for(deck))
    drawn = [event.drawn for event in events]
    return page, Timeline(events, lay_out(drawn, WIDTH), lay_out(drawn, NARROW))


def _events(
    rows: Sequence[Fact], groups: Sequence[tuple[int, ...]], vocabulary: Vocabulary
) -> list[TimelineEvent]:
    group_of = {pk: group for group in groups for pk in group}
    said = say_facts(rows)
    together: dict[tuple[int, ...], list[Dated]] = defaultdict(list)
    for row in rows:
        try:
            span = parse_span(row.value)
        except BadValue:
            continue
        dated = Dated(row, said_value(row, vocabulary), said[row.pk], span)
        together[group_of.get(row.pk, (row.pk,))].append(dated)
    events = [_event(values, vocabulary) for values in together.values()]
    return sorted(events, key=lambda event: (_begins(event.values[0].span), event.label))


def _event(values: list[Dated], vocabulary: Vocabulary) -> TimelineEvent:
    values.sort(key=lambda value: (_begins(value.span), value.said))
    fact = values[0].fact
    label = f"{fact.about.name}: {relation_label(fact, vocabulary)}"
    return TimelineEvent(label, values, disputed=len(values) > 1)


def _begins(span: Span) -> tuple[int, int, int]:
    return span.first or span.last or (0, 1, 1)
