"""A real OpenID provider on loopback, on Authlib's own provider side: plays Google and Microsoft.

It does what the two do: it describes itself, shows a page on which somebody chooses an account,
gives codes that are good once and for whoever has the verifier (PKCE), and signs ID tokens. What a
test needs to go wrong is set on it: `provider.claims["aud"] = "another site"`.
"""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, Response, abort, g, render_template_string, request
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

CLIENT_ID, CLIENT_SECRET = "fairplace-client", "fairplace-client-secret"
TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"
PATHS = {"google": "/google", "microsoft": f"/microsoft/{TENANT}/v2.0"}
PAGE = """<!doctype html><html lang="en"><title>Choose an account</title><h1>Choose an account</h1>
<form method="post">{% for sub in people %}<button name="sub" value="{{ sub }}">{{ sub }}</button>
{% endfor %}</form></html>"""
Claims = dict[str, Any]


class Client(ClientMixin):
    """This site, as it is registered at the provider."""

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return urlsplit(redirect_uri).path in {f"/sign-in/with/{kind}/back" for kind in PATHS}

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_post"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code:
    """A code that was given out."""

    sub: str
    scope: str
    redirect_uri: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    get_acr = get_amr = get_auth_time


@cache
def first_key() -> RSAKey:
    """Make the key that providers begin with, once, because that is slow."""
    return RSAKey.generate_key(2048, {"kid": "first"})


@dataclass
class IdentityProvider:
    """The provider as a test sees it: its people, and what is wrong with it."""

    url: str = ""
    #: Everybody who has an account there: the claims about each, by subject.
    people: dict[str, Claims] = field(default_factory=dict)
    #: Claims that are written over those of every token; None takes one away.
    claims: Claims = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    #: What each path answers in place of its own answer.
    instead: dict[str, Callable[[], Response]] = field(default_factory=dict)
    #: How often each path was asked for.
    asked: list[str] = field(default_factory=list)
    #: How tokens are signed: "RS256", "HS256" (with the client's secret) or "none".
    algorithm: str = "RS256"
    key: RSAKey = field(default_factory=first_key)
    #: The key that it shows; another one after it was rotated, or for a forgery.
    shown: RSAKey | None = None
    #: Whether a code may be used again, as no provider should let it.
    forgets_codes: bool = True

    def forget(self) -> None:
        """Be as a new provider is."""
        fresh = IdentityProvider(url=self.url)
        self.__dict__.update(fresh.__dict__)

    def adds(self, sub: str, **claims: Any) -> str:
        """Let somebody have an account there."""
        self.people[sub] = claims
        return sub

    def settings(self, *kinds: str, **more: str) -> dict[str, str]:
        """Return the settings of a site that uses it as Google, Microsoft or both."""
        found = {"OPENID_STAND_IN": self.url, "MICROSOFT_TENANT": TENANT, **more}
        for kind in kinds or PATHS:
            found[f"{kind.upper()}_CLIENT_ID"] = CLIENT_ID
            found[f"{kind.upper()}_CLIENT_SECRET"] = CLIENT_SECRET
        return found

    def chosen(self, way_there: str, sub: str) -> str:
        """Choose an account on its page, as a browser does; return where it sends the browser."""
        parts = urlsplit(way_there)
        assert f"{parts.scheme}://{parts.netloc}" == self.url, f"{way_there} is not this provider"
        browser = self.app.test_client()
        assert browser.get(way_there).status_code == 200
        answer = browser.post(way_there, data={"sub": sub})
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.location)
        return f"{back.path}?{back.query}"

    @property
    def app(self) -> Flask:
        """Return the server itself."""
        return _apps[id(self)]

    def token_header(self) -> dict[str, str]:
        return {"alg": self.algorithm, "kid": str(self.key.kid)}

    def signed(self, claims: Claims) -> str:
        """Return an ID token, signed as this provider signs at the moment."""
        claims = {
            name: value for name, value in (claims | self.claims).items() if value is not None
        }
        if self.algorithm == "none":
            return f"{_part(self.token_header())}.{_part(claims)}."
        key = self.key if self.algorithm == "RS256" else OctKey.import_key(CLIENT_SECRET)
        return jwt.encode(self.token_header(), claims, key, [self.algorithm])


