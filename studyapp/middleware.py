"""What is done to every request: security headers, no NUL, sign-in by default, local time."""

from collections.abc import Callable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

GetResponse = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
]
SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(CONTENT_SECURITY_POLICY),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeadersMiddleware:
    """Adds what Django's own SecurityMiddleware does not."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class NoNulMiddleware:
    """Refuses (400) a NUL in address, cookies or a posted form: nobody types one, and PostgreSQL
    takes none in a text. Stands behind the check for forged forms, which reads posts first, and
    before whatever reads the session."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        texts = (request.path, *request.COOKIES.values())
        if "%00" in request.META.get("QUERY_STRING", "") or any("\0" in text for text in texts):
            raise BadRequest("NUL in the address or a cookie")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if any("\0" in text for _, texts in request.POST.lists() for text in texts):
            raise BadRequest("NUL in a form")


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every view needs a signed-in user unless marked `login_not_required`."""

    def handle_no_permission(  # type: ignore[override]  # htmx's redirect is no 302
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect | HttpResponseClientRedirect:
        if not getattr(request, "htmx", False):
            return super().handle_no_permission(request, view_func)
        # htmx would follow a redirect and paste the sign-in page into the fragment's place.
        page = urlsplit(request.headers.get("HX-Current-URL", "/"))
        target = page._replace(scheme="", netloc="").geturl()
        sign_in = resolve_url(self.get_login_url(view_func))
        return HttpResponseClientRedirect(redirect_to_login(target, sign_in).url)


class TimeZoneMiddleware:
    """Times on pages are in the signed-in user's zone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            with timezone.override(request.user.zone):
                return self.get_response(request)
        with timezone.override(ZoneInfo("UTC")):
            return self.get_response(request)
