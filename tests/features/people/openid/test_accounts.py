"""Invitations accepted with Google or Microsoft, accounts linked and removed, what is erased."""

from datetime import timedelta

import pytest
from flask import Response
from sqlalchemy import select

from booking.domain.identity_claims import ProviderKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.foundation.web import asks_again
from booking.people.openid import retention
from booking.people.openid.models import Identity
from booking.people.schools import passwords
from booking.people.schools import queries as school_queries
from booking.people.schools import service as school_service
from booking.upkeep import deployment
from booking.upkeep.details import Level
from tests import page
from tests.builders import openid, schools
from tests.builders.openid import GOOGLE, MICROSOFT

ANN = "coordinator@hollow-lane.example"
LEAD = "lead@fairplace.example"
NEW = "newcomer@millrace.example"


@pytest.fixture
def invitation(site):
    """Give the token of an invitation to somebody new."""
    return invite(NEW)


def invite(email):
    school = school_queries.school_by_slug("millrace")
    with transaction():
        return school_service.invite(
            actor=schools.actor_of(schools.person_of(LEAD)),
            now=clock.now(),
            email=email,
            name="Nadia Newcomer",
            offers=[school_service.RoleOffer(Role.HOST, school)],
        )


def accept(visitor, provider, token, subject, name="Nadia Newcomer", kind=GOOGLE):
    by = f"/invitations/{token}/with/{kind}"
    return openid.sign_in(visitor, provider, subject, kind, by=by, name=name)


def identities():
    db.session.rollback()
    return list(db.session.scalars(select(Identity).order_by(Identity.id)))


def test_somebody_invited_accepts_without_choosing_a_password(visitor, provider, invitation):
    shown = visitor.get(f"/invitations/{invitation}").text
    assert "Accept with Google" in shown
    assert "Accept with Microsoft" in shown
    new = provider.adds("new-1", **openid.claims(NEW))

    answer = accept(visitor, provider, invitation, new)

    assert answer.location == "/host/"
    person = schools.person_of(NEW)
    assert person.name == "Nadia Newcomer"
    assert not person.has_password
    assert [each.person_id for each in identities()] == [person.id]
    assert "Password You have none Choose one" in page.text(visitor.get("/account/"))


def test_the_invitation_stays_open_until_its_own_address_is_proven(visitor, provider, invitation):
    other = provider.adds("other", **openid.claims("other@millrace.example"))

    answer = accept(visitor, provider, invitation, other, name="Nadia N.")

    assert answer.status_code == 403
    assert NEW in page.text(answer)
    form = page.soup(answer).select_one("main form")
    assert form["action"] == f"/invitations/{invitation}/with/google"
    assert form.select_one("[name=name]")["value"] == "Nadia N."
    assert school_queries.person_by_email(NEW) is None
    assert visitor.get(f"/invitations/{invitation}").status_code == 200


def test_an_invitation_needs_a_name_and_is_accepted_once(visitor, provider, invitation):
    nameless = visitor.post(f"/invitations/{invitation}/with/google", data={"name": " "})
    assert nameless.status_code == 422
    assert "Enter a name." in nameless.text
    assert visitor.post("/invitations/unknown/with/google").status_code == 404
    new = provider.adds("new-1", **openid.claims(NEW))
    there = openid.set_out(visitor, by=f"/invitations/{invitation}/with/google", name="N. N.")
    with transaction():
        found = school_service.find_open(token=invitation, now=clock.now())
        school_service.withdraw_invitation(actor=COMMAND, now=clock.now(), invitation=found)

    late = openid.come_back(visitor, provider, there, new)

    assert late.status_code == 404
    assert identities() == []


def test_an_identity_of_somebody_else_accepts_nothing(site, visitor, provider, invitation):
    ann = provider.adds("ann-1", **openid.claims(ANN))
    openid.sign_in(site.test_client(), provider, ann)
    provider.people["ann-1"] = openid.claims(NEW)

    answer = accept(visitor, provider, invitation, ann)

    assert answer.status_code == 403
    assert school_queries.person_by_email(NEW) is None


