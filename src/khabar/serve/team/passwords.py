"""Passwords and tokens. Invariant: neither is kept, only a hash; to check a password takes as long for a name that does
not exist as for one that does.

Passwords are hashed with argon2id under the second recommendation of RFC 9106 (64 MiB, three passes). Tokens are 256
random bits, which nobody guesses, so a plain SHA-256 of them is kept.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from functools import cached_property
from threading import BoundedSemaphore

from khabar.errors import SettingsError

__all__ = ["LONGEST", "SHORTEST", "Passwords", "checked_password", "generated", "hash_of", "new_token"]

SHORTEST, LONGEST = 12, 200  # characters
_AT_ONCE = 2  # hashings at a time, each of 64 MiB: a flood of log-ins waits, and does not fill the memory
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that look like others
_GROUPS, _EACH = 5, 4


class Passwords:
    """Hashes passwords and compares them."""

    def __init__(self) -> None:
        self._few = BoundedSemaphore(_AT_ONCE)

    @cached_property
    def _nobody(self) -> str:
        """The hash that a password is compared with where an account has none."""
        return self.hashed(secrets.token_urlsafe())

    def hashed(self, password: str) -> str:
        """The hash to keep."""
        from argon2 import PasswordHasher

        with self._few:
            return PasswordHasher().hash(_normal(password))

    def fits(self, hash_: str, password: str) -> bool:
        """Whether a password has this hash; False, after the same work, where there is none to compare with."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        held = hash_ or self._nobody
        with self._few:
            try:
                PasswordHasher().verify(held, _normal(password[: LONGEST + 1]))
            except (VerificationError, InvalidHashError):
                return False
        return bool(hash_)

    def outdated(self, hash_: str) -> bool:
        """Whether a hash was made under weaker parameters than those of today."""
        from argon2 import PasswordHasher

        return PasswordHasher().check_needs_rehash(hash_)


def _normal(password: str) -> str:
    """One form for letters that keyboards write in several (NFKC, as NIST SP 800-63B asks)."""
    return unicodedata.normalize("NFKC", password)


def checked_password(password: str, name: str) -> str:
    """A password that can be taken; SettingsError where it is too easy. Length counts, kinds of characters do not."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise SettingsError(
            f"The password has {len(password)} characters.", f"Use {SHORTEST} to {LONGEST}; a few words will do."
        )
    simple = password.casefold()
    if name.casefold() in simple or len(set(simple)) < 5 or "khabar" in simple:
        raise SettingsError(
            "The password is easy to guess.", "Use a few words that have nothing to do with each other."
        )
    return password


def generated() -> str:
    """A new password of some 99 bits, in groups that can be read out."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_EACH)) for _ in range(_GROUPS))


def new_token(kind: str = "") -> str:
    """A new random token; `kind` stands before it, so that one that got lost can be told."""
    return kind + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """The hash of a token, as it is kept."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
