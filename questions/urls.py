"""The addresses of the study tool."""

from django.urls import path

from questions.views import home

app_name = "questions"

urlpatterns = [
    path("", home.home, name="home"),
]
