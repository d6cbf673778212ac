"""The addresses of the whole project."""

from django.contrib import admin
from django.urls import include, path

from studyapp.accounts.views import admin_sign_in
from studyapp.health import health

urlpatterns = [
    path("accounts/", include("studyapp.accounts.urls")),
    path("health/", health),
    path("admin/login/", admin_sign_in),
    path("admin/", admin.site.urls),
    path("", include("questions.urls")),
]
