"""What stands around an answer: questions back, glosses of figures, whoever is named beside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.facts import EntityType, Vocabulary
from questions.domain.grading import Expected, Grade, Named, NameIndex, Verdict, grade_typed
from questions.domain.grading.lookalikes import LOOKALIKES
from questions.domain.grading.reasons import ASKED_BACK

VOCABULARY = Vocabulary(
    types={
        "place": EntityType("place", "place", "places", "which place"),
        "country": EntityType("country", "country", "countries", "which country", wider="place"),
        "city": EntityType("city", "city", "cities", "which city", wider="place"),
        "substance": EntityType("substance", "substance", "substances", "which substance"),
        "person": EntityType("person", "person", "people", "who"),
        "mineral": EntityType("mineral", "mineral", wider="substance"),
    }
)
DECK = [
    Named("marie", "Marie Curie", (), (), "person", "Curie", ("Madame",)),
    Named("pierre", "Pierre Curie", (), (), "person", "Curie"),
    Named("lind", "Anna Lind", (), (), "person", "Lind"),
    Named("norland", "Norland", (), (), "country"),
    Named("ilda", "Ilda", (), (), "city"),
    Named("ilda-is-it", "Is It Ilda?", (), (), "work"),
    Named("tin", "tin", (), (), "substance"),
    Named("opal", "opal", (), (), "mineral"),
]
NAMES = NameIndex(DECK, VOCABULARY)
GLOSSES = (
    "{0}, according to Lind", "{0} (source: Lind)", "{0}, as Lind says", "{0}, says Lind",
    "Lind says {0}", "according to Lind, {0}", "{0} people, mostly Norlandish",
    "{0}, most of them porters", "{0}, including Lind", "{0}, of whom 3 came back",
    "{0}, half of them Norlandish",
)  # fmt: skip


def named(key: str, typed: str) -> Grade:
    return grade_typed(Expected("name", NAMES.named(key).name, key), typed, NAMES)


def counted(count: int, typed: str, *harmless: str) -> Verdict:
    expected = Expected("number", str(count), unit="people", exact=True, harmless=harmless)
    return grade_typed(expected, typed, NAMES).verdict


@pytest.mark.parametrize(
    "typed",
    ["was it {}?", "is it {}", "isn’t it {}?", "what about {}?", "is the answer {}?", "who is {}?"],
)
@pytest.mark.parametrize("said", ["Anna Lind", "Marie Curie", "Nobody"])
def test_a_question_back_is_asked_again_be_it_near_or_far(typed: str, said: str) -> None:
    grade = named("lind", typed.format(said))

    assert (grade.verdict, grade.reason) == (Verdict.ASK_AGAIN, ASKED_BACK)


@pytest.mark.parametrize("said", ["13 April 1941", "1940"])
def test_a_date_in_a_question_back_is_asked_again(said: str) -> None:
    grade = grade_typed(Expected("date", "1941-04-13"), f"was it {said}?", NAMES)

    assert (grade.verdict, grade.reason) == (Verdict.ASK_AGAIN, ASKED_BACK)


def test_doubt_behind_an_answer_is_no_question() -> None:
    assert named("lind", "Lind?").verdict is Verdict.RIGHT
    assert named("lind", "Lind, isn’t it?").verdict is Verdict.RIGHT
    assert named("lind", "Marie Curie?").verdict is Verdict.WRONG


def test_what_is_called_by_a_question_is_right() -> None:
    assert named("ilda-is-it", "Is it Ilda?").verdict is Verdict.RIGHT
    assert named("ilda", "Is it Ilda?").verdict is Verdict.WRONG


@settings(deadline=None)
@given(st.integers(4, 999_999), st.sampled_from(GLOSSES))
def test_a_gloss_leaves_a_figure_what_it_is(count: int, gloss: str) -> None:
    assert counted(count, gloss.format(count), "went", "there") is Verdict.RIGHT
    assert counted(count, gloss.format(count + 1 + count // 20), "went") is Verdict.WRONG


@pytest.mark.parametrize(
    "typed",
    [
        "1200, mostly dead", "1200, mostly tanks", "1200, mostly 1300", "1200, partly wrong",
        "1200, some of them twice", "1200, according to nobody", "1200, plus 300 more",
        "1200 per Company", "Norland says not 1200",
    ],
)  # fmt: skip
def test_a_gloss_that_makes_it_another_figure_earns_nothing(typed: str) -> None:
    assert counted(1200, typed, "went", "there") in (Verdict.WRONG, Verdict.ASK_AGAIN)


def test_whose_a_sides_figure_was_is_no_mere_gloss() -> None:
    assert counted(1200, "1200, mostly Danish", "lost") is Verdict.RIGHT
    assert counted(1200, "1200, mostly Danish", "lost", "Norland") is not Verdict.RIGHT
    assert counted(1200, "1200, mostly from Norland", "lost", "Norland") is Verdict.RIGHT


@settings(deadline=None)
@given(st.integers(100, 99_999))
def test_a_bound_that_the_figure_does_not_keep_is_wrong(count: int) -> None:
    assert counted(count, f"more than {count + 1}") is Verdict.WRONG
    assert counted(count, f"less than {count - 1}") is Verdict.WRONG


@pytest.mark.parametrize("typed", ["Lind under Berg", "Lind of Berg", "Lind against General Berg",
                                   "Lind, under Berg", "Lind under Marie Curie"])  # fmt: skip
def test_a_stranger_or_rival_beside_the_name_is_asked_again(typed: str) -> None:
    assert named("lind", typed).verdict is Verdict.ASK_AGAIN


@pytest.mark.parametrize("typed", ["Lind of Norland", "Lind of Ilda", "Lind, head of the army",
                                   "Lind under Norlandish command", "Lind from Berg"])  # fmt: skip
def test_what_is_known_beside_the_name_is_a_remark(typed: str) -> None:
    assert named("lind", typed).verdict is Verdict.RIGHT


def test_a_type_of_ones_own_is_graded_as_the_wider_one_that_it_names() -> None:
    assert named("opal", "opal, Norland").verdict is Verdict.ASK_AGAIN


@settings(deadline=None)
@given(
    st.integers(4, 999_999),
    st.integers(4, 999_999),
    st.sampled_from(
        ("{0}, including {1}", "{0}, of whom {1}", "{0}, of which 3 or {1}", "{0}, {1} of them",
         "{0}, most of them, or {1}", "{0} or in {1}", "{0}, of whom most died, or {1}")
    ),
)  # fmt: skip
def test_a_gloss_offers_no_second_candidate(count: int, other: int, gloss: str) -> None:
    verdict = counted(count, gloss.format(count, max(count + 1, other)), "went", "there")
    assert verdict in (Verdict.WRONG, Verdict.ASK_AGAIN)


def test_a_place_says_where_a_place_is_but_nothing_of_a_substance() -> None:
    assert named("ilda", "Ilda, Norland").verdict is Verdict.RIGHT
    assert named("tin", "tin, Norland").verdict is Verdict.ASK_AGAIN


@pytest.mark.parametrize(
    ("typed", "who"), [("Madame Curie", "marie"), ("Mrs Curie", "marie"), ("Mr Curie", "pierre")]
)
def test_a_title_tells_two_of_one_name_apart(typed: str, who: str) -> None:
    other = "pierre" if who == "marie" else "marie"

    assert named(who, typed).verdict is Verdict.RIGHT
    assert named(other, typed).verdict is Verdict.WRONG


@pytest.mark.parametrize(("typed", "key"), sorted(LOOKALIKES))
def test_a_word_of_its_own_is_no_slip_though_the_deck_lacks_it(typed: str, key: str) -> None:
    names = NameIndex([Named("key", key)])

    assert grade_typed(Expected("name", key, "key"), typed, names).verdict is Verdict.WRONG


@settings(deadline=None)
@given(st.integers(101, 2099))
def test_a_named_century_earns_half_for_its_years_alone(year: int) -> None:
    def verdict(century: int) -> Verdict:
        return grade_typed(Expected("date", f"{year:04}"), f"century {century}", NAMES).verdict

    own = year // 100 + 1
    assert verdict(own) is Verdict.PARTIAL
    assert verdict(own - 1) is verdict(own + 1) is Verdict.WRONG


def test_half_of_a_double_family_name_earns_half() -> None:
    names = NameIndex([Named("r", "Nikolai Rimsky-Korsakov", (), (), "person", "Rimsky-Korsakov")])
    grade = grade_typed(Expected("name", "Nikolai Rimsky-Korsakov", "r"), "Korsakov", names)

    assert grade.verdict is Verdict.PARTIAL
    assert "half" in str(grade.reason)


def test_a_work_is_called_without_the_article_of_its_language() -> None:
    types = {"work": EntityType("work", "work", "works", "which work"), **VOCABULARY.types}
    deck = [
        Named("t", "La traviata", (), (), "work"),
        Named("p", "La Paz", (), (), "city"),
        Named("m", "Anna Lind", (), (), "person", "Lind"),
    ]
    names = NameIndex(deck, Vocabulary(types=types))

    def verdict(key: str, typed: str) -> Verdict:
        return grade_typed(Expected("name", names.named(key).name, key), typed, names).verdict

    assert verdict("t", "Traviata") is Verdict.RIGHT
    assert verdict("t", "Lind’s Traviata") is Verdict.ASK_AGAIN
    assert verdict("p", "Paz") is not Verdict.RIGHT


@pytest.mark.parametrize("typed", ["Lind or not Lind", "Lind not Lind", "Lind, not Lind"])
def test_who_takes_the_name_back_has_named_nobody(typed: str) -> None:
    assert named("lind", typed).verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("13 April, 20th century", Verdict.PARTIAL), ("14 April, 20th century", Verdict.WRONG),
        ("13 April, 19th century", Verdict.WRONG), ("April, 1940s", Verdict.PARTIAL),
        ("May, 1940s", Verdict.WRONG), ("not the 20th century", Verdict.WRONG),
        ("not 13 April", Verdict.WRONG), ("1941, 20th century", Verdict.PARTIAL),
        ("20th century BC", Verdict.WRONG), ("turn of the 20th century", Verdict.WRONG),
    ],
)  # fmt: skip
def test_what_is_said_beside_a_century_must_be_so(typed: str, due: Verdict) -> None:
    assert grade_typed(Expected("date", "1941-04-13"), typed, NAMES).verdict is due


@pytest.mark.parametrize("typed", ["5th century BC", "480s BC"])
def test_times_before_christ_are_counted_back(typed: str) -> None:
    assert grade_typed(Expected("date", "-0479"), typed, NAMES).verdict is Verdict.PARTIAL


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("Sn (tin)", Verdict.RIGHT),
        ("Sn [Tin]", Verdict.RIGHT),
        ("Pb (tin)", Verdict.WRONG),
        ("tin (Sn)", Verdict.WRONG),
        ("Sn (opal)", Verdict.WRONG),
    ],
)
def test_a_symbol_may_say_in_brackets_of_what_it_is(typed: str, verdict: Verdict) -> None:
    symbol = Expected("term", "Sn", subjects=("tin",))
    assert grade_typed(symbol, typed, NAMES).verdict is verdict


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [("tin (Sn)", Verdict.RIGHT), ("opal (Sn)", Verdict.WRONG), ("tin (opal)", Verdict.WRONG)],
)
def test_a_name_may_say_in_brackets_from_what_the_question_starts(
    typed: str, verdict: Verdict
) -> None:
    element = Expected("name", "tin", "tin", harmless=("Sn",))
    assert grade_typed(element, typed, NAMES).verdict is verdict
