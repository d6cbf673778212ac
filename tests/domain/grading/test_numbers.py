"""A number is right however it is written, and credit stays near it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.facts import Unit, Vocabulary
from questions.domain.grading import Expected, Grade, NameIndex, OtherValue, Verdict, grade_typed
from questions.domain.grading.russian_numbers import russian_cardinal
from questions.domain.values import round_half_up

NO_NAMES = NameIndex([])
COUNTS = st.integers(1, 999_999_999)


def grade(value: str, typed: str, **expected: object) -> Grade:
    return grade_typed(Expected("number", value, **expected), typed, NO_NAMES)  # type: ignore[arg-type]


def verdict(value: str, typed: str, **expected: object) -> Verdict:
    return grade(value, typed, **expected).verdict


@settings(deadline=None)
@given(COUNTS)
def test_a_count_is_right_in_every_usual_form(count: int) -> None:
    for typed in (f"{count}", f"{count:,}", f"{count:,}".replace(",", "."), f"about {count}",
                  f"{count:,}".replace(",", " "), f"{count:,}".replace(",", "\u202f"),
                  f"{count} people", f"{count / 1000:.3f} thousand"):  # fmt: skip
        assert verdict(str(count), typed, unit="people", exact=True) is Verdict.RIGHT, typed


@settings(deadline=None)
@given(COUNTS, st.sampled_from([10, 100, 1000]))
def test_another_magnitude_earns_nothing(count: int, factor: int) -> None:
    assert verdict(str(count), str(count * factor), unit="people") is Verdict.WRONG
    assert verdict(str(count * factor), str(count), unit="people") is Verdict.WRONG


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_credit_is_given_within_a_twentieth_only(count: int, typed: int) -> None:
    if verdict(str(count), str(typed), unit="people", exact=True) is not Verdict.WRONG:
        assert abs(count - typed) <= count / 20


@settings(deadline=None)
@given(COUNTS, COUNTS.filter(lambda n: n > 2100))
def test_two_figures_are_no_answer(count: int, other: int) -> None:
    assert verdict(str(count), f"{count} or {other}", unit="people") is Verdict.WRONG
    assert verdict(str(count), f"{other}, {count}", unit="people") in (
        Verdict.WRONG, Verdict.ASK_AGAIN,
    )  # fmt: skip


@settings(deadline=None)
@given(st.decimals(Decimal("0.1"), 9_999, places=1))
def test_a_measure_may_be_given_in_another_unit(kilometres: Decimal) -> None:
    metres = kilometres * 1000

    assert verdict(str(kilometres), f"{metres} m", unit="kilometre") is Verdict.RIGHT
    assert verdict(str(kilometres), f"{kilometres} miles", unit="kilometre") is Verdict.WRONG
    assert verdict(str(kilometres), f"{kilometres} kg", unit="kilometre") is Verdict.WRONG


def test_a_decks_own_unit_converts_and_counts() -> None:
    units = {
        "li": Unit("li", "li", "li", ("市里",), "metre", "500"),
        "junk": Unit("junk", "junk", "junks", ("sailing ship",)),
    }
    names = NameIndex([], Vocabulary(units=units))

    def by_deck(value: str, unit: str, typed: str) -> Verdict:
        return grade_typed(Expected("number", value, unit=unit), typed, names).verdict

    assert by_deck("10", "li", "5 km") is Verdict.RIGHT
    assert by_deck("5", "kilometre", "10 li") is Verdict.RIGHT
    assert by_deck("300", "junk", "300 junks") is Verdict.RIGHT
    assert by_deck("300", "junk", "300 sailing ships") is Verdict.RIGHT
    assert by_deck("300", "junk", "300 tanks") is Verdict.WRONG


@pytest.mark.parametrize(("about", "verdict_"), [(True, Verdict.RIGHT), (False, Verdict.PARTIAL)])
def test_a_rounded_figure_is_right_only_if_the_stem_says_about(
    about: bool, verdict_: Verdict
) -> None:
    assert verdict("20302", "20k", unit="people", exact=True, about=about) is verdict_


def test_words_of_the_stem_may_be_repeated() -> None:
    assert verdict("300", "300 raiders", unit="spear") is Verdict.WRONG
    assert verdict("300", "300 raiders", unit="spear", harmless=("raiders",)) is Verdict.RIGHT


def test_another_sources_figure_is_partial_and_names_the_source() -> None:
    graded = grade("20000", "8,440", unit="people", others=(OtherValue("8440", "the almanac"),))

    assert graded.verdict is Verdict.PARTIAL
    assert "the almanac" in str(graded.reason)


@settings(deadline=None)
@given(st.decimals(1, 9999, places=3, allow_nan=False))
def test_a_measured_figure_may_be_more_exact_than_its_source(figure: Decimal) -> None:
    for places in (1, 2):
        rounded = round_half_up(figure, places)
        assert verdict(str(rounded), str(figure), unit="gram") is Verdict.RIGHT
        assert verdict(str(rounded), f"{figure / 1000:f} kg", unit="gram") is Verdict.RIGHT


@settings(deadline=None)
@given(st.integers(2, 99), st.sampled_from(["1", "25", "4"]))
def test_what_is_counted_is_whole(count: int, decimals: str) -> None:
    for unit in ("people", "year", "tank", None):
        assert verdict(str(count), f"{count}.{decimals}", unit=unit) is not Verdict.RIGHT


@settings(deadline=None)
@given(st.integers(3, 9999), st.integers(1, 499))
def test_rounding_to_the_next_figure_is_not_more_exact(amount: int, thousandths: int) -> None:
    """2.6 g is no 2 g, nor 2.4 g any 3 g."""
    above = Decimal(amount) + Decimal(500 + thousandths) / 1000
    below = Decimal(amount) - Decimal(500 + thousandths) / 1000

    for figure in (above, below):
        assert verdict(str(amount), f"{figure:f}", unit="gram") is not Verdict.RIGHT


def test_a_figure_of_another_source_or_fact_is_no_more_exact_one() -> None:
    other = OtherValue("961.9", "the old table")

    assert verdict("962", "961.9", unit="degree Celsius", others=(other,)) is Verdict.PARTIAL
    assert verdict("59", "58.69", unit="gram", rivals=("58.69",)) is Verdict.WRONG
    assert verdict("59", "58.93", unit="gram", rivals=("58.69",)) is Verdict.RIGHT
    assert verdict("100", "99.97", unit="degree Celsius", exact=True) is Verdict.WRONG


@pytest.mark.parametrize(
    ("typed", "due"),
    [("7870 kg/m3", "right"), ("7.87 kg/m3", "wrong"), ("7,870 kilograms per cubic metre", "right"),
     ("7.87 stones per gallon", "wrong"), ("7.87 g", "wrong"), ("7.87 g cm⁻³", "right")],
)  # fmt: skip
def test_a_measure_by_another_converts_though_no_table_has_it(typed: str, due: str) -> None:
    assert verdict("7.87", typed, unit="gram per cubic centimetre") == due


def test_a_unit_of_a_deck_that_says_so_much_per_so_much_is_a_measure() -> None:
    units = {"gram-per-cc": Unit("gram-per-cc", "gram per cubic centimetre", "g/cm3")}
    names = NameIndex([], Vocabulary(units=units))

    grade = grade_typed(Expected("number", "8", unit="gram-per-cc"), "7.96 g/cm3", names)
    assert grade.verdict is Verdict.RIGHT


@settings(deadline=None)
@given(st.integers(0, 999_999_999))
def test_russian_words_say_their_number(count: int) -> None:
    assert russian_cardinal(russian(count)) == count


def test_russian_words_out_of_order_say_none() -> None:
    assert russian_cardinal("сорок сто".split()) is None
    assert russian_cardinal("пять шесть".split()) is None
    assert russian_cardinal("двадцать одиннадцать".split()) is None
    assert russian_cardinal([]) is None


RUSSIAN = {
    1: "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
    10: "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    100: "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
}


def russian(count: int) -> list[str]:
    if count == 0:
        return ["ноль"]
    millions, rest = divmod(count, 1_000_000)
    thousands, ones = divmod(rest, 1000)
    said = [*below_thousand(millions), "миллионов"] if millions else []
    said += [*below_thousand(thousands), "тысяч"] if thousands else []
    return said + below_thousand(ones)


def below_thousand(count: int) -> list[str]:
    hundreds, rest = divmod(count, 100)
    tens, ones = (0, rest) if rest < 20 else divmod(rest, 10)
    said = [RUSSIAN[100].split()[hundreds - 1]] if hundreds else []
    said += [RUSSIAN[10].split()[tens - 2]] if tens else []
    return said + ([RUSSIAN[1].split()[ones - 1]] if ones else [])


@pytest.mark.parametrize("typed", ["more than 20302", "nearly 20,302", "20302+"])
def test_the_right_figure_with_a_bound_is_not_called_rounded(typed: str) -> None:
    graded = grade_typed(Expected("number", "20302"), typed, NameIndex([]))

    assert graded.verdict is Verdict.PARTIAL
    assert "without" in str(graded.reason)


@pytest.mark.parametrize(
    ("typed", "loose", "strict"),
    [
        ("142984", Verdict.RIGHT, Verdict.RIGHT),
        ("142,980", Verdict.RIGHT, Verdict.PARTIAL),
        ("143000", Verdict.RIGHT, Verdict.PARTIAL),
        ("143 thousand km", Verdict.RIGHT, Verdict.PARTIAL),
        ("88,800 miles", Verdict.RIGHT, Verdict.RIGHT),
        ("142000", Verdict.PARTIAL, Verdict.WRONG),
        ("140000", Verdict.PARTIAL, Verdict.PARTIAL),
        ("137000", Verdict.WRONG, Verdict.WRONG),
        ("100000", Verdict.WRONG, Verdict.WRONG),
    ],
)
def test_three_figures_are_enough_of_what_need_not_be_known_exactly(
    typed: str, loose: Verdict, strict: Verdict
) -> None:
    assert verdict("142984", typed, unit="kilometre", exact=False) is loose
    assert verdict("142984", typed, unit="kilometre") is strict


@settings(deadline=None)
@given(st.integers(100, 10**7), st.integers(0, 10**6), st.integers(0, 10**6))
def test_of_what_need_not_be_exact_the_nearer_figure_never_earns_less(
    amount: int, one: int, two: int
) -> None:
    near, far = sorted((one % (amount // 20 + 1), two % (amount // 20 + 1)))
    credit = [
        grade(str(amount), str(amount + off), unit="kilometre", exact=False).score
        for off in (near, far)
    ]
    # a round figure that is farther off may still be a fair rounding to one figure
    assert credit[0] >= credit[1] or str(amount + far).endswith("00")


def test_another_subjects_figure_is_not_near_enough() -> None:
    assert verdict("5262", "5260", unit="kilometre", exact=False) is Verdict.RIGHT
    other = verdict("5262", "5264", unit="kilometre", exact=False, rivals=("5264",))
    assert other is Verdict.WRONG


@pytest.mark.parametrize(
    ("typed", "due", "why"),
    [
        ("12 to 18", Verdict.RIGHT, "Right."),
        ("12-16", Verdict.PARTIAL, "Only part"),
        ("14 to 18", Verdict.PARTIAL, "Only part"),
        ("12 to 20", Verdict.PARTIAL, "wider"),
        ("between 9 and 18", Verdict.PARTIAL, "wider"),
        ("15", Verdict.PARTIAL, "both of its ends"),
        ("11 to 20", Verdict.WRONG, "Not the answer"),
        ("20", Verdict.WRONG, "Not the answer"),
    ],
)
def test_of_a_range_the_reason_says_what_is_wrong_with_the_one_that_was_given(
    typed: str, due: Verdict, why: str
) -> None:
    given = grade("12..18", typed, unit="boat")
    assert given.verdict is due
    assert why in str(given.reason)


def test_a_range_that_another_source_gives_is_told_as_that_sources() -> None:
    other = (OtherValue("12..20", "the Norland Manual"),)
    given = grade("12..18", "12 to 20", unit="boat", others=other)
    assert given.verdict is Verdict.PARTIAL
    assert "the Norland Manual says so" in str(given.reason)


def test_a_range_may_end_at_nothing() -> None:
    assert verdict("-40..0", "-40 to 0", unit="degree Celsius") is Verdict.RIGHT


@pytest.mark.parametrize("typed", ["5.0 mmol/l", "0.005 moles per litre", "5000 µmol/l"])
def test_amounts_of_a_substance_convert(typed: str) -> None:
    assert verdict("5.0", typed, unit="millimole per litre") is Verdict.RIGHT


@pytest.mark.parametrize("typed", ["16.00 u", "16.00 amu", "16.00 Da"])
def test_a_unit_that_goes_without_saying_makes_no_other_figure(typed: str) -> None:
    bare = Expected("number", "16.00")
    assert grade_typed(bare, typed, NO_NAMES).verdict is Verdict.RIGHT
    assert grade_typed(bare, "16.00 g", NO_NAMES).verdict is Verdict.WRONG
    deck = NameIndex([], Vocabulary(units={"u": Unit("u", "mass unit", "mass units")}))
    assert grade_typed(bare, "16.00 mass units", deck).verdict is Verdict.RIGHT
