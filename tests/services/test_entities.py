"""What becomes of questions, cards and answers when a teacher edits what the deck calls things."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest

from questions.domain.facts import Alias
from questions.domain.grading import Expected, Verdict, grade_typed
from questions.domain.interchange.identity import state_of
from questions.models import Card, Deck, Entity, Fact, Memory, Question, Review
from questions.queries import slices
from questions.queries.audit import audit_of
from questions.queries.entities import entity_page, questions_naming, uses_of
from questions.queries.interchange import deck_file
from questions.queries.names import name_index
from questions.services import authoring, generation, study
from questions.services.entities import (
    EntityChanged,
    GoesRound,
    NameTaken,
    StillNamed,
    as_data,
    change_entity,
    remove_entity,
    restore_entity,
)
from questions.services.facts import CannotBeSaid, add_fact, remove_fact, restore_fact
from questions.services.interchange import import_deck
from questions.services.study import Recorded, Submission
from tests import builders
from tests.web.teach.sample import DECK, NOON, entry, lunar_deck

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_reasons")]

DECKS = {"lunar": partial(lunar_deck, visibility="public")}


@pytest.fixture(params=["small", "large", "large, much named"])
def either(request: pytest.FixtureRequest, deck: Deck, monkeypatch: pytest.MonkeyPatch) -> Deck:
    """A deck that is written whole at an edit, one of which only a part is read, and one that is
    read whole to write a part."""
    if request.param != "small":
        monkeypatch.setattr(slices, "WHOLE", 0)
    if request.param == "large, much named":
        monkeypatch.setattr(generation, "SOONER_WHOLE", 0)
    return deck


def entity(deck: Deck, key: str) -> Entity:
    return Entity.objects.select_related("deck", "topic").get(deck=deck, key=key)


def change(deck: Deck, key: str, **fields: object) -> None:
    row = entity(deck, key)
    before = as_data(row)
    change_entity(row, replace(before, **fields), state_of(before))  # type: ignore[arg-type]


def texts(deck: Deck) -> str:
    """All that live questions of the deck say."""
    rows = Question.objects.filter(card__deck=deck, card__retired=False).exclude(state="retired")
    return repr(list(rows.values_list("stem", "content", "statement", "explanation")))


def answered(deck: Deck, uid: str, text: str) -> Review:
    card = Card.objects.live().get(deck=deck, fact__uid=uid, direction="value")
    learner = builders.user()
    session = study.start(learner, deck, NOON)
    memory = study.tell_card(session, card, uuid4(), NOON)
    question = card.questions.active().filter(form="typed")[0]
    submission = Submission(uuid4(), memory.version, {"text": [text]})
    outcome = study.answer(learner, memory.pk, question.pk, submission, NOON)
    assert isinstance(outcome, Recorded)
    return outcome.review


def grade(deck: Deck, uid: str, text: str) -> Verdict:
    card = Card.objects.live().get(deck=deck, fact__uid=uid, direction="value")
    content = card.questions.active().filter(form="typed")[0].content
    deck.refresh_from_db()
    return grade_typed(Expected.from_json(content["expected"]), text, name_index(deck)).verdict


def test_a_new_name_stands_in_every_question_that_speaks_of_it(either: Deck) -> None:
    assert "Platoville" in texts(either)
    change(either, "plato", name="Archimedesk")
    assert "Platoville" not in texts(either)
    assert "Archimedesk" in texts(either)
    wrong = Question.objects.active().filter(card__fact__about__key="serenia", form="choice")
    assert any("Archimedesk" in str(each.content["distractors"]) for each in wrong)
    assert audit_of(either).violations == []


def test_cards_memories_and_old_answers_stay(either: Deck) -> None:
    review = answered(either, "imbria-capital", "Platoville")
    shown = Review.objects.get(pk=review.pk).shown
    memory = Memory.objects.get(pk=review.memory_id)
    cards = set(Card.objects.live().values_list("pk", flat=True))
    asked = review.question
    assert asked
    change(either, "imbria", name="Pluvia", aliases=())
    assert set(Card.objects.live().values_list("pk", flat=True)) == cards
    assert Memory.objects.get(pk=memory.pk).stability == memory.stability
    kept = Review.objects.select_related("question").get(pk=review.pk)
    assert kept.shown == shown
    assert "Imbria" in kept.shown["stem"]
    assert kept.question == asked
    assert Question.objects.get(pk=asked.pk).stem == asked.stem
    now = Question.objects.active().get(card=asked.card_id, slot=asked.slot)
    assert (now.version, "Pluvia" in now.stem) == (asked.version + 1, True)


def test_another_name_is_right_and_one_in_part_partial_at_once(deck: Deck) -> None:
    assert grade(deck, "imbria-capital", "Old Plato") is Verdict.WRONG
    change(deck, "plato", aliases=(Alias("Old Plato"), Alias("The Ville", loose=True)))
    assert grade(deck, "imbria-capital", "Old Plato") is Verdict.RIGHT
    assert grade(deck, "imbria-capital", "The Ville") is Verdict.PARTIAL


def test_a_name_that_is_taken_is_refused_and_nothing_changes(deck: Deck) -> None:
    before = deck_file(deck)
    for fields in (
        {"name": "Besselburg"},
        {"name": "BESSELBURG"},
        {"aliases": (Alias("besselburg"),)},
        {"aliases": (Alias("Besselburg", loose=True),)},
        {"aliases": (Alias("Tycho City"),)},
    ):
        with pytest.raises(NameTaken) as caught:
            change(deck, "plato", **fields)
        assert caught.value.other in ("Besselburg", "Tychograd")
    deck.refresh_from_db()
    assert deck_file(deck) == before


def test_things_of_other_kinds_may_share_a_name(deck: Deck) -> None:
    change(deck, "plato", aliases=(Alias("Serenia"),))
    assert entity(deck, "plato").aliases[0]["name"] == "Serenia"


def test_what_shares_a_name_since_its_import_can_still_be_edited(deck: Deck) -> None:
    change(deck, "halha-town", note="On the river.")
    assert entity(deck, "halha-town").note == "On the river."


def test_a_form_opened_before_somebody_else_saved_changes_nothing(deck: Deck) -> None:
    row = entity(deck, "plato")
    seen = as_data(row)
    change(deck, "plato", name="Archimedesk")
    with pytest.raises(EntityChanged) as caught:
        change_entity(row, replace(seen, name="Newtonia"), state_of(seen))
    assert caught.value.entity.name == "Archimedesk"
    assert entity(deck, "plato").name == "Archimedesk"


def test_nothing_is_part_of_itself(deck: Deck) -> None:
    change(deck, "plato", part_of="imbria")
    with pytest.raises(GoesRound) as caught:
        change(deck, "imbria", part_of="plato")
    assert caught.value.names == ["Imbria", "Platoville", "Imbria"]
    with pytest.raises(GoesRound):
        change(deck, "imbria", part_of="imbria")


def test_a_whole_is_no_longer_a_wrong_answer_beside_its_part(deck: Deck) -> None:
    def offered() -> bool:
        rows = Question.objects.active().filter(card__fact__uid="imbria-capital", form="choice")
        return any(wrong["entity"] == "bessel" for q in rows for wrong in q.content["distractors"])

    assert offered()
    change(deck, "plato", part_of="bessel")
    assert not offered()


def test_its_topic_is_that_of_its_cards(either: Deck) -> None:
    change(either, "imbria", topic="south")
    cards = Card.objects.live().filter(deck=either, fact__about__key="imbria")
    assert {card.topic.key for card in cards if card.topic} == {"south"}


def test_a_note_alone_rewrites_nothing_else(deck: Deck) -> None:
    before = list(Question.objects.order_by("pk").values_list("pk", "state", "version"))
    change(deck, "plato", note="A crater.")
    assert list(Question.objects.order_by("pk").values_list("pk", "state", "version")) == before


def test_a_question_by_hand_follows_the_name_of_its_answer(either: Deck) -> None:
    def answer() -> object:
        asked = Question.objects.active().get(card__key="authored:why")
        return asked.content["expected"].get("entity")

    row = either.authored.create(key_id="why", form="typed", stem="Where is it?", key="Platoville")
    authoring.set_authored_removed(row, removed=True)
    authoring.set_authored_removed(row, removed=False)
    assert answer() == "plato"
    change(either, "plato", name="Archimedesk")
    assert answer() is None
    change(either, "bessel", aliases=(Alias("Platoville"),))
    assert answer() == "bessel"


def test_only_what_nothing_names_can_be_deleted(deck: Deck) -> None:
    add_fact(deck, entry("plato", "twinned", "tycho", qualifiers=(("through", "vaporia"),)))
    change(deck, "halha-town", part_of="halha-river")
    for key, facts, parts in (("plato", 2, 0), ("vaporia", 1, 0), ("halha-river", 0, 1)):
        with pytest.raises(StillNamed) as caught:
            remove_entity(entity(deck, key))
        assert (caught.value.uses.count, len(caught.value.uses.parts)) == (facts, parts)
        assert not entity(deck, key).removed


def test_a_deleted_name_leaves_the_deck_and_comes_back_with_what_it_is_part_of(deck: Deck) -> None:
    whole = deck_file(deck)
    change(deck, "halha-town", part_of="halha-river")
    remove_entity(entity(deck, "halha-town"))
    remove_entity(entity(deck, "halha-river"))
    deck.refresh_from_db()
    assert "halha" not in deck_file(deck)
    restore_entity(entity(deck, "halha-town"))
    assert not entity(deck, "halha-river").removed
    change(deck, "halha-town", part_of="")
    deck.refresh_from_db()
    assert deck_file(deck) == whole


def test_a_name_given_away_meanwhile_does_not_come_back(deck: Deck) -> None:
    remove_entity(entity(deck, "vaporia"))
    change(deck, "serenia", aliases=(Alias("Vaporia"),))
    with pytest.raises(NameTaken):
        restore_entity(entity(deck, "vaporia"))
    assert entity(deck, "vaporia").removed


def test_a_fact_that_comes_back_brings_the_names_in_it(deck: Deck) -> None:
    qualifiers = (("through", "vaporia"),)
    fact = add_fact(deck, entry("halha-town", "twinned", "tycho", qualifiers=qualifiers))
    remove_fact(fact)
    remove_entity(entity(deck, "vaporia"))
    remove_entity(entity(deck, "halha-town"))
    restore_fact(Fact.objects.get(pk=fact.pk))
    assert not entity(deck, "vaporia").removed
    assert not entity(deck, "halha-town").removed
    assert uses_of(entity(deck, "vaporia")).count == 1


def test_a_fact_stays_away_if_the_deck_cannot_say_it_any_more(deck: Deck) -> None:
    fact = Fact.objects.get(deck=deck, uid="imbria-capital")
    remove_fact(fact)
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary={})
    fact = Fact.objects.get(pk=fact.pk)
    with pytest.raises(CannotBeSaid):
        restore_fact(fact)
    assert Fact.objects.get(pk=fact.pk).removed


def test_what_was_undone_is_offered_again_as_before(deck: Deck) -> None:
    for fact in Fact.objects.filter(deck=deck, relation="capital").exclude(about__key="imbria"):
        remove_fact(fact)
    change(deck, "halha-town", name="Halhatown", side="serenia")
    change(deck, "plato", side="serenia")
    offered = Question.objects.active().filter(content__icontains='"halha-town"')
    before = set(offered.values_list("card__key", flat=True))
    assert before
    remove_entity(entity(deck, "halha-town"))
    assert not offered.filter(card__retired=False).exists()
    restore_entity(entity(deck, "halha-town"))
    assert set(offered.values_list("card__key", flat=True)) == before


def test_every_edit_leaves_the_bank_written(either: Deck) -> None:
    for fields in ({"name": "Archimedesk"}, {"note": "A crater."}, {}):
        change(either, "plato", **fields)
        either.refresh_from_db()
        assert either.is_written
    remove_entity(entity(either, "vaporia"))
    restore_entity(entity(either, "vaporia"))
    either.refresh_from_db()
    assert either.is_written


def test_an_edited_deck_is_exported_and_read_again_byte_for_byte(deck: Deck) -> None:
    change(
        deck,
        "imbria",
        name="Pluvia: the “Wet”",
        article=True,
        plural=True,
        adjective="Pluvian",
        surname="Plu",
        titles=("Dame", "Sir"),
        side="serenia",
        active="1915/1957",
        part_of="halha-river",
        topic="",
        note="Two\nlines.",
        aliases=(Alias("張鼓峰", lang="zh"), Alias("no", loose=True), Alias("Land of Rains")),
    )
    deck.refresh_from_db()
    written = deck_file(deck)
    again = import_deck(builders.teacher(), written.encode()).deck
    assert deck_file(again) == written
    report = import_deck(deck.owner, written.encode(), into=deck)
    assert not report.changes
    assert written != DECK


def test_every_fact_that_names_it_counts_once(deck: Deck) -> None:
    add_fact(deck, entry("plato", "twinned", "tycho", qualifiers=(("through", "vaporia"),)))
    add_fact(deck, entry("tycho", "twinned", "plato", qualifiers=(("through", "vaporia"),)))
    deck.refresh_from_db()
    rows = {row.entity.key: row.facts for row in entity_page(deck, "", None).rows}
    assert rows == {each: uses_of(entity(deck, each)).count for each in rows}
    assert (rows["plato"], rows["tycho"], rows["vaporia"], rows["halha-town"]) == (3, 3, 2, 0)


def test_what_speaks_of_a_name_is_found_in_either_way_of_writing(deck: Deck) -> None:
    change(deck, "plato", name="Ville d’Été")
    offers = Fact.objects.get(deck=deck, about__key="serenia", relation="capital").uid
    assert offers in questions_naming(entity(deck, "plato"))


def test_complete_lists_that_name_a_deleted_name_are_no_longer_said_to_be_whole(
    deck: Deck,
) -> None:
    gone: list[list[object]] = [
        ["vaporia", "motto", []],
        ["plato", "twinned", [["through", "vaporia"]]],
    ]
    kept: list[list[object]] = [["plato", "twinned", [["through", "imbria"]]]]
    Deck.objects.filter(pk=deck.pk).update(complete=gone + kept)
    remove_entity(entity(deck, "vaporia"))
    deck.refresh_from_db()
    assert deck.complete == kept
    again = import_deck(deck.owner, deck_file(deck).encode(), slug="again", questions=False)
    assert again.deck.complete == kept


def is_written(deck: Deck) -> bool:
    return Deck.objects.get(pk=deck.pk).is_written


def test_what_was_left_unwritten_stays_so_when_one_fact_is_edited(deck: Deck) -> None:
    whole = DECK.replace("Besselburg", "Kepler City")
    import_deck(deck.owner, whole.encode(), slug=deck.slug, questions=False)
    assert not is_written(deck)
    add_fact(deck, entry("vaporia", "founded", "1939-05-05"))
    assert not is_written(deck)
    generation.write_questions(deck)
    assert is_written(deck)
    add_fact(deck, entry("vaporia", "motto", "Steam"))
    assert is_written(deck)


def test_new_names_leave_nothing_unwritten_but_in_a_deck_that_lacked_something(
    either: Deck,
) -> None:
    change(either, "plato", name="Archimedesk")
    assert is_written(either)
    Deck.objects.filter(pk=either.pk).update(written=0)
    change(either, "plato", note="a note alone")
    assert not is_written(either)
