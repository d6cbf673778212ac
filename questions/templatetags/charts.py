"""Drawings as SVG: where bars, dots and labels go. What they show comes from the queries.

Every tag fills a template of its own, which also says in words or a table what is drawn. The
sizes are units of the drawing, which the page scales.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log10
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.domain.statistics import Day, Mastery, Week, heat_level
from questions.domain.timeline import Layout, Mark

register = template.Library()

CELL, STEP = 13, 16
LEFT, TOP = 30, 20
LANE, RULER, BAR, STRIP = 30, 26, 10, 14


def nice_ceiling(value: float) -> float:
    """The round number at or above a value that an axis ends with: 4, 10, 20, 50, 100 …"""
    if value <= 4:
        return 4
    power = 10.0 ** int(log10(value))
    return float(next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value))


@dataclass(frozen=True, slots=True)
class Cell:
    x: int
    y: int
    level: int
    says: str


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    text: str


@register.inclusion_tag("questions/progress/_heat_map.html")
def heat_map(
    calendar: Sequence[Sequence[date | None]], days: Mapping[date, Day], busy: int
) -> dict[str, Any]:
    """Weeks as columns, a square for each day, darker with more answers."""
    cells = [
        _cell(day, days.get(day), busy, column, row)
        for column, week in enumerate(calendar)
        for row, day in enumerate(week)
        if day
    ]
    return {
        "cells": cells,
        "months": _months(calendar),
        "weekdays": _weekdays(calendar),
        "width": LEFT + len(calendar) * STEP,
        "height": TOP + 7 * STEP,
        "cell": CELL,
        "studied": len(days),
        "answers": sum(day.answers for day in days.values()),
        "by_month": _by_month(days),
        "levels": range(5),
    }


def _cell(day: date, done: Day | None, busy: int, column: int, row: int) -> Cell:
    answers = done.answers if done else 0
    said = ngettext("%(n)s answer", "%(n)s answers", answers) % {"n": answers}
    text = f"{date_format(day, 'l, j F Y')}: {said if answers else _('no study')}"
    return Cell(LEFT + column * STEP, TOP + row * STEP, heat_level(answers, busy), text)


def _months(calendar: Sequence[Sequence[date | None]]) -> list[Label]:
    """Names over the first whole week of each month, where the one before leaves room."""
    found: list[Label] = []
    for column, week in enumerate(calendar):
        first = week[0]
        if first and first.day <= 7 and column < len(calendar) - 1:
            found.append(Label(LEFT + column * STEP, TOP - 7, date_format(first, "M")))
    return found


def _weekdays(calendar: Sequence[Sequence[date | None]]) -> list[Label]:
    """Every other row is named."""
    return [
        Label(0, TOP + row * STEP + CELL - 2, date_format(day, "D"))
        for row, day in enumerate(calendar[0])
        if day and row % 2 == 0
    ]


def _by_month(days: Mapping[date, Day]) -> list[dict[str, Any]]:
    months: dict[date, list[Day]] = {}
    for day in sorted(days):
        months.setdefault(day.replace(day=1), []).append(days[day])
    return [
        {"month": month, "days": len(done), "answers": sum(day.answers for day in done)}
        for month, done in reversed(months.items())
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    says: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot of a chart with a scale at its left from 0 to `top`."""

    top: float
    width: float = 440
    height: float = 200
    left: float = 34
    right: float = 8
    above: float = 14
    below: float = 26

    @property
    def bottom(self) -> float:
        return self.height - self.below

    @property
    def inner(self) -> float:
        return self.width - self.left - self.right

    def y(self, value: float) -> float:
        return round(self.bottom - (self.bottom - self.above) * value / self.top, 1)

    @property
    def end(self) -> float:
        return self.width - self.right

    @property
    def scale(self) -> list[Label]:
        steps = (0.0, self.top / 2, self.top)
        return [Label(self.left - 6, self.y(step), f"{step:g}") for step in steps]

    def slot(self, at: int, of: int) -> tuple[float, float]:
        """Left end and width of the bar in one of so many equal places."""
        place = self.inner / of
        width = min(place * 0.72, 34)
        return round(self.left + at * place + (place - width) / 2, 1), round(width, 1)


