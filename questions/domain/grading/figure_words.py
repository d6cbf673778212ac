"""What stands beside a figure: words that go with it, that make it another, or that say nothing.

A figure alone is no answer to "How many soldiers?" if dollars, dead or another side's men are
counted with it. What is not understood is asked again, never right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from questions.domain.grading import reasons, words
from questions.domain.grading.calendar_words import month_of, plain
from questions.domain.grading.expected import Expected
from questions.domain.grading.read_numbers import MULTIPLIERS
from questions.domain.grading.result import Grade, ask_again, wrong
from questions.domain.grading.units import Measure, Units

_WORD = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:\^?[23](?!\d))?(?:\s?/\s?[^\W\d_]+(?:\^?[23](?!\d))?)?"
    r"|[%°‰](?:[cfCF]\b)?|[$€£¥₽₹₩₴₺₪¢]"
)
_MONEY = {
    "$": "dollar", "€": "euro", "£": "pound sterling", "¥": "yen", "₽": "rouble", "₹": "rupee",
    "₩": "won", "₴": "hryvnia", "₺": "lira", "₪": "shekel", "¢": "cent",
}  # fmt: skip
_COINS = frozenset(
    """dollar dollars euro euros pound pounds yen rouble roubles ruble rubles rupee rupees usd eur
    gbp jpy rub buck bucks cents mark marks franc francs yuan""".split()
)
# What is ruled out behind the figure, as in "20,302, not 20,000", and phrases that deny nothing.
_RULED_OUT = re.compile(
    r"(?<!if)[,;(]?\s*\b(?<!if )(?:(?:and|but)\s+)?(?:not|nicht|pas|rather than|instead of)\b"
    r"[^\d]{0,12}\d[\d.,]*",
    re.IGNORECASE,
)
_DENIES_NOTHING = re.compile(
    r"\b(?:(?:i['’]?m |i am )?(?:not|nicht|pas) (?:(?:quite|really|entirely|so|very|too|100 ?%) )?"
    r"(?:sure|certain|exactly|quite|sicher|sûr)|no (?:doubt|idea|less(?: than)?|fewer(?: than)?|"
    r"more(?: than)?)|not (?:less|fewer|more)(?: than)?|more or less|or (?:more|less|fewer)|"
    r"right or wrong|(?:if )?i['’]?m not (?:wrong|mistaken)|if not more)\b",
    re.IGNORECASE,
)
DENYING = (words.NEGATIONS - {"but", "than"}) | frozenset(
    """wrong false incorrect untrue hardly scarcely doubt nein nie нет не arent werent isnt aint
    didnt dont cant cannot couldnt wouldnt nope nah no""".split()
)
# These make it another figure, or another thing than the one asked for.
TURNING = frozenset(
    """times fold squared cubed per each more fewer pairs pair than double twice half thrice enemy
    enemies foe opponent opponents everyone""".split()
)
NEUTRAL = frozenset(
    """a an the about around approx approximately approximate roughly circa ca c some nearly almost
    near just over under above below up to at least most exactly exact precisely precise total
    totally altogether all in together overall them these those it its is was were are be been
    has have had having there they he she we i id that this and or so as many much plus off
    only even gives give given estimate estimated estimates number figure figures answer
    amounting came comes equal equals say well um uh hmm ok okay please strong away long high
    tall deep wide odd ish yes yeah yep correct right maybe perhaps probably possibly surely
    certainly definitely think believe guess suppose guessing remember recall correctly sure
    less between from bis zu ungefähr etwa rund environ около примерно cerca aproximadamente
    gegen es sind war waren quite really entirely east west north south always across news his
    your my would must could might may should do did means gross net series us still actually
    basically like know told imo tbh lol et und y и est value amount count sum size nr whole
    full officially against but th st nd rd eine ein un une uno una один""".split()
)
SAYING_NOTHING = NEUTRAL.union(words.AFTERTHOUGHTS, words.ARTICLES, *words.FILLERS)
"""Beside a date as well."""
_PLACING = frozenset("in at during near since until till when after before around within".split())
# Where a measure is taken from or to; of people it would be whose they are.
_REACHING = frozenset("above below off from to".split())
_OWNING = frozenset(
    """of for from on by with to that who which under among against mostly mainly largely chiefly
    partly including""".split()
)
_LINKS = _PLACING | _REACHING | _OWNING
# What of people it is: these are understood only where the question speaks of it.
_FATES = tuple(
    frozenset(group.split())
    for group in (
        "killed dead death deaths died die kia fatality fatalities slain perished fallen lost lose",
        "wounded injured wia hurt",
        "missing mia",
        "captured prisoner prisoners pow pows caught",
        "casualty casualties loss losses lost lose victim victims",
        "civilian civilians",
        "inhabitant inhabitants resident residents citizen citizens population",
        "women woman girls girl", "children child kids", "refugee refugees",
        "deserter deserters", "worker workers", "student students", "voter voters",
    )
)  # fmt: skip
LOSSES = frozenset(word for group in _FATES[:5] for word in group)
_FATE = frozenset(word for group in _FATES for word in group)
# These are all that are counted only beside the others: "men and women", "officers and men".
_PAIRED = frozenset("women woman girls girl children child officers officer".split())
# How words of a nation end, and many others ("finish", "ocean"): told apart by what is asked.
NATION = re.compile(r"(?:ese|ish|ians?|eans?|icans?|ench|anders?)$")
# How words for people end who do something.
_WHO_DOES = re.compile(r"(?<!^oth)(?:ers|ors|ists|nauts|ants|ees)$")
_SENTENCE = "that"
_PRONOUNS = frozenset("it they there he she we the its that this these".split())
_SAME_WORD = 4
_MOST_WORDS = 14

_NUMBERED = re.compile(r"\bn[or]\.\s*$", re.IGNORECASE)
# As the last word: "3 months before" where it is asked how long after. "Before the end" is no such.
_CONTRARY = {
    "before": ("after",), "earlier": ("after",), "after": ("before",), "later": ("before",),
    "above": ("below",), "below": ("above",), "against": ("favour", "favor"),
    **dict.fromkeys(("for", "favour", "favor", "yes"), ("against",)),
}  # fmt: skip
_SAME = {"later": "after", "earlier": "before"}
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er?|ère|º|ª|-?(?:й|я|е|го|м))\b", re.IGNORECASE)
_MONTH_BEHIND = re.compile(r"(?:st|nd|rd|th|\.)?\s(?:of\s)?(?P<word>[^\W\d_]{3,})")
_MONTH_AHEAD = re.compile(r"(?P<word>[^\W\d_]{3,})\.?\s(?:the\s)?$")

WITH_OTHER_WORDS = ask_again(reasons.WORDS_BESIDE)


def objection(
    expected: Expected, asked: Measure | None, before: str, after: str, units: Units
) -> Grade | None:
    """Why what stands beside the right figure takes its credit, if it does."""
    if not before and not after:
        return None
    beside = _Beside(expected, asked, units)
    if beside.asks_how_many and (other := _is_no_amount(before, after, units)):
        return other
    found = [
        beside.objection(_DENIES_NOTHING.sub(" ", before.rpartition("\n")[2]), ahead=True),
        beside.objection(_DENIES_NOTHING.sub(" ", _RULED_OUT.sub("", after)), ahead=False),
    ]
    return next((one for one in found if one and one != WITH_OTHER_WORDS), found[0] or found[1])


def _is_no_amount(before: str, after: str, units: Units) -> Grade | None:
    """ "3 April" is a date, and "3rd" one of a row."""
    for match in (_MONTH_BEHIND.match(after), _MONTH_AHEAD.search(before)):
        word = match["word"] if match else ""
        small = word.islower() and len(word) <= _SAME_WORD
        if word and not small and month_of(plain(word)) and not units.find(word):
            return wrong(reasons.A_DATE)
    return ask_again(reasons.ORDINAL) if _ORDINAL.match(after) else None


class _Beside:
    """What the question speaks of, to compare words with."""

    def __init__(self, expected: Expected, asked: Measure | None, units: Units) -> None:
        self._asked, self._units = asked, units
        self._own = frozenset(word.lower() for word in expected.harmless_words)
        self._starts = frozenset(word[:_SAME_WORD] for word in self._own if len(word) > 3)
        named = (expected.unit or "").casefold().split()
        self._unit = frozenset(named) | frozenset(f"{word}s" for word in named)
        self._counts = asked is not None and asked.counts
        self._of_people = asked is not None and asked.base == "people"
        self._people = expected.unit in ("people", "person")
        self._measured = "." in expected.value
        self.asks_how_many = asked is not None or "many" in self._own

    def objection(self, text: str, *, ahead: bool) -> Grade | None:
        if ahead:
            text = _NUMBERED.sub("", text)
        said = [match[0].replace("^", "") for match in _WORD.finditer(text.replace("&", " and "))]
        if not ahead and said and not self._own.isdisjoint(_CONTRARY.get(_plain(said[-1]), ())):
            return wrong(reasons.ANOTHER_MEANING)
        if ahead:
            said = _without_ruled_out(text, said)
        said = said[:_MOST_WORDS]
        if ahead:  # "No. 26", "n = 26"
            said = [word for word in said if word not in ("No", "Nr") and not _is_letter(word)]
        close = not ahead and text.lstrip()[:1].isalpha()
        found = list(self._objections(said, sentence=ahead and _opens_sentence(said), close=close))
        return next((one for one in found if one != WITH_OTHER_WORDS), found[0] if found else None)

    def _objections(self, said: list[str], *, sentence: bool, close: bool) -> Iterator[Grade]:
        """`link`: the last preposition; plain words behind it say where, when or whose.

        close: the first word stands right behind the figure, so that it is what is counted
        """
        place, link = 0, _SENTENCE if sentence else ""
        while place < len(said):
            word = _plain(said[place])
            if word in _LINKS:
                link = word
            measure, size = self._measure(said, place)
            if size == 1 and self._is_own(word):
                if close and not place and self._is_other_noun(word, measure):
                    yield WITH_OTHER_WORDS
            elif measure is not None:
                yield from self._of_measure(measure, word, link)
            elif not (word in NEUTRAL or word in _LINKS or self._is_paired(said, place)):
                counted = close and not place
                yield from self._of_word(said[place], word, link, counted=counted)
            place += size

    def _is_paired(self, said: list[str], place: int) -> bool:
        """Whether it stands in a row with people of any kind, and "and" in that."""
        if not self._of_people or _plain(said[place]) not in _PAIRED:
            return False
        start, end = place, place
        while start and self._is_in_row(said[start - 1]):
            start -= 1
        while end < len(said) and self._is_in_row(said[end]):
            end += 1
        row = {_plain(word) for word in said[start:end]}
        return "and" in row and not row <= _FATE | _PAIRED | {"and"}

    def _is_in_row(self, word: str) -> bool:
        plain = _plain(word)
        found = self._units.find(plain)
        people = found is not None and found.base == "people" and plain not in _FATE
        return people or plain in _PAIRED or plain == "and"

    def _is_own(self, word: str) -> bool:
        """A word of the question, or nearly: "boils" where it speaks of boiling."""
        if word in self._own or word in self._unit or _SAME.get(word) in self._own:
            return True
        return len(word) > 3 and word[:_SAME_WORD] in self._starts

    def _is_other_noun(self, word: str, found: Measure | None) -> bool:
        """Of what is measured and not counted: "5 members" where years are asked for."""
        if self._asked is None or self._asked.counts or not word.endswith("s"):
            return False
        return found is None or found.counts

    def _measure(self, said: list[str], place: int) -> tuple[Measure | None, int]:
        first = _plain(said[place])
        for size in (5, 4, 3, 2, 1):
            phrase = " ".join(said[place : place + size])
            if place + size > len(said) or (size == 1 and _is_no_unit(first)):
                continue
            if first not in _FATE and (found := self._units.find(phrase)):
                return found, size
        return None, 1

    def _of_measure(self, found: Measure, word: str, link: str) -> Iterator[Grade]:
        if self._asked is None:
            if word in _COINS or not (found.counts or (found.bare and self._measured)):
                yield wrong(reasons.OTHER_UNIT)
            elif self._own:
                yield WITH_OTHER_WORDS
        elif not (found.base == self._asked.base or self._is_shared(found, link)):
            yield wrong(reasons.OTHER_UNIT)

    def _is_shared(self, found: Measure, link: str) -> bool:
        """ "59 degrees", "75 % of persons", "20 km in 3 hours"."""
        base = self._asked.base if self._asked else ""
        if base == "kelvin" and found.base == "degree":
            return True
        return found.counts if base == "percent" else not found.counts and link in _PLACING

    def _of_word(self, spelt: str, word: str, link: str, *, counted: bool) -> Iterator[Grade]:
        if word in DENYING or word in MULTIPLIERS:
            yield wrong(reasons.WRONG)
        elif word in TURNING or (_is_money(spelt) and not self._is_asked_in(spelt)):
            yield wrong(reasons.OTHER_UNIT)
        elif word in _FATE:
            if not self._tells(word):
                yield wrong(reasons.ANOTHER_MEANING)
        elif self._counts and (NATION.search(word) or (counted and self._are_others(spelt))):
            yield from self._of_nation(link)
        elif spelt[:1].isupper():
            if self._own and not self._is_placed(link):
                yield WITH_OTHER_WORDS
        elif not link and not _is_money(spelt):
            people = self._of_people and _WHO_DOES.search(word)
            other = self._is_plural(word) and not people
            yield wrong(reasons.OTHER_UNIT) if other else WITH_OTHER_WORDS

    def _of_nation(self, link: str) -> Iterator[Grade]:
        """Another side's men. What they built or speak, and what a preposition leads to, may be
        but where, when or with whom it was."""
        if self._own:
            theirs = self._of_people and link in ("", _SENTENCE)
            yield wrong(reasons.ANOTHER_MEANING) if theirs else WITH_OTHER_WORDS

    def _are_others(self, spelt: str) -> bool:
        """As in "80,000 Germans"."""
        return self._of_people and spelt[:1].isupper() and self._is_plural(spelt)

    def _is_placed(self, link: str) -> bool:
        return link in _PLACING or (link in _REACHING and not self._counts)

    def _is_asked_in(self, money: str) -> bool:
        found = self._units.find(money) or self._units.find(_MONEY.get(money, money))
        return found is not None and self._asked is not None and found.base == self._asked.base

    def _is_plural(self, word: str) -> bool:
        """Of what we do not know, but other things than those that are counted."""
        plural = word.endswith("s") and not word.endswith(("ss", "us"))
        return self._counts and len(word) > 3 and plural

    def _tells(self, word: str) -> bool:
        """Whether the question speaks of the same fate; where its words are not known, it may be
        of people's any loss."""
        if not self._own:
            return self._people and word in LOSSES
        groups = [group for group in _FATES if not group.isdisjoint(self._own)]
        return any(word in group for group in groups)


def _without_ruled_out(text: str, said: list[str]) -> list[str]:
    """Only what follows the figure that is denied: "not 20,000 but" leaves "but"."""
    behind = re.split(r"\d", text)[-1]
    return said if behind == text else [match[0] for match in _WORD.finditer(behind)][1:]


def _is_money(word: str) -> bool:
    return word in _MONEY or _plain(word) in _COINS


def _opens_sentence(said: list[str]) -> bool:
    return bool(said) and _plain(said[0]) in _PRONOUNS


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word not in ("y", "и")


def _plain(word: str) -> str:
    return word.lower().replace("'", "").replace("’", "")


def _is_no_unit(word: str) -> bool:
    """ "In" and "a" are words first, and units only where nothing else stands there."""
    return word in _PLACING or word in _OWNING or word in ("a", "an", "us", "y", "и", "no")
