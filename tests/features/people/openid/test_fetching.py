"""What is asked of Google and Microsoft, and which of their answers are believed."""

import threading

import pytest
from flask import Response
from joserfc.jwk import RSAKey

from booking.domain.identity_claims import ProviderKind
from booking.foundation import clock
from booking.people.openid import details, fetching, providers, refusals
from booking.people.openid.details import Purpose
from tests.identity_provider import CLIENT_ID, TENANT, query_of

ADDRESS = {"email": "ann@school.example", "email_verified": True, "hd": "school.example"}


@pytest.fixture(params=ProviderKind)
def kind(request):
    """Give each of the two in turn."""
    return request.param


@pytest.fixture
def site(app, provider):
    """Give what asks each of the two, and one browser's way there and back."""
    with app.test_request_context():
        yield Site(provider)


class Site:
    """This site, at the provider that plays both."""

    def __init__(self, provider):
        self.provider = provider
        provider.adds("ann-1", **ADDRESS)
        values = {each.name: each.default for each in providers.SETTINGS} | provider.settings()
        self.clients = {
            each.kind: fetching.ProviderClient(each) for each in providers.of_settings(values)
        }

    def answer(self, kind, *, purpose=Purpose.SIGN_IN, forged=None, twice=False):
        """Go to the provider, choose Ann's account, come back, and return what that proves."""
        attempt = details.begun(kind, purpose, now=clock.now())
        back = f"http://localhost/sign-in/with/{kind}/back"
        there = self.clients[kind].way_there(attempt, back=back)
        code = query_of(self.provider.chosen(there, "ann-1"))["code"]
        attempt = forged(attempt) if forged else attempt
        for _ in range(1 + twice):
            proven = self.clients[kind].proven(attempt, code=code, back=back, now=clock.now())
        return proven


def test_a_provider_proves_who_somebody_is(site, kind):
    proven = site.answer(kind)

    assert proven.subject == "ann-1"
    assert proven.issuer == site.clients[kind].provider.issuer
    assert proven.claims["email"] == "ann@school.example"
    assert not proven.is_both


def test_it_is_asked_with_a_state_a_nonce_and_a_challenge_and_for_an_account_to_choose(site):
    attempt = details.begun(ProviderKind.GOOGLE, Purpose.SIGN_IN, now=clock.now())

    said = query_of(site.clients[ProviderKind.GOOGLE].way_there(attempt, back="http://a.example/"))

    assert said["state"] == attempt.state
    assert said["nonce"] == attempt.nonce
    assert said["code_challenge_method"] == "S256"
    assert attempt.verifier not in said.values()
    assert said["prompt"] == "select_account"
    assert said["scope"] == "openid email profile"
    assert said["client_id"] == CLIENT_ID
    assert said["response_type"] == "code"


def test_whoever_proves_it_again_types_the_password_at_microsoft_again(site):
    attempt = details.begun(ProviderKind.MICROSOFT, Purpose.PROVE, now=clock.now())
    there = site.clients[ProviderKind.MICROSOFT].way_there(attempt, back="http://a.example/")

    assert query_of(there)["prompt"] == "login"


def test_a_sign_in_of_this_morning_proves_nothing_again(site, kind):
    site.provider.claims = {"auth_time": int(clock.now().timestamp()) - 3600}

    site.answer(kind)
    with pytest.raises(refusals.NotProven) as refused:
        site.answer(kind, purpose=Purpose.PROVE)

    assert refused.value.why == "auth_time"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": "https://accounts.evil.example"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"aud": "another-site"}, "audience"),
        ({"aud": [CLIENT_ID, "another-site"]}, "audience"),
        ({"azp": "another-site"}, "audience"),
        ({"nonce": "of another attempt"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": 1_000_000_000}, "expired"),
        ({"exp": None}, "expired"),
        ({"iat": 9_000_000_000}, "claims"),
        ({"sub": None}, "claims"),
        ({"sub": ""}, "subject"),
        ({"sub": "x" * 256}, "subject"),
        ({"at_hash": "of another token"}, "claims"),
    ],
)
def test_a_token_that_is_not_for_us_here_and_now_is_not_believed(site, claims, why):
    site.provider.claims = claims

    with pytest.raises(refusals.NotProven) as refused:
        site.answer(ProviderKind.GOOGLE)

    assert refused.value.why == why


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_cannot_choose_how_it_is_signed(site, kind, algorithm):
    site.provider.algorithm = algorithm

    with pytest.raises(refusals.NotProven, match="could not be verified") as refused:
        site.answer(kind)

    assert refused.value.why == "signature"


@pytest.mark.parametrize(("seconds", "is_believed"), [(-90, True), (90, True), (-150, False)])
def test_clocks_may_differ_by_two_minutes(site, seconds, is_believed):
    now = int(clock.now().timestamp()) + seconds
    site.provider.claims = {"iat": now - 3600 * (seconds < 0), "exp": now + 3600 * (seconds > 0)}

    if is_believed:
        assert site.answer(ProviderKind.GOOGLE).subject == "ann-1"
    else:
        with pytest.raises(refusals.NotProven):
            site.answer(ProviderKind.GOOGLE)


def test_keys_and_description_are_asked_for_once_until_they_are_old(site, kind, time_machine):
    for _ in range(2):
        site.answer(kind)
    assert site.provider.asked.count("keys") == 1
    assert site.provider.asked.count("openid-configuration") == 1

    time_machine.move_to(clock.now() + fetching.KEYS_AGE)
    site.answer(kind)
    assert site.provider.asked.count("keys") == 2
    assert site.provider.asked.count("openid-configuration") == 1

    time_machine.move_to(clock.now() + fetching.DESCRIPTION_AGE)
    site.answer(kind)
    assert site.provider.asked.count("openid-configuration") == 2