@register.inclusion_tag("questions/progress/_weeks.html")
def week_chart(weeks: Sequence[Week]) -> dict[str, Any]:
    """Answers by week as bars, true retention as a line on a scale of its own."""
    frame = Frame(nice_ceiling(max((week.answers for week in weeks), default=0)), right=46)
    share = Frame(1, right=46)
    bars, dots = [], []
    for at, week in enumerate(weeks):
        x, width = frame.slot(at, len(weeks))
        y = frame.y(week.answers)
        says = f"{date_format(week.start, 'j M')}: {week.answers}"
        bars.append(Bar(x, y, width, round(frame.bottom - y, 1), says, at == len(weeks) - 1))
        if week.retention is not None:
            dots.append(Label(round(x + width / 2, 1), share.y(week.retention), ""))
    return {
        "frame": frame,
        "bars": bars,
        "dots": dots,
        "line": " ".join(f"{dot.x},{dot.y}" for dot in dots),
        "shares": [Label(frame.end + 6, share.y(part), f"{part:.0%}") for part in (0, 0.5, 1)],
        "names": _spread([date_format(week.start, "j M") for week in weeks], bars, frame),
        "weeks": list(reversed(weeks)),
    }


@register.inclusion_tag("questions/progress/_forecast.html")
def forecast_chart(minutes: Sequence[float], today: date) -> dict[str, Any]:
    frame = Frame(nice_ceiling(max(minutes, default=0)))
    days = [today + timedelta(days=ahead) for ahead in range(len(minutes))]
    bars = []
    for at, (day, length) in enumerate(zip(days, minutes, strict=True)):
        x, width = frame.slot(at, len(minutes))
        y = frame.y(length)
        says = f"{date_format(day, 'l, j F')}: {_minutes(length)}"
        bars.append(Bar(x, y, width, round(frame.bottom - y, 1), says, at == 0))
    names = [_("Today"), *(date_format(day, "j M") for day in days[1:])]
    return {
        "frame": frame,
        "bars": bars,
        "names": _spread(names, bars, frame),
        "total": sum(minutes),
        "rows": [
            {"day": day, "minutes": _minutes(length)}
            for day, length in zip(days, minutes, strict=True)
            if length
        ],
    }


def _minutes(length: float) -> str:
    if 0 < length < 1:
        return _("under a minute")
    whole = ceil(length)
    return ngettext("%(n)s minute", "%(n)s minutes", whole) % {"n": whole}


def _spread(names: Sequence[str], bars: Sequence[Bar], frame: Frame) -> list[Label]:
    """As many of the names below the bars as there is room for, the first one always."""
    every = max(1, ceil(60 * len(bars) / frame.inner))
    return [
        Label(round(bar.x + bar.width / 2, 1), frame.bottom + 17, name)
        for at, (name, bar) in enumerate(zip(names, bars, strict=True))
        if at % every == 0
    ]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a stacked bar, in hundredths of its length."""

    kind: str
    start: float
    length: float
    cards: int


@register.inclusion_tag("questions/progress/_mastery_bar.html")
def mastery_bar(mastery: Mastery) -> dict[str, Any]:
    counts = {
        "strong": mastery.strong,
        "fading": mastery.fading,
        "learning": mastery.learning,
        "unmet": mastery.not_met,
    }
    parts, start = [], 0.0
    for kind, cards in counts.items():
        length = 100 * cards / mastery.cards if mastery.cards else 0.0
        if cards:
            parts.append(Part(kind, round(start, 2), round(length, 2), cards))
        start += length
    return {"parts": parts, "mastery": mastery}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A timeline's mark with its places worked out."""

    mark: Mark[Any]
    y: float
    bar_y: float
    left: float
    length: float
    core_left: float
    core_length: float
    points: list[float]
    text_y: float


@register.inclusion_tag("questions/decks/_timeline_chart.html")
def timeline_chart(layout: Layout[Any], narrow: Layout[Any], slug: str) -> dict[str, Any]:
    marks = [_drawn(mark, RULER + mark.lane * LANE + LANE / 2) for mark in layout.marks]
    return {
        "slug": slug,
        "wide": _scaled(layout, marks) | {"height": RULER + layout.lanes * LANE + 6},
        "narrow": _scaled(narrow, [_drawn(mark, STRIP / 2) for mark in narrow.marks]),
        "ruler": RULER,
        "bar": BAR,
        "strip": STRIP,
        "disputed": any(mark.event.disputed for mark in layout.marks),
    }


def _scaled(layout: Layout[Any], marks: list[Drawn]) -> dict[str, Any]:
    cuts = [round(cut, 1) for cut in layout.cuts]
    return {"width": layout.width, "marks": marks, "ticks": layout.ticks, "cuts": cuts}


def _drawn(mark: Mark[Any], y: float) -> Drawn:
    core = mark.core or (0.0, 0.0)
    return Drawn(
        mark,
        y,
        y - BAR / 2,
        round(mark.left, 1),
        round(mark.right - mark.left, 1),
        round(core[0], 1),
        round(core[1] - core[0], 1),
        [round(point, 1) for point in mark.points],
        y + 4,
    )


@register.filter
def year(value: int) -> str:
    return f"{1 - value} BC" if value < 1 else str(value)
