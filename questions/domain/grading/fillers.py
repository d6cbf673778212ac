"""Words around an answer that are no part of it: fillers, numbering, corrections, descriptions."""

from __future__ import annotations

import re

from questions.domain.grading import words
from questions.domain.grading.fold import MAX_ANSWER, Tokens, fold

_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-hA-H]\)|[-–—*•·‣◦]+)\s+(?=\S)")
# "Was it Marlow?", "is the answer 26", "who was that?"; not "Marlow, wasn't it?"
_ASKING_BACK = re.compile(
    r"(?:(?:so|and|but|hmm|um|uh|well|ok)\W+)*(?:"
    r"(?:is|was|are|were|could|would|might|can|may|did|does|do)(?:\s?n['’]?t|\snot)?\s"
    r"(?:it|that|this|he|she|they|you|(?:the|my|your)\sanswer)\b"
    r"|(?:what|how)\sabout\b|(?:war|ist|waren|sind)\ses\b|est-ce\b|это\s.*\?"
    r"|(?:who|whom|whose|what|which|when|where|why|how)\b.*\?)",
    re.IGNORECASE,
)
_ASKING_BEGINS = frozenset(
    "is wa we ar co wo mi ca ma di do so an bu hm um uh ok wh ho si es эт".split()
)
_YEARS = re.compile(
    r"[\s,]*[(\[]\s*(?:c\.|ca\.|b\.|d\.)?\s*\d{3,4}(?:\s?[-–—/]\s?\d{2,4})?\s*[)\]]$"
)
_BARE_YEARS = re.compile(
    r"^(?:the\s+)?[12]\d{3}(?:\s?[-–—/]\s?\d{2,4})?\s+(?=[^\W\d])"
    r"|(?<=\w)(?:\s+(?:of|in|from))?\s+[12]\d{3}(?:\s?[-–—/]\s?\d{2,4})?$",
    re.IGNORECASE,
)
_NON = re.compile(r"\b([Nn])on-(?=[^\W\d_])")
_COPULAS = frozenset({"is", "was", "are", "were"})
_EDGES = ' .!?,;:"“”„»«…'
_CORRECTION = re.compile(
    r"^(?:(?:it|that|he|she|they)\s+)?(?:(?:is|was|are|were)\s+)?"
    r"(?:not|nicht|(?:is|was|are|were)n['’]?t)\s+(?!(?:only|just|merely|nur)\b)(?P<denied>\S.*?),?\s+"
    r"(?:but|sondern|mais)\s+(?:rather\s+)?(?P<said>\S.*)$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_BETWEEN = re.compile(
    r"^(?P<head>\S.*?)\s+(?:made|signed|concluded|fought)?\s*between\s+\S.*\s+and\s+\S"
)
_HEDGING = re.compile(
    r"[/?&:;!…]|\s[-–—]\s|\.\s|\b(?:or|oder|ou|nor|vs|if|maybe|perhaps|possibly|rather|aka|also"
    r"|then|and\s.*\sand)\b",
    re.IGNORECASE,
)
_MOST_DESCRIBING = 6
_TURNED = words.TURNING | words.GLOSS_LINKS
_DESCRIBING = (
    words.REMARK_WORDS - words.GLOSS_OPENERS - words.QUALIFIERS - words.NEVER_SWAPPED
    - words.ARTICLES
)  # fmt: skip
_QUALIFYING = (
    words.ADJECTIVES | words.QUALIFIERS | words.ARTICLES | words.REMARK_WORDS | words.TITLES
) - _TURNED  # fmt: skip
_ARTICLES = ("the", "a", "an")
_TITLE_BEGINS = ("From ", "To ", "Into ", "Of ", "For ", "In ", "At ", "On ", "By ")
_INITIALS = ("A.", "a.")
_COMMON = words.RELATIVES | words.REMARK_WORDS | words.TITLES


def _by_word(place: int, least: int) -> dict[str, list[Tokens]]:
    found: dict[str, list[Tokens]] = {}
    for filler in sorted(words.FILLERS, key=len, reverse=True):
        if len(filler) >= least:
            found.setdefault(filler[place], []).append(filler)
    return found


_LEADING = _by_word(0, 1)
_TRAILING = _by_word(-1, 2)
_AT_ENDS = {*_LEADING, *_TRAILING, *words.AFTERTHOUGHTS, "the"}


def too_long(given: str) -> bool:
    return len(given) > MAX_ANSWER


def is_no_answer(text: str) -> bool:
    joined = "".join(fold(text))
    return joined in words.DO_NOT_KNOW or (not joined and not text.strip("?!.-_ "))


def says_none(text: str) -> bool:
    """Where a number is asked, "none" is one."""
    return "".join(fold(text)) in words.NO_AMOUNT


