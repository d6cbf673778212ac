"""How far a misspelling may go: edits, not likeness, and never into another word."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from questions.domain.grading.fold import Tokens, compact
from questions.domain.grading.lookalikes import LOOKALIKES
from questions.domain.grading.words import CONTRASTING_BEGINNINGS, CONTRASTING_ENDINGS


def limit(letters: int) -> int:
    """Edits allowed in a word of so many letters; a swap of neighbours is one edit."""
    if letters < 5:
        return 0
    return 1 if letters < 9 else 2


# First letters that spell one sound.
_ALIKE = frozenset(map(frozenset, "ck cq kq cs sz vw ij iy jy gj xz".split()))


@lru_cache(maxsize=64)
def alike(letter: str) -> str:
    """First letters that may stand for this one."""
    return "".join(other for pair in _ALIKE if letter in pair for other in pair - {letter})


def edits(given: str, key: str, *, in_name: bool = False) -> int | None:
    """Edits from the key if they are a slip of the pen, else None.

    The shorter of the two sets the limit, lest a name be a slip for another that is longer; a word
    beside others of its name (`in_name`) is surer to be meant, and has the limit of the key.
    """
    if given == key:
        return 0
    longer = len(given) - len(key)
    if abs(longer) == 1 and (_is_plural(given, key) or _is_plural(key, given)):
        return 1
    allowed = limit(len(key) if in_name else min(len(given), len(key)))
    if not allowed or abs(longer) > allowed or begins_otherwise(given, key):
        return None
    if not (given.isalpha() and key.isalpha()):
        return None
    distance = OSA.distance(given, key, score_cutoff=allowed)
    if distance > allowed or _are_lookalikes(given, key):
        return None
    return None if contrast(given, key) else distance


def _are_lookalikes(given: str, key: str) -> bool:
    """In the plural too."""
    if given[-1] == key[-1] == "s" and (given[:-1], key[:-1]) in LOOKALIKES:
        return True
    return (given, key) in LOOKALIKES


def lacks_vowel(given: str, key: str) -> bool:
    """ "Jpan" for Japan: four letters are mostly a word of their own, and no slip for one of five,
    but hardly without the vowel between two consonants."""
    if (len(given), len(key)) != (4, 5) or (given, key) in LOOKALIKES:
        return False
    return any(
        key[place] in _VOWELS
        and _VOWELS.isdisjoint((key[place - 1], key[place + 1]))
        and key[:place] + key[place + 1 :] == given
        for place in range(1, 4)
    )


_VOWELS = frozenset("aeiouy")


def _is_plural(many: str, one: str) -> bool:
    return len(one) == 4 and many == f"{one}s" and one.isalpha() and one[-1] not in "aeious"


def begins_otherwise(given: str, key: str) -> bool:
    """Slips seldom hit the first letter: Marlow is not a slip for Barlow."""
    if (
        given[0] == key[0]
        or frozenset((given[0], key[0])) in _ALIKE
        or ({given[0], key[0]} == {"f", "p"} and "ph" in (given[:2], key[:2]))
    ):
        return False
    return given[:2] != key[1::-1] and given[:3] != key[1:4] and given[1:4] != key[:3]


def edits_of_words(given: Tokens, key: Tokens) -> int | None:
    """Word by word, each within its own limit and all within the whole name's."""
    if len(given) != len(key):
        return _edits_of_joined(given, key)
    total = 0
    for one, other in zip(given, key, strict=True):
        distance = edits(one, other, in_name=len(key) > 1)
        if distance is None:
            return None
        total += distance
    return total if total <= limit(sum(map(len, key))) else None


def _edits_of_joined(given: Tokens, key: Tokens) -> int | None:
    """Blanks and hyphens set otherwise, unless at initials: one further edit at most."""
    ours, theirs = compact(given), compact(key)
    if abs(len(ours) - len(theirs)) > 1 or any(len(word) == 1 for word in (*given, *key)):
        return None
    distance = edits(ours, theirs)
    return distance if distance is not None and distance <= 1 else None


def same_letters(given: str, key: str) -> bool:
    """Recognisable though past the limit: the right letters, a few of them astray."""
    if len(given) != len(key) or len(key) < 5 or given[0] != key[0]:
        return False
    if sorted(given) != sorted(key) or _are_lookalikes(given, key):
        return False
    if [*filter(str.isdigit, given)] != [*filter(str.isdigit, key)]:
        return False  # 4040 is not 4004
    return OSA.distance(given, key, score_cutoff=limit(len(key)) + 1) <= limit(len(key)) + 1


def contrast(given: str, key: str) -> bool:
    """Whether they differ in a beginning or ending that makes two words of them.

    What ends in -ate is no misspelt -ite, nor what begins with hypo- a misspelt hyper-.
    """
    return _ends_contrast(given, key) or _begins_contrast(given, key)


def _ends_contrast(given: str, key: str) -> bool:
    """The stems before the endings must be equal: what differs lies in the endings."""
    if not (given.endswith(_ENDINGS) and key.endswith(_ENDINGS)):
        return False
    for group in CONTRASTING_ENDINGS:
        for one in (ending for ending in group if given.endswith(ending)):
            stem = given[: len(given) - len(one)]
            others = (other for other in group if other != one and key.endswith(other))
            if len(stem) >= 2 and any(stem == key[: len(key) - len(other)] for other in others):
                return True
    return False


def _begins_contrast(given: str, key: str) -> bool:
    if not (given.startswith(_BEGINNINGS) and key.startswith(_BEGINNINGS)):
        return False
    return any(
        given.startswith(one) and key.startswith(other)
        for group in CONTRASTING_BEGINNINGS
        for one in group
        for other in group
        if one != other
    )


_ENDINGS = tuple({ending for group in CONTRASTING_ENDINGS for ending in group})
_BEGINNINGS = tuple({beginning for group in CONTRASTING_BEGINNINGS for beginning in group})
