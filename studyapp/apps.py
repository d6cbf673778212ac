from django.apps import AppConfig


class StudyappConfig(AppConfig):
    """The project as an app: it brings the static files and the `serve` command."""

    name = "studyapp"
