"""Words of the study pages."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.domain.grading.reasons import RIGHT, WRONG
from questions.domain.messages import Message
from questions.queries.study import ComesBack

register = template.Library()


@register.filter
def said(message: Message) -> str:
    """A sentence of the domain in the reader's language."""
    return _(message.text) % message.params if message.text else ""


@register.filter
def telling(message: Message) -> str:
    """The same, unless it only repeats the verdict."""
    return "" if message.text in {RIGHT.text, WRONG.text} else said(message)


@register.filter
def verdict_word(verdict: str) -> str:
    words = {"right": _("Right"), "partial": _("Partly right"), "wrong": _("Wrong")}
    return words.get(verdict, "")


@register.filter
def percent(share: float | None) -> str:
    return "–" if share is None else f"{round(share * 100)} %"


@register.filter
def comes_back(found: ComesBack) -> str:
    """When a card returns."""
    days = found.days
    if days <= 0:
        return _comes_back_today(found.others)
    if days == 1:
        return _("Comes back tomorrow.")
    if days < 60:
        return ngettext("Comes back in %(n)s day.", "Comes back in %(n)s days.", days) % {"n": days}
    months = round(days / 30.4)
    return ngettext(
        "Comes back in about %(n)s month.", "Comes back in about %(n)s months.", months
    ) % {"n": months}


def _comes_back_today(others: int | None) -> str:
    if others is None:
        return _("Comes back when you next study this deck.")
    if others == 0:
        return _("Comes back next.")
    return ngettext(
        "Comes back soon, after at most %(n)s other card.",
        "Comes back soon, after at most %(n)s other cards.",
        others,
    ) % {"n": others}


@register.filter
def relative_day(day: date, today: date) -> str:
    days = (day - today).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    if days < 7:
        return date_format(day, "l")
    return date_format(day, "j F Y")
