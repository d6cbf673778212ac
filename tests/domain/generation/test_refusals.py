"""Each rule of fair questions, passing what is sound and refusing what is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from questions.domain.facts import Deck, Fact, Rank, Relation, Status, ValueKind
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.keys import odd_length
from questions.domain.generation.refusals import RULES, problems
from questions.domain.questions import CardSpec, Direction, Form, State, Written
from tests.domain.generation.decks import asked, deck, entity, fact

PLACE = "fact:alder-place-harbin:value"
DATE = "fact:cedar-fought-1703-07-08:value"
LOSSES = "fact:alder-losses-4200:value"
COMMANDER = "fact:alder-commander-adler:value"
BACKWARD = "fact:alder-fought-1701-03-04:subject"
BOTH = fact("alder", "commander", "brandt", q={"side": "norland"})
DISPUTE = (
    fact("fen", "place", "harbin", "chronicle", uid="a"),
    fact("fen", "place", "kestrel", "annals", uid="b"),
)
NAMES = {key: one.name for key, one in deck().entities.items()}
GROUP = ("alder", "commander", (("side", "norland"),))


def item(card: str, form: Form, of: Deck | None = None, **changes: Any) -> Item:
    """A question of the war's bank, with its content changed as a careless writer might."""
    of = of or deck()
    written = write_bank(of)
    spec = next(spec for spec in written.cards if spec.key == card)
    question = next(q for q in written.questions if q.card == card and q.form is form)
    content = {**question.content, **changes.pop("content", {})}
    return Item(Index(of), spec, replace(question, content=content, **changes))


def broken(one: Item) -> set[str]:
    return {rule.name for rule, _ in problems(one)}


def option(value: str, text: str = "") -> dict[str, str]:
    is_entity = value in NAMES
    return {
        "text": text or NAMES.get(value, value),
        "entity": value if is_entity else "",
        "value": value,
    }


def with_distractors(card: str, *values: str, of: Deck | None = None) -> Item:
    return item(card, Form.CHOICE, of, content={"distractors": [option(value) for value in values]})


def added(*facts: Fact, **parts: Any) -> Deck:
    return deck(*facts, **parts)


def test_every_rule_passes_the_whole_of_a_sound_bank() -> None:
    of = deck(BOTH, *DISPUTE, complete=(GROUP,))
    index, written = Index(of), write_bank(of)
    cards = {card.key: card for card in written.cards}
    found = [
        (question.stem, rule.name, why)
        for question in written.questions
        for rule, why in problems(Item(index, cards[question.card], question))
    ]
    assert found == []


def test_rules_say_themselves_in_a_sentence() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.says.endswith(".") for rule in RULES)


# 1 one right answer


def test_a_typed_question_with_two_right_answers_is_refused() -> None:
    of = added(BOTH)
    spec = CardSpec(COMMANDER, Direction.VALUE, "u", "", ("alder-commander-adler",))
    question = Written(
        COMMANDER, "typed:0", Form.TYPED,
        "Who commanded for Norland in the Battle of Alder Hill?",
        {"expected": {"kind": "name", "value": "Ida Adler", "entity": "adler"}},
    )  # fmt: skip
    reasons = {rule.name: why for rule, why in problems(Item(Index(of), spec, question))}
    assert "Olaf Brandt" in reasons["one right answer"]


def test_a_stem_that_drops_what_tells_two_facts_apart_is_refused() -> None:
    vague = "How many people were lost in the Battle of Alder Hill?"
    assert "one right answer" in broken(item(LOSSES, Form.TYPED, stem=vague))


# 2 and 3: distractors that are true


def test_a_distractor_that_any_source_or_rank_supports_is_refused() -> None:
    old = fact("alder", "place", "kestrel", "annals", rank=Rank.DEPRECATED)
    of = added(old)
    assert "no supported distractor" in broken(with_distractors(PLACE, "kestrel", of=of))
    assert broken(with_distractors(PLACE, "ironford", of=of)) == set()


def test_a_date_within_the_key_s_span_is_refused_as_a_distractor() -> None:
    assert "no supported distractor" in broken(with_distractors(DATE, "1703-07"))


