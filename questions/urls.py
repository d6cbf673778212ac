"""The addresses of the study tool."""

from django.urls import path

from questions.views import decks, progress, quizzes, study

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
    # quizzes
    path("quizzes/", quizzes.quizzes, name="quizzes"),
    path("quizzes/new/", quizzes.quiz_new, name="quiz_new"),
    path("quiz/<int:attempt>/", quizzes.quiz, name="quiz"),
    path("quiz/<int:attempt>/<int:position>/", quizzes.quiz_item, name="quiz_item"),
    path("quiz/<int:attempt>/finish/", quizzes.quiz_finish, name="quiz_finish"),
    path("quiz/<int:attempt>/result/", quizzes.quiz_result, name="quiz_result"),
    path("quiz/<int:attempt>/retake/", quizzes.quiz_retake, name="quiz_retake"),
    # decks
    path("decks/", decks.decks, name="decks"),
    path("decks/<slug:slug>/", decks.deck, name="deck"),
    path("decks/<slug:slug>/conflicts/", decks.conflicts, name="deck_conflicts"),
    path("decks/<slug:slug>/timeline/", decks.timeline, name="deck_timeline"),
    path("decks/<slug:slug>/sources/", decks.sources, name="deck_sources"),
    path("decks/<slug:slug>/facts/<str:uid>/", decks.fact, name="fact"),
    # progress
    path("progress/", progress.progress, name="progress"),
]
