"""An OpenID Connect provider for tests, on this machine: Authlib's server behind a small Flask app.

Discovery, authorisation with a form and one button, token (authorisation code with PKCE, RS256),
keys, and logout. People are looked up by the name that they type into the form; nobody has a
password. What it was asked for is kept, so that a test can look.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Error, OAuth2Request, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, UserInfo
from authlib.oidc.core.grants import OpenIDCode
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import Flask, Response, jsonify, render_template_string, request
from flask.typing import ResponseReturnValue
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

SECRET = "known to the app and to the provider"
CLIENT = "xproj-tests"
_FORM = """<!doctype html><title>Test provider</title><h1>Log in to {{ client }}</h1>
<form method="post"><label>User name <input name="user"></label>
<button>Continue</button></form>"""


@dataclass
class Client(ClientMixin):
    """The one app that may ask."""

    redirect_uri: str
    client_metadata: Mapping[str, Any] = field(init=False)
    id_token_signed_response_alg = "RS256"

    def __post_init__(self) -> None:
        self.client_metadata = {"post_logout_redirect_uris": [self.redirect_uri]}

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(s for s in scope.split() if s in ("openid", "email", "profile"))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    """A code that was handed out and not yet turned in."""

    code: str
    user: UserInfo
    request_parameters: Mapping[str, str]
    scope: str
    at: float = field(default_factory=time.time)

    def get_redirect_uri(self) -> str:
        return self.request_parameters["redirect_uri"]

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.request_parameters.get("nonce")

    def get_auth_time(self) -> int:
        return int(self.at)

    @property
    def code_challenge(self) -> str | None:
        return self.request_parameters.get("code_challenge")

    @property
    def code_challenge_method(self) -> str | None:
        return self.request_parameters.get("code_challenge_method")


class Provider:
    """Who is known, and what was asked."""

    def __init__(self, people: Mapping[str, Mapping[str, Any]], redirect_uri: str) -> None:
        self.people = people
        self.client = Client(redirect_uri)
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, Code] = {}
        self.nonces: set[str] = set()
        self.requests: list[dict[str, str]] = []
        self.logged_out: list[str] = []
        self.issuer = ""
        self.app = Flask(__name__)
        self.server = AuthorizationServer(self.app, self._client, lambda token, request: None)
        self.server.register_grant(_grant(self), [_OpenID(self), CodeChallenge(required=True)])
        self.server.register_endpoint(_EndSession(self))
        self.app.add_url_rule("/.well-known/openid-configuration", view_func=self.discovery)
        self.app.add_url_rule("/authorize", view_func=self.authorize, methods=["GET", "POST"])
        self.app.add_url_rule(
            "/token", view_func=self.server.create_token_response, methods=["POST"]
        )
        self.app.add_url_rule("/keys", view_func=self.keys)
        self.app.add_url_rule("/logout", view_func=self.logout)

    def _client(self, client_id: str) -> Client | None:
        return self.client if client_id == CLIENT else None

    @property
    def metadata_url(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"

    def discovery(self) -> Response:
        return jsonify(
            issuer=self.issuer,
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            jwks_uri=f"{self.issuer}/keys",
            end_session_endpoint=f"{self.issuer}/logout",
            response_types_supported=["code"],
            grant_types_supported=["authorization_code"],
            subject_types_supported=["public"],
            scopes_supported=["openid", "email", "profile"],
            id_token_signing_alg_values_supported=["RS256"],
            token_endpoint_auth_methods_supported=["client_secret_basic"],
            code_challenge_methods_supported=["S256"],
        )

    def authorize(self) -> ResponseReturnValue:
        self.requests.append(request.args.to_dict())
        try:
            grant = self.server.get_consent_grant()
        except OAuth2Error as error:
            refused: ResponseReturnValue = self.server.handle_error_response(None, error)
            return refused
        if request.method == "GET":
            return render_template_string(_FORM, client=CLIENT)
        claims = self.people.get(request.form["user"])
        user = None if claims is None else UserInfo(claims)
        response: ResponseReturnValue = self.server.create_authorization_response(
            grant_user=user, grant=grant
        )
        return response

    def keys(self) -> Response:
        return jsonify(keys=[self.key.as_dict(private=False)])

    def logout(self) -> ResponseReturnValue:
        return self.server.create_endpoint_response("end_session") or "Logged out."


def _grant(provider: Provider) -> type[grants.AuthorizationCodeGrant]:
    class Grant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
            parameters = {k: request.payload.data[k] for k in request.payload.data}
            provider.codes[code] = Code(code, request.user, parameters, request.scope)

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> UserInfo:
            return authorization_code.user

    return Grant


class _OpenID(OpenIDCode):
    def __init__(self, provider: Provider) -> None:
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return any(code.get_nonce() == nonce for code in self.provider.codes.values())

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return self.provider.key

    def get_client_claims(self, client: Client) -> dict[str, object]:
        return {"iss": self.provider.issuer, "aud": [CLIENT]}

    def get_encode_header(self, client: Client) -> dict[str, object]:
        return {"alg": "RS256", "kid": self.provider.key.kid}

    def generate_user_info(self, user: UserInfo, scope: str) -> UserInfo:
        return user.filter(scope)


class _EndSession(EndSessionEndpoint):
    def __init__(self, provider: Provider) -> None:
        super().__init__(provider.server)
        self.provider = provider

    def get_server_jwks(self) -> KeySet:
        return KeySet([self.provider.key])

    def end_session(self, end_session_request: Any) -> None:
        self.provider.logged_out.append(end_session_request.id_token_claims["sub"])


@contextmanager
def running(people: Mapping[str, Mapping[str, Any]], redirect_uri: str) -> Iterator[Provider]:
    """A provider that answers for as long as the block lasts.

    `people`: claims by user name, with at least "sub".
    """
    provider = Provider(people, redirect_uri)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # it never leaves this machine
        server = make_server("127.0.0.1", 0, provider.app, threaded=True)
        provider.issuer = f"http://127.0.0.1:{server.port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
