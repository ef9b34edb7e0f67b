"""Signing in with Google and Microsoft: who gets in, who does not, and what each is told."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Response
from sqlalchemy import select

from booking.domain import limits
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.foundation.web.models import WebSession
from booking.people.openid import fetching
from booking.people.openid.models import Identity
from booking.people.schools import service as school_service
from booking.people.schools.models import Person
from tests import page
from tests.builders import openid, schools
from tests.builders.openid import GOOGLE, MICROSOFT
from tests.identity_provider import query_of

ANN = "coordinator@hollow-lane.example"
LEAD = "lead@fairplace.example"
SCHOOL = "/school/"


@pytest.fixture(params=[GOOGLE, MICROSOFT])
def kind(request):
    """Give each of the two in turn."""
    return request.param


@pytest.fixture
def ann(provider, kind="google"):
    """Give the subject of the coordinator's account at both."""
    both = openid.claims(ANN) | openid.claims(ANN, MICROSOFT)
    return provider.adds("ann-1", **both)


def is_signed_in(visitor):
    return visitor.get("/account/").status_code == 200


def identities():
    db.session.rollback()
    return [(each.kind.value, each.subject) for each in db.session.scalars(select(Identity))]


def acts(*names):
    db.session.rollback()
    found = select(AuditEntry).where(AuditEntry.action.in_(names)).order_by(AuditEntry.id)
    return [(each.action, each.facts) for each in db.session.scalars(found)]


def test_the_sign_in_page_offers_what_is_set_up_and_nothing_else(client, visitor):
    assert "Sign in with Google" in visitor.get("/sign-in").text
    assert "Sign in with Microsoft" in visitor.get("/sign-in").text
    assert "Google" not in client.get("/sign-in").text
    assert client.post("/sign-in/with/google").status_code == 404
    assert client.get("/account/identities").status_code == 404
    assert visitor.post("/sign-in/with/facebook").status_code == 404
    assert visitor.get("/sign-in/with/facebook/back").status_code == 404


def test_somebody_with_an_account_signs_in_and_is_linked_the_first_time(
    visitor, provider, ann, kind
):
    answer = openid.sign_in(visitor, provider, ann, kind)

    assert (answer.status_code, answer.location) == (303, SCHOOL)
    assert is_signed_in(visitor)
    assert identities() == [(kind, "ann-1")]
    assert acts("link_identity", "sign_in") == [
        ("link_identity", {"provider": kind}),
        ("sign_in", {"by": kind}),
    ]
    [mail] = db.session.scalars(select(Message).where(Message.template == "identity_news"))
    assert mail.recipient == ANN
    assert "Whoever can use it can sign in as you" in mail.text


def test_the_second_time_only_the_subject_counts(site, visitor, provider, ann):
    openid.sign_in(visitor, provider, ann)
    visitor.post("/sign-out")
    provider.people["ann-1"] = openid.claims("ann@another.example")

    answer = openid.sign_in(visitor, provider, ann)

    assert answer.location == SCHOOL
    assert len(acts("link_identity")) == 1
    assert [row.name for row in db.session.scalars(select(Person).where(Person.email == ANN))]


def test_an_address_that_changed_hands_opens_nothing(site, visitor, provider, ann):
    openid.sign_in(visitor, provider, ann)
    successor = provider.adds("ben-2", **openid.claims(ANN))
    theirs = site.test_client()

    answer = openid.sign_in(theirs, provider, successor)

    assert answer.status_code == 403
    assert "There is no account for this address" in page.text(answer)
    assert not is_signed_in(theirs)
    assert identities() == [("google", "ann-1")]


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("stranger@elsewhere.example", "nobody signs in here like that"),
        ("", "does not say that it has verified"),
    ],
)
def test_nobody_gets_an_account_by_it(visitor, provider, email, said):
    before = db.session.scalars(select(Person.id)).all()
    stranger = provider.adds("stranger", **openid.claims(email))

    answer = openid.sign_in(visitor, provider, stranger)

    assert answer.status_code == 403
    assert said in page.text(answer)
    assert "Try again with Google" in answer.text
    assert db.session.scalars(select(Person.id)).all() == before
    assert identities() == []
    assert not is_signed_in(visitor)


