"""What the quiz pages send back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import (
    BooleanField,
    ChoiceField,
    MultipleChoiceField,
    RadioSelect,
    TypedChoiceField,
    TypedMultipleChoiceField,
)
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.forms.study import AnswerForm, TokenForm
from questions.models import Attempt, Deck
from questions.queries import quizzes as queries
from questions.queries.quizzes import Available
from questions.services.quizzes import Wish

LENGTHS = (5, 10, 20, 40)


@dataclass(frozen=True, slots=True)
class Box:
    """A topic or a form to tick. `available` is how many questions could come of it."""

    value: str
    label: str
    available: int
    ticked: bool


class QuizForm(TokenForm):
    """What a quiz should be made of, out of what its deck holds."""

    topics = TypedMultipleChoiceField(
        label=gettext_lazy("Topics"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose at least one topic.")},
    )
    forms = MultipleChoiceField(
        label=gettext_lazy("Kinds of question"),
        error_messages={"required": gettext_lazy("Choose at least one kind of question.")},
    )
    length = TypedChoiceField(
        label=gettext_lazy("Questions"),
        coerce=int,
        choices=[(length, length) for length in LENGTHS],
        widget=RadioSelect,
        error_messages={
            "invalid_choice": format_lazy(
                gettext_lazy("A quiz has {} questions."), " / ".join(map(str, LENGTHS))
            )
        },
    )
    feedback = ChoiceField(
        label=gettext_lazy("Show what was right"),
        choices=Attempt.Feedback.choices,
        widget=RadioSelect,
    )
    counts = BooleanField(
        label=gettext_lazy("Answers count as reviews"),
        required=False,
        help_text=gettext_lazy(
            "Off, the quiz leaves your study days as they are. On, each answer moves its card to "
            "another day, as an answer while studying does."
        ),
    )

    def __init__(self, data: QueryDict | None, *, deck: Deck, chosen: QueryDict) -> None:
        self.deck = deck
        self.titles = dict(queries.topics_of(deck))
        self.kinds = queries.forms_of(deck)
        super().__init__(data, initial=self._initial(chosen))
        self._choices("topics").choices = list(self.titles.items())
        self._choices("forms").choices = [(form.value, form.label) for form in self.kinds]

    def _choices(self, name: str) -> ChoiceField:
        field = self.fields[name]
        assert isinstance(field, ChoiceField)
        return field

    def _initial(self, chosen: QueryDict) -> dict[str, Any]:
        """All that the deck has, or what an address asks for, such as "new quiz like this"."""
        if "length" not in chosen:
            return {
                "topics": list(self.titles),
                "forms": [form.value for form in self.kinds],
                "length": 10,
                "feedback": Attempt.Feedback.AT_ONCE,
            }
        return {
            "topics": chosen.getlist("topics"),
            "forms": chosen.getlist("forms"),
            "length": chosen.get("length"),
            "feedback": chosen.get("feedback"),
            "counts": "counts" in chosen,
        }

    def available(self) -> Available:
        """For what is ticked just now, whatever of it makes sense."""
        known = {str(topic) for topic in self.titles}
        topics = [int(topic) for topic in self._ticked("topics") & known]
        return queries.available(self.deck, topics, self._ticked("forms"))

    def _ticked(self, name: str) -> set[str]:
        return {str(value) for value in self[name].value() or ()}

    def topic_boxes(self, counts: Mapping[int, int]) -> list[Box]:
        ticked = self._ticked("topics")
        return [
            Box(str(pk), title or _("Other"), counts.get(pk, 0), str(pk) in ticked)
            for pk, title in self.titles.items()
        ]

    def form_boxes(self, counts: Mapping[str, int]) -> list[Box]:
        ticked = self._ticked("forms")
        return [
            Box(form.value, str(form.label), counts.get(form.value, 0), form.value in ticked)
            for form in self.kinds
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "topics" in data and "forms" in data:
            found = queries.available(self.deck, data["topics"], data["forms"])
            if not found.total:
                self.add_error(None, self._what_would_fit(found))
        return data

    def _what_would_fit(self, found: Available) -> str:
        """The kinds that the topics have, and the topics that have the kinds."""
        kinds = [box for box in self.form_boxes(found.forms) if box.available]
        topics = [box for box in self.topic_boxes(found.topics) if box.available]
        return _(
            "No question fits: these topics have none of the kinds you chose. "
            "They have: %(kinds)s. The kinds you chose are in: %(topics)s."
        ) % {"kinds": _listed(kinds), "topics": _listed(topics)}

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(
            tuple(data["topics"]),
            tuple(data["forms"]),
            data["length"],
            data["feedback"],
            data["counts"],
        )


def _listed(boxes: Iterable[Box]) -> str:
    return ", ".join(f"{box.label} ({box.available})" for box in boxes) or _("nothing")


def query_of(attempt: Attempt) -> str:
    """The query string under which the form proposes a quiz like this one."""
    query = QueryDict(mutable=True)
    query["deck"] = attempt.deck.slug
    settings: Mapping[str, Sequence[Any] | int] = attempt.settings
    for name, value in settings.items():
        query.setlist(name, [str(each) for each in (value if isinstance(value, list) else [value])])
    query["feedback"] = attempt.feedback
    if attempt.counts:
        query["counts"] = "on"
    return query.urlencode()


class ItemForm(AnswerForm):
    """An answer to one item of an attempt; the address says which."""

    memory = None  # type: ignore[assignment]  # Django's way to leave a field out
    question = None  # type: ignore[assignment]
