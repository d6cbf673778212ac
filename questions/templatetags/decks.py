"""Words of the deck pages."""

from django import template
from django.utils.translation import get_language_info

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """A language's name; the code itself where it has none."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code
