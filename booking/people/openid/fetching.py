"""Asks Google or Microsoft, within limits: the only code here that goes out, and knows Authlib.

A provider is asked for three things: where its pages and keys are (once a day), its keys (once an
hour, and at once if a token is signed with another), and the ID token for a code. Whatever it
answers, only pinned machines are asked, over TLS, without following a redirect; an answer has a
limited size, and all of it a limited time. Never call any of it in a transaction.
"""

import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
import urllib3
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, ClaimError, ExpiredTokenError, JoseError
from joserfc.errors import InvalidKeyIdError as UnknownKey
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from booking.domain.identity_claims import ProviderKind
from booking.foundation import clock
from booking.foundation.breaker import Breaker, LeftAlone
from booking.people.openid import refusals
from booking.people.openid.details import Attempt, Proven, Provider, Purpose

log = logging.getLogger(__name__)
T = TypeVar("T")
#: How long to wait for a connection, for each part of an answer, and for all of one answer.
CONNECT_S, READ_S, ALL_S = 3.0, 4.0, 6.0
#: How many calls to one provider may be out at a time in this process.
CALLS_MAX = 4
#: The longest answer, a set of keys, has some ten thousand bytes.
SIZE_MAX = 200_000
#: How old what we know of a provider may become.
DESCRIPTION_AGE, KEYS_AGE = timedelta(days=1), timedelta(hours=1)
#: How much their clock and ours may differ.
SKEW_S = 120
#: What both sign with. A token may not choose: "none", or our own secret as the key, is a forgery.
ALGORITHMS = ["RS256"]
SCOPE = "openid email profile"
#: How old a sign-in at the provider may be that proves it again, if it says when that was.
AGAIN = timedelta(minutes=5)
#: What the log calls it when a claim is wrong.
_CLAIMS = {
    "iss": "issuer",
    "aud": "audience",
    "azp": "audience",
    "nonce": "nonce",
    "exp": "expired",
}


class _TooMuch(ValueError):
    """The answer is longer than any that makes sense."""


@dataclass(frozen=True)
class Description:
    """Where a provider has its pages and keys."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class PinnedSession(OAuth2Session):
    """Authlib's session, which reaches the provider's own machines and no other."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(
            provider.client_id,
            provider.client_secret,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - how, not what
            code_challenge_method="S256",
            scope=SCOPE,
        )
        self.trust_env = False  # neither another's proxy nor somebody's .netrc
        self._provider = provider

    def request(self, method: str, url: str, **more: Any) -> requests.Response:
        """Send one request, and read its answer as far as it may be long."""
        check_pinned(self._provider, url)
        more |= {"timeout": (CONNECT_S, READ_S), "allow_redirects": False, "stream": True}
        answer: requests.Response = super().request(method, url, **more)
        body = answer.raw.read(SIZE_MAX + 1, decode_content=True)
        answer.raw.close()
        answer.raw = io.BytesIO(body)
        if len(body) > SIZE_MAX:
            raise _TooMuch("longer than any answer should be")
        return answer


