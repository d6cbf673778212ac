"""A fact is known again when its deck is read again, so that what is learnt of it stays."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.facts import Deck, Fact, Passage
from questions.domain.interchange import diff, read_deck, write_deck
from questions.domain.interchange.changes import Matched, match
from questions.domain.interchange.identity import statement, with_uids
from questions.domain.interchange.vocabulary import built_in_vocabularies
from tests.domain.interchange.decks import RIGHT, read
from tests.domain.interchange.strategies import decks, unhurried


def fact(value: str, *sources: str, **fields: Any) -> Fact:
    passages = (Passage(*source.split(" ", 1)) for source in sources or ("book page 1",))
    filled: dict[str, Any] = {"uid": "", "about": "war", "relation": "began"} | fields
    return Fact(value=value, passages=tuple(passages), **filled)


def old(*facts: Fact) -> tuple[Fact, ...]:
    return with_uids(facts)


def values(found: Matched) -> dict[str, str]:
    return {fact.value: fact.uid for fact in found.deck_facts}


def test_an_id_keeps_a_fact_through_every_change() -> None:
    before = old(fact("1939", id="start"), fact("1938"))
    moved = fact("1941", "other page 2", id="start", about="peace", relation="ended")
    found = match(before, [fact("1938"), moved])
    assert values(found)["1941"] == before[0].uid
    assert found.difference.changed == ((before[0], found.deck_facts[1]),)


def test_an_equal_value_keeps_a_fact_whoever_says_it_now() -> None:
    before = old(fact("1938", "book page 1"), fact("1939", "map sheet 1"))
    found = match(before, [fact("1939", "book page 1"), fact("1938", "map sheet 1")])
    assert values(found) == {"1938": before[0].uid, "1939": before[1].uid}


def test_the_same_passage_wins_over_the_same_source() -> None:
    before = old(fact("1937", "book page 1"), fact("1938", "book page 2"))
    found = match(before, [fact("1940", "book page 2"), fact("1941", "book page 9")])
    assert values(found) == {"1940": before[1].uid, "1941": before[0].uid}


def test_a_changed_value_from_the_same_source_is_the_same_fact() -> None:
    before = old(fact("1937", "book page 1"), fact("1938", "map sheet 1"))
    found = match(before, [fact("1940", "map sheet 3"), fact("1937", "book page 1")])
    assert values(found) == {"1940": before[1].uid, "1937": before[0].uid}
    assert len(found.difference.changed) == 1


def test_left_overs_of_a_single_valued_relation_pair_in_the_order_of_the_file() -> None:
    before = old(fact("1937", "a 1"), fact("1938", "b 1"))
    after = [fact("1940", "c 1"), fact("1941", "d 1")]
    many = match(before, after)
    single = match(before, after, single=lambda _fact: True)
    assert not many.difference.changed
    assert values(single) == {"1940": before[0].uid, "1941": before[1].uid}


def test_another_qualifier_is_another_fact() -> None:
    before = old(replace(fact("5"), qualifiers=(("side", "red"),)))
    found = match(
        before, [replace(fact("5"), qualifiers=(("side", "blue"),))], single=lambda _: True
    )
    assert len(found.difference.new) == len(found.difference.removed) == 1


def test_a_fact_whose_id_is_gone_is_gone() -> None:
    before = old(fact("1937", id="start"))
    found = match(before, [fact("1938")], single=lambda _fact: True)
    assert found.difference.removed == before


def test_another_id_on_the_same_words_keeps_the_fact() -> None:
    before = old(fact("1937", id="start"))
    found = match(before, [fact("1937", id="begin")])
    assert found.deck_facts[0].uid == before[0].uid


def test_a_removed_fact_comes_back_as_itself_but_only_word_for_word() -> None:
    gone = old(fact("1937"))
    assert match((), [fact("1937")], gone).deck_facts[0].uid == gone[0].uid
    assert match((), [fact("1938")], gone).deck_facts[0].uid != gone[0].uid


def test_a_new_fact_never_takes_the_uid_of_one_that_changed_away_from_its_words() -> None:
    before = old(fact("1937", "a 1"))
    changed = match(before, [fact("1938", "a 1")]).deck_facts
    assert changed[0].uid == before[0].uid
    again = match(changed, [fact("1938", "a 1"), fact("1937", "b 1")]).deck_facts
    assert again[0].uid == before[0].uid
    assert again[1].uid != before[0].uid


def test_uids_follow_from_what_is_said_alone() -> None:
    first, second = with_uids([fact("1937"), fact("1938")])
    assert with_uids([fact("1938", "other 4")])[0].uid == second.uid
    assert first.uid != second.uid
    assert with_uids([fact("1937", id="start")])[0].uid == "start"


def test_a_uid_stays_taken_when_its_fact_is_gone() -> None:
    before = old(fact("1937", "a 1"))
    gone = match(before, [fact("1938", "a 1")]).deck_facts
    assert match((), [fact("1937", "b 1")], gone).deck_facts[0].uid != gone[0].uid


def test_another_unit_is_the_same_fact_said_otherwise() -> None:
    before = old(fact("5", "a 1", unit="mile"), fact("6", "a 2", unit="mile"))
    found = match(before, [fact("6", "b 1", unit="kilometre")])
    assert found.deck_facts[0].uid == before[1].uid


def test_an_id_wins_over_a_hash_that_looks_like_it() -> None:
    plain = with_uids([fact("1937")])[0]
    first, second = with_uids([fact("1937"), fact("1938", id=plain.uid)])
    assert second.uid == plain.uid != first.uid


facts = st.builds(
    fact,
    st.sampled_from("1 2 3 4".split()),
    st.sampled_from(["a 1", "a 2", "b 1", "c 9"]),
    about=st.sampled_from(["war", "peace"]),
    id=st.just(""),
)
lists = st.lists(facts, max_size=8, unique_by=statement)


@given(lists, lists, st.booleans())
def test_every_uid_is_used_once_and_every_fact_is_accounted_for(
    before: list[Fact], after: list[Fact], single: bool
) -> None:
    held = old(*before)
    found = match(held, after, single=lambda _fact: single)
    difference = found.difference
    assert len({one.uid for one in found.deck_facts}) == len(after)
    assert [replace(one, uid="") for one in found.deck_facts] == after
    kept = [*difference.unchanged, *(one for _, one in difference.changed)]
    assert sorted(one.uid for one in (*kept, *difference.new)) == sorted(
        one.uid for one in found.deck_facts
    )
    assert {one.uid for one in kept} | {one.uid for one in difference.removed} == {
        one.uid for one in held
    }


@given(lists, lists)
def test_a_fact_that_says_the_same_is_never_lost(before: list[Fact], after: list[Fact]) -> None:
    held = old(*before)
    uids = {statement(one): one.uid for one in held}
    for one in match(held, after, single=lambda _fact: True).deck_facts:
        if statement(one) in uids:
            assert one.uid == uids[statement(one)]


@given(lists, lists)
def test_facts_that_were_removed_and_return_are_themselves(
    before: list[Fact], between: list[Fact]
) -> None:
    held = old(*before)
    middle = match(held, between)
    back = match(middle.deck_facts, before, middle.difference.removed)
    uids = {statement(one): one.uid for one in held}
    changed = {new.uid for _, new in middle.difference.changed}
    for one in back.deck_facts:
        if uids[statement(one)] not in changed:
            assert one.uid == uids[statement(one)]


@settings(unhurried, max_examples=20)
@given(decks())
def test_a_deck_written_and_read_again_changes_nothing(deck: Deck) -> None:
    again = read_deck(write_deck(deck).encode(), built_in_vocabularies())
    assert not diff(deck, again)


def test_each_section_has_its_difference() -> None:
    text = (
        RIGHT.replace("title: Bridges", "title: Old bridges")
        .replace("rivers: The rivers", "rivers: All rivers, lakes: The lakes", 1)
        .replace("{rivers: All rivers, lakes: The lakes}", "{rivers: All rivers, lakes: Lakes}")
        .replace("title: A map,", "title: The map,")
        .replace("name: Northtown", "name: Southtown")
        .replace("label: bridge", "label: span")
        .replace("  nicknamed: {value: term}\n", "")
        .replace("  - {about: span, is: stands_in}\n", "")
        .replace("stem: Why?", "stem: Why so?")
    )
    found = diff(read(RIGHT), read(text))
    assert found.details == ("title",)
    assert [len(found.topics.new), len(found.topics.changed)] == [1, 1]
    assert [old.title for old, _ in found.sources.changed] == ["A map"]
    assert [new.name for _, new in found.entities.changed] == ["Southtown"]
    assert [new.label for _, new in found.types.changed] == ["span"]
    assert [gone.key for gone in found.relations.removed] == ["nicknamed"]
    assert found.complete.removed == (("span", "stands_in", ()),)
    assert [new.stem for _, new in found.authored.changed] == ["Why so?"]
    assert not found.facts
    assert not found.reordered


def test_another_order_is_a_change_of_order_only() -> None:
    lines = RIGHT.splitlines()
    first = next(n for n, line in enumerate(lines) if "is: opened, value" in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    found = diff(read(RIGHT), read("\n".join(lines)))
    assert found.reordered
    assert found
    assert not any(found.by_kind.values())