def test_somebody_with_an_account_signs_in_and_is_led_back_to_the_invitation(visitor, provider):
    token = invite(ANN)
    shown = page.soup(visitor.get(f"/invitations/{token}"))
    form = shown.select_one("form[action='/sign-in/with/google']")
    ann = provider.adds("ann-1", **openid.claims(ANN))

    answer = openid.sign_in(visitor, provider, ann, next=form.select_one("[name=next]")["value"])

    assert answer.location == f"/invitations/{token}"
    assert "Accept the invitation" in visitor.get(answer.location).text


def test_somebody_signed_in_links_an_account_and_removes_it(visitor, provider):
    ann = provider.adds("ann-1", **openid.claims(ANN))
    schools.sign_in(visitor, ANN)
    assert "Link your Google account" in visitor.get("/account/identities").text
    assert "/account/identities" in visitor.get("/account/").text

    linked = openid.sign_in(visitor, provider, ann, by="/account/identities/google")

    assert linked.location == "/account/identities"
    shown = visitor.get("/account/identities")
    assert "From now on you can sign in with Google." in shown.text
    assert [row[0] for row in page.table_rows(shown, "Accounts that sign you in")] == ["Google"]
    assert "Link your Google account" not in shown.text

    [public_id] = [each.public_id for each in identities()]
    removed = visitor.post(f"/account/identities/{public_id}/remove")
    assert removed.location == "/account/identities"
    assert "no longer signs you in here" in visitor.get(removed.location).text
    assert identities() == []
    subjects = [mail.subject for mail in db.session.scalars(select(Message))]
    assert subjects == [
        "Your Google account signs you in from now on",
        "Your Google account no longer signs you in",
    ]
    trail = select(AuditEntry.action).where(AuditEntry.action.like("%link_identity"))
    assert list(db.session.scalars(trail)) == ["link_identity", "unlink_identity"]
    history = visitor.get("/account/history").text
    assert "linked a Google account" in history
    visitor.post(f"/account/identities/{public_id}/remove")
    assert "This was removed already." in visitor.get("/account/identities").text


def test_only_an_account_with_ones_own_address_can_be_linked(site, visitor, provider):
    other = provider.adds("other", **openid.claims("other@hollow-lane.example"))
    schools.sign_in(visitor, ANN)

    answer = openid.sign_in(visitor, provider, other, by="/account/identities/google")

    assert answer.status_code == 403
    assert f"Choose that of {ANN}" in page.text(answer)
    assert identities() == []
    assert visitor.get("/account/").status_code == 200, "who is signed in stays signed in"


def test_nobody_removes_the_identity_of_somebody_else(site, visitor, provider):
    openid.sign_in(site.test_client(), provider, provider.adds("ann-1", **openid.claims(ANN)))
    [identity] = identities()
    schools.sign_in(visitor, LEAD)

    visitor.post(f"/account/identities/{identity.public_id}/remove")

    assert len(identities()) == 1


def test_the_last_way_to_sign_in_stays(visitor, provider, invitation):
    new = provider.adds("new-1", **openid.claims(NEW), xms_edov=True)
    accept(visitor, provider, invitation, new)
    [google] = identities()

    visitor.post(f"/account/identities/{google.public_id}/remove")
    assert "This is your only way to sign in." in visitor.get("/account/identities").text

    openid.sign_in(visitor, provider, new, MICROSOFT, by="/account/identities/microsoft")
    visitor.post(f"/account/identities/{google.public_id}/remove")
    assert [each.kind.value for each in identities()] == [MICROSOFT]

    with transaction():
        school_service.change_password(
            actor=COMMAND,
            now=clock.now(),
            person=schools.person_of(NEW),
            password=passwords.hashed("seven purple walruses"),
        )
    schools.sign_in(visitor, NEW, "seven purple walruses")
    visitor.post(f"/account/identities/{identities()[0].public_id}/remove")
    assert identities() == []


def test_an_account_without_a_password_is_opened_by_none(site, visitor, provider, invitation):
    accept(visitor, provider, invitation, provider.adds("new-1", **openid.claims(NEW)))
    stranger = site.test_client()

    for guess in ("!", "", " ", "None"):
        answer = stranger.post("/sign-in", data={"email": NEW, "password": guess})
        assert answer.status_code == 422
    assert passwords.NONE.text == "!"
    assert not passwords.matches(passwords.NONE.text, "!")


