"""Forms whose answers are picked, not typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from questions.domain.grading import reasons
from questions.domain.grading.result import Grade, by_score, right, wrong


def grade_choice(key: str, given: str) -> Grade:
    """Both are ids of options; an empty one is no answer."""
    if not given:
        return wrong(reasons.NOTHING)
    return right(reasons.RIGHT) if given == key else wrong(reasons.WRONG)


def grade_true_false(key: bool, given: bool) -> Grade:
    return right(reasons.RIGHT) if given is key else wrong(reasons.WRONG)


def grade_ordering(right_order: Sequence[str], given: Sequence[str]) -> Grade:
    """Kendall's tau between two orders of the same items, cut off at 0.

    An item left out or named twice counts in none of its pairs, neither for nor against.
    """
    wanted = {item: rank for rank, item in enumerate(right_order)}
    ranks = [wanted[item] for item in dict.fromkeys(given) if item in wanted]
    pairs = len(wanted) * (len(wanted) - 1) // 2
    if not pairs:
        return right(reasons.RIGHT) if ranks else wrong(reasons.NOTHING)
    kept = sum(1 if early < late else -1 for early, late in combinations(ranks, 2))
    score = max(0.0, kept / pairs)
    if score >= 1:
        return right(reasons.RIGHT)
    in_order = sum(early < late for early, late in combinations(ranks, 2))
    missing = tuple(item for item in right_order if item not in given)
    return Grade(
        by_score(score), score, reasons.order(in_order, pairs), shown=None, missing=missing
    )


def grade_matching(right_pairs: Mapping[str, str], given: Mapping[str, str]) -> Grade:
    """The share of pairs that are right; pairs left open count as wrong."""
    missed = tuple(left for left, mate in right_pairs.items() if given.get(left) != mate)
    if not missed:
        return right(reasons.RIGHT)
    found = len(right_pairs) - len(missed)
    score = found / len(right_pairs)
    reason = reasons.hits(found, len(right_pairs), 0)
    return Grade(by_score(score), score, reason, missing=missed)
