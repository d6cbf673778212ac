"""A name is right in its own spellings; another entity's never is."""

import random
import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.grading import (
    Expected,
    Grade,
    Named,
    NameIndex,
    OtherValue,
    Verdict,
    grade_typed,
)
from questions.domain.grading.fold import same_han
from questions.domain.grading.neighbours import Neighbours
from questions.domain.grading.spelling import edits, limit

PERSONS = [
    Named("curie", "Marie Curie", ("Maria Skłodowska-Curie",), (), "person", "Curie"),
    Named("pierre", "Pierre Curie", (), (), "person", "Curie"),
    Named("meitner", "Lise Meitner", ("Мейтнер",), ("Mother of the bomb",), "person", "Meitner"),
    Named("hahn", "Otto Hahn", (), (), "person", "Hahn", ("Geheimrat",)),
]
PLACES = [
    Named("baikal", "Lake Baikal", ("Байкал",), (), "lake"),
    Named("ladoga", "Lake Ladoga", (), (), "lake"),
    Named("irkutsk", "Irkutsk", (), (), "city"),
    Named("shanxi", "Shanxi", ("山西",), (), "province"),
    Named("shaanxi", "Shaanxi", ("陕西",), (), "province"),
]
DECK = [*PERSONS, *PLACES]
NAMES = NameIndex(DECK)


def grade(key: str, typed: str, names: NameIndex = NAMES) -> Grade:
    return grade_typed(Expected("name", names.named(key).name, key), typed, names)


@pytest.mark.parametrize("named", DECK, ids=lambda named: named.key)
def test_every_name_is_right_for_its_own_entity_and_for_no_other(named: Named) -> None:
    for spelt in (named.name, *named.aliases):
        for typed in (spelt, spelt.upper(), f"  {spelt}. ", f"“{spelt}”"):
            assert grade(named.key, typed).verdict is Verdict.RIGHT
        for other in DECK:
            if other.key != named.key:
                assert grade(other.key, spelt).verdict is Verdict.WRONG


PARTS = ("Lake", "Ladoga", "Curie", "Marie", "Kremerov", "Olaf", "Shanxi", "Irkutskaya", "陕西湖")
GUESSES = st.lists(
    st.sampled_from((*PARTS, "Ladgoa", "Kremerv", "Irkutskaia", "O. Ladoga", "M")), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(DECK),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map(" ".join),
    st.booleans(),
    st.lists(GUESSES.map(" ".join), min_size=1),
)
def test_a_name_that_is_tried_is_graded_as_if_the_deck_had_it(
    named: Named, name: str, loose: bool, typed: list[str]
) -> None:
    more = replace(named, aliases=(*named.aliases, name))
    if loose:
        more = replace(named, loose=(*named.loose, name))
    anew = NameIndex([more if other.key == named.key else other for other in DECK])
    tried = NAMES.with_more_names(more)
    for text in (name, *typed):
        assert tried.find(tuple(text.lower().split())) == anew.find(tuple(text.lower().split()))
        for other in DECK:
            assert grade(other.key, text, tried) == grade(other.key, text, anew)


def test_trying_a_name_leaves_the_deck_as_it_was() -> None:
    tried = NAMES.with_more_names(
        Named("baikal", "Lake Baikal", ("Байкал", "Blue Mirror"), (), "lake")
    )
    assert grade("baikal", "Blue Mirror", tried).verdict is Verdict.RIGHT
    assert grade("baikal", "Blue Miror", tried).verdict is Verdict.RIGHT
    assert grade("baikal", "Blue Mirror").verdict is Verdict.WRONG


def test_a_name_that_is_tried_is_found_by_its_initial() -> None:
    assert not NAMES.shortened(("b", "mirror"))
    more = replace(NAMES.named("baikal"), aliases=("Blue Mirror",))
    assert NAMES.with_more_names(more).shortened(("b", "mirror")) == (more,)