def check_pinned(provider: Provider, url: str) -> None:
    """Raise NotUnderstood unless an address is on one of the provider's own machines."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" not in provider.origins:
        raise refusals.NotUnderstood(provider.title)


class ProviderClient:
    """Asks one provider, and remembers for a while what it says of itself; one per application."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._breaker = Breaker(f"sign-in with {provider.title}")
        self._errands = ThreadPoolExecutor(CALLS_MAX, thread_name_prefix=f"openid-{provider.kind}")
        self._description: tuple[datetime, Description] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def look(self) -> None:
        """See that the provider is there, and is the one that is set up.

        Raises ProviderSilent, NotUnderstood.
        """
        self._described()

    def way_there(self, attempt: Attempt, *, back: str) -> str:
        """Return the provider's page to go to; it sends the browser `back`.

        Raises ProviderSilent, NotUnderstood.
        """
        endpoint = self._described().authorization_endpoint
        again = attempt.purpose is Purpose.PROVE and self.provider.kind is ProviderKind.MICROSOFT
        with PinnedSession(self.provider) as session:
            url, _state = session.create_authorization_url(
                endpoint,
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
                redirect_uri=back,
                # In a staff room, the last person's account may still be signed in.
                prompt="login" if again else "select_account",
            )
        return str(url)

    def proven(self, attempt: Attempt, *, code: str, back: str, now: datetime) -> Proven:
        """Return what the provider proves of somebody who came back with a code.

        Raises ProviderSilent, NotUnderstood, CodeRefused, NotProven.
        """
        endpoint = self._described().token_endpoint
        answer = self._ask(
            lambda session: session.fetch_token(
                endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=attempt.verifier,
                redirect_uri=back,
            )
        )
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise refusals.NotUnderstood(self.provider.title)
        claims = self._verified(token, attempt.nonce, answer.get("access_token"), now)
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise refusals.NotProven(self.provider.title, "subject")
        if attempt.purpose is Purpose.PROVE and _is_old(claims.get("auth_time"), now):
            raise refusals.NotProven(self.provider.title, "auth_time")
        return Proven(self.provider.issuer, subject, claims)

    def _verified(self, token: str, nonce: str, access: Any, now: datetime) -> CodeIDToken:
        """Return the claims of a token that is signed, fresh, ours and for this attempt."""
        title = self.provider.title
        try:
            found = self._decoded(token)
            options: Any = {
                "iss": {"essential": True, "value": self.provider.issuer},
                "aud": {"essential": True, "value": self.provider.client_id},
                "nonce": {"essential": True, "value": nonce},
            }
            params = {"nonce": nonce, "client_id": self.provider.client_id, "access_token": access}
            claims = CodeIDToken(found.claims, found.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=SKEW_S)
        except ExpiredTokenError as error:
            raise refusals.NotProven(title, "expired") from error
        except ClaimError as error:
            raise refusals.NotProven(title, _CLAIMS.get(error.claim, "claims")) from error
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise refusals.NotProven(title, "signature") from error
        return claims

    def _decoded(self, token: str) -> jwt.Token:
        """Return a token whose signature fits; the keys are asked for once more if it does not."""
        known = self._keys
        try:
            return _read(token, self._known_keys())
        except (UnknownKey, BadSignatureError):
            if self._keys is not known:
                raise  # they have just been fetched
            self._keys = None
            return _read(token, self._known_keys())

    def _known_keys(self) -> KeySet:
        if self._keys is None or _is_past(self._keys[0], KEYS_AGE):
            found = self._json(self._described().jwks_uri)
            self._keys = clock.now(), self._made_of(found, KeySet.import_key_set)
        return self._keys[1]

    def _described(self) -> Description:
        if self._description is None or _is_past(self._description[0], DESCRIPTION_AGE):
            found = self._json(f"{self.provider.issuer}/.well-known/openid-configuration")
            self._description = (
                clock.now(),
                self._made_of(found, partial(_description, self.provider)),
            )
        return self._description[1]

    def _made_of(self, found: Any, make: Callable[[Any], T]) -> T:
        try:
            return make(found)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.error("%s describes itself in a way that we cannot use", self.provider.title)
            raise refusals.NotUnderstood(self.provider.title) from error

    def _json(self, url: str) -> Any:
        return self._ask(lambda session: _answer(session.get(url, withhold_token=True)))

    def _ask(self, call: Callable[[PinnedSession], Any]) -> Any:
        """Make one call in a thread that nobody has to wait for. Raises OpenidRefused."""
        try:
            with self._breaker.calling(refusals.ProviderSilent):
                try:
                    return self._errands.submit(self._call, call).result(ALL_S)
                except TimeoutError as error:
                    raise refusals.ProviderSilent(self.provider.title) from error
        except LeftAlone as error:
            raise refusals.ProviderSilent(self.provider.title) from error

    def _call(self, call: Callable[[PinnedSession], Any]) -> Any:
        title = self.provider.title
        try:
            with PinnedSession(self.provider) as session:
                return call(session)
        except OAuthError as error:
            if error.error == "invalid_grant":
                raise refusals.CodeRefused(title) from error
            log.error("%s refuses this site: %s", title, str(error.error)[:40])
            raise refusals.NotUnderstood(title) from error
        except requests.HTTPError as error:
            broken = error.response is not None and error.response.status_code >= 500
            wrong = refusals.ProviderSilent if broken else refusals.NotUnderstood
            raise wrong(title) from error
        except (requests.ConnectionError, requests.Timeout, urllib3.exceptions.HTTPError) as error:
            raise refusals.ProviderSilent(title) from error
        except (requests.RequestException, ValueError, TypeError, KeyError) as error:
            raise refusals.NotUnderstood(title) from error


def _description(provider: Provider, found: dict[str, Any]) -> Description:
    if found["issuer"] != provider.issuer:
        raise ValueError("another provider")
    parts = {name: str(found[name]) for name in Description.__annotations__}
    for url in parts.values():
        check_pinned(provider, url)
    return Description(**parts)


def _answer(response: requests.Response) -> Any:
    response.raise_for_status()
    return response.json()


def _read(token: str, keys: KeySet) -> jwt.Token:
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    return jwt.decode(token, key=keys, registry=registry)


def _is_past(at: datetime, age: timedelta) -> bool:
    return not at <= clock.now() < at + age


def _is_old(auth_time: Any, now: datetime) -> bool:
    """Return whether somebody signed in at the provider too long ago, if it says when."""
    if auth_time is None:
        return False
    said = isinstance(auth_time, int | float)
    return not said or now.timestamp() - auth_time > AGAIN.total_seconds() + SKEW_S
