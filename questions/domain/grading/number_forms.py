"""A name in the plural or singular: "poppies" for the poppy."""

from __future__ import annotations

from questions.domain.grading.fold import Tokens, compact
from questions.domain.grading.forms import Form
from questions.domain.grading.found import NEAR_ANOTHER, NONE, RIGHT, Found
from questions.domain.grading.index import NameIndex
from questions.domain.grading.targets import Target
from questions.domain.plurals import in_other_numbers


def match_number_form(target: Target, tokens: Tokens, index: NameIndex) -> Found:
    """For a text that is nobody's exact name. Persons, places, events and works have one number."""
    if target.person or not tokens or not index.in_english:
        return NONE
    if not index.nouns.has_numbers(target.named.type):
        return NONE
    others = {compact((*tokens[:-1], last)): last for last in in_other_numbers(tokens[-1])}
    own = [form for form in (*target.forms, *target.cores.values()) if form.compact in others]
    named = index.nouns.is_named_by_kind(target.named.type)
    if all(_is_proper(form, compact(tokens), named_by_kind=named) for form in own):
        return NONE
    shared = any(_is_of_another(target, (*tokens[:-1], last), index) for last in others.values())
    return NEAR_ANOTHER if shared else RIGHT


def _is_proper(form: Form, given: str, *, named_by_kind: bool) -> bool:
    """ "AIDS" and "Mars" only end as a plural does."""
    last = form.text.split()[-1]
    return len(given) < len(form.compact) and (
        (len(last) > 1 and last.isupper()) or (last[:1].isupper() and not named_by_kind)
    )


def _is_of_another(target: Target, spelt: Tokens, index: NameIndex) -> bool:
    """A bare term is the thing of the same name."""
    if not target.named.key and compact(spelt) in target.exact:
        return False
    cored = index.with_core(compact(spelt))
    alike = (named for named in cored if index.of_one_kind(named.type, target.named.type))
    return any(named.key != target.named.key for named in (*index.find(spelt), *alike))
