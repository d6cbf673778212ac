"""Signing up, in and out, the password, and one's settings."""

import re
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone

from studyapp import settings as project_settings
from studyapp.accounts.forms import SignUpForm
from studyapp.accounts.hashers import OwaspArgon2PasswordHasher
from studyapp.accounts.models import User
from studyapp.accounts.tries import Tries


def zone(request: HttpRequest) -> HttpResponse:
    return HttpResponse(timezone.get_current_timezone_name())


urlpatterns = [path("zone/", zone), path("", include("studyapp.urls"))]

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
SIGN_UP = {"username": "ann", "password1": PASSWORD, "password2": PASSWORD}
SETTINGS = {
    "time_zone": "Asia/Tokyo",
    "day_start": "3",
    "new_per_day": "7",
    "minutes_per_day": "45",
    "theme": "dark",
}


@pytest.fixture(autouse=True)
def forgotten_tries() -> None:
    cache.clear()


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann", password=PASSWORD)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_signing_up_makes_a_student_and_signs_them_in(client: Client) -> None:
    response = client.post(reverse("accounts:sign_up"), {**SIGN_UP, "time_zone": "Europe/Berlin"})
    user = User.objects.get()
    assert response.headers["Location"] == reverse("questions:home")
    assert (user.username, user.role, user.time_zone) == ("ann", "student", "Europe/Berlin")
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
def test_an_odd_time_zone_from_the_browser_does_not_stop_a_sign_up(
    client: Client, zone: str
) -> None:
    client.post(reverse("accounts:sign_up"), {**SIGN_UP, "time_zone": zone})
    assert User.objects.get().time_zone == "UTC"


def test_one_name_in_another_case_is_the_same_name(client: Client, ann: User) -> None:
    refused = client.post(reverse("accounts:sign_up"), {**SIGN_UP, "username": "Ann"})
    assert "A user with that username already exists." in refused.content.decode()
    with pytest.raises(IntegrityError):  # as of two sign-ups at one moment
        User.objects.create_user("ANN")


@pytest.mark.parametrize(("name", "typed"), [("ann", "Ann"), ("жанна", "ЖАННА"), ("ömer", "Ömer")])
def test_signing_in_does_not_mind_a_capital_letter(client: Client, name: str, typed: str) -> None:
    user = User.objects.create_user(name, password=PASSWORD)
    client.post(reverse("accounts:sign_in"), {"username": typed, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_two_who_had_one_name_before_each_sign_in_by_their_own(client: Client, ann: User) -> None:
    other = User(username="Ann", username_folded="ann 2")
    other.set_password(PASSWORD)
    other.save()
    for user in (ann, other):
        sign_in = {"username": user.username, "password": PASSWORD}
        client.post(reverse("accounts:sign_in"), sign_in)
        assert client.session["_auth_user_id"] == str(user.pk)
        client.logout()


def test_nobody_signs_up_as_teacher_or_staff(client: Client) -> None:
    extra = {"role": "teacher", "is_staff": "on", "is_superuser": "on"}
    client.post(reverse("accounts:sign_up"), {**SIGN_UP, **extra})
    user = User.objects.get()
    assert not user.is_teacher
    assert not user.is_staff
    assert not user.is_superuser


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"password2": "something else"}, "password2"),
        ({"password1": "12345678", "password2": "12345678"}, "password2"),
        ({"password1": "short", "password2": "short"}, "password2"),
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
    ],
)
def test_a_bad_sign_up_says_what_is_wrong(
    client: Client, change: dict[str, str], complaint: str
) -> None:
    response = client.post(reverse("accounts:sign_up"), {**SIGN_UP, **change})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [complaint]
    assert not User.objects.exists()


def test_a_name_taken_in_other_letters_is_taken(client: Client, ann: User) -> None:
    response = client.post(reverse("accounts:sign_up"), {**SIGN_UP, "username": "ANN"})
    assert "username" in response.context["form"].errors