def test_an_address_that_is_not_verified_is_nobodys(visitor, provider, kind):
    unsure = provider.adds("ann-1", email=ANN, email_verified=False, preferred_username=ANN)

    answer = openid.sign_in(visitor, provider, unsure, kind)

    assert answer.status_code == 403
    assert "Your address is not verified" in page.text(answer)
    assert identities() == []


def test_a_closed_account_stays_closed_whether_linked_or_not(site, visitor, provider, ann):
    openid.sign_in(visitor, provider, ann)
    person = schools.person_of(ANN)
    lead = schools.actor_of(schools.person_of(LEAD))
    with transaction():
        school_service.disable_person(actor=lead, now=clock.now(), person=person)

    for kind in (GOOGLE, MICROSOFT):
        answer = openid.sign_in(site.test_client(), provider, ann, kind)
        assert answer.status_code == 403
        assert "There is no account for this address" in page.text(answer)
    assert identities() == [("google", "ann-1")]


def test_only_accounts_of_the_organisations_named_are_taken(site, visitor, provider, ann):
    provider.claims = {"tid": "11111111-2222-3333-4444-555555555555"}

    answer = openid.sign_in(visitor, provider, ann, MICROSOFT)

    assert answer.status_code == 403
    assert "This is an account of another organisation" in page.text(answer)


def test_the_page_that_was_wanted_and_what_was_typed_are_still_there(site, visitor, provider, ann):
    assert openid.sign_in(visitor, provider, ann, next="/account/details").location == (
        "/account/details"
    )
    visitor.post("/sign-out")
    assert openid.sign_in(visitor, provider, ann, next="https://evil.example/").location == SCHOOL


def test_a_form_that_came_too_late_is_shown_again_after_signing_in(visitor, provider, ann):
    schools.sign_in(visitor, ANN)
    form = page.soup(visitor.get("/school/details")).select_one("main form")
    data = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    visitor.delete_cookie(schools.COOKIE)
    late = visitor.post("/school/details", data=data | {"town": "Upper Netherwick"}, check=False)
    kept = page.soup(late).select_one("form[action^='/sign-in/with/google'] [name=kept]")["value"]

    answer = openid.sign_in(visitor, provider, ann, kept=kept)

    assert answer.status_code == 200
    assert "Upper Netherwick" in answer.text


def test_a_second_factor_counts_only_if_the_provider_says_so(visitor, provider, ann):
    openid.sign_in(visitor, provider, ann)
    with visitor.session_transaction() as session:
        assert session["proved"] == ["google", False]
    visitor.post("/sign-out")
    provider.claims = {"amr": ["pwd", "mfa"]}

    openid.sign_in(visitor, provider, ann)

    with visitor.session_transaction() as session:
        assert session["proved"] == ["google", True]


def test_an_answer_is_good_once(site, visitor, provider, ann):
    there = openid.set_out(visitor)
    back = provider.chosen(there, ann)
    assert visitor.get(back).location == SCHOOL

    again = visitor.get(back)

    assert again.status_code == 400
    assert "This answer was used before" in page.text(again)
    assert is_signed_in(visitor), "and nobody is signed out by it"
    assert len(acts("sign_in")) == 1


def test_an_answer_is_good_in_the_browser_that_asked_alone(site, visitor, provider, ann):
    """Somebody who makes another follow the link of their own answer signs nobody in."""
    theirs = site.test_client()
    back = provider.chosen(openid.set_out(theirs), ann)

    for victim in (site.test_client(), visitor):
        if victim is visitor:
            openid.set_out(visitor)
        assert victim.get(back).status_code == 400
        assert not is_signed_in(victim)
    assert theirs.get(back).location == SCHOOL, "a wrong answer uses nothing up"


def test_an_answer_is_good_for_ten_minutes(visitor, provider, ann, time_machine):
    back = provider.chosen(openid.set_out(visitor), ann)
    time_machine.move_to(clock.now() + timedelta(minutes=10))

    answer = visitor.get(back)

    assert answer.status_code == 400
    assert "older than ten minutes" in page.text(answer)


