"""A slip in one of a name's small words or class nouns: "Lak Ilda", "Long Northern Wa".

Alone a small word is too short for any slip (`spelling.limit`). Beside the rest of a long name it
is plain what was meant, if it is no word itself: a Boat Act is no Boat Pact. A class noun may be
misspelt whichever of the names it goes with, and whatever else in that is misspelt.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from questions.domain.grading import words
from questions.domain.grading.fold import Tokens
from questions.domain.grading.forms import without_articles
from questions.domain.grading.index import NameIndex
from questions.domain.grading.spelling import begins_otherwise, edits
from questions.domain.grading.targets import Target

_LEAST_LETTERS = 9
_LEAST_TELLING = 5
_MOST_TOKENS = 12

# Small words that say how others belong together; whatever letter is wrong, they are plain …
_LINKING = {
    "of": "if oaf oft", "the": "then them they thee tee tie toe he she che",
    "and": "an any ant add end hand land sand band rand wand und",
    "for": "or four fort fore form far fur fir fox fog foe nor tor her",
    "from": "form frog frond prom", "with": "wit wish witch width withe pith",
}  # fmt: skip
# … and what things are called, each with the words a letter away that are no slips for it.
_NAMING = {
    "lake": "lace lane late lame lade lakes like luke lava flake slake blake laker",
    "war": "wars was way wax wad wag wan warm ward ware wary warn warp wart wear waw var wir wer",
    "wars": "war was wards wares warms warns warps warts ways wads wags wear vars",
    "pact": "act pack packt part past pace pat pant pacts path pac",
    "act": "acts ant art ace apt ax at cat fact tact pact",
    "army": "arm arms amy barmy",
    "city": "cite cit cist cita",
    "town": "ton tow towns own torn tows toon",
    "sea": "sear seas seat seal see set sew sex spa ska sera sean asea",
    "bay": "bar bad bag bat ban bays baby bray boy buy by bey bal",
    "port": "pot post part pore pork porn ports porto poet pout sport ort point",
    "cape": "cap cane care case cave cake came capes caped caper scape ape crape",
    "isle": "isles aisle idle lisle",
    "gulf": "golf gull guff gulp gulfs",
    "raid": "rain rail rad rid aid braid raids rapid reid",
    "plan": "plane plans play plain pan clan plant elan plano",
    "peak": "pea peek peaks pear peal peat speak perk",
    "law": "lay lad lag lap laws lab lax lawn low flaw claw slaw awl lao",
    "line": "lines lime like live lone lane linen liner lie link lint",
    "wall": "walls walk wail well will all wally wali",
    "road": "roads rod read roam roar broad",
    "book": "books boot boom boon",
    "acid": "acids aid amid avid arid",
    "gas": "gases gap gag gal gab gasp gash",
    "oil": "oils boil coil foil soil toil oily ail",
    "salt": "salty sale salts sat slat alt",
}
_SMALL = _LINKING | _NAMING
_REAL = frozenset(
    [*_SMALL, *" ".join(_SMALL.values()).split()]
).union(
    *(group.split() for group in words.CLASS_NOUNS),
    words.SAME_WORD, words.SAME_WORD.values(), words.LINKS - {"u"}, words.PARTICLES, words.TITLES,
    words.ADJECTIVES, words.KEPT_AT_END, words.KEPT_IN_FULL, words.NEVER_SWAPPED, words.NEGATIONS,
    words.DIRECTIONS, words.REMARK_WORDS, words.BESIDE, words.OPPOSING, words.REFERRING,
)  # fmt: skip


def mended(target: Target, tokens: Tokens, index: NameIndex) -> Iterator[Tokens]:
    """The answer with one small word put right, in each way that one of the names suggests."""
    if not 2 <= len(tokens) <= _MOST_TOKENS or sum(map(len, tokens)) < _LEAST_LETTERS - 1:
        return
    for place, given in enumerate(tokens):
        if not _may_be_slip(given, index):
            continue
        others = (*tokens[:place], *tokens[place + 1 :])
        if any(map(_is_telling, others)):
            for meant in _meant(given, target):
                yield without_articles((*tokens[:place], meant, *tokens[place + 1 :]))


def _may_be_slip(given: str, index: NameIndex) -> bool:
    return given.isalpha() and given not in _REAL and not index.has_word(given)


def _is_telling(word: str) -> bool:
    return len(word) >= _LEAST_TELLING and word.isalpha() and word not in words.LINKS


def _meant(given: str, target: Target) -> Iterator[str]:
    if len(given) >= _LEAST_TELLING:
        alike = (noun for noun in sorted(target.nouns) if noun[0] == given[0])
        yield from (noun for noun in alike if edits(given, noun))
    if len(given) > _LEAST_TELLING:
        return
    in_names = {token for form in target.forms for token in form.tokens if token in _SMALL}
    for small in (*sorted(in_names), "the"):
        first = small in _LINKING or not begins_otherwise(given, small)
        if first and OSA.distance(given, small, score_cutoff=1) == 1:
            yield small