def test_slips_in_a_name_that_is_tried_are_found() -> None:
    assert not {*NAMES.rivals("mirortown", 1), *NAMES.spelt_like("mirortown", 1)}
    tried = NAMES.with_more_names(replace(NAMES.named("irkutsk"), aliases=("Mirrortown",)))
    assert {named.key for named in tried.rivals("mirortown", 1)} == {"irkutsk"}
    assert {named.key for named in tried.spelt_like("mirortown", 1)} == {"irkutsk"}


def test_a_misspelt_name_shows_the_right_spelling() -> None:
    graded = grade("meitner", "Lise Meitnr")

    assert graded.verdict is Verdict.RIGHT
    assert graded.shown in ("Meitner", "Lise Meitner")
    assert "spelling" in str(graded.reason)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("Mietner", "Meitner"), ("Мейтнерр", "Мейтнер"), ("Lise Meitnar", "Lise Meitner")],
)
def test_the_right_spelling_is_shown_in_the_letters_of_the_answer(typed: str, shown: str) -> None:
    spelt = Named("m", "Lise Meitner", ("Лизе Мейтнер", "Мейтнер"), (), "person", "Meitner")

    assert grade("m", typed, NameIndex([spelt])).shown in (shown, f"Lise {shown}", f"Лизе {shown}")


def test_a_spelling_near_only_in_another_script_shows_the_main_name() -> None:
    spelt = Named("river", "Great Stream", ("Молочная",), (), "river")

    assert grade("river", "Molochnaia", NameIndex([spelt])).shown in (None, "Great Stream")


def test_a_name_spelt_right_shows_nothing() -> None:
    assert grade("meitner", "lise MEITNER").shown is None


def test_a_shared_family_name_is_asked_again() -> None:
    assert grade("curie", "Curie").verdict is Verdict.ASK_AGAIN
    assert grade("meitner", "Meitner").verdict is Verdict.RIGHT


def test_a_loose_alias_is_partial() -> None:
    assert grade("meitner", "mother of the bomb").verdict is Verdict.PARTIAL


def test_a_title_of_the_entitys_own_is_dropped() -> None:
    assert grade("hahn", "Geheimrat Hahn").verdict is Verdict.RIGHT


def test_another_entity_is_named_as_the_reason() -> None:
    assert "Lake Ladoga" in str(grade("baikal", "Lake Ladoga").reason)


@pytest.mark.parametrize("typed", ["Baikal, Irkutsk", "Baikal (Irkutsk)"])
def test_an_entity_of_another_kind_after_the_name_is_a_remark(typed: str) -> None:
    assert grade("baikal", typed).verdict is Verdict.RIGHT


@pytest.mark.parametrize("joint", [" or ", "/", ", ", " and ", " & ", "; ", " oder ", " (", " | "])
def test_two_entities_of_one_kind_are_no_answer(joint: str) -> None:
    assert grade("baikal", f"Baikal{joint}Ladoga").verdict is Verdict.WRONG
    assert grade("baikal", f"Ladoga{joint}Baikal").verdict is Verdict.WRONG


def test_another_sources_entity_is_partial() -> None:
    expected = Expected(
        "name", "Lake Baikal", "baikal", others=(OtherValue("Lake Ladoga", "the almanac"),)
    )

    graded = grade_typed(expected, "Ladoga", NAMES)

    assert graded.verdict is Verdict.PARTIAL
    assert "the almanac" in str(graded.reason)


def test_every_accepted_entity_is_right() -> None:
    expected = Expected("name", "Lake Baikal", "baikal", accept=("Lake Ladoga",))

    assert grade_typed(expected, "Ladoga", NAMES).verdict is Verdict.RIGHT


def test_an_entity_that_left_the_deck_is_graded_by_its_name() -> None:
    expected = Expected("name", "Lake Onega", "gone")

    assert grade_typed(expected, "lake onega", NAMES).verdict is Verdict.RIGHT
    assert grade_typed(expected, "Lake Baikal", NAMES).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [("张鼓峰", "張鼓峰", True), ("山西", "陕西", False), ("山西", "陝西", False),
     ("戦争", "戰爭", True), ("东京", "東京", True), ("北京", "东京", False)],
)  # fmt: skip
def test_characters_are_the_same_in_both_spellings_but_not_by_sound(
    one: str, two: str, same: bool
) -> None:
    assert same_han(one, two) is same


