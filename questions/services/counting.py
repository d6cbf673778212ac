"""Many answers put into a learner's log at once, as if they had come one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from questions.domain.grading import Verdict
from questions.domain.scheduling import Rating, Spread, possible_days
from questions.models import Memory, Review
from questions.models.study import STATE_FIELDS, state_fields
from questions.queries.showing import secret
from questions.queries.waiting import RECENT_ANSWERS, recent_milliseconds
from questions.services.study import DESIRED_RETENTION, GradedAnswer, load_between

AT_ONCE = 100


def count_answers(answers: Sequence[GradedAnswer]) -> list[Review]:
    """One learner's, each to another memory; whoever calls has locked these. As many statements
    however many answers, but one for each form among them."""
    if not answers:
        return []
    ratings = _ratings(answers)
    load = _load(answers, ratings)
    reviews = [_counted(*each, load) for each in zip(answers, ratings, strict=True)]
    memories = [answer.memory for answer in answers]
    Memory.objects.bulk_update(memories, STATE_FIELDS, batch_size=AT_ONCE)
    return Review.objects.bulk_create(reviews, batch_size=AT_ONCE)


def _ratings(answers: Sequence[GradedAnswer]) -> list[Rating]:
    """Each answer is judged by those before it too."""
    learner = answers[0].learner
    forms = {answer.question.form for answer in answers if answer.self_rating is None}
    recent = {form: recent_milliseconds(learner, form) for form in sorted(forms)}
    found = []
    for answer in answers:
        times = recent.get(answer.question.form, [])
        found.append(answer.rating(times[:RECENT_ANSWERS]))
        if answer.grade.verdict is Verdict.RIGHT:
            times.insert(0, answer.milliseconds)
    return found


def _load(answers: Sequence[GradedAnswer], ratings: Sequence[Rating]) -> Counter[date]:
    """Of all days between which one of the answers has a choice."""
    spans = [
        possible_days(answer.memory.state, rating, answer.day, desired_retention=DESIRED_RETENTION)
        for answer, rating in zip(answers, ratings, strict=True)
    ]
    open_ = [span for span in spans if span[1] > span[0]]
    if not open_:
        return Counter()
    first, last = min(span[0] for span in open_), max(span[1] for span in open_)
    return Counter(load_between(answers[0].learner.pk, first, last))


def _counted(answer: GradedAnswer, rating: Rating, load: Counter[date]) -> Review:
    """The memory is brought to its new state, and its card moved from day to day."""
    memory = answer.memory
    after = answer.after(rating, Spread(secret(), memory.pk, memory.version, load))
    row = answer.review(after, rating)
    load[memory.due] -= 1
    load[after.due] += 1
    for name, value in state_fields(after).items():
        setattr(memory, name, value)
    return row