def test_a_name_taken_while_the_form_was_checked_is_taken(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for check in ("clean_username", "validate_unique"):
        monkeypatch.setattr(SignUpForm, check, lambda form: form.cleaned_data.get("username"))
    monkeypatch.setattr(User, "validate_constraints", lambda user, **_: None)
    response = client.post(reverse("accounts:sign_up"), SIGN_UP)
    assert response.context["form"].errors["username"] == [
        "A user with that username already exists."
    ]
    assert User.objects.get() == ann


def test_help_that_lists_the_rules_of_passwords_is_a_list(client: Client, ann: User) -> None:
    client.force_login(ann)
    html = client.get(reverse("accounts:password")).content.decode()
    assert "<ul><li>Your password can’t be too similar" in html


def test_signing_up_is_helped_in_a_line_each(client: Client) -> None:
    html = client.get(reverse("accounts:sign_up")).content.decode()
    assert html.count('class="field-help"') == 3
    assert "At least 8 characters" in html
    assert "150 characters or fewer" not in html
    assert "Your password can’t" not in html


def test_the_public_pages_can_be_read_by_anyone(client: Client) -> None:
    for name in ["accounts:sign_up", "accounts:sign_in"]:
        assert client.get(reverse(name)).status_code == 200


def test_signing_in_leads_back_to_the_page_one_wanted(client: Client, ann: User) -> None:
    wanted = client.get(reverse("accounts:settings")).headers["Location"]
    response = client.post(wanted, {"username": "ann", "password": PASSWORD})
    assert response.headers["Location"] == reverse("accounts:settings")
    assert client.get(reverse("accounts:settings")).status_code == 200


def test_signing_in_never_leads_to_another_site(client: Client, ann: User) -> None:
    page = reverse("accounts:sign_in") + "?next=https://example.org/"
    response = client.post(page, {"username": "ann", "password": PASSWORD})
    assert response.headers["Location"] == reverse("questions:home")


def test_a_wrong_password_does_not_sign_in(client: Client, ann: User) -> None:
    page = reverse("accounts:sign_in")
    response = client.post(page, {"username": "ann", "password": "wrong"})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_after_ten_wrong_passwords_even_the_right_one_waits_a_quarter_of_an_hour(
    client: Client, ann: User
) -> None:
    page = reverse("accounts:sign_in")
    good = {"username": "ann", "password": PASSWORD}
    with time_machine.travel("2026-01-01 08:00Z", tick=False) as clock:
        for _ in range(10):
            client.post(page, {"username": "ann", "password": "guess"})
        assert "Too many" in client.post(page, good).content.decode()
        assert Client(REMOTE_ADDR="192.0.2.7").post(page, good).status_code == 302
        clock.shift(15 * 60 + 1)
        assert client.post(page, good).status_code == 302


@override_settings(TRUST_PROXY=True)
def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(ann: User) -> None:
    page, guess = reverse("accounts:sign_in"), {"username": "ann", "password": "guess"}
    good = guess | {"password": PASSWORD}
    for made_up in range(10):
        said = {"X-Forwarded-For": f"10.0.0.{made_up}, 192.0.2.1"}
        Client().post(page, guess, headers=said)
    assert Client().post(page, good, headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert Client().post(page, good, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 302


def test_without_a_trusted_proxy_nobody_names_their_own_address(ann: User) -> None:
    page, guess = reverse("accounts:sign_in"), {"username": "ann", "password": "guess"}
    for made_up in range(10):
        Client().post(page, guess, headers={"X-Forwarded-For": f"10.0.0.{made_up}"})
    assert "Too many" in Client().post(page, guess).content.decode()


def test_a_count_that_is_forgotten_while_it_grows_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = Tries("ann", "192.0.2.1")
    tries.count()
    add = cache.add

    def add_and_forget(*args: Any) -> bool:
        added = add(*args)
        monkeypatch.undo()
        tries.forget()
        return added

    monkeypatch.setattr(cache, "add", add_and_forget)
    tries.count()
    assert cache.get(tries.key) == 1


def test_the_administration_counts_wrong_passwords_too(client: Client) -> None:
    User.objects.create_superuser("root", password=PASSWORD)
    wanted = reverse("admin:questions_deck_changelist")
    page = client.get(wanted, follow=True).redirect_chain[-1][0]
    assert page == f"{reverse('accounts:sign_in')}?next={wanted}"
    good = {"username": "root", "password": PASSWORD}
    for _ in range(10):
        answer = client.post("/admin/login/", {**good, "password": "guess"}, follow=True)
        assert answer.request["PATH_INFO"] == reverse("accounts:sign_in")
        client.post(page, {**good, "password": "guess"})
    assert "Too many" in client.post(page, good).content.decode()
    cache.clear()
    assert client.post(page, good).headers["Location"] == wanted


def test_who_may_not_see_the_administration_is_told_so(ann: User) -> None:
    assert signed_in(ann).get(reverse("admin:index"), follow=True).status_code == 403


def test_signing_in_forgets_earlier_mistakes(client: Client, ann: User) -> None:
    page = reverse("accounts:sign_in")
    for password in [*["guess"] * 9, PASSWORD] * 2:
        response = client.post(page, {"username": "ann", "password": password})
        if password == PASSWORD:
            assert response.status_code == 302
            client.logout()


def test_signing_out_takes_a_post(ann: User) -> None:
    client = signed_in(ann)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.get(reverse("accounts:settings")).status_code == 200
    client.post(reverse("accounts:sign_out"))
    assert client.get(reverse("accounts:settings")).status_code == 302


def test_a_cookie_copied_before_signing_out_is_worthless_after(ann: User) -> None:
    client, thief = signed_in(ann), Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get(reverse("accounts:settings")).status_code == 200
    client.post(reverse("accounts:sign_out"))
    assert thief.get(reverse("accounts:settings")).status_code == 302


def test_changing_the_password_keeps_this_session_and_ends_the_others(ann: User) -> None:
    here, elsewhere = signed_in(ann), signed_in(ann)
    new = "another fine pass phrase"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    response = here.post(reverse("accounts:password"), form)
    assert response.headers["Location"] == reverse("accounts:settings")
    assert here.get(reverse("accounts:settings")).status_code == 200
    assert elsewhere.get(reverse("accounts:settings")).status_code == 302
    assert User.objects.get().check_password(new)


def test_the_old_password_is_asked_before_a_new_one(ann: User) -> None:
    form = {"old_password": "guess", "new_password1": "n3w-pass-word", "new_password2": "x"}
    response = signed_in(ann).post(reverse("accounts:password"), form)
    assert "old_password" in response.context["form"].errors
    assert User.objects.get().check_password(PASSWORD)


def test_settings_are_kept(ann: User) -> None:
    response = signed_in(ann).post(reverse("accounts:settings"), SETTINGS)
    assert response.status_code == 302
    ann.refresh_from_db()
    kept = (ann.time_zone, ann.day_start, ann.new_per_day, ann.minutes_per_day, ann.theme)
    assert kept == ("Asia/Tokyo", 3, 7, 45, "dark")
    assert ann.shortcuts is False  # an unticked box is not sent


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", ""),
        ("day_start", "13"),
        ("day_start", "-1"),
        ("new_per_day", "201"),
        ("minutes_per_day", "0"),
        ("theme", "pink"),
    ],
)
def test_settings_refuse_what_cannot_be(ann: User, field: str, value: str) -> None:
    response = signed_in(ann).post(reverse("accounts:settings"), {**SETTINGS, field: value})
    assert list(response.context["form"].errors) == [field]
    ann.refresh_from_db()
    assert (ann.time_zone, ann.day_start) == ("UTC", 4)


def test_a_student_cannot_make_a_teacher_of_themselves(ann: User) -> None:
    signed_in(ann).post(reverse("accounts:settings"), {**SETTINGS, "role": "teacher"})
    ann.refresh_from_db()
    assert not ann.is_teacher


@pytest.mark.parametrize("page", ["questions:home", "accounts:settings", "accounts:password"])
def test_anonymous_visitors_are_sent_to_sign_in(client: Client, page: str) -> None:
    response = client.get(reverse(page))
    assert response.headers["Location"] == f"{reverse('accounts:sign_in')}?next={reverse(page)}"


def test_a_fragment_asked_for_after_signing_out_leaves_the_whole_page(client: Client) -> None:
    seen = {"HX-Request": "true", "HX-Current-URL": "http://testserver/study/?deck=1"}
    response = client.get(reverse("accounts:settings"), headers=seen)
    expected = f"{reverse('accounts:sign_in')}?next=/study/%3Fdeck%3D1"
    assert response.headers["HX-Redirect"] == expected
    assert "Location" not in response.headers


def test_a_zone_this_machine_does_not_know_does_not_break_pages(ann: User) -> None:
    User.objects.update(time_zone="Europe/Atlantis")
    for page in ("accounts:settings", "questions:home", "questions:decks", "questions:progress"):
        assert signed_in(ann).get(reverse(page)).status_code == 200


@override_settings(ROOT_URLCONF="tests.web.test_accounts")
def test_a_request_runs_in_the_users_time_zone_and_leaves_none_behind(ann: User) -> None:
    client = signed_in(ann)
    for zone in ["Asia/Tokyo", "America/Lima"]:
        User.objects.update(time_zone=zone)
        assert client.get("/zone/").content.decode() == zone
    assert timezone.get_current_timezone_name() == "UTC"


def test_make_teacher_and_back(ann: User) -> None:
    call_command("make_teacher", "ann", verbosity=0)
    ann.refresh_from_db()
    assert ann.is_teacher
    call_command("make_teacher", "ann", "--undo")
    ann.refresh_from_db()
    assert not ann.is_teacher


def test_make_teacher_says_how_there_comes_to_be_such_a_user() -> None:
    with pytest.raises(CommandError, match=r"nobody.*/accounts/sign-up/.*--create"):
        call_command("make_teacher", "nobody")


def test_make_teacher_makes_the_account_with_a_password_that_signs_in(client: Client) -> None:
    out = StringIO()
    call_command("make_teacher", "bob", "--create", stdout=out)
    (password,) = re.findall(r"with (\S+) and", out.getvalue())
    assert User.objects.get(username="bob").is_teacher
    assert client.login(username="bob", password=password)
    again = StringIO()
    call_command("make_teacher", "bob", "--create", stdout=again)
    assert "with" not in again.getvalue()


def test_make_teacher_makes_no_account_of_a_name_that_none_may_have() -> None:
    with pytest.raises(CommandError, match="valid username"):
        call_command("make_teacher", "a b", "--create")
    assert not User.objects.exists()


def test_passwords_are_kept_with_argon2_at_owasps_minimum() -> None:
    assert project_settings.PASSWORD_HASHERS[0].endswith("OwaspArgon2PasswordHasher")
    kept = OwaspArgon2PasswordHasher().encode(PASSWORD, "a-salt-of-some-length")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_staff_can_list_and_change_users_in_the_admin(client: Client, ann: User) -> None:
    client.force_login(User.objects.create_superuser("root", password=PASSWORD))
    for page in ["/admin/accounts/user/", f"/admin/accounts/user/{ann.pk}/change/"]:
        assert client.get(page).status_code == 200


def test_a_page_costs_two_statements_before_its_own_work(ann: User) -> None:
    client = signed_in(ann)
    with CaptureQueriesContext(connection) as statements:
        client.get(reverse("accounts:settings"))
    assert len(statements) == 2  # the session and the user
