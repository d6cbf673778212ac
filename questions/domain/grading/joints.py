"""Where an answer falls into parts, each of which may be a candidate, and what takes one back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from questions.domain.grading.fold import fold

# Between two candidates, whatever is thought of the second: "A rather than B", "A, no, B".
_BETWEEN_TWO = (
    r"(?:and|or)(?:\s(?:rather|maybe|perhaps|possibly|also|even))?|oder|ou|und|et|vs|versus|или|либо|и(?!\.)|xor|nor|eller|oppure|czy|aka|a\.\s?k\.\s?a|alias"
    r"|as\swell\sas|along\swith|together\swith|rather\sthan|instead\sof|as\sopposed\sto|if\snot"
    r"|unless|otherwise|(?:or\s)?else|failing\sthat|alternatively|plus|followed\sby|i\.\s?e|viz"
    r"|no(?!\s(?:doubt|idea|clue|question|one)\b)|no\swait|sorry|i\smean|if\s(?:that\sis\s|it\sis\s)?(?:wrong|incorrect)|correction"
    r"|(?:second|2nd|next|other)\s(?:guess|choice|try)"
)
_JOINTS = re.compile(
    rf"(?!\w)(?:(?P<strong>(?:[;/|+&=\n；／、，\\¦‖~≈≠→⇒*]|[-=]>|!+(?=\s?\w)|\s[•·]\s"
    rf"|[,:–—]?\s[(\[]?(?:{_BETWEEN_TWO})\b\.?"
    r"|\s?(?:または|それとも|或者?|还是|還是|또는|혹은)\s?"
    r"|\s\(?(?:[b-e]\)|[2-9][.)])(?=\s)"
    r"|(?<!^[A-Z]\.)(?<!\s[A-Z]\.)\s(?-i:v)\.?\s(?-i:(?=[A-Z])))\s*)"
    r"|(?P<weak>\s?(?:(?:(?<!\d),|,(?!\d)|[()\[\]{}<>:：（）—…])\s?|\.{2,}\s?|–+\s|\?+\s(?=\w))|\s(?:–+\s?|-+\s)"
    r"|\s(?=(?:maybe|perhaps|possibly|also|although|though|then|sorry)\s)"
    r"|(?<=\w{4})\.\s(?=\S{3})))",
    re.IGNORECASE,
)
# "Marlow? No." and "Marlow is wrong", but not the tag of "Marlow, no?" or "Marlow, isn't it"
_TAKEN_BACK = re.compile(
    r"(?:[?,;:!–—(\s-]\s*[(\[{<“‘\"']?(?:no|nope|nah|nein|non|нет|not|nicht|never|wrong|false|incorrect|untrue)"
    r"|\s(?:(?:is|was|did|does|could|would)\s?(?:n['’]?t|not)|cannot|can['’]?t)"
    r"(?:\s(?:be|right|correct|true|him|her|them|the\sanswer))*)[\s.!)\]}>”’\"']*$",
    re.IGNORECASE,
)
# "Marlow was not there" and "Marlow is the wrong answer"; "it was not A but B" is corrected.
_DENIED_OF = re.compile(
    r"^(?!(?:it|he|she|they|that|this|i|the\sanswer)\s)[^;?]*?(?<![,;])\s"
    r"(?:(?:is|was|were|did|does|has|had|could|would|can|wo)\s?(?:n['’]?t|not)\b(?!\s(?:only|yet|sure|certain))"
    r"|(?:is|was|would\sbe)\s(?:the\s|a\s)?(?:wrong|incorrect|false)\b)",
    re.IGNORECASE,
)
_TAKING_BACK = frozenset(
    """no nope nah nein non net not nicht never wrong false incorrect untrue be right correct true
    him her them answer isnt wasnt didnt doesnt couldnt wouldnt isn wasn cannot cant""".split()
)
_DENYING = frozenset(
    """not wrong incorrect false isnt wasnt werent didnt doesnt hasnt hadnt couldnt wouldnt cant
    wont""".split()
)
_NOT_SIGNS = ("≠", "!", "¬", "<")
# "No Marlow", but not "no. 1", "no doubt Marlow" and "no, Marlow".
_NO_SUCH = re.compile(
    r"^no\s(?!(?:doubt|idea|clue|question|problem|less|number)\b)(?P<said>[^\W\d_]{2}\w*)",
    re.IGNORECASE,
)
_NOT_SIGN = re.compile(r"^\s*(?:≠|!=?|¬|<>)\s*(?=\w)")
_ALL_BUT = re.compile(
    r"^(?:(?:any|every|no)(?:thing|one|body|where)|all)\s(?:but|except|other\sthan)\s"
    r"|^(?:the\s|an?\s)?(?:opposite|reverse|contrary)\s(?:of|to)\s",
    re.IGNORECASE,
)
_ALL_BUT_BEGINS = frozenset(
    beginning.replace("_", " ")
    for said in "any eve not nob no_ all opp rev con the an_ a_o a_r a_c".split()
    for beginning in (said, said.capitalize(), said.upper())
)
# What leads a second candidate in: "perhaps B", "sorry, B", "also called B".
_LEADING_IN = frozenset(
    """also maybe perhaps possibly probably then sorry er erm um uh wait hold second guess first
    is was are were aka alias called known as ie eg although though but otherwise alternative else
    i think believe guess became really actually or oops rather said meant choice with
    it could be might may must would""".split()
)
_UNSURE = (("not", "sure"), ("not", "certain"), ("no", "doubt"))
_NO = frozenset("no not nope nein non never".split())
# How joints of words begin.
_JOINING = frozenset(
    """and or oder ou und et vs versus v xor nor eller oppure czy aka alias as along together rather
    instead if unless otherwise else failing alternatively plus followed viz no sorry i correction
    second 2nd next other maybe perhaps possibly also although though then""".split()
)
_MOST_PARTS_KEPT = 512


@dataclass(frozen=True, slots=True)
class Part:
    """`strong`: what joins it to the part before says "or", not a mere comma."""

    text: str
    strong: bool


@lru_cache(maxsize=_MOST_PARTS_KEPT)
def parts_of(text: str) -> tuple[Part, ...]:
    """`text` is cleaned."""
    if _JOINING.isdisjoint(text.lower().split()) and text.isascii() and _is_plain(text):
        return (Part(text, strong=False),)
    found: list[Part] = []
    start, strong = 0, False
    for joint in _JOINTS.finditer(text):
        piece = text[start : joint.start()].strip(" \"“”'.")
        if piece:
            found.append(Part(piece, strong))
            strong = False
        start, strong = joint.end(), (strong or joint["strong"] is not None)
    found.append(Part(text[start:].strip(" \"“”'."), strong))
    return tuple(part for part in found if part.text)


def _is_plain(text: str) -> bool:
    return text.replace(" ", "").isalpha()


def is_taken_back(text: str) -> bool:
    tokens = fold(text)
    if not _TAKING_BACK.isdisjoint(tokens[-1:]) and _TAKEN_BACK.search(text):
        return True
    return not _DENYING.isdisjoint(tokens) and _DENIED_OF.match(text) is not None


def begins_with_not(text: str) -> bool:
    """As programs write it, or by naming all others."""
    if text[:1] in _NOT_SIGNS:
        return _NOT_SIGN.match(text) is not None
    return text[:3] in _ALL_BUT_BEGINS and _ALL_BUT.match(text) is not None


def denied_by_no(text: str) -> str:
    """The word behind a "no" that begins an answer."""
    match = _NO_SUCH.match(text)
    return match["said"] if match else ""


def led_in(text: str) -> str | None:
    """What "perhaps B" leads in; None where nothing does."""
    said = text.split()
    start = 2 if fold(" ".join(said[:2])) in _UNSURE else 0
    while start < len(said) and _LEADING_IN.issuperset(fold(said[start]) or ("",)):
        start += 1
    return " ".join(said[start:]) if start else None


def says_only_no(tokens: tuple[str, ...]) -> bool:
    return len(tokens) == 1 and tokens[0] in _NO
