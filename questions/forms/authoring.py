"""Decks, deck files, and questions written by hand, as teachers fill them in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.domain import facts as domain
from questions.domain.facts import AuthoredForm
from questions.domain.generation.authored import read_date
from questions.domain.grading.alike import folded
from questions.domain.interchange import vocabulary_titles
from questions.domain.values import BadValue
from questions.forms.texts import DeckTexts, lines_of
from questions.models import AuthoredQuestion, Deck, Topic
from questions.queries.authoring import source_names
from studyapp.accounts.models import User

FIRST_CHOICE = "general"
MOST_BYTES = 8 * 2**20
NEEDED = {"choice": ("key", "distractors"), "true_false": ("truth",)}


def vocabulary_choices(but: Collection[str] = ()) -> list[tuple[str, str]]:
    """The built-in vocabularies with what each is for, the one for any subject first."""
    titles = {name: said for name, said in vocabulary_titles().items() if name not in but}
    names = sorted(titles, key=lambda name: (name != FIRST_CHOICE, name))
    return [(name, ": ".join(filter(None, titles[name]))) for name in names]


class NewDeckForm(DeckTexts, forms.ModelForm[Deck]):
    use = forms.MultipleChoiceField(
        label=gettext_lazy("vocabularies"),
        required=False,
        initial=[FIRST_CHOICE],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Ready-made relations with their wordings: what facts can say. You can add "
            "vocabularies and relations of your own at any time."
        ),
    )

    class Meta:
        model = Deck
        fields = ["title", "language", "use"]
        help_texts = {"language": gettext_lazy("Of the questions; a code such as en.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["use"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = vocabulary_choices()


class DeckSettingsForm(DeckTexts, forms.ModelForm[Deck]):
    """A vocabulary can be added, not taken away: facts may speak by it."""

    add = forms.MultipleChoiceField(
        label=gettext_lazy("add vocabularies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ready-made relations with their wordings. They cannot be removed."),
    )

    class Meta:
        model = Deck
        fields = ["title", "description", "visibility"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "visibility": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["add"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = vocabulary_choices(but=self.instance.use)
        if not field.choices:
            del self.fields["add"]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("deck file"),
        help_text=gettext_lazy("UTF-8 YAML, up to 8 MB. You see what would change first."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,text/yaml,application/yaml"}),
    )
    into = forms.ModelChoiceField(
        Deck.objects.none(),
        label=gettext_lazy("read it into"),
        required=False,
        empty_label=gettext_lazy("A new deck"),
        help_text=gettext_lazy("Facts that are not in the file leave the deck you choose here."),
    )

    def __init__(self, *args: Any, teacher: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Deck.objects.editable_by(teacher)

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 8 MB; import it with the command import_deck.")
            )
        return file


class AuthoredQuestionForm(DeckTexts, forms.Form):
    """A question by hand. Which fields count depends on its form; the others are passed over,
    so that nothing typed is lost when the form is changed."""

    form = forms.ChoiceField(
        label=gettext_lazy("form"),
        choices=AuthoredQuestion.Form.choices,
        initial=AuthoredForm.CHOICE.value,
    )
    stem = forms.CharField(
        label=gettext_lazy("question"), max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    key = forms.CharField(
        label=gettext_lazy("right answer"),
        max_length=5000,
        required=False,
        error_messages={"required": gettext_lazy("Write the right answer.")},
    )
    truth = forms.ChoiceField(
        label=gettext_lazy("the statement is"),
        choices=[("true", gettext_lazy("True")), ("false", gettext_lazy("False"))],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"required": gettext_lazy("Say whether the statement is true.")},
    )
    distractors = forms.CharField(
        label=gettext_lazy("wrong options"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line; two good ones are enough."),
        error_messages={"required": gettext_lazy("A choice needs at least one wrong option.")},
    )
    accept = forms.CharField(
        label=gettext_lazy("also right"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Other answers or spellings, one a line."),
    )
    explanation = forms.CharField(
        label=gettext_lazy("explanation"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Shown after the answer: why it is right."),
    )
    topic = forms.ChoiceField(label=gettext_lazy("topic"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("source"), required=False)
    at = forms.CharField(label=gettext_lazy("where in it"), required=False, max_length=300)

    question: domain.AuthoredQuestion

    def __init__(
        self,
        deck: Deck,
        data: Any = None,
        *,
        more_passages: tuple[domain.Passage, ...] = (),
        **kwargs: Any,
    ) -> None:
        """`more_passages` stay behind the one that the form shows."""
        super().__init__(data, **kwargs)
        self.more_passages = more_passages
        topics = Topic.objects.filter(deck=deck).values_list("key", "title")
        for name, choices in (("topic", topics), ("source", source_names(deck).items())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("None")), *choices]
        values = self.data if self.is_bound else self.initial
        self.kind = str(values.get("form") or AuthoredForm.CHOICE.value)
        if self.kind == AuthoredForm.TRUE_FALSE:
            self.fields["stem"].label = _("statement")
        for name in NEEDED.get(self.kind, ("key",)):
            self.fields[name].required = True

    def kind_fields(self) -> list[Any]:
        """The fields that count for its form."""
        names = {"choice": ("key", "distractors"), "true_false": ("truth",)}
        return [self[name] for name in names.get(self.kind, ("key", "accept"))]

    def other_values(self) -> list[tuple[str, str]]:
        """What was typed into the fields of other forms, to be sent along."""
        shown = {field.name for field in self.kind_fields()}
        hidden = [name for name in ("key", "truth", "distractors", "accept") if name not in shown]
        return [(name, str(self[name].value() or "")) for name in hidden]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.kind == AuthoredForm.CHOICE:
            self._check_options(data)
        elif self.kind == AuthoredForm.TYPED:
            self._check_days(data)
        if not self.errors:
            self.question = self._question(data)
        return data

    def _check_options(self, data: Mapping[str, Any]) -> None:
        options = lines_of(data.get("distractors"))
        seen = {folded(data.get("key") or "")}
        for option in options:
            if folded(option) in seen:
                self.add_error("distractors", _("The option “%s” stands twice.") % option)
            seen.add(folded(option))

    def _check_days(self, data: Mapping[str, Any]) -> None:
        texts = [("key", data.get("key") or "")]
        texts += [("accept", line) for line in lines_of(data.get("accept"))]
        for name, text in texts:
            try:
                read_date(text)
            except BadValue as error:
                self.add_error(name, _("No such day: %(why)s.") % {"why": error})

    def _question(self, data: Mapping[str, Any]) -> domain.AuthoredQuestion:
        kind = AuthoredForm(self.kind)
        is_choice, is_typed = kind is AuthoredForm.CHOICE, kind is AuthoredForm.TYPED
        source = data.get("source")
        passages = (domain.Passage(source, data.get("at", "")),) if source else ()
        return domain.AuthoredQuestion(
            id="preview",
            form=kind,
            stem=data["stem"],
            key=data["truth"] if kind is AuthoredForm.TRUE_FALSE else data["key"],
            distractors=tuple(lines_of(data["distractors"])) if is_choice else (),
            accept=tuple(lines_of(data["accept"])) if is_typed else (),
            topic=data.get("topic", ""),
            explanation=data.get("explanation", ""),
            passages=(*passages, *self.more_passages),
        )


def initial_of(row: AuthoredQuestion) -> dict[str, Any]:
    passage = next(iter(passages_of(row)), None)
    is_true_false = row.form == AuthoredQuestion.Form.TRUE_FALSE
    return {
        "form": row.form,
        "stem": row.stem,
        "key": "" if is_true_false else row.key,
        "truth": row.key if is_true_false else "",
        "distractors": "\n".join(row.distractors),
        "accept": "\n".join(row.accept),
        "explanation": row.explanation,
        "topic": row.topic.key if row.topic else "",
        "source": passage.source if passage else "",
        "at": passage.locator if passage else "",
    }


def passages_of(row: AuthoredQuestion) -> tuple[domain.Passage, ...]:
    rows = row.passages.select_related("source").order_by("pk")
    return tuple(domain.Passage(each.source.key, each.locator, each.quote) for each in rows)