def test_an_answer_of_another_provider_is_not_taken(visitor, provider, ann):
    back = provider.chosen(openid.set_out(visitor), ann)

    assert visitor.get(back.replace("google", "microsoft")).status_code == 400
    assert visitor.get(f"{back}&iss=https://evil.example").status_code == 403
    assert not is_signed_in(visitor)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        ("access_denied", 403, "You are not signed in"),
        ("interaction_required", 403, "your organisation does not allow it"),
        ("temporarily_unavailable", 503, "Google does not answer"),
        ("server_error", 503, "Google does not answer"),
        ("invalid_request", 502, "Google sent something that we cannot use"),
        ("<script>", 502, "Google sent something that we cannot use"),
        ("", 502, "Google sent something that we cannot use"),
    ],
)
def test_a_provider_that_says_no_is_told_in_words(visitor, error, status, said):
    state = query_of(openid.set_out(visitor))["state"]

    answer = visitor.get("/sign-in/with/google/back", query_string={"error": error, "state": state})

    assert answer.status_code == status
    assert said in page.text(answer)
    assert "<script>" not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


WRONG = {
    "a wrong nonce": {"nonce": "another"},
    "another issuer": {"iss": "https://evil.example"},
    "another site's": {"aud": "another-site"},
    "too old": {"exp": 1_000_000_000},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_proves_nothing_signs_nobody_in(visitor, provider, ann, wrong, caplog):
    provider.claims = WRONG[wrong]

    answer = openid.sign_in(visitor, provider, ann, next="/account/details")

    assert answer.status_code == 403
    assert "We could not make sure that it is you" in page.text(answer)
    assert page.soup(answer).select_one("main form [name=next]")["value"] == "/account/details"
    assert not is_signed_in(visitor)
    [line] = [record.security for record in caplog.records if hasattr(record, "security")]
    assert (line["event"], line["outcome"], line["by"]) == ("sign_in", "failed", "google")
    assert ANN not in json.dumps(line)


@pytest.mark.parametrize("path", ["openid-configuration", "token", "keys"])
def test_a_provider_that_is_down_is_told_of_and_the_password_still_works(
    visitor, provider, ann, path
):
    provider.instead[path] = lambda: Response(status=503)
    pressed = visitor.post("/sign-in/with/google")
    there = visitor.get(pressed.location)
    if path != "openid-configuration":
        url = there.headers["Refresh"].removeprefix("0; url=")
        there = openid.come_back(visitor, provider, url, ann)

    assert there.status_code == 503
    assert "Google does not answer" in page.text(there)
    schools.sign_in(visitor, ANN)
    assert is_signed_in(visitor)


def test_no_call_is_made_while_the_database_is_held(visitor, provider, ann, monkeypatch):
    held, ask = [], fetching.ProviderClient._ask

    def asked(self, call):
        held.append(db.session().in_transaction())
        return ask(self, call)

    monkeypatch.setattr(fetching.ProviderClient, "_ask", asked)
    openid.sign_in(visitor, provider, ann)

    assert held == [False] * 3, "its description, the token, the keys"


def test_it_begins_with_a_form_of_ours_and_its_token(site):
    site.config["WTF_CSRF_ENABLED"] = True
    stranger = site.test_client()

    assert stranger.post("/sign-in/with/google", data={"csrf_token": "made up"}).status_code == 400
    forged = {"Sec-Fetch-Site": "cross-site"}
    assert stranger.post("/sign-in/with/google", headers=forged).status_code == 403


def test_the_way_there_leads_on_by_itself_and_widens_no_policy(visitor):
    pressed = visitor.post("/sign-in/with/google")
    assert pressed.location == "/sign-in/with/google/onwards"
    there = visitor.get(pressed.location)

    assert there.headers["Refresh"].startswith("0; url=http://127.0.0.1")
    assert "form-action 'self';" in there.headers["Content-Security-Policy"]
    assert there.headers["Cache-Control"] == "no-store"
    assert page.soup(there).main.a["href"] == there.headers["Refresh"].removeprefix("0; url=")
    assert visitor.get("/sign-in/with/microsoft/onwards").status_code == 400


def test_setting_out_too_often_has_to_wait(visitor, monkeypatch):
    monkeypatch.setattr(limits, "PROVIDERS", replace(limits.PROVIDERS, times=3))
    for _ in range(3):
        visitor.post("/sign-in/with/google", check=False)

    assert visitor.post("/sign-in/with/google").status_code == 429


def test_what_a_browser_has_begun_is_sealed_in_its_session(visitor):
    said = query_of(openid.set_out(visitor))
    db.session.rollback()

    [content] = [json.dumps(row.content) for row in db.session.scalars(select(WebSession))]
    assert "openid" in content
    assert said["state"] not in content
    assert said["nonce"] not in content
