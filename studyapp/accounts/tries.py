"""How often someone may guess a password."""

from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

LIMIT = 10
SECONDS = 15 * 60


def address_of(request: HttpRequest | None) -> str:
    """Whose request it is: behind a trusted proxy, whom that proxy names last. What stands before
    is the visitor's own word."""
    if request is None:
        return ""
    named = request.headers.get("X-Forwarded-For", "") if settings.TRUST_PROXY else ""
    return named.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


class Tries:
    """Failed sign-ins for one name from one address, forgotten after a quarter of an hour.

    By name and address together: nobody can lock another person out from elsewhere.
    Each worker process counts for itself, so the limit is that many times as high;
    against guessing that is as good, and it costs no statement.
    """

    def __init__(self, username: str, address: str) -> None:
        digest = blake2b(f"{username.casefold()}\0{address}".encode(), digest_size=16)
        self.key = f"tries:{digest.hexdigest()}"

    @property
    def used_up(self) -> bool:
        return bool(cache.get(self.key, 0) >= LIMIT)

    def count(self) -> None:
        # The first failure starts the clock; later ones do not restart it.
        if not cache.add(self.key, 1, SECONDS):
            self._count_on()

    def _count_on(self) -> None:
        try:
            cache.incr(self.key)
        except ValueError:  # forgotten since: this failure is the first again
            cache.add(self.key, 1, SECONDS)

    def forget(self) -> None:
        cache.delete(self.key)