AROUND = st.sampled_from(
    [
        "{}",
        "the {}",
        "{}?",
        "I think it was {}",
        "1. {}",
        "- {}",
        "“{}”",
        "{} (1900)",
        "{}, I guess",
    ]
)
DENIALS = st.sampled_from(
    ["not {}", "never {}", "anyone but {}", "anything except {}", "it wasn't {}", "anti-{}",
     "definitely not {}", "neither {}", "the enemy of {}", "non-{}"]
)  # fmt: skip
SPELLINGS = [(named, spelt) for named in DECK for spelt in (named.name, *named.aliases)]


@given(st.sampled_from(SPELLINGS), AROUND)
def test_a_name_of_another_is_never_credited_whatever_stands_around_it(
    spelling: tuple[Named, str], around: str
) -> None:
    named, spelt = spelling
    for other in DECK:
        graded = grade(other.key, around.format(spelt))
        assert (graded.verdict is Verdict.RIGHT) == (other.key == named.key)
        assert graded.credited == (other.key == named.key)


@given(st.sampled_from(SPELLINGS), DENIALS, AROUND)
def test_a_denied_name_is_never_credited(
    spelling: tuple[Named, str], denial: str, around: str
) -> None:
    named, spelt = spelling

    assert not grade(named.key, denial.format(spelt)).credited
    assert not grade(named.key, around.format(denial.format(spelt))).credited


@given(st.sampled_from(DECK), st.sampled_from(SPELLINGS), DENIALS, AROUND)
def test_a_denial_never_makes_a_wrong_answer_right(
    named: Named, spelling: tuple[Named, str], denial: str, around: str
) -> None:
    typed = around.format(spelling[1])

    if grade(named.key, typed).verdict is Verdict.WRONG:
        assert grade(named.key, denial.format(typed)).verdict is not Verdict.RIGHT


@given(st.sampled_from(SPELLINGS), st.sampled_from(SPELLINGS))
def test_what_denies_another_is_as_good_as_the_name_alone(
    spelling: tuple[Named, str], denied: tuple[Named, str]
) -> None:
    named, other = spelling[0], denied[0]
    if named.key != other.key:
        for typed in (f"not {denied[1]} but {spelling[1]}", f"{spelling[1]}, not {denied[1]}"):
            assert grade(named.key, typed).verdict is Verdict.RIGHT
            assert not grade(other.key, typed).credited


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [("meitner", "Lise", "family name is missing"),
     ("meitner", "Anna Meitner", "given name is not"),
     ("meitner", "Metinre", "letters are mixed"), ("meitner", "mother of the bomb", "not quite")],
)  # fmt: skip
def test_a_partial_name_says_what_was_missing(key: str, typed: str, said: str) -> None:
    graded = grade(key, typed)

    assert graded.verdict is Verdict.PARTIAL
    assert said in str(graded.reason)


@pytest.mark.parametrize("typed", ["Curie", "Baikal, Bratsk"])
def test_what_is_asked_again_says_what_to_write(typed: str) -> None:
    graded = grade("curie" if typed == "Curie" else "baikal", typed)

    assert graded.verdict is Verdict.ASK_AGAIN
    assert "write" in str(graded.reason)


WORDS = st.text("abcdeghiklmnorstuvz", min_size=1, max_size=14)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_slips_stay_within_the_limit_for_the_length(typed: str, key: str) -> None:
    found = edits(typed, key)

    assert found is None or found <= limit(len(key))
    assert limit(4) == 0
    assert (limit(5), limit(8), limit(9)) == (1, 1, 2)


