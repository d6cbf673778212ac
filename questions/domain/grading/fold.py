"""Reduce what was typed, in whatever script, to plain tokens that can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from questions.domain.grading.words import SAME_WORD

MAX_ANSWER = 300
"""Letters; whatever is longer is no short answer and is not looked at."""

Tokens = tuple[str, ...]

_TOKEN = re.compile(r"[a-z0-9]+[+#]*|[+#%]+")
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
     "Ø": "Oe", "Å": "Aa"}
)  # fmt: skip
_LONG_VOWELS = str.maketrans({"ō": "ou", "ū": "uu", "Ō": "Ou", "Ū": "Uu"})
# How Germans and the French write Russian names; ours is as anyascii writes them.
_RUSSIAN = {
    "sch": dict(zip("жшчцхвзйюяё", "sch sch tsch z ch w s i ju ja jo".split(), strict=True)),
    "sh": dict(zip("жшчцхвзйюяё", "sh sch tsch z ch w s i ju ja jo".split(), strict=True)),
    "fr": dict(zip("жшчцхуйюяё", "j ch tch ts kh ou i iou ia io".split(), strict=True)),
}  # fmt: skip
_ABROAD = [str.maketrans(table) for table in _RUSSIAN.values()]
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_ROMAN_TAIL = re.compile(r"\b([A-Z]{2,}?)(II|III|IV)\b")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "So", "Sk", "Me"})


# One answer is looked at from several sides, and a class types the same ones.
_KEPT = 2048


@lru_cache(maxsize=_KEPT)
def clean(text: str) -> str:
    """One line without invisible signs, emoji and doubled spaces; width and digits made plain."""
    if text.isascii():
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text[:MAX_ANSWER])[:MAX_ANSWER]
    return " ".join("".join(map(_plain_sign, text)).split())


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if category == "Mn" and "\u0590" <= sign <= "\u06ff":
        return ""  # vowel points, which transcription would make letters
    if category in _UNSEEN:
        return " " if category in ("Cc", "So") else ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    return sign


@lru_cache(maxsize=_KEPT)
def fold(text: str) -> Tokens:
    """Tokens of a cleaned text: lower case, Latin letters, one spelling of common words."""
    if not text.isascii():
        text = anyascii(text)
    if "II" in text or "IV" in text:
        text = _ROMAN_TAIL.sub(_roman_tail, text)
    lowered = text.lower().replace("'", "").replace("`", "").replace("&", " and ")
    found = [SAME_WORD.get(token, token) for token in _TOKEN.findall(lowered)]
    if len(found) > 1:
        found[-1] = _number_of_a_king(found[-2], found[-1])
    return tuple(found)


def _number_of_a_king(before: str, last: str) -> str:
    """ "Anna I" and "Anna the First" are both "anna 1"; "D. I." are initials."""
    if last == "i" and len(before) > 1:
        return "1"
    ordinal = _ORDINAL.fullmatch(last) if before == "the" else None
    return ordinal[1] if ordinal else last


def _roman_tail(match: re.Match[str]) -> str:
    """ "ABII" is "AB 2", but XXII is one number."""
    if match[0].lower() in SAME_WORD:
        return match[0]
    return f"{match[1]} {SAME_WORD[match[2].lower()]}"


def readings(text: str) -> tuple[Tokens, ...]:
    """The ways a cleaned text can be spelt plainly: Müller is Muller and Mueller."""
    if text.isascii() and "II" not in text and "IV" not in text:
        return (fold(text),)
    return _readings(text)


@lru_cache(maxsize=_KEPT)
def _readings(text: str) -> tuple[Tokens, ...]:
    found = {fold(text): None, fold(text.lower()): None}
    for table in (_GERMAN, _LONG_VOWELS):
        other = text.translate(table)
        if other != text:
            found[fold(other)] = None
    return tuple(found)


def written_abroad(text: str) -> tuple[Tokens, ...]:
    """What Germans and the French make of a Russian name: "Schukow" and "Joukov" of "Жуков"."""
    if text.isascii() or not _CYRILLIC.search(text):
        return ()
    return tuple(fold(clean(text).lower().translate(table)) for table in _ABROAD)


def is_latin(text: str) -> bool:
    return text.isascii() or all(
        not sign.isalpha() or unicodedata.name(sign, "").startswith("LATIN") for sign in text
    )


def compact(tokens: Tokens) -> str:
    return "".join(tokens)


def has_han(text: str) -> bool:
    return not text.isascii() and _HAN.search(text) is not None


def same_han(one: str, two: str) -> bool:
    """Whether two Chinese spellings differ only as simplified and traditional characters do.

    Their Latin reading alone would take 山西 for 陕西. Two characters of one reading are the
    same word if no national character set has room for both, so that they are each other's form.
    """
    ours, theirs = _HAN.findall(one), _HAN.findall(two)
    if len(ours) != len(theirs):
        return False
    return all(a == b or _variants(a, b) for a, b in zip(ours, theirs, strict=True))


@lru_cache(maxsize=4096)
def _variants(one: str, two: str) -> bool:
    if anyascii(one) != anyascii(two):
        return False
    if frozenset((one, two)) in _MERGED:
        return True
    return not any(_in_set(one, name) and _in_set(two, name) for name in ("gb2312", "big5"))


def _in_set(sign: str, charset: str) -> bool:
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


# Simplified characters that already were traditional ones of their own.
_MERGED = frozenset(
    frozenset(pair)
    for pair in """后後 里裏 里裡 台臺 台颱 干乾 干幹 谷穀 云雲 面麵 几幾 丑醜 斗鬥 范範 松鬆 余餘
    征徵 只隻 制製 表錶 系係 系繫 游遊 向嚮 胡鬍 舍捨 虫蟲 万萬 与與 个個 党黨 网網 礼禮 体體 广廣
    丰豐 划劃 才纔 合閤 回迴 沈瀋 淀澱 岳嶽 升昇 准準 困睏 吁籲 志誌 折摺 杰傑 柜櫃 栗慄
    辟闢 郁鬱 适適
    采採 卷捲 克剋 占佔 周週 了瞭 仆僕 凶兇 姜薑 借藉 家傢 咸鹹 伙夥 秋鞦 千韆 御禦 欲慾 术術 朴樸
    机機 极極 板闆 圣聖 坏壞 宁寧 么麼 亲親 无無 从從 气氣 号號 双雙 国國 会會 条條 尔爾 辽遼 厂廠
    峰峯 群羣 并並 布佈 吊弔 咨諮 托託 朱硃 霉黴 蒙矇 蒙濛 致緻 洒灑 据據 筑築 签籤""".split()
)
