"""A wrong answer that a teacher accepts: what it does to the deck, to answers already given and to
memories."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from questions.domain import facts as domain
from questions.domain.facts import AuthoredForm
from questions.domain.interchange import built_in_vocabularies, read_deck
from questions.models import (
    AuthoredQuestion,
    Deck,
    Entity,
    Fact,
    Memory,
    Question,
    Review,
    Ruling,
)
from questions.queries import claims as queries
from questions.queries.audit import audit_of
from questions.services import study
from questions.services.authoring import save_authored
from questions.services.facts import add_fact
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from questions.services.learning import CannotAccept
from questions.services.revisions import count_up
from questions.services.rewriting import rewrite
from questions.services.study import Overtaken, Submission
from tests import builders
from tests.services.ruling import (
    LATER,
    NOON,
    SHORT,
    accept,
    answer,
    answered_in_quiz,
    assert_memories_tell_their_logs,
    capital,
    case,
    claimed,
    exported,
    typed,
    verdicts,
)
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db
SAMPLE = settings.BASE_DIR / "questions" / "decks" / "border-conflicts.yaml"


@pytest.fixture
def deck() -> Deck:
    return lunar_deck(visibility="public")


def test_an_accepted_name_becomes_an_alias_and_is_right_from_then_on(deck: Deck) -> None:
    question = capital(deck)
    assert answer(question, SHORT).verdict == "wrong"
    accept(question)
    aliases = Entity.objects.get(deck=deck, key="plato").aliases
    assert aliases == [{"name": SHORT, "lang": "", "loose": False}]
    assert answer(question, "platotown", at=LATER).verdict == "right"


@pytest.mark.parametrize("named", ["japan", "khalkhin"])
def test_after_an_accepted_name_the_bank_still_says_what_the_deck_does(named: str) -> None:
    data = read_deck(SAMPLE.read_bytes(), built_in_vocabularies())
    deck = import_deck(builders.teacher(), data, slug="borders").deck
    rows = Question.objects.active().filter(card__deck=deck, form="typed")
    question = next(row for row in rows if row.content["expected"].get("entity") == named)
    just_saved = Fact.objects.filter(deck=deck, about__key=named, relation="fought")
    just_saved.update(updated_at=timezone.now())
    accept(question)
    assert audit_of(deck).violations == []


def test_the_deck_file_keeps_an_accepted_name(deck: Deck) -> None:
    answer(capital(deck), SHORT)
    accept(capital(deck))
    data = exported(deck)
    assert SHORT in data.entities["plato"].names


def test_accepting_counts_the_decks_revision_up_once(deck: Deck) -> None:
    before = Deck.objects.get(pk=deck.pk).revision
    accept(capital(deck))
    accept(capital(deck))
    assert Deck.objects.get(pk=deck.pk).revision == before + 1


def test_all_who_gave_it_are_regraded_and_nobody_else(deck: Deck) -> None:
    same = [answer(capital(deck), text).learner for text in (SHORT, "platotown ", "PLATÓTOWN")]
    other = answer(capital(deck), "Bridgetown").learner
    done = accept(capital(deck))
    assert (done.answers, done.learners) == (3, 3)
    assert [verdicts(learner) for learner in same] == [["right"]] * 3
    assert verdicts(other) == ["wrong"]
    assert_memories_tell_their_logs()


def test_a_name_is_regraded_in_whatever_question_it_was_given(deck: Deck) -> None:
    plato = Entity.objects.get(deck=deck, key="plato")
    about = builders.fact(plato, "founded", "1950", rank="deprecated")
    other = builders.question(
        builders.card(deck, about=about), content=capital(deck).content, stem="Which is oldest?"
    )
    one, two = answer(capital(deck), SHORT).learner, answer(other, SHORT).learner
    accept(capital(deck))
    assert verdicts(one) == verdicts(two) == ["right"]


def test_the_memory_is_what_it_would_be_had_the_answer_been_right_at_once(deck: Deck) -> None:
    question = capital(deck)
    wronged, lucky = answer(question, SHORT), answer(question, "Platoville")
    accept(question)
    mended = Memory.objects.get(pk=wronged.memory_id)
    at_once = Memory.objects.get(pk=lucky.memory_id)
    for name in ("stability", "difficulty", "last_day", "reps", "lapses", "step", "lapsed"):
        assert getattr(mended, name) == getattr(at_once, name), name
    assert mended.due > NOON.date()
    assert_memories_tell_their_logs()


def test_an_answer_given_since_stays_and_comes_after(deck: Deck) -> None:
    question, learner, lucky = capital(deck), builders.user(), builders.user()
    for who, first in ((learner, SHORT), (lucky, "Platoville")):
        answer(question, first, who)
        answer(question, "Platoville", who, NOON + timedelta(days=4))
    accept(question)
    assert verdicts(learner) == ["right", "right"]
    mended, at_once = (Memory.objects.get(learner=who) for who in (learner, lucky))
    assert mended.stability == at_once.stability
    assert mended.last_day == at_once.last_day == (NOON + timedelta(days=4)).date()
    assert abs((mended.due - at_once.due).days) <= 6, "but for the fuzz"
    assert_memories_tell_their_logs()


def test_an_answer_given_twice_is_replaced_twice(deck: Deck) -> None:
    learner = builders.user()
    answer(capital(deck), SHORT, learner)
    answer(capital(deck), SHORT, learner, NOON + timedelta(minutes=5))
    accept(capital(deck))
    assert verdicts(learner) == ["right", "right"]
    assert_memories_tell_their_logs()


def test_a_page_that_was_open_is_told_that_it_was_overtaken(deck: Deck) -> None:
    wrong = answer(capital(deck), SHORT)
    accept(capital(deck))
    submission = Submission(uuid4(), wrong.sequence, {"text": ["Platoville"]})
    outcome = study.answer(
        wrong.learner, wrong.memory_id, capital(deck).pk, submission, LATER, None
    )
    assert isinstance(outcome, Overtaken)
    assert outcome.latest
    assert outcome.latest.ruled


def test_a_second_press_changes_nothing_more(deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    before = Review.objects.count()
    assert accept(capital(deck)).answers == 0
    assert Review.objects.count() == before
    assert verdicts(learner) == ["right"]


@pytest.mark.django_db(transaction=True)
def test_two_teachers_who_press_at_once_regrade_each_answer_once(deck: Deck) -> None:
    learners = [answer(capital(deck), SHORT).learner for _ in range(3)]
    barrier = Barrier(2)

    def press(_: int) -> None:
        barrier.wait(timeout=10)
        try:
            accept(capital(deck))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as teachers:
        list(teachers.map(press, range(2)))
    assert [verdicts(learner) for learner in learners] == [["right"]] * 3
    assert Review.objects.filter(ruled=True).count() == 3
    assert [alias["name"] for alias in Entity.objects.get(deck=deck, key="plato").aliases] == [
        SHORT
    ]
    assert_memories_tell_their_logs()


def test_who_looked_before_another_regraded_replaces_nothing(deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    asked = case(capital(deck))
    seen = queries.to_accept(asked, queries.given_to(asked))
    accept(capital(deck))
    before = Memory.objects.get(learner=learner).version
    assert rewrite(list(seen.reviews), lambda _: Review(kind=Review.Kind.VOID), LATER) == []
    assert Memory.objects.get(learner=learner).version == before
    assert verdicts(learner) == ["right"]


def test_a_loose_name_earns_half(deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck), loose=True)
    assert verdicts(learner) == ["partial"]
    assert answer(capital(deck), SHORT, at=LATER).verdict == "partial"
    assert accept(capital(deck), loose=True).answers == 0, "what is half right stays"
    assert_memories_tell_their_logs()


def test_a_spelling_of_the_teachers_stands_in_the_deck(deck: Deck) -> None:
    given = "I think platotown"
    answer(capital(deck), given)
    accept(capital(deck), given, spelling=SHORT)
    aliases = Entity.objects.get(deck=deck, key="plato").aliases
    assert [alias["name"] for alias in aliases] == [SHORT]


def test_a_name_that_another_bears_is_refused_and_nothing_changes(deck: Deck) -> None:
    learner = answer(capital(deck), "Besselburg").learner
    with pytest.raises(CannotAccept, match="Besselburg"):
        accept(capital(deck), "Besselburg")
    assert Entity.objects.get(deck=deck, key="plato").aliases == []
    assert verdicts(learner) == ["wrong"]
    assert not Ruling.objects.exists()


@pytest.mark.parametrize(
    "given", ["the Besselburg?", "Imbria", "the Imbria?!", "“Land of Rains”", "I think Imbria"]
)
def test_a_disguised_name_of_anything_else_is_refused(deck: Deck, given: str) -> None:
    answer(capital(deck), given)
    for loose in (False, True):
        with pytest.raises(CannotAccept, match="what this deck calls"):
            accept(capital(deck), given, loose=loose)
    with pytest.raises(CannotAccept, match="what this deck calls"):
        accept(capital(deck), SHORT, spelling=given)
    assert Entity.objects.get(deck=deck, key="plato").aliases == []


def test_a_name_is_learnt_without_doubt_and_article(deck: Deck) -> None:
    given = "I think the “Platotown”?"
    learner = answer(capital(deck), given).learner
    accept(capital(deck), given)
    aliases = Entity.objects.get(deck=deck, key="plato").aliases
    assert [alias["name"] for alias in aliases] == [SHORT]
    assert verdicts(learner) == ["right"]
    assert Ruling.objects.get().spelling == SHORT


def test_a_spelling_that_would_not_help_is_refused(deck: Deck) -> None:
    answer(capital(deck), SHORT)
    with pytest.raises(CannotAccept, match="still"):
        accept(capital(deck), SHORT, spelling="Quite another")


def test_an_accepted_term_is_kept_with_its_fact(deck: Deck) -> None:
    fact = add_fact(deck, entry("imbria", "motto", "onward"))
    question = typed(deck, f"fact:{fact.uid}:value")
    learner = answer(question, "forwards?").learner
    accept(question, "forwards?")
    assert Fact.objects.get(pk=fact.pk).accept == ["forwards"]
    assert verdicts(learner) == ["right"]
    assert answer(typed(deck, question.card.key), "Forwards", at=LATER).verdict == "right"
    data = exported(deck)
    assert [each.accept for each in data.facts if each.relation == "motto"] == [("forwards",)]


def test_an_accepted_date_is_right_in_a_quiz_that_was_open_then_too(deck: Deck) -> None:
    """The quiz holds the version of which the deck knew nothing yet."""
    asked = typed(deck, "fact:imbria-founded:value")
    accept(asked, "1700")
    was = Question.objects.select_related("card__deck").get(pk=asked.pk)
    assert was.state == Question.State.RETIRED
    assert answered_in_quiz(was, "1700").verdict == "right"
    assert answered_in_quiz(was, "1702").verdict == "wrong"


def test_an_open_quiz_learns_nothing_of_another_answer(deck: Deck) -> None:
    asked = typed(deck, "fact:imbria-founded:value")
    fact = asked.card.fact
    assert fact is not None
    was = fact.value
    fact.value = "1612"
    count_up(deck.pk)
    fact.save()
    write_questions(Deck.objects.get(pk=deck.pk), only={fact.uid})
    old = Question.objects.select_related("card__deck").get(pk=asked.pk)
    assert answered_in_quiz(old, "1612").verdict == "wrong"
    assert answered_in_quiz(old, was).verdict == "right"


def test_a_term_that_answers_another_question_is_refused(deck: Deck) -> None:
    fact = add_fact(deck, entry("imbria", "motto", "onward"))
    add_fact(deck, entry("serenia", "motto", "forwards"))
    with pytest.raises(CannotAccept, match="forwards"):
        accept(typed(deck, f"fact:{fact.uid}:value"), "forwards")


def test_an_accepted_answer_to_a_question_by_hand_is_kept_with_it(deck: Deck) -> None:
    AuthoredQuestion.objects.create(
        deck=deck, key_id="why", form="typed", stem="What made the craters?", key="impacts"
    )
    write_questions(deck)
    learner = answer(typed(deck, "authored:why"), "meteors").learner
    accept(typed(deck, "authored:why"), "meteors")
    assert AuthoredQuestion.objects.get(deck=deck).accept == ["meteors"]
    assert verdicts(learner) == ["right"]
    assert answer(typed(deck, "authored:why"), "meteors", at=LATER).verdict == "right"


def test_an_accepted_date_is_kept_as_decks_write_it_and_right_however_it_is_worded(
    deck: Deck,
) -> None:
    question = typed(deck, "fact:imbria-founded:value")
    learner = answer(question, "the 3rd of April 1931").learner
    accept(question, "the 3rd of April 1931", spelling="the 3rd of April 1931")
    assert verdicts(learner) == ["right"]
    assert Fact.objects.get(deck=deck, uid="imbria-founded").accept == ["1931-04-03"]
    question = typed(deck, "fact:imbria-founded:value")
    assert answer(question, "April 3, 1931", at=LATER).verdict == "right"
    assert answer(question, "4 April 1931", at=LATER).verdict == "wrong"
    data = exported(deck)
    assert ("1931-04-03",) in [each.accept for each in data.facts]
    assert_memories_tell_their_logs()


def test_an_accepted_date_is_no_wrong_option_any_more(deck: Deck) -> None:
    question = typed(deck, "fact:imbria-founded:value")
    assert "12 July 1931" in offered(deck)
    answer(question, "12 July 1931")
    accept(question, "12 July 1931")
    assert "12 July 1931" not in offered(deck)


def offered(deck: Deck) -> set[str]:
    """What choices offer as the day on which Imbria was founded."""
    asked = Question.objects.active().filter(card__deck=deck, form="choice")
    choices = asked.filter(card__key="fact:imbria-founded:value")
    return {option["text"] for choice in choices for option in choice.content["distractors"]}


def test_an_accepted_figure_is_kept_in_the_unit_that_was_asked_for(deck: Deck) -> None:
    fact = add_fact(deck, entry("imbria", "population", "150000"))
    question = typed(deck, f"fact:{fact.uid}:value")
    learner = answer(question, "0.19 million people").learner
    accept(question, "0.19 million people", spelling="0.19 million people")
    assert verdicts(learner) == ["right"]
    assert Fact.objects.get(pk=fact.pk).accept == ["190000"]
    assert answer(typed(deck, question.card.key), "190,000", at=LATER).verdict == "right"


def test_what_says_no_date_counts_as_right_but_is_not_kept(deck: Deck) -> None:
    question = typed(deck, "fact:imbria-founded:value")
    learner = answer(question, "when the moon was full").learner
    accept(question, "when the moon was full")
    assert verdicts(learner) == ["right"]
    assert Fact.objects.get(deck=deck, uid="imbria-founded").accept == []
    assert_memories_tell_their_logs()


def test_a_spelling_that_says_no_date_is_refused_for_one_that_does(deck: Deck) -> None:
    question = typed(deck, "fact:imbria-founded:value")
    answer(question, "3 April 1931")
    with pytest.raises(CannotAccept, match="cannot be read"):
        accept(question, "3 April 1931", spelling="spring or so")
    assert Fact.objects.get(deck=deck, uid="imbria-founded").accept == []


def test_quiz_answers_are_corrected_counted_or_not(deck: Deck) -> None:
    question, learner = capital(deck), builders.user()
    for counts in (False, True):
        answered_in_quiz(question, learner=learner, counts=counts)
    accept(question)
    items = [each.items.get() for each in learner.attempts.all()]
    assert {(item.verdict, item.score) for item in items} == {("right", 1.0)}
    assert verdicts(learner) == ["right"]
    assert_memories_tell_their_logs()


def test_what_was_marked_down_as_a_slip_in_the_new_spelling_is_right_too(deck: Deck) -> None:
    slip = answer(capital(deck), "Platotwn")
    claim = claimed(capital(deck), "Platotown.")
    other = answer(capital(deck), "Marsopolis")
    assert (slip.verdict, other.verdict) == ("wrong", "wrong")
    found = accept(capital(deck))
    assert found.learners == 2
    assert verdicts(slip.learner) == ["right"]
    assert verdicts(other.learner) == ["wrong"]
    claim.refresh_from_db()
    assert claim.state == "accepted"
    assert_memories_tell_their_logs()


def test_what_one_question_takes_besides_a_name_is_not_taken_by_another(deck: Deck) -> None:
    school = domain.AuthoredQuestion(
        "", AuthoredForm.TYPED, "Which town had the first school?", "Platoville", (),
        accept=("Schooltown",), passages=(domain.Passage("atlas", "page 7"),),
    )  # fmt: skip
    row = save_authored(deck, school)
    asked = Question.objects.active().get(card__key=f"authored:{row.key_id}")
    other = answer(capital(deck), "Schooltown")
    accept(asked)
    assert verdicts(other.learner) == ["wrong"]
