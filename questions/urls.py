"""The addresses of the study tool."""

from django.urls import path

from questions.views import (
    answers,
    authoring,
    classes,
    decks,
    entities,
    facts,
    progress,
    quizzes,
    relations,
    reports,
    rulings,
    study,
    teach,
    topics,
    vetoes,
    withdrawn,
)

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
    path("answers/<int:review>/problem/", reports.report, name="report"),
    path("answers/<int:review>/problem/undo/", reports.report_undo, name="report_undo"),
    path("rulings/seen/", study.rulings_seen, name="rulings_seen"),
    # quizzes
    path("quizzes/", quizzes.quizzes, name="quizzes"),
    path("quizzes/new/", quizzes.quiz_new, name="quiz_new"),
    path("quiz/<int:attempt>/", quizzes.quiz, name="quiz"),
    path("quiz/<int:attempt>/<int:position>/", quizzes.quiz_item, name="quiz_item"),
    path("quiz/<int:attempt>/finish/", quizzes.quiz_finish, name="quiz_finish"),
    path("quiz/<int:attempt>/result/", quizzes.quiz_result, name="quiz_result"),
    path("quiz/<int:attempt>/retake/", quizzes.quiz_retake, name="quiz_retake"),
    path("quiz/<int:attempt>/<int:position>/right/", quizzes.quiz_claim, name="quiz_claim"),
    path(
        "quiz/<int:attempt>/<int:position>/right/undo/",
        quizzes.quiz_claim_undo,
        name="quiz_claim_undo",
    ),
    path("quiz/<int:attempt>/<int:position>/problem/", reports.quiz_report, name="quiz_report"),
    path(
        "quiz/<int:attempt>/<int:position>/problem/undo/",
        reports.quiz_report_undo,
        name="quiz_report_undo",
    ),
    # decks
    path("decks/", decks.decks, name="decks"),
    path("decks/<slug:slug>/", decks.deck, name="deck"),
    path("decks/<slug:slug>/conflicts/", decks.conflicts, name="deck_conflicts"),
    path("decks/<slug:slug>/timeline/", decks.timeline, name="deck_timeline"),
    path("decks/<slug:slug>/sources/", decks.sources, name="deck_sources"),
    path("decks/<slug:slug>/facts/<str:uid>/", decks.fact, name="fact"),
    # progress
    path("progress/", progress.progress, name="progress"),
    # the teacher’s decks
    path("teach/", teach.teach, name="teach"),
    path("teach/new-deck/", teach.deck_new, name="teach_deck_new"),
    path("teach/import/", teach.upload, name="teach_import"),
    path("teach/import/<int:pk>/", teach.upload_check, name="teach_import_check"),
    path("teach/import/<int:pk>/confirm/", teach.upload_confirm, name="teach_import_confirm"),
    path("teach/deck/<slug:slug>/", teach.deck, name="teach_deck"),
    path("teach/deck/<slug:slug>/settings/", teach.deck_settings, name="teach_deck_settings"),
    path("teach/deck/<slug:slug>/export/", teach.deck_export, name="teach_deck_export"),
    # the teacher’s relations
    path("teach/deck/<slug:slug>/relations/", relations.relations, name="relations"),
    path("teach/deck/<slug:slug>/new-relation/", relations.relation_new, name="relation_new"),
    path(
        "teach/deck/<slug:slug>/relations/<str:key>/",
        relations.relation_edit,
        name="relation_edit",
    ),
    path(
        "teach/deck/<slug:slug>/relations/<str:key>/delete/",
        relations.relation_delete,
        name="relation_delete",
    ),
    path(
        "teach/deck/<slug:slug>/relations/<str:key>/restore/",
        relations.relation_restore,
        name="relation_restore",
    ),
    # the teacher’s topics
    path("teach/deck/<slug:slug>/topics/", topics.topics, name="topics"),
    path("teach/deck/<slug:slug>/topics/<str:key>/", topics.topic_edit, name="topic_edit"),
    path("teach/deck/<slug:slug>/topics/<str:key>/move/", topics.topic_move, name="topic_move"),
    path(
        "teach/deck/<slug:slug>/topics/<str:key>/delete/",
        topics.topic_delete,
        name="topic_delete",
    ),
    path(
        "teach/deck/<slug:slug>/topics/<str:key>/restore/",
        topics.topic_restore,
        name="topic_restore",
    ),
    # the teacher’s names
    path("teach/deck/<slug:slug>/names/", entities.entities, name="entities"),
    path("teach/deck/<slug:slug>/names/<str:key>/", entities.entity_edit, name="entity_edit"),
    path(
        "teach/deck/<slug:slug>/names/<str:key>/delete/",
        entities.entity_delete,
        name="entity_delete",
    ),
    path(
        "teach/deck/<slug:slug>/names/<str:key>/restore/",
        entities.entity_restore,
        name="entity_restore",
    ),
    # the teacher’s facts
    path("teach/deck/<slug:slug>/new-fact/", facts.fact_new, name="fact_new"),
    path("teach/deck/<slug:slug>/fact-controls/", facts.fact_controls, name="fact_controls"),
    path("teach/deck/<slug:slug>/fact-preview/", facts.fact_preview, name="fact_preview"),
    path("teach/deck/<slug:slug>/entities/", facts.entity_options, name="entity_options"),
    path("teach/deck/<slug:slug>/facts/<str:uid>/", facts.fact_edit, name="fact_edit"),
    path("teach/deck/<slug:slug>/facts/<str:uid>/delete/", facts.fact_delete, name="fact_delete"),
    path("teach/deck/<slug:slug>/facts/<str:uid>/list/", facts.list_mark, name="list_mark"),
    path(
        "teach/deck/<slug:slug>/facts/<str:uid>/restore/", facts.fact_restore, name="fact_restore"
    ),
    # a fact’s wrong options, and what was ruled out
    path(
        "teach/deck/<slug:slug>/facts/<str:uid>/questions/",
        vetoes.fact_questions,
        name="fact_questions",
    ),
    path("teach/deck/<slug:slug>/facts/<str:uid>/never/", vetoes.veto, name="veto"),
    path("teach/deck/<slug:slug>/wrong-options/", vetoes.vetoes, name="vetoes"),
    path(
        "teach/deck/<slug:slug>/wrong-options/<int:pk>/again/", vetoes.veto_lift, name="veto_lift"
    ),
    path(
        "teach/deck/<slug:slug>/wrong-options/refresh/",
        vetoes.questions_refresh,
        name="questions_refresh",
    ),
    # the teacher’s questions by hand, drafts, reports
    path("teach/deck/<slug:slug>/questions/", authoring.questions, name="authored"),
    path("teach/deck/<slug:slug>/new-question/", authoring.question_new, name="authored_new"),
    path(
        "teach/deck/<slug:slug>/question-controls/",
        authoring.question_controls,
        name="authored_controls",
    ),
    path(
        "teach/deck/<slug:slug>/question-preview/",
        authoring.question_preview,
        name="authored_preview",
    ),
    path(
        "teach/deck/<slug:slug>/questions/<str:key>/",
        authoring.question_edit,
        name="authored_edit",
    ),
    path(
        "teach/deck/<slug:slug>/questions/<str:key>/delete/",
        authoring.question_delete,
        name="authored_delete",
    ),
    path(
        "teach/deck/<slug:slug>/questions/<str:key>/restore/",
        authoring.question_restore,
        name="authored_restore",
    ),
    path("teach/deck/<slug:slug>/drafts/", authoring.drafts, name="drafts"),
    path("teach/deck/<slug:slug>/drafts/<int:pk>/", authoring.draft_settle, name="draft_settle"),
    path("teach/deck/<slug:slug>/reports/", authoring.reports, name="reports"),
    path("teach/deck/<slug:slug>/reports/<int:pk>/", authoring.report_close, name="report_close"),
    # the teacher’s answers claimed to be right, frequent wrong ones
    path("teach/deck/<slug:slug>/answers/", answers.answers, name="answers"),
    path("teach/deck/<slug:slug>/answers/rule/", answers.answer_rule, name="answer_rule"),
    path("teach/deck/<slug:slug>/answers/decided/", rulings.decided, name="decided"),
    path(
        "teach/deck/<slug:slug>/answers/decided/<int:pk>/undo/",
        rulings.take_back,
        name="answer_undo",
    ),
    # questions asked no more
    path("teach/deck/<slug:slug>/withdrawn/", withdrawn.withdrawn, name="withdrawn"),
    path(
        "teach/deck/<slug:slug>/withdrawn/<int:pk>/again/",
        withdrawn.ask_again,
        name="ask_again",
    ),
    # classes
    path("teach/new-class/", classes.class_new, name="class_new"),
    path("teach/class/<int:pk>/", classes.classroom, name="classroom"),
    path("teach/class/<int:pk>/edit/", classes.class_edit, name="class_edit"),
    path("teach/class/<int:pk>/code/", classes.class_code, name="class_code"),
    path("teach/class/<int:pk>/delete/", classes.class_delete, name="class_delete"),
    path(
        "teach/class/<int:pk>/students/<int:learner>/remove/",
        classes.class_remove,
        name="class_remove",
    ),
    path("classes/", classes.classes, name="classes"),
    path("classes/<int:pk>/leave/", classes.class_leave, name="class_leave"),
    path("join/", classes.join, name="join"),
    path("join/<str:code>/", classes.join, name="join_code"),
]
