"""Questions that a teacher withdrew or rejected, and asking them again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from questions.models import Question
from questions.queries import teach as teach_queries
from questions.queries import withdrawn as queries
from questions.services import withdrawn as services
from questions.services.withdrawn import Again
from questions.views.pages import SignedInRequest, found
from questions.views.teach import back_to_fact, for_teachers, own_deck, teach_page

PER_PAGE = 50
SAID = {
    Again.ASKED: gettext_lazy(
        "It is asked again. Answers that were taken out of learners’ logs stay out."
    ),
    Again.DRAFT: gettext_lazy("It waits among the drafts again."),
    Again.REPLACED: gettext_lazy("Another wording has taken its place; that one stands."),
    Again.REFUSED: gettext_lazy(
        "It is withdrawn no more, but the deck as it is now does not ask it."
    ),
}


@require_GET
@for_teachers
def withdrawn(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    shown = Paginator(queries.withdrawn_in(deck), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "deck": deck,
        "taught": teach_queries.taught_deck(deck),
        "rows": queries.as_withdrawn(shown.object_list),
        "page": shown,
        "tab": "withdrawn",
    }
    return teach_page(request, "withdrawn/list.html", context)


@require_POST
@for_teachers
def ask_again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    deck = own_deck(request, slug)
    question = found(Question.objects.filter(card__deck=deck).select_related("card"), pk=pk)
    became = services.ask_again(question)
    fine = became in (Again.ASKED, Again.DRAFT)
    messages.add_message(request, messages.SUCCESS if fine else messages.WARNING, SAID[became])
    return back_to_fact(deck, request.POST.get("fact", ""), "questions:withdrawn")