def test_a_part_of_the_key_is_refused_as_a_distractor() -> None:
    of = added(entities=(entity("mill", "place", part_of="harbin"),))
    assert "no supported distractor" in broken(with_distractors(PLACE, "mill", of=of))


def test_another_name_of_the_key_is_refused_as_a_distractor() -> None:
    of = added(entities=(entity("port", "place", "Harbin"),))
    assert "no supported distractor" in broken(with_distractors(PLACE, "port", of=of))


def test_the_other_side_s_commander_is_a_fair_distractor() -> None:
    assert broken(with_distractors(COMMANDER, "corvin", "dahl")) == set()


def test_another_commander_of_the_same_side_is_refused_as_a_distractor() -> None:
    assert "no supported distractor" in broken(
        with_distractors(COMMANDER, "brandt", of=added(BOTH))
    )


def test_a_subject_on_which_the_deck_is_silent_is_no_wrong_answer() -> None:
    of = added(entities=(entity("ghost", "battle", "Battle of Nowhere"),))
    assert "no supported distractor" in broken(with_distractors(BACKWARD, "ghost", of=of))


def test_what_is_true_of_a_kindred_relation_is_refused_as_a_distractor() -> None:
    of = added(fact("alder", "observer", "ewald"))
    assert "no kindred distractor" in broken(with_distractors(COMMANDER, "ewald", of=of))
    assert broken(with_distractors(COMMANDER, "dahl", of=of)) == set()


# 4 conflicts


def disputed() -> Deck:
    return added(*DISPUTE)


def test_a_disputed_fact_must_name_its_source() -> None:
    sound = item("fact:a:value", Form.TYPED, disputed())
    assert sound.question.stem.startswith("According to the Chronicle, where")
    assert broken(sound) == set()
    silent = item("fact:a:value", Form.TYPED, disputed(), stem="Where was the Battle of Fenwick?")
    assert "conflict named" in broken(silent)


def test_without_a_source_every_sourced_value_must_be_right() -> None:
    of = disputed()
    open_to_all = next(q for q in write_bank(of).questions if q.slot == "typed:any")
    spec = CardSpec(open_to_all.card, Direction.VALUE, "a", "", ("a",))
    assert broken(Item(Index(of), spec, open_to_all)) == set()
    expected = {**open_to_all.content["expected"], "accept": []}
    narrow = replace(open_to_all, content={"expected": expected})
    assert "conflict named" in broken(Item(Index(of), spec, narrow))


# 5 complete lists


def test_a_list_is_asked_only_where_the_deck_holds_all_of_it() -> None:
    card = "list:alder:commander:side=norland"
    whole = item(card, Form.LIST, added(BOTH, complete=(GROUP,)))
    assert broken(whole) == set()
    assert "complete lists only" in broken(replace(whole, index=Index(added(BOTH))))


def test_a_choice_of_what_is_not_needs_a_complete_list() -> None:
    stem = "Which of these people did not command for Norland in the Battle of Alder Hill?"
    assert "complete lists only" in broken(item(COMMANDER, Form.CHOICE, stem=stem))


# 6 options


@pytest.mark.parametrize("text", ["harbin!", "The Harbin", "Harbin Bay", "Харбин"])
def test_options_that_say_the_same_or_look_different_are_refused(text: str) -> None:
    entities = (entity("other", "place", text),)
    assert "options apart" in broken(with_distractors_text(PLACE, "other", text, entities))


def with_distractors_text(card: str, value: str, text: str, entities: tuple[Any, ...]) -> Item:
    wrong = [option(value, text)]
    return item(card, Form.CHOICE, deck(entities=entities), content={"distractors": wrong})


def test_an_option_of_another_kind_is_refused() -> None:
    assert "options apart" in broken(with_distractors(PLACE, "adler"))
    assert "options apart" in broken(with_distractors(DATE, "1702"))
    assert "options apart" in broken(with_distractors(LOSSES, "5123"))


def test_a_choice_without_a_wrong_option_is_refused() -> None:
    assert "options apart" in broken(with_distractors(PLACE))


# 7 cues