@settings(deadline=None)
@given(WORDS.filter(lambda word: len(word) >= 5), st.data())
def test_two_letters_swapped_is_one_slip(key: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(key) - 2))
    typed = key[:place] + key[place + 1] + key[place] + key[place + 2 :]

    found = edits(typed, key)

    assert found is None or found <= 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_a_name_one_slip_away_is_found_among_many(seed: int) -> None:
    chance = random.Random(seed)
    names = ["".join(chance.choices("aeioklmnrst", k=chance.randint(5, 12))) for _ in range(200)]
    name = chance.choice(names)
    place = chance.randrange(1, len(name) - 1)
    typed = chance.choice(
        [
            name[:place] + name[place + 1 :],
            name[:place] + "x" + name[place:],
            name[:place] + "x" + name[place + 1 :],
            name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        ]
    )

    assert name in set(Neighbours(names).near(typed, 1))


def test_a_slip_as_near_to_another_name_is_asked_again() -> None:
    names = NameIndex(
        [Named("a", "Karelia", (), (), "land"), Named("b", "Karolia", (), (), "land")]
    )

    assert grade("a", "Karilia", names).verdict is Verdict.ASK_AGAIN
    assert grade("a", "Karellia", names).verdict is Verdict.RIGHT
    assert grade("a", "Karolia", names).verdict is Verdict.WRONG


def test_many_threads_read_one_index() -> None:
    names = NameIndex(DECK)
    wrong: list[Verdict] = []

    def ask() -> None:
        for _ in range(50):
            for named in DECK:
                verdict = grade(named.key, named.name[:-1] + named.name[-1] * 2, names).verdict
                if verdict not in (Verdict.RIGHT, Verdict.ASK_AGAIN, Verdict.WRONG):
                    wrong.append(verdict)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_a_family_name_typed_twice_is_not_called_a_wrong_given_name() -> None:
    graded = grade("meitner", "Meitner Meitner")

    assert graded.verdict is Verdict.PARTIAL
    assert "twice" in str(graded.reason)
    assert grade("curie", "Curie Curie").verdict is Verdict.ASK_AGAIN
    assert "given name" in str(grade("meitner", "Anna Meitner").reason)


TREATIES = [
    Named("act", "Atlantic Neutrality Act", (), (), "treaty"),
    Named("pact", "Atlantic Neutrality Pact", (), (), "treaty"),
    Named("peace", "Treaty of Westphalia", (), (), "treaty"),
]


@pytest.mark.parametrize(
    ("key", "typed"),
    [("pact", "Atlantic Neutrality Pcat"), ("pact", "Atlntic Neutrality Pkact"),
     ("peace", "Treaty off Westphalia"), ("peace", "teh Treaty of Westphalia")],
)  # fmt: skip
def test_one_slip_in_a_small_word_of_a_long_name_shows_the_spelling(key: str, typed: str) -> None:
    graded = grade(key, typed, NameIndex(TREATIES))

    assert graded.verdict is Verdict.RIGHT
    assert graded.shown == NameIndex(TREATIES).named(key).name


@pytest.mark.parametrize(
    "typed",
    ["Atlantic Neutrality Act", "Atlantic Neutrality Past", "Atlantic Neutrality Fact",
     "Atlntic Nutralty Pct", "Neutral Pct"],
)  # fmt: skip
def test_another_word_or_too_many_slips_are_no_slip_in_a_small_word(typed: str) -> None:
    assert not grade("pact", typed, NameIndex(TREATIES)).credited


def test_a_word_of_another_name_of_the_deck_is_no_slip() -> None:
    odd = Named("odd", "Pactt Mountains", (), (), "mountain")

    assert grade("pact", "Atlantic Neutrality Pactt", NameIndex(TREATIES)).credited
    assert not grade("pact", "Atlantic Neutrality Pactt", NameIndex([*TREATIES, odd])).credited


def test_who_gives_another_title_is_told_which_to_leave_out() -> None:
    said = grade("meitner", "Sister Meitner")

    assert said.verdict is Verdict.ASK_AGAIN
    assert said.reason.params == {"title": "Sister"}