def without_fillers(text: str) -> str:
    """Without "I think it was …" before and "…, I guess" behind; at least one word stays."""
    found = text
    for _ in range(4):
        shorter = _without_filler(_NUMBERING.sub("", found.strip(_EDGES)))
        if shorter == found:
            break
        found = shorter
        if found.startswith(_TITLE_BEGINS):  # "I think From Ilda to Ilma"
            break
    return found


def without_non(text: str) -> str:
    """What is "non-Norlandish" is not denied."""
    return _NON.sub(r"\1on", text) if "on-" in text else text


def asks_back(text: str) -> bool:
    """Whether an answer is a question, which is neither right nor wrong. `text` is cleaned."""
    return text[:2].lower() in _ASKING_BEGINS and _ASKING_BACK.match(text) is not None


def without_years(text: str) -> str:
    """Without the years that stand before or behind a name, such as those in brackets."""
    if text[-1:] in (")", "]"):
        return _YEARS.sub("", text)
    return _BARE_YEARS.sub("", text) if any(map(str.isdigit, text)) else text


def _without_filler(text: str) -> str:
    if _AT_ENDS.isdisjoint(fold(text)):
        return text
    said = text.split()
    flat = [(fold(word) or ("",))[0] for word in said]
    if len(flat) > 3 and flat[0] == "the" and flat[2] in _COPULAS:  # "the name is X"
        return " ".join(said[3:])
    for filler in () if said[0] in _INITIALS else _LEADING.get(flat[0], ()):
        size = len(filler)
        if size < len(flat) and tuple(flat[:size]) == filler:
            return " ".join(said[size:])
    for filler in _TRAILING.get(flat[-1], ()):
        size = len(filler)
        if size < len(flat) and tuple(flat[-size:]) == filler:
            return " ".join(said[:-size])
    if len(flat) > 1 and flat[-1] in words.AFTERTHOUGHTS:
        return " ".join(said[:-1])
    return text


def correction(text: str) -> tuple[str, str] | None:
    """What "not X but Y" denies, and what it says."""
    match = _CORRECTION.match(text)
    return (match["denied"], match["said"]) if match else None


def is_possessive_description(text: str) -> bool:
    """ "Marlow's deputy": who somebody is to another, and no name."""
    if "'" not in text and "’" not in text:
        return False
    words_in = text.split()
    owners = [place for place, word in enumerate(words_in[:-1]) if _POSSESSIVE.search(word)]
    return bool(owners) and all(_is_common(word) for word in words_in[owners[-1] + 1 :])


def behind_possessive(text: str) -> str | None:
    """The name after such a description: "Marlow's deputy Lind"."""
    if "'" not in text and "’" not in text:
        return None
    words_in = text.split()
    owners = [place for place, word in enumerate(words_in[:-1]) if _POSSESSIVE.search(word)]
    if not owners:
        return None
    start = owners[-1] + 1
    end = start
    while end < len(words_in) and _is_common(words_in[end]):
        end += 1
    return " ".join(words_in[end:]) if start < end < len(words_in) else None


def behind_description(text: str) -> str | None:
    """The name after what it is the name of: "the famous poet Lind", "the modern capital Ilda"."""
    if _DESCRIBING.isdisjoint(fold(text)):
        return None
    words_in = text.split()[:_MOST_DESCRIBING]
    for place, word in enumerate(words_in[:-1]):
        tokens = fold(word)
        if not _TURNED.isdisjoint(tokens):
            return None
        described = bool(tokens) and _DESCRIBING.issuperset(tokens)
        if described and not _DESCRIBING.issuperset(fold(words_in[place + 1])):
            return " ".join(text.split()[place + 1 :])
    return None


def before_between(text: str) -> str | None:
    """What stood between two: "the road between A and B" names neither."""
    match = _BETWEEN.match(text)
    return match["head"] if match and not _HEDGING.search(text, match.end("head")) else None


def behind_class_noun(text: str, nouns: frozenset[str]) -> str | None:
    """The name after what kind of thing it is, and more words on that: "the old port of Ilda"."""
    if nouns.isdisjoint(fold(text)):
        return None
    words_in = text.split()
    for place, word in enumerate(words_in[:-1]):
        tokens = fold(word)
        if tokens and nouns.issuperset(tokens):
            rest = words_in[place + 1 :]
            return " ".join(rest[1:] if rest[0] == "of" and len(rest) > 1 else rest)
        described = _QUALIFYING.issuperset(tokens) or words_in[0].lower() in _ARTICLES
        if not word.islower() or not described or not _TURNED.isdisjoint(tokens):
            return None
    return None


def _is_common(word: str) -> bool:
    """A word that describes: in small letters, or known to."""
    tokens = fold(word)
    return word[:1].islower() or bool(tokens and _COMMON.issuperset(tokens))
