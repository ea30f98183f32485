"""A small provider of accounts (OpenID Connect) on this machine: it signs in whoever is set, and checks what it is
asked as a real one does. `lie` makes it answer wrongly in one way.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "khabar-workbench", "the secret of the registration"


@dataclass
class Provider:
    """Who signs in is `person`; `lie` is how the next answers are wrong."""

    issuer: str
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "17", "preferred_username": "Zoë.B"})
    lie: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256"}))
    other: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256"}))

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.told),
                Route("/keys", self.keys),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
            ]
        )

    async def told(self, _request: Request) -> Response:
        issuer = "http://127.0.0.1:1" if self.lie == "called otherwise" else self.issuer
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return JSONResponse({"issuer": issuer, **{name: f"{self.issuer}/{path}" for name, path in names.items()}})

    async def keys(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.asked.append(asked)
        good = asked["response_type"] == "code" and asked["client_id"] == CLIENT and "openid" in asked["scope"].split()
        if not good or asked["code_challenge_method"] != "S256" or not asked["nonce"]:
            return JSONResponse({"error": "invalid_request"}, status_code=400)
        if self.lie == "refused":
            back = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe()
            self.codes[code] = asked
            back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", status_code=302)

    async def token(self, request: Request) -> Response:
        fields = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        whose = base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        asked = self.codes.pop(fields.get("code", ""), None)
        if whose != f"{CLIENT}:{SECRET}" or asked is None or fields["grant_type"] != "authorization_code":
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        digest = hashlib.sha256(fields["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if challenge != asked["code_challenge"] or fields["redirect_uri"] != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        told = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 60}
        return JSONResponse({**told, "id_token": self.signed(asked["nonce"])})

    def signed(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "nonce": nonce, "iat": now, "exp": now + 300, **self.person}
        wrong: dict[str, dict[str, Any]] = {
            "another nonce": {"nonce": "x" * 40},
            "another issuer": {"iss": "https://evil.example"},
            "for another": {"aud": "somebody else"},
            "for two": {"aud": [CLIENT, "somebody else"], "azp": "somebody else"},
            "over": {"iat": now - 900, "exp": now - 600},
            "nobody": {"sub": ""},
        }
        claims |= wrong.get(self.lie, {})
        if self.lie == "without a nonce":
            del claims["nonce"]
        if self.lie == "unsigned":
            parts = ({"alg": "none"}, claims)
            return ".".join(_coded(part) for part in parts) + "."
        if self.lie == "signed with the public key":
            said = f"{_coded({'alg': 'HS256', 'kid': 'one'})}.{_coded(claims)}"
            seal = hmac.digest(self.key.as_pem(private=False), said.encode(), "sha256")
            return f"{said}.{base64.urlsafe_b64encode(seal).decode().rstrip('=')}"
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.other if self.lie == "another key" else self.key)


def _coded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


class Running:
    """The provider, served by a real server in a thread."""

    def __init__(self) -> None:
        import socket

        self._listener = socket.create_server(("127.0.0.1", 0))
        self.provider = Provider(f"http://127.0.0.1:{self._listener.getsockname()[1]}")
        config = uvicorn.Config(self.provider.app(), log_level="critical", access_log=False, ws="none", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)

    def __enter__(self) -> Provider:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self.provider

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._listener.close()
