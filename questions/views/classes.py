"""Classes: the teacher's page of each, joining with a code, and a student's list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from questions.forms.classes import ClassForm, JoinForm
from questions.models import Classroom
from questions.queries import classes as queries
from questions.services import classes as services
from questions.services.classes import NoSuchCode, OwnClass
from questions.views.pages import SignedInRequest, found, now, page
from questions.views.teach import for_teachers, teach_page

# --- the teacher's --------------------------------------------------------------------


def own_class(request: SignedInRequest, pk: int) -> Classroom:
    return found(Classroom.objects.taught_by(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def class_new(request: SignedInRequest) -> HttpResponse:
    form = ClassForm(request.POST or None, teacher=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        classroom = services.create_class(request.user, data["name"], data["decks"])
        return redirect("questions:classroom", classroom.pk)
    return teach_page(
        request, "classes/class_edit.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def class_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    classroom = own_class(request, pk)
    form = ClassForm(request.POST or None, instance=classroom, teacher=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_class(classroom, form.cleaned_data["name"], form.cleaned_data["decks"])
        messages.success(request, _("Saved."))
        return redirect("questions:classroom", pk)
    context = {"form": form, "classroom": own_class(request, pk)}
    return teach_page(
        request, "classes/class_edit.html", context, status=422 if form.errors else 200
    )


@require_GET
@for_teachers
def classroom(request: SignedInRequest, pk: int) -> HttpResponse:
    report = queries.class_report(own_class(request, pk), now())
    join = request.build_absolute_uri(reverse("questions:join_code", args=[report.classroom.code]))
    context = {"report": report, "classroom": report.classroom, "join_url": join}
    return teach_page(request, "classes/class.html", context)


@require_POST
@for_teachers
def class_code(request: SignedInRequest, pk: int) -> HttpResponse:
    services.renew_code(own_class(request, pk))
    messages.success(request, _("The class has a new code; the old one lets nobody in."))
    return redirect("questions:classroom", pk)


@require_POST
@for_teachers
def class_remove(request: SignedInRequest, pk: int, learner: int) -> HttpResponse:
    enrolment = found(own_class(request, pk).enrolments.select_related("learner"), learner=learner)
    services.leave(enrolment.learner, enrolment.classroom)
    messages.success(request, _("%s is no longer in the class.") % enrolment.learner.display_name)
    return redirect("questions:classroom", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def class_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    classroom = own_class(request, pk)
    if request.method != "POST":
        context = {"classroom": classroom, "students": classroom.enrolments.count()}
        return teach_page(request, "classes/class_delete.html", context)
    services.delete_class(classroom)
    messages.success(request, _("The class is gone; what its students learned is not."))
    return redirect("questions:teach")


# --- the student's --------------------------------------------------------------------


@require_GET
def classes(request: SignedInRequest) -> HttpResponse:
    context = {
        "classes": queries.classes_joined(request.user),
        "form": JoinForm(),
        "section": "study",
    }
    return page(request, "questions/classes/classes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedInRequest, code: str = "") -> HttpResponse:
    """The code may stand in the address, but joining takes a press of the button."""
    form = JoinForm(request.POST or None, initial={"code": code})
    if request.method == "POST" and form.is_valid():
        try:
            classroom, is_new = services.join(request.user, form.cleaned_data["code"])
        except NoSuchCode:
            form.add_error("code", _("No class has this code. Ask your teacher for it again."))
        except OwnClass:
            form.add_error("code", _("This is your own class; its code is for your students."))
        else:
            joined = _("You are in %s now.") if is_new else _("You were in %s already.")
            messages.success(request, joined % classroom.name)
            return redirect("questions:classes")
    context = {"form": form, "section": "study"}
    return page(request, "questions/classes/join.html", context, status=422 if form.errors else 200)


@require_POST
def class_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    classroom = found(Classroom.objects.joined_by(request.user), pk=pk)
    services.leave(request.user, classroom)
    messages.success(request, _("You left %s. What you learned stays yours.") % classroom.name)
    return redirect("questions:classes")
