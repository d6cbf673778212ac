"""What is kept of an answer that a teacher accepts reads as a deck would write it."""

import pytest

from questions.domain.grading import Expected
from questions.domain.grading.kept import value_of
from questions.domain.grading.units import Units


@pytest.mark.parametrize(
    ("value", "unit", "given", "kept"),
    [
        ("20", "kilometre", "12.4 miles", "20"),
        ("20", "kilometre", "13 miles", "21"),
        ("5", "tonne", "4300 lb", "1.95"),
        ("20", "kilometre", "20.12 km", "20.12"),
        ("20", "kilometre", "20125 m", "20.125"),
        ("37", "°C", "98.6 °F", "37"),
        ("1", "°C", "-0", "0"),
        ("1", "°C", "32 °F", "0"),
        ("1", "°C", "-0.0 °C", "0"),
    ],
)
def test_a_figure_is_kept_as_exactly_as_it_was_said(
    value: str, unit: str, given: str, kept: str
) -> None:
    assert value_of(Expected("number", value, unit=unit), given, Units()) == kept