def test_a_word_of_the_answer_in_the_stem_is_refused() -> None:
    stem = "Where, by the town of Harbin, was the Battle of Alder Hill fought?"
    assert "no cue" in broken(item(PLACE, Form.CHOICE, stem=stem))
    assert "no cue" in broken(item(PLACE, Form.TYPED, stem=stem))


def test_an_inflected_word_of_the_answer_is_a_cue_too() -> None:
    of = added(fact("peace", "party", "norland"), relations=(party(),))
    card = "fact:peace-party-norland:value"
    stem = "Which state signed the Norlandic Peace?"
    assert "no cue" in broken(item(card, Form.TYPED, of, stem=stem))


def test_the_adjective_of_what_is_asked_about_is_a_cue_though_the_question_says_the_name() -> None:
    """Where Westria is spoken of, "Occidental Accord" needs no knowing."""
    relation = Relation(
        "joined", "joined", ValueKind.ENTITY, ("state",), ("treaty",), single=True,
        ask=("Which treaty did {about} join?",), state=("{About} joined {value}.",),
    )  # fmt: skip
    accord = entity("accord", "treaty", "Occidental Accord")
    card = "fact:westria-joined-accord:value"
    for adjective, cued in (("", False), ("Occidental", True)):
        state = entity("westria", "state", "Westria", adjective=adjective)
        of = added(fact("westria", "joined", "accord"), relations=(relation,),
                   entities=(accord, state))  # fmt: skip
        assert bool(asked(write_bank(of), card, Form.TYPED)) is not cued


def party() -> Relation:
    return Relation(
        "party", "party", ValueKind.ENTITY, ("treaty",), ("state",), single=True,
        ask=("{Which value} signed {about}?",), state=("{Value} signed {about}.",),
    )  # fmt: skip


def test_words_that_every_entity_of_the_type_may_bear_are_no_cue() -> None:
    assert broken(item(BACKWARD, Form.CHOICE)) == set()
    assert "Which battle" in item(BACKWARD, Form.CHOICE).question.stem


def test_all_of_the_above_is_refused() -> None:
    wrong = [option("ironford", "All of the above")]
    assert "no cue" in broken(item(PLACE, Form.CHOICE, content={"distractors": wrong}))


def test_a_key_that_stands_out_by_its_length_is_a_warning() -> None:
    long = item(PLACE, Form.CHOICE, content={"distractors": [option("o", "A" * 40)]})
    assert odd_length(long)
    assert not odd_length(item(PLACE, Form.CHOICE))


# 8 plausible options


def test_a_date_outside_of_the_subject_s_time_is_refused() -> None:
    assert "plausible options" in broken(with_distractors(DATE, "1941-07-08"))
    assert broken(with_distractors(DATE, "1703-09-10")) == set()


def test_a_day_of_another_year_is_refused_for_its_year_alone_would_rule_it_out() -> None:
    few = without_a_series()
    assert "plausible options" in broken(with_distractors(DATE, "1705-07-08", of=few))
    assert broken(with_distractors(DATE, "1704-01-08", of=few)) == set()


def test_a_day_of_another_year_is_fair_among_many_that_are_learnt_together() -> None:
    assert broken(with_distractors(DATE, "1705-07-08")) == set()


def without_a_series() -> Deck:
    """Three battles whose dates are told: too few to be learnt beside each other."""
    whole = deck()
    dated = [each for each in whole.facts if each.relation == "fought"]
    kept = {"cedar", *(each.about for each in dated[:2])}
    away = {each.uid for each in dated if each.about not in kept}
    return replace(whole, facts=tuple(each for each in whole.facts if each.uid not in away))


def test_a_person_who_lived_at_another_time_is_refused() -> None:
    late = entity("late", "person", "Nils Falk", active="1850/1890")
    of = added(entities=(late,))
    assert "plausible options" in broken(with_distractors(COMMANDER, "late", of=of))


@pytest.mark.parametrize("value", ["4300", "900", "13000"])
def test_a_figure_too_near_or_too_far_is_refused(value: str) -> None:
    assert "plausible options" in broken(with_distractors(LOSSES, value))