@pytest.mark.parametrize("kid", ["second", "first"])
def test_keys_that_were_changed_are_asked_for_once_more(site, another_key, kid):
    site.answer(ProviderKind.GOOGLE)
    site.provider.key = another_key(kid)

    assert site.answer(ProviderKind.GOOGLE).subject == "ann-1"
    assert site.provider.asked.count("keys") == 2


def test_a_forged_signature_is_refused_after_one_more_look(site, another_key):
    site.answer(ProviderKind.GOOGLE)
    site.provider.shown, site.provider.key = site.provider.key, another_key("first")

    with pytest.raises(refusals.NotProven):
        site.answer(ProviderKind.GOOGLE)

    assert site.provider.asked.count("keys") == 2


@pytest.fixture(scope="module")
def spare_key():
    """Make one more key for all tests here, because that is slow."""
    return RSAKey.generate_key(2048)


@pytest.fixture
def another_key(spare_key):
    """Give the other key under a name."""
    return lambda kid: RSAKey.import_key(spare_key.as_dict(private=True) | {"kid": kid})


def test_a_code_is_good_once(site, kind):
    with pytest.raises(refusals.CodeRefused):
        site.answer(kind, twice=True)


def test_a_code_is_good_only_with_the_verifier_of_its_attempt(site, kind):
    stolen = details.begun(kind, Purpose.SIGN_IN, now=clock.now())

    with pytest.raises(refusals.CodeRefused):
        site.answer(kind, forged=lambda _attempt: stolen)


NONSENSE = {
    "a page": lambda: Response("<h1>Welcome to our wireless network</h1>"),
    "nothing": lambda: Response(""),
    "a list": lambda: Response("[]", mimetype="application/json"),
    "null": lambda: Response("null", mimetype="application/json"),
    "an empty object": lambda: Response("{}", mimetype="application/json"),
    "a redirect": lambda: Response(status=302, headers={"Location": "http://127.0.0.1:1/"}),
    "not found": lambda: Response("{}", status=404),
    "too much": lambda: Response("[" + " " * fetching.SIZE_MAX + "]"),
}


@pytest.mark.parametrize("path", ["openid-configuration", "token", "keys"])
@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_not_understood_and_breaks_nothing(site, path, nonsense):
    site.provider.instead[path] = NONSENSE[nonsense]

    with pytest.raises(refusals.NotUnderstood):
        site.answer(ProviderKind.MICROSOFT)

    site.provider.instead.clear()
    assert site.answer(ProviderKind.MICROSOFT).subject == "ann-1"


@pytest.mark.parametrize("name", ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_description_cannot_send_us_elsewhere(site, name):
    home = f"{site.provider.url}/google"
    described = {"issuer": home, "authorization_endpoint": home, "token_endpoint": home}
    described |= {"jwks_uri": home, name: "http://169.254.169.254/latest"}
    site.provider.instead["openid-configuration"] = lambda: Response(
        __import__("json").dumps(described), mimetype="application/json"
    )

    with pytest.raises(refusals.NotUnderstood):
        site.answer(ProviderKind.GOOGLE)


def test_a_broken_provider_is_left_alone_for_a_while(site):
    site.provider.instead["openid-configuration"] = lambda: Response(status=503)

    for _ in range(5):
        with pytest.raises(refusals.ProviderSilent, match="Try again in a minute"):
            site.answer(ProviderKind.GOOGLE)

    assert len(site.provider.asked) == 3


def test_nobody_waits_long_for_a_slow_one(site, monkeypatch):
    awake = threading.Event()
    monkeypatch.setattr(fetching, "ALL_S", 0.05)
    site.provider.instead["openid-configuration"] = lambda: awake.wait(5) and Response("{}")

    with pytest.raises(refusals.ProviderSilent):
        site.answer(ProviderKind.GOOGLE)

    awake.set()


def test_one_that_is_down_is_silent(site, app):
    values = {each.name: each.default for each in providers.SETTINGS}
    values |= site.provider.settings("google", OPENID_STAND_IN="http://127.0.0.1:9")
    [nobody] = providers.of_settings(values)
    attempt = details.begun(ProviderKind.GOOGLE, Purpose.SIGN_IN, now=clock.now())

    with pytest.raises(refusals.ProviderSilent):
        fetching.ProviderClient(nobody).way_there(attempt, back="http://a.example/")


def test_a_wrong_secret_is_told_to_the_log_and_not_to_the_visitor(site, caplog):
    site.clients[ProviderKind.GOOGLE].provider.__dict__["client_secret"] = "of-another-site"

    with pytest.raises(refusals.NotUnderstood):
        site.answer(ProviderKind.GOOGLE)

    assert "Google refuses this site: invalid_client" in caplog.text
    assert "of-another-site" not in caplog.text


def test_an_attempt_travels_sealed_and_comes_back_whole():
    attempt = details.begun(
        ProviderKind.GOOGLE, Purpose.ACCEPT, now=clock.now(), invitation="secret", name="Ann"
    )

    assert details.opened(attempt.sealed()) == attempt
    assert "secret" not in attempt.sealed()
    assert details.opened("nonsense") is None
    assert not attempt.is_over(attempt.at)
    assert attempt.is_over(attempt.at + details.LASTS)


def test_the_tests_play_one_tenant_of_microsoft(site):
    assert site.answer(ProviderKind.MICROSOFT).claims["tid"] == TENANT
