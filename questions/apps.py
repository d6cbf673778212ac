import gc

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    name = "questions"
    verbose_name = _("Questions")

    def ready(self) -> None:
        # What the program itself consists of stays as long as it runs: searches for cycles need
        # not go through it again and again, each for as long as an edited fact's questions take.
        gc.freeze()
