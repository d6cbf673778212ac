"""Every response carries the headers, whatever became of the request."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, override_settings
from django.urls import include, path, reverse

from studyapp.accounts.models import User


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as planned")


broken.login_required = False  # type: ignore[attr-defined]

urlpatterns = [path("broken/", broken), path("", include("studyapp.urls"))]

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def assert_guarded(response: HttpResponseBase) -> None:
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy)
    assert {"form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert EXPECTED.items() <= dict(response.headers).items()


@pytest.fixture
def forgiving() -> Client:
    """A client that gets the error page where the test client would raise."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/accounts/sign-in/", 200),
        ("/accounts/settings/", 302),
        ("/accounts/sign-out/", 302),
        ("/nowhere/", 404),
        ("/broken/", 500),
        ("/static/admin/css/base.css", 200),
    ],
)
@override_settings(ROOT_URLCONF="tests.web.test_security_headers")
def test_every_kind_of_response_is_guarded(forgiving: Client, address: str, status: int) -> None:
    response = forgiving.get(address)
    assert response.status_code == status
    assert_guarded(response)


def test_a_request_for_a_foreign_host_is_refused_and_guarded(forgiving: Client) -> None:
    response = forgiving.get("/accounts/sign-in/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert_guarded(response)


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_and_guarded() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("accounts:sign_in"), {})
    assert response.status_code == 403
    assert "stale" in response.content.decode()
    assert_guarded(response)


@override_settings(ROOT_URLCONF="tests.web.test_security_headers")
def test_the_page_for_a_fault_needs_no_database(forgiving: Client) -> None:
    # No django_db mark: a statement would raise and the page would not be ours.
    response = forgiving.get("/broken/")
    assert response.status_code == 500
    assert "went wrong on our side" in response.content.decode()
    assert "as planned" not in response.content.decode()


@pytest.mark.django_db
def test_the_not_found_page_says_so_and_leads_home(client: Client) -> None:
    client.force_login(User.objects.create_user("ann"))
    response = client.get("/nowhere/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "nothing at this address" in page
    assert page.count(f'href="{reverse("questions:home")}"') >= 2  # the brand, and the button


@pytest.mark.django_db
def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client) -> None:
    User.objects.create_user("ann", password="correct horse")
    client.post(reverse("accounts:sign_in"), {"username": "ann", "password": "correct horse"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
