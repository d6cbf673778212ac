"""Who is named beside somebody: "under Lind", "against Lind", "of Ilda"."""

from __future__ import annotations

from collections.abc import Iterator

from questions.domain.grading import words
from questions.domain.grading.fold import fold
from questions.domain.grading.index import NameIndex
from questions.domain.grading.names import meant_by
from questions.domain.grading.targets import Target

HARMLESS = words.PARTICLES | words.REMARK_WORDS | words.RELATIVES
_MOST_GLOSS = 30
_BELONGING = frozenset({"under", "against", "of"})


def is_beside_stranger(target: Target, text: str, index: NameIndex) -> bool:
    """ "Marlow under Lind", "Marlow of Ilda": whether that is another, or a name nobody knows."""
    if _BELONGING.isdisjoint(fold(text)):
        return False
    said = text.split()
    for place, word in enumerate(said[:-1]):
        link = (fold(word) or ("",))[0]
        told = link == "of" and not words.RELATIVES.isdisjoint(fold(said[max(0, place - 1)]))
        if link not in _BELONGING or told or (link == "of" and not target.person):
            continue
        name = _name_ahead(said[place + 1 :], index)
        if name and _is_strange(target, name, index):
            return True
    return False


def _name_ahead(said: list[str], index: NameIndex) -> str:
    """The words in capitals that come next, behind titles; none if they qualify what follows."""
    known = index.titles | HARMLESS
    start = 0
    while start < len(said) and known.issuperset(fold(said[start])):
        start += 1
    end = start
    while end < len(said) and said[end][:1].isupper():
        end += 1
        if said[end - 1].endswith((",", ")", ";", ".")):
            return " ".join(said[start:end])
    qualifies = end < len(said) and _BELONGING.isdisjoint(fold(said[end]))
    return "" if qualifies else " ".join(said[start:end])


def _is_strange(target: Target, name: str, index: NameIndex) -> bool:
    tokens = fold(name)
    if not index.titles.union(HARMLESS).isdisjoint(tokens) or name.endswith(("'s", "’s")):
        return False
    known = [named for run in runs(name) for named in meant_by(run, index)]
    others = (named for named in known if named.key != target.named.key)
    return not known or any(index.of_one_kind(one.type, target.named.type) for one in others)


def runs(text: str) -> Iterator[str]:
    """Every one to six words in a row, unless the last is a possessive."""
    found = text.split()[:_MOST_GLOSS]
    for start in range(len(found)):
        for end in range(start + 1, min(start + 7, len(found) + 1)):
            if not found[end - 1].endswith(("'s", "’s", "s'", "s’")):
                yield " ".join(found[start:end]).strip('.,;:!?"()')
