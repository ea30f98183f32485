"""Signing in with the account of one's own house, by OpenID Connect. Invariant: nobody comes in whom the provider did
not name in a token that it signed for this sign-in of this browser.

The authorization code flow with PKCE, state and nonce, through Authlib. What a sign-in that is under way needs is in a
signed cookie of the browser; nothing is kept here. Who somebody is follows from issuer and subject alone: a name or
a mail address, which people can change, never opens an account that is there.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from khabar.errors import KhabarError, SettingsError

__all__ = ["UNDER_WAY", "House", "HouseError", "Person", "Provider"]

UNDER_WAY = 600  # seconds in which a sign-in at the provider must be done

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
_PATIENCE = 10.0  # seconds for an answer of the provider
_LEEWAY = 60  # seconds by which clocks may differ
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class HouseError(KhabarError):
    """A sign-in at the provider of the house that did not succeed."""


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider of the house, and as whom the workbench is registered there."""

    issuer: str
    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        """Without the secret."""
        return f"Provider({self.issuer!r}, {self.client_id!r})"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider named: `subject` (issuer and subject, parted by a space), and a name to begin with."""

    subject: str
    name: str


class House:
    """Signs people in at a provider. `create`: whoever the provider names gets an account of a reader."""

    def __init__(self, provider: Provider, *, create: bool = False) -> None:
        _checked(provider.issuer)
        self._provider = provider
        self._told: Mapping[str, Any] = {}
        self._one = Lock()
        self._cookies = secrets.token_bytes(32)  # a restart ends the sign-ins that are under way
        self.create = create

    def begin(self, redirect: str, back: str) -> tuple[str, str]:
        """Where to send the browser, and what it must bring back in a cookie."""
        from authlib.common.security import generate_token
        from itsdangerous import URLSafeTimedSerializer

        held = {"state": generate_token(40), "nonce": generate_token(40), "verifier": generate_token(64), "back": back}
        with self._client(redirect) as client:
            to, _state = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=held["state"],
                nonce=held["nonce"],
                code_verifier=held["verifier"],
            )
        return str(to), URLSafeTimedSerializer(self._cookies, "house").dumps(held)

    def end(self, cookie: str, redirect: str, answer: Mapping[str, str]) -> tuple[Person, str]:
        """Whom the provider named, and where the person wanted to go; HouseError for whatever does not fit."""
        from itsdangerous import BadData, URLSafeTimedSerializer

        try:
            held = URLSafeTimedSerializer(self._cookies, "house").loads(cookie, max_age=UNDER_WAY)
        except BadData as problem:
            raise HouseError("This sign-in began elsewhere or took too long.", "Begin again.") from problem
        if not secrets.compare_digest(str(held["state"]), answer.get("state", "")):
            raise HouseError("This sign-in began elsewhere or took too long.", "Begin again.")
        if answer.get("iss", self._provider.issuer) != self._provider.issuer:  # RFC 9207: providers mixed up
            raise HouseError("Another provider answered.", "Begin again.")
        if "code" not in answer:
            said = re.sub(r"[^a-z_]", "", answer.get("error", ""))[:40]
            raise HouseError(f"The provider of the house refused ({said or 'without a reason'}).", "Ask who keeps it.")
        claims = self._claims(self._token(answer["code"], redirect, held["verifier"]), held["nonce"])
        return Person(f"{self._provider.issuer} {claims['sub']}", _name_of(claims)), str(held["back"])

    def _token(self, code: str, redirect: str, verifier: str) -> Mapping[str, Any]:
        from authlib.common.errors import AuthlibBaseError
        from httpx import HTTPError

        try:
            with self._client(redirect) as client:
                token: Mapping[str, Any] = client.fetch_token(
                    self._endpoint("token_endpoint"), code=code, code_verifier=verifier
                )
        except (AuthlibBaseError, HTTPError, ValueError) as problem:
            raise HouseError("The provider of the house did not take its own code.", "Begin again.") from problem
        return token

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """What the provider says of the person: signed by its keys, for us, now, and for this sign-in."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        wanted = {"iss": {"essential": True, "value": self._provider.issuer}, "sub": {"essential": True}}
        wanted |= {"aud": {"essential": True, "value": self._provider.client_id}}
        said = {"nonce": nonce, "client_id": self._provider.client_id, "access_token": token.get("access_token")}
        try:
            keys = KeySet.import_key_set({"keys": list(self._get(self._endpoint("jwks_uri"))["keys"])})
            read = jwt.decode(str(token.get("id_token", "")), keys, algorithms=_ALGORITHMS)
            claims = CodeIDToken(read.claims, read.header, wanted, said)
            claims.validate(leeway=_LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError) as problem:
            raise HouseError(
                "What the provider says of you is not signed for this sign-in.", "Begin again."
            ) from problem
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise HouseError("The provider does not say who you are.", "Ask who keeps it.")
        return dict(claims)

    # -------------------------------------------------------------- the provider

    def _client(self, redirect: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self._provider.client_id,
            self._provider.client_secret,
            scope="openid profile",
            redirect_uri=redirect,
            code_challenge_method="S256",
            timeout=_PATIENCE,
        )

    def _endpoint(self, name: str) -> str:
        with self._one:
            if not self._told:
                told = self._get(f"{self._provider.issuer.rstrip('/')}/.well-known/openid-configuration")
                if told.get("issuer") != self._provider.issuer:
                    raise HouseError(
                        f"{self._provider.issuer} calls itself {str(told.get('issuer'))[:200]}.",
                        "Set KHABAR_OIDC_ISSUER so.",
                    )
                self._told = told
            found = str(self._told.get(name, ""))
        _checked(found)
        return found

    def _get(self, address: str) -> Mapping[str, Any]:
        import httpx

        try:
            answer = httpx.get(address, timeout=_PATIENCE).raise_for_status()
            told = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise HouseError("The provider of the house does not answer.", "Try again later.") from problem
        if not isinstance(told, dict):
            raise HouseError("The provider of the house does not answer as it should.", "Ask who keeps it.")
        return told


def _checked(address: str) -> None:
    """SettingsError where what goes to an address could be read on the way."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise SettingsError(
            f"The provider's address {address!r} is not https.", "Set KHABAR_OIDC_ISSUER to one that is."
        )


def _name_of(claims: Mapping[str, Any]) -> str:
    """A name for a new account: what the provider calls the person, as far as it can be a name."""
    for said in (claims.get("preferred_username"), claims.get("nickname"), claims.get("email"), claims["sub"]):
        plain = unicodedata.normalize("NFKD", str(said or "").partition("@")[0]).encode("ascii", "ignore").decode()
        name = re.sub(r"[^a-z0-9._-]+", "-", plain.casefold()).strip("-._")[:40]
        if name:
            return name
    return "person"
