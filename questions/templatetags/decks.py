"""Words of the deck pages."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language_info

from questions.models import Passage, Source

register = template.Library()


@register.filter
def by_source(passages: Iterable[Passage]) -> list[tuple[Source, list[Passage]]]:
    """Each document once, with its places, in the order in which they are first named. A deck may
    keep parts of one document apart."""
    found: dict[tuple[str, str, str], tuple[Source, list[Passage]]] = {}
    for passage in passages:
        source = passage.source
        document = (source.title, source.author, source.year)
        found.setdefault(document, (source, []))[1].append(passage)
    return list(found.values())


@register.filter
def language_name(code: str) -> str:
    """A language's name; the code itself where it has none."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code