def test_two_figures_too_near_to_each_other_are_refused() -> None:
    assert "plausible options" in broken(with_distractors(LOSSES, "6100", "6200"))
    assert broken(with_distractors(LOSSES, "6100", "3300")) == set()


# 9 true and false


def test_a_false_statement_that_a_source_supports_is_refused() -> None:
    of = disputed()
    true = "According to the Chronicle, the Battle of Fenwick was fought at Harbin."
    false = true.replace("Harbin", "Kestrel")
    content = {"true": true, "false": [false]}
    assert "false everywhere" in broken(item("fact:a:value", Form.TRUE_FALSE, of, content=content))


def test_a_false_statement_that_differs_in_two_places_is_refused() -> None:
    false = "The Battle of Doorn was fought at Ironford."
    content = {"false": [false]}
    assert "false everywhere" in broken(item(PLACE, Form.TRUE_FALSE, content=content))


def test_what_the_deck_does_not_say_is_not_thereby_false() -> None:
    one = item(COMMANDER, Form.CHOICE)
    true = "Ida Adler commanded for Norland in the Battle of Alder Hill."
    content = {"true": true, "false": [true.replace("Ida Adler", "Mette Dahl")]}
    statement = replace(one.question, form=Form.TRUE_FALSE, content=content)
    assert "false everywhere" in broken(replace(one, question=statement))


# 10 orders, pairs, gaps


def ordering(of: Deck) -> Item:
    written = write_bank(of)
    question = next(q for q in written.questions if q.form is Form.ORDERING)
    spec = next(spec for spec in written.cards if spec.key == question.card)
    return Item(Index(of), spec, question)


def test_events_out_of_order_are_refused() -> None:
    sound = ordering(deck())
    assert broken(sound) == set()
    items = list(reversed(sound.content["items"]))
    assert "order is certain" in broken(
        replace(sound, question=replace(sound.question, content={"items": items}))
    )


def test_events_that_came_to_overlap_are_refused() -> None:
    sound = ordering(deck())
    first = sound.card.facts[0]
    facts = [replace(f, value="1700/1709") if f.uid == first else f for f in sound.index.deck.facts]
    moved = replace(sound, index=Index(replace(sound.index.deck, facts=tuple(facts))))
    assert "order is certain" in broken(moved)


def test_pairs_need_a_spare_and_one_mate_each() -> None:
    card = next(c.key for c in write_bank(deck()).cards if c.key.startswith("pairs:place"))
    sound = item(card, Form.MATCHING)
    assert broken(sound) == set()
    assert "one to one" in broken(item(card, Form.MATCHING, content={"spares": []}))
    pairs = [[left, sound.content["spares"][0]] for left, _ in sound.content["pairs"]]
    assert "one to one" in broken(item(card, Form.MATCHING, content={"pairs": pairs}))


def test_a_gap_whose_answer_stands_elsewhere_is_refused() -> None:
    content: Mapping[str, str] = {"after": ", near Harbin."}
    assert "one gap" in broken(item(PLACE, Form.CLOZE, content=content))


# settled facts


def test_an_active_question_on_an_unsettled_fact_is_refused() -> None:
    of = deck(fact("fen", "place", "lowmoor", uid="guess", status=(Status.UNCERTAIN,)))
    draft = item("fact:guess:value", Form.TYPED, of)
    assert draft.question.state is State.DRAFT
    assert "settled facts" not in broken(draft)
    active = replace(draft, question=replace(draft.question, state=State.ACTIVE))
    assert "settled facts" in broken(active)


def test_a_draft_that_a_teacher_let_through_stands() -> None:
    of = deck(fact("fen", "place", "lowmoor", uid="guess", status=(Status.UNCERTAIN,)))
    draft = item("fact:guess:value", Form.TYPED, of)
    let_through = replace(
        draft,
        question=replace(draft.question, state=State.ACTIVE, approved=draft.question.doubt),
    )
    assert "settled facts" not in broken(let_through)
    of_another = replace(let_through.question, approved=draft.question.doubt.replace("fen", "bog"))
    assert "settled facts" in broken(replace(let_through, question=of_another))
