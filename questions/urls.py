"""The addresses of the study tool."""

from django.urls import path

from questions.views import study

app_name = "questions"

urlpatterns = [
    # study
    path("", study.home, name="home"),
    path("decks/<slug:slug>/study/", study.start, name="start"),
    path("study/<int:pk>/", study.session, name="session"),
    path("study/<int:pk>/told/", study.tell, name="tell"),
    path("study/<int:pk>/answer/", study.answer, name="answer"),
    path("study/<int:pk>/answers/<int:review>/", study.answered, name="answered"),
    path("study/<int:pk>/answers/<int:review>/undo/", study.undo, name="undo"),
    path("study/<int:pk>/answers/<int:review>/right/", study.claim, name="claim"),
    path("study/<int:pk>/summary/", study.summary, name="summary"),
    path("answers/<int:review>/problem/", study.report, name="report"),
]
