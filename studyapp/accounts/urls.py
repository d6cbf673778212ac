"""The addresses of accounts."""

from django.urls import path

from studyapp.accounts import views

app_name = "accounts"

urlpatterns = [
    path("sign-up/", views.sign_up, name="sign_up"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("password/", views.Password.as_view(), name="password"),
    path("settings/", views.settings, name="settings"),
]
