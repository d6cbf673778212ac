"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id at the minimum cost that OWASP's password storage cheat sheet names.

    Django's default takes 100 MiB and eight threads a sign-in, which a small server
    does not have when a class signs in at nine o'clock.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
