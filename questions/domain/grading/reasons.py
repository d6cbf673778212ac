"""The one-line reasons a learner is shown. They never give the key away."""

from __future__ import annotations

from questions.domain.grading.expected import OtherValue
from questions.domain.messages import Message, gettext_noop

RIGHT = Message(gettext_noop("Right."))
MISSPELT = Message(gettext_noop("Right, but mind the spelling."))
WRONG = Message(gettext_noop("Not the answer."))
NOTHING = Message(gettext_noop("No answer was given."))
TOO_LONG = Message(gettext_noop("That is too long: write only the answer."))
TWO_CANDIDATES = Message(gettext_noop("More than one answer was named; name only one."))
ASKED_BACK = Message(gettext_noop("That asks back; write the answer itself."))
UNCLEAR_SECOND = Message(
    gettext_noop("That can be read as two answers; write only the one you mean.")
)
SHARED_NAME = Message(gettext_noop("More than one is called that here; write the name in full."))
NEAR_ANOTHER = Message(gettext_noop("That spelling fits more than one name; look at it again."))
GIVEN_NAME_ONLY = Message(gettext_noop("Only part of the name; the family name is missing."))
HALF_FAMILY_NAME = Message(gettext_noop("Only half of the family name."))
GIVEN_NAME_DIFFERS = Message(gettext_noop("The family name is right, the given name is not."))
NAME_TWICE = Message(gettext_noop("The family name is right, but it stands there twice."))
NAME_AND_MORE = Message(
    gettext_noop("The name can be read, but not the words beside it; write only the name.")
)
SHORTENED = Message(gettext_noop("That is shortened too far to be sure; write the name in full."))
LOOSE = Message(gettext_noop("Commonly said, but not quite the right name."))
ANOTHER_NAME = Message(gettext_noop("That is one of its names, but not the one asked for."))
LETTERS_MIXED = Message(gettext_noop("Recognisable, but the letters are mixed up."))
CAPITALS = Message(gettext_noop("The right letters, but in a symbol capitals say something else."))
DATE_COARSER = Message(gettext_noop("Right, but less exact than was asked."))
DAY_MISSING = Message(gettext_noop("Right so far, but the day is missing."))
DAY_AND_MONTH_MISSING = Message(gettext_noop("The right year, but day and month are missing."))
MONTH_MISSING = Message(gettext_noop("The right year, but the month is missing."))
END_MISSING = Message(gettext_noop("Right for the beginning; when it ended is missing."))
BEGINNING_MISSING = Message(gettext_noop("Right for the end; when it began is missing."))
NEAR_ABOUT = Message(gettext_noop("Right: the source itself only says “about”."))
NOT_FAR = Message(gettext_noop("Not far off, and the source itself only says “about”."))
DATE_FINER = Message(gettext_noop("Possible, but more exact than any source says."))
DATE_PART = Message(gettext_noop("Only part of the time that was asked for."))
DATE_ONE_END = Message(gettext_noop("One end is right, the other is not."))
DATE_AND_MORE = Message(
    gettext_noop("The date can be read, but not the words beside it; write only the date.")
)
YEAR_MISSING = Message(gettext_noop("Right so far, but the year is missing."))
ERA_MISSING = Message(gettext_noop("Right, but the era (BC) is missing."))
NO_DATE = Message(gettext_noop("No date could be read in that."))
YEAR_DIVIDED = Message(gettext_noop("A year is written without a comma or point; write it again."))
NO_SUCH_DATE = Message(gettext_noop("There is no such date; look again."))
ANOTHER_WEEKDAY = Message(gettext_noop("That date fell on another day of the week; look again."))
DAY_OR_MONTH = Message(
    gettext_noop("Which is the day and which the month? Write the month as a word.")
)
NO_NUMBER = Message(gettext_noop("No number could be read in that."))
ORDINAL = Message(gettext_noop("That says which in a row; write how many."))
A_DATE = Message(gettext_noop("That is a date; a figure was asked for."))
CALCULATION = Message(gettext_noop("That is a calculation; write the figure it comes to."))
ROUNDED = Message(gettext_noop("About right, but rounded."))
NO_BOUND = Message(
    gettext_noop("The right figure, but write it without “more than”, “nearly” or the like.")
)
FINER = Message(gettext_noop("Right, and more exact than the source gives it."))
ENOUGH = Message(gettext_noop("Right: near enough to the exact figure."))
TOO_FINE = Message(gettext_noop("Close, but with more figures than the source gives."))
NEARLY = Message(gettext_noop("Very near, but not the exact figure."))
RANGE = Message(gettext_noop("The range holds the right figure; one figure was asked for."))
RANGE_POINT = Message(gettext_noop("One figure of the range; both of its ends were asked for."))
RANGE_PART = Message(gettext_noop("Only part of the range that was asked for."))
RANGE_WIDER = Message(
    gettext_noop("One end is right, but the range is wider than what was asked for.")
)
OTHER_UNIT = Message(gettext_noop("That is another unit than was asked for."))
WORDS_BESIDE = Message(
    gettext_noop("The figure can be read, but not the words beside it; write only the figure.")
)
ANOTHER_MEANING = Message(gettext_noop("That says something else than was asked for."))
SELF_GRADE = Message(gettext_noop("Compare your answer with the key points and mark it."))


def another(name: str) -> Message:
    return Message(
        gettext_noop("That is %(name)s, which is not what was asked for."), {"name": name}
    )


def another_title(title: str) -> Message:
    """Of an answer that calls somebody what the deck does not."""
    return Message(
        gettext_noop("“%(title)s” may be somebody else; write the name without it."),
        {"title": title},
    )


def other_source(other: OtherValue) -> Message:
    source = other.source
    if other.aside and source:
        says = gettext_noop("%(source)s says so, but that is not what the deck goes by.")
        return Message(says, {"source": source})
    if not source:
        return Message(gettext_noop("Another source says so, but it was not the one asked for."))
    return Message(
        gettext_noop("%(source)s says so, but it was not the source asked for."), {"source": source}
    )


def hits(found: int, wanted: int, extras: int, halves: int = 0) -> Message:
    params = {"found": str(found), "wanted": str(wanted), "extras": str(extras)}
    if halves:
        return _hits_and_halves(params | {"halves": str(halves)}, extras)
    if extras:
        return Message(
            gettext_noop("%(found)s of %(wanted)s right, and %(extras)s too many."), params
        )
    return Message(gettext_noop("%(found)s of %(wanted)s right."), params)


def _hits_and_halves(params: dict[str, str], extras: int) -> Message:
    if extras:
        text = gettext_noop(
            "%(found)s of %(wanted)s right, %(halves)s partly right, and %(extras)s too many."
        )
    else:
        text = gettext_noop("%(found)s of %(wanted)s right, %(halves)s partly right.")
    return Message(text, params)


def order(pairs: int, of: int) -> Message:
    return Message(
        gettext_noop("In the right order: %(pairs)s of %(of)s pairs."),
        {"pairs": str(pairs), "of": str(of)},
    )
