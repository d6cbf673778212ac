"""Files that are no decks, or mean harm: refused with a line, whatever they hold."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.interchange import built_in_vocabularies, tree
from tests.domain.interchange.decks import RIGHT, errors, line_of, read


def test_text_that_is_not_utf_8_names_line_and_byte() -> None:
    data = RIGHT.replace("Northtown", "Nørthtown").encode("latin-1")
    ((line, said),) = errors(data)
    assert line == line_of(RIGHT, "Northtown")
    assert f"byte {data.index(0xF8) + 1} (0xF8)" in said


def test_utf_16_is_recognised() -> None:
    assert "save it as UTF-8" in errors(RIGHT.encode("utf-16"))[0][1]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b"# nothing yet\n", b"---\n"])
def test_an_empty_file_is_named_so(data: bytes) -> None:
    ((line, said),) = errors(data)
    assert line == 1
    assert "the file is empty" in said


@pytest.mark.parametrize("data", ["just text", "- a\n- list\n", "42"])
def test_yaml_that_is_not_a_mapping_is_refused(data: str) -> None:
    assert "a deck is a mapping of keys" in errors(data)[0][1]


def test_a_byte_order_mark_and_windows_lines_are_accepted() -> None:
    assert read(b"\xef\xbb\xbf" + RIGHT.replace("\n", "\r\n").encode()) == read(RIGHT)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Bridges", "title: &a Bridges", "the anchor &a is not allowed"),
        ("topics: {rivers: The rivers}", "topics: &t {rivers: The rivers}", "the anchor &t"),
        ("title: Bridges", "title: *b", "the alias *b is not allowed"),
        ("title: Bridges", "title: !!str Bridges", "the tag tag:yaml.org,2002:str"),
        ("title: Bridges", "title: !new Bridges", "the tag !new"),
        ("title: Bridges", "title: Bridges\n<<: {use: []}", "the merge key <<"),
        ("title: Bridges", "title: Bridges\n? [a, b]\n: c", "a key must be a text"),
    ],
)
def test_what_could_blow_up_is_refused(old: str, new: str, said: str) -> None:
    found = errors(RIGHT.replace(old, new, 1))
    assert any(said in text for _, text in found), found


def test_a_thousand_million_laughs_take_no_memory() -> None:
    laughs = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    tracemalloc.start()
    found = errors("l0: &l0 lol\n" + laughs)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (1, "the anchor &l0 is not allowed") in [
        (line, said.split(" here")[0]) for line, said in found
    ]
    assert peak < 10 * 2**20


def test_deep_nesting_is_refused() -> None:
    assert "levels" in errors("title: " + "[" * 5000 + "]" * 5000)[0][1]
    assert "levels" in errors("".join("  " * depth + "a:\n" for depth in range(300)))[0][1]


def test_a_second_document_is_refused_with_its_line() -> None:
    found = errors(RIGHT + "---\ntitle: Another\n")
    assert (RIGHT.count("\n") + 1, True) in [
        (line, "second document" in said) for line, said in found
    ]


def test_files_and_value_counts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    built_in_vocabularies()  # read before the bounds shrink
    monkeypatch.setattr(tree, "MAX_VALUES", 20)
    assert "more than 20 values" in errors(RIGHT)[0][1]
    monkeypatch.setattr(tree, "MAX_BYTES", 2**20)
    assert "larger than 1 MB" in errors(b"#" * (2**20 + 1))[0][1]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("name: Long Span}", "name: Long: Span}", ""),
        ("title: Bridges", "title: Bridges: all", "must stand in quotes"),
        ("title: Bridges", "title: @home", "stand in quotes"),
        ("title: Bridges", "title: %home", "stand in quotes"),
        ("title: Bridges", 'title: "Bridges', "a quote that is not closed"),
        ("[Old Arch]", "[Old Arch", ""),
        ("  span: {type", "\tspan: {type", "spaces, not tabs"),
    ],
)
def test_broken_yaml_is_explained(old: str, new: str, hint: str) -> None:
    found = errors(RIGHT.replace(old, new, 1))
    assert found
    assert hint in found[0][1]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert errors(data)


@given(
    st.integers(0, len(RIGHT) - 1),
    st.text("{}[]:,&*!|>'\"%@`#-? \n\tab\0\u2028é\ud7ff😀", max_size=4),
    st.integers(0, 8),
)
def test_no_slip_of_the_pen_breaks_the_reader(place: int, put: str, cut: int) -> None:
    found = errors(RIGHT[:place] + put + RIGHT[place + cut :])
    assert all(line >= 1 and said for line, said in found)