def test_an_account_without_a_password_takes_as_long_to_refuse(monkeypatch):
    checked = []
    hasher = passwords._hashing.hasher
    monkeypatch.setattr(
        passwords._hashing,
        "hasher",
        type("Counting", (), {"verify": lambda _self, known, _given: checked.append(known)})(),
    )
    monkeypatch.setattr(passwords._hashing, "dummy", lambda: "the dummy")
    assert hasher is not passwords._hashing.hasher

    passwords.matches(passwords.NONE.text, "a guess")

    assert checked == ["the dummy"]


def test_whoever_is_erased_or_loses_the_name_keeps_no_identity(site, visitor, provider):
    ann = provider.adds("ann-1", **openid.claims(ANN), xms_edov=True)
    openid.sign_in(visitor, provider, ann)
    with transaction():
        school_service.forget_person(actor=COMMAND, now=clock.now(), person=schools.person_of(ANN))
    assert identities() == []

    dan = "head@millrace.example"
    schools.make_person(email=dan)
    openid.sign_in(site.test_client(), provider, provider.adds("dan-2", **openid.claims(dan)))
    [rule] = retention.rules()
    assert rule.overdue(clock.now()) == 0
    with transaction():
        schools.person_of(dan).forgotten_at = clock.now()
    assert rule.overdue(clock.now()) == 1
    with transaction():
        rule.purge(clock.now(), 10)
    assert identities() == []


def test_somebody_without_a_password_shows_otherwise_that_it_is_them(
    visitor, provider, invitation, time_machine
):
    new = provider.adds("new-1", **openid.claims(NEW))
    accept(visitor, provider, invitation, new)
    here = "/account/everything"
    button = page.soup(visitor.get(here)).select_one("[formaction*=google]")
    assert (button["name"], button["value"]) == ("next", here)
    assert visitor.post(here).status_code == 422

    back = openid.sign_in(visitor, provider, new, by=button["formaction"], next=here)

    assert back.location == here
    assert "no password is needed now" in visitor.get(here).text
    assert visitor.post(here).status_code == 303
    chosen = "seven purple walruses over the moon"
    changed = {"password": chosen, "again": chosen}
    assert visitor.post("/account/password", data=changed).status_code == 303
    assert schools.person_of(NEW).has_password
    time_machine.move_to(clock.now() + asks_again.FRESH_FOR)
    assert visitor.post("/account/password", data=changed).status_code == 422


def test_whoever_is_asked_again_shows_it_there_and_goes_on(
    visitor, provider, invitation, time_machine
):
    new = provider.adds("new-1", **openid.claims(NEW))
    accept(visitor, provider, invitation, new)
    time_machine.move_to(clock.now() + timedelta(minutes=11))
    assert "Is it still you?" in visitor.post("/account/identities/microsoft").text
    form = page.soup(visitor.get("/account/e-mail")).select("main input[type=hidden]")
    typed = {each["name"]: each["value"] for each in form} | {"email": "later@millrace.example"}
    asked = page.soup(visitor.post("/account/e-mail", data=typed))
    button = asked.select_one("[formaction*=google]")
    kept = asked.select_one("[name=kept]")["value"]

    by = button["formaction"]
    shown = openid.sign_in(visitor, provider, new, by=by, next=button["value"], kept=kept)

    assert "later@millrace.example" in shown.text
    sent = visitor.post("/account/e-mail", data=typed)
    assert sent.location == "/account/"


def test_nobody_shows_it_with_the_account_of_somebody_else(visitor, provider):
    ann = provider.adds("ann-1", **openid.claims(ANN))
    openid.sign_in(visitor, provider, ann)
    other = provider.adds("other", **openid.claims(LEAD))

    answer = openid.sign_in(visitor, provider, other, by="/account/identities/google/prove")

    assert answer.status_code == 403
    assert visitor.post("/account/everything").status_code == 422


def test_whoever_sets_the_site_up_is_told_whether_the_provider_is_there(site, provider):
    google = site.extensions["openid"][ProviderKind.GOOGLE]
    provider.instead["openid-configuration"] = lambda: Response(status=503)
    down = deployment._provider(google)
    assert (down.level, down.title) == (Level.BROKEN, "Nobody can sign in with Google")

    provider.instead.clear()
    there = deployment._provider(google)

    assert there.level is Level.WELL
    assert "http://localhost/sign-in/with/google/back" in there.advice
    assert list(deployment._providers()) == ["sign-in with Google", "sign-in with Microsoft"]
