"""A problem reported after an answer: sent, said so at the question, said again, taken back."""

from __future__ import annotations

from html import unescape

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse

from questions.models import ProblemReport, Question, Review, StudySession
from studyapp.accounts.models import User
from tests import builders
from tests.web.study.test_session import at_noon, begun, post_answer

__all__ = ["at_noon"]

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}
WAITS = "You have reported this question, and the teacher has not looked at it yet."
FORM_OPEN = '<details class="fold" open>'


@pytest.fixture
def review(visitor: Client, learner: User) -> Review:
    post_answer(visitor, begun(learner, "choice"), option="0")
    return Review.objects.answers().select_related("session").get()


def send(visitor: Client, review: Review, text: str = "Two are right.", **more: object) -> str:
    return said(visitor.post(url(review), {"text": text}, **more))  # type: ignore[arg-type]


def url(review: Review, name: str = "report") -> str:
    return reverse(f"questions:{name}", args=[review.pk])


def said(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return unescape(response.content.decode())


def answered(visitor: Client, review: Review) -> str:
    assert review.session
    return said(visitor.get(reverse("questions:answered", args=[review.session.pk, review.pk])))


def test_what_was_sent_stands_at_the_question_and_the_form_is_closed(
    visitor: Client, review: Review
) -> None:
    assert WAITS not in answered(visitor, review)
    response = visitor.post(url(review), {"text": "Two <b>are</b> right."})
    assert review.session
    back = reverse("questions:answered", args=[review.session.pk, review.pk])
    assert response.headers["Location"] == f"{back}#report-{review.pk}"
    page = visitor.get(back).content.decode()
    assert "Sent to the teacher." in page
    page = answered(visitor, review)
    assert WAITS in page
    assert "“<bdi>Two <b>are</b> right.</bdi>”" in page
    assert FORM_OPEN not in page


def test_the_fragment_says_it_aloud_and_is_no_more_than_the_reports_part(
    visitor: Client, review: Review
) -> None:
    part = send(visitor, review, headers=FRAGMENT)
    assert 'data-announce="Sent to the teacher."' in part
    assert f'id="report-{review.pk}"' in part
    assert 'role="status"' in part
    assert FORM_OPEN not in part
    assert "<html" not in part
    assert "Sent to the teacher." not in answered(visitor, review)


def test_a_problem_reported_again_says_so_and_waits_once(visitor: Client, review: Review) -> None:
    send(visitor, review)
    for text in ("All three are right.", ""):
        part = send(visitor, review, text, headers=FRAGMENT)
        assert "in place of what you reported before" in part
        assert "“<bdi>All three are right.</bdi>”" in part
    assert ProblemReport.objects.get().text == "All three are right."
    ProblemReport.objects.update(open=False)
    assert WAITS not in answered(visitor, review)
    assert "in place of" not in send(visitor, review, "Still so.", headers=FRAGMENT)
    assert [each.text for each in ProblemReport.objects.filter(open=True)] == ["Still so."]


def test_what_was_reported_stands_in_the_form_to_be_said_differently(
    visitor: Client, review: Review
) -> None:
    send(visitor, review)
    page = answered(visitor, review)
    assert "Say it differently" in page
    assert ">Two are right.</textarea>" in page


@pytest.mark.parametrize("headers", [FRAGMENT, {}])
def test_a_report_is_taken_back_unless_a_teacher_has_looked_at_it(
    visitor: Client, review: Review, headers: dict[str, str]
) -> None:
    send(visitor, review)
    page = said(visitor.post(url(review, "report_undo"), headers=headers, follow=True))
    assert "Your report is taken back." in page
    assert "Report a problem" in page
    assert not ProblemReport.objects.exists()
    send(visitor, review)
    ProblemReport.objects.update(open=False)
    page = said(visitor.post(url(review, "report_undo"), headers=headers, follow=True))
    assert "No report of yours waits here any more." in page
    assert ProblemReport.objects.count() == 1


@pytest.mark.parametrize(("rejected", "done"), [(False, "kept"), (True, "withdrawn")])
def test_what_a_teacher_made_of_it_stands_at_the_question(
    visitor: Client, review: Review, rejected: bool, done: str
) -> None:
    send(visitor, review)
    ProblemReport.objects.update(open=False)
    Question.objects.update(rejected=rejected)
    page = answered(visitor, review)
    assert f"A teacher has looked at what you reported, and {done} the question." in page
    assert "Two are right." not in page
    send(visitor, review, "Look again.")
    assert WAITS in answered(visitor, review)


def test_nobody_takes_back_what_another_reported(visitor: Client, review: Review) -> None:
    assert review.question
    other = ProblemReport.objects.create(learner=builders.user(), question=review.question)
    visitor.post(url(review, "report_undo"))
    assert ProblemReport.objects.get() == other
    assert WAITS not in answered(visitor, review)


@pytest.mark.parametrize("headers", [FRAGMENT, {}])
def test_too_long_a_report_is_refused_with_all_that_was_typed(
    visitor: Client, review: Review, headers: dict[str, str]
) -> None:
    text = "Too long. " * 201
    response = visitor.post(url(review), {"text": text}, headers=headers)
    assert response.status_code == 422
    assert "That is 2009 characters, and 2000 can be sent." in said(response)
    assert text.strip() in said(response)
    assert FORM_OPEN in said(response)
    assert not ProblemReport.objects.exists()
    assert "Sent to" in send(visitor, review, text[:2000], headers=FRAGMENT)


def test_a_report_is_sent_although_its_session_is_gone(visitor: Client, review: Review) -> None:
    StudySession.objects.all().delete()
    assert "Sent to the teacher." in send(visitor, review)
    assert ProblemReport.objects.exists()