_apps: dict[int, Flask] = {}


def _part(of_token: Claims) -> str:
    return base64.urlsafe_b64encode(json.dumps(of_token).encode()).decode().rstrip("=")


def _built(provider: IdentityProvider) -> Flask:
    app = Flask("identity provider")
    server = AuthorizationServer(app, lambda _id: Client(), lambda _token, _request: None)
    server.register_grant(_code_grant(provider), [CodeChallenge(), _openid(provider)])

    @app.before_request
    def note() -> Response | None:
        path = request.path.rpartition("/")[2]
        provider.asked.append(path)
        g.kind = request.path.split("/")[1]
        return provider.instead[path]() if path in provider.instead else None

    for kind, path in PATHS.items():
        _pages(app, server, provider, kind, path)
    return app


def _pages(
    app: Flask, server: AuthorizationServer, provider: IdentityProvider, kind: str, path: str
) -> None:
    home = lambda: f"{provider.url}{path}"  # noqa: E731 - the port is known later

    @app.get(f"{path}/.well-known/openid-configuration", endpoint=f"{kind}-description")
    def describe() -> dict[str, Any]:
        return {
            "issuer": home(),
            "authorization_endpoint": f"{home()}/authorize",
            "token_endpoint": f"{home()}/token",
            "jwks_uri": f"{home()}/keys",
        }

    @app.get(f"{path}/keys", endpoint=f"{kind}-keys")
    def keys() -> dict[str, Any]:
        return KeySet([provider.shown or provider.key]).as_dict(private=False)  # type: ignore[return-value]

    @app.route(f"{path}/authorize", methods=["GET", "POST"], endpoint=f"{kind}-authorize")
    def authorize() -> Any:
        if request.method == "GET":
            return render_template_string(PAGE, people=provider.people)
        if request.form["sub"] not in provider.people:
            abort(400)
        # Authlib reads the request's own parameters, which a form's action keeps in its address.
        grant = server.get_consent_grant(end_user=request.form["sub"])
        return server.create_authorization_response(grant_user=request.form["sub"], grant=grant)

    @app.post(f"{path}/token", endpoint=f"{kind}-token")
    def token() -> Any:
        return server.create_token_response()


def _code_grant(provider: IdentityProvider) -> type[AuthorizationCodeGrant]:
    class Grant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_post",)

        def save_authorization_code(self, code: str, given: Any) -> None:
            said = given.payload.data
            assert said["code_challenge_method"] == "S256"
            provider.codes[code] = Code(
                sub=given.user,
                scope=said["scope"],
                redirect_uri=said["redirect_uri"],
                nonce=said["nonce"],
                code_challenge=said["code_challenge"],
                code_challenge_method=said["code_challenge_method"],
            )

        def query_authorization_code(self, code: str, _client: Any) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, code: Code) -> None:
            if provider.forgets_codes:
                provider.codes = {key: val for key, val in provider.codes.items() if val != code}

        def authenticate_user(self, code: Code) -> str:
            return code.sub

    return Grant


def _openid(provider: IdentityProvider) -> OpenIDCode:
    class Openid(OpenIDCode):
        def exists_nonce(self, _nonce: str, _request: Any) -> bool:
            return False

        def get_client_claims(self, client: Client) -> Claims:
            return {"iss": f"{provider.url}{PATHS[g.kind]}", "aud": client.get_client_id()}

        def encode_id_token(self, token: Claims, given: Any) -> str:
            claims = self.get_compatible_claims(given)
            claims |= {"nonce": given.authorization_code.nonce, "sub": given.user}
            if g.kind == "microsoft":
                claims["tid"] = TENANT
            return provider.signed(claims | provider.people[given.user])

    return Openid(require_nonce=True)


class _Quiet(WSGIRequestHandler):
    """Serves without writing a line for each request."""

    def log(self, *_line: Any) -> None:
        """Write nothing."""


@contextmanager
def serving() -> Iterator[IdentityProvider]:
    """Serve a provider on a free port of this machine."""
    provider = IdentityProvider()
    app = _apps[id(provider)] = _built(provider)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    provider.url = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
    del _apps[id(provider)]


def query_of(url: str) -> dict[str, str]:
    """Return the parameters in an address, each once."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
