"""The parts of a teacher's deck, each a page with a tab and a step on the way to what is below."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from questions.models import Deck
from questions.queries.teach import TaughtDeck

register = template.Library()

# Key: address, label, which of the deck's counts stands beside it.
_TABS = {
    "facts": ("teach_deck", gettext_noop("Facts"), "facts"),
    "entities": ("entities", gettext_noop("Names"), ""),
    "relations": ("relations", gettext_noop("Relations"), ""),
    "topics": ("topics", gettext_noop("Topics"), ""),
    "questions": ("authored", gettext_noop("Own questions"), ""),
    "vetoes": ("vetoes", gettext_noop("Wrong options"), ""),
    "drafts": ("drafts", gettext_noop("Drafts"), "drafts"),
    "withdrawn": ("withdrawn", gettext_noop("Withdrawn"), ""),
    "answers": ("answers", gettext_noop("Answers"), "claims"),
    "reports": ("reports", gettext_noop("Reports"), "reports"),
    "settings": ("teach_deck_settings", gettext_noop("Settings"), ""),
}


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    label: str
    current: bool = False
    count: int | None = None


@register.simple_tag
def deck_tabs(taught: TaughtDeck, current: str) -> list[Tab]:
    return [_tab(taught.deck, key, key == current, taught) for key in _TABS]


@register.simple_tag
def deck_tab(deck: Deck, key: str) -> Tab | None:
    return _tab(deck, key) if key else None


def _tab(deck: Deck, key: str, current: bool = False, taught: TaughtDeck | None = None) -> Tab:
    name, label, counted = _TABS[key]
    count = getattr(taught, counted) if taught and counted else None
    return Tab(reverse(f"questions:{name}", args=[deck.slug]), gettext(label), current, count)
