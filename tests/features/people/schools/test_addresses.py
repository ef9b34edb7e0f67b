"""The address for signing in: changed through a link to the new one, and the old one is told."""

import re
from datetime import timedelta

import pytest

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import service
from booking.people.schools.models import PasswordReset
from tests import cast
from tests.builders import schools as build

OLD, NEW = "coordinator@hollow-lane.example", "r.achebe@hollow-lane.example"


@pytest.fixture
def person(db_session):
    school = build.make_school(slug="hollow-lane")
    return build.make_person(email=OLD, role=Role.COORDINATOR, school=school)


@pytest.fixture
def signed_in(client, person):
    build.sign_in(client, person)
    return client


def mails(db_session, template):
    return db_session.query(Message).filter_by(template=template).order_by(Message.id).all()


def ask(client, db_session, email=NEW):
    answer = client.post("/account/e-mail", data={"email": email})
    assert answer.location == "/account/"
    mail = mails(db_session, "new_address")[-1]
    assert mail.recipient == email.lower()
    return re.search(r"https?://[^/\s]+(/new-address/\S+)", mail.text)[1]


def confirm(client, url, password=cast.PASSWORD):
    return client.post(url, data={"password": password})


def can_sign_in(app, email):
    answer = app.test_client().post("/sign-in", data={"email": email, "password": cast.PASSWORD})
    return answer.status_code == 303


def test_a_person_signs_in_with_the_new_address_once_it_is_confirmed(app, signed_in, db_session):
    url = ask(signed_in, db_session, "R.Achebe@Hollow-Lane.example")
    assert can_sign_in(app, OLD)
    assert not can_sign_in(app, NEW)

    page = signed_in.get(url).text
    assert NEW in page
    assert OLD in page
    assert confirm(signed_in, url).location == "/account/"

    assert NEW in signed_in.get("/account/").text
    assert can_sign_in(app, NEW)
    assert not can_sign_in(app, OLD)


def test_the_link_may_be_opened_where_nobody_is_signed_in(app, signed_in, db_session):
    url = ask(signed_in, db_session)

    assert confirm(app.test_client(), url).location == "/sign-in"

    assert can_sign_in(app, NEW)


def test_the_old_address_is_told_and_other_browsers_are_signed_out(app, signed_in, db_session):
    other = app.test_client()
    build.sign_in(other, build.person_of(OLD))
    url = ask(signed_in, db_session)

    confirm(signed_in, url)

    [told] = mails(db_session, "address_changed")
    assert told.recipient == OLD
    assert NEW in told.text
    assert "/contact" in told.text
    assert other.get("/account/").status_code == 302
    assert signed_in.get("/account/").status_code == 200


def test_who_has_the_link_but_not_the_password_changes_nothing(app, signed_in, db_session):
    url = ask(signed_in, db_session)

    for stranger in (app.test_client(), signed_in):
        refused = confirm(stranger, url, "not the right one")
        assert refused.status_code == 422
        assert "This is not your current password." in refused.text

    assert can_sign_in(app, OLD)


def test_guessing_passwords_by_the_link_is_throttled(app, signed_in, db_session):
    url = ask(signed_in, db_session)

    tries = [confirm(app.test_client(), url, "wrong wrong").status_code for _ in range(6)]

    assert tries == [422] * 5 + [429]


def test_looking_at_the_link_any_number_of_times_changes_nothing(signed_in, db_session):
    url = ask(signed_in, db_session)

    for _ in range(5):
        assert signed_in.get(url).status_code == 200
        signed_in.head(url, check=False)

    assert build.person_of(OLD) is not None
    assert confirm(signed_in, url).status_code == 303


def test_the_link_works_once(signed_in, db_session):
    url = ask(signed_in, db_session)
    confirm(signed_in, url)

    assert signed_in.get(url).status_code == 404
    assert confirm(signed_in, url).status_code == 404
    assert len(mails(db_session, "address_changed")) == 1


def test_the_link_ends_after_a_day_and_then_looks_unknown(signed_in, db_session, time_machine):
    url = ask(signed_in, db_session)
    time_machine.move_to(clock.now() + timedelta(days=1, seconds=1))
    build.sign_in(signed_in, build.person_of(OLD))

    late = signed_in.get(url)

    assert late.status_code == 404
    assert late.text == signed_in.get("/new-address/no-such-token").text


def test_the_newest_link_counts(signed_in, db_session):
    first = ask(signed_in, db_session, "typo@hollow-lane.example")
    second = ask(signed_in, db_session)

    assert signed_in.get(first).status_code == 404
    assert confirm(signed_in, second).status_code == 303


def test_asking_for_a_new_password_at_the_old_address_stops_the_change(signed_in, db_session):
    url = ask(signed_in, db_session)

    signed_in.post("/reset", data={"email": OLD})

    assert signed_in.get(url).status_code == 404


def test_a_link_for_an_address_opens_no_page_for_a_password(signed_in, db_session):
    token = ask(signed_in, db_session).removeprefix("/new-address/")

    assert signed_in.get(f"/reset/{token}").status_code == 404


def test_the_link_of_a_closed_account_ends(client, person, db_session):
    build.sign_in(client, person)
    url = ask(client, db_session)
    with transaction():
        service.disable_person(actor=COMMAND, now=clock.now(), person=build.person_of(OLD))

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("", "Enter an e-mail address."),
        ("achebe", "is not an e-mail address"),
        (OLD.upper(), "You already sign in with this address."),
        ("someone@hollow-lane.example", "Somebody already signs in with this address."),
    ],
)
def test_an_address_that_will_not_do_is_kept_and_explained(signed_in, db_session, email, told):
    build.make_person(email="someone@hollow-lane.example")

    refused = signed_in.post("/account/e-mail", data={"email": email})

    assert refused.status_code == 422
    assert told in refused.text
    assert f'value="{email}"' in refused.text
    assert mails(db_session, "new_address") == []


def test_an_address_that_was_taken_meanwhile_is_refused(signed_in, db_session):
    url = ask(signed_in, db_session)
    build.make_person(email=NEW)

    refused = confirm(signed_in, url)

    assert refused.status_code == 404
    assert "Somebody already signs in with this address." in refused.text
    assert OLD in signed_in.get("/account/").text


def test_a_person_asks_at_most_three_times_an_hour(signed_in):
    tries = [
        signed_in.post("/account/e-mail", data={"email": f"n{n}@hollow-lane.example"}).status_code
        for n in range(4)
    ]

    assert tries == [303, 303, 303, 429]


def test_open_invitations_follow_the_person(signed_in, db_session):
    with transaction():
        token = service.invite(
            actor=COMMAND,
            now=clock.now(),
            email=OLD,
            name="Rosalind Achebe",
            offers=[service.RoleOffer(Role.TREASURER)],
        )
    confirm(signed_in, ask(signed_in, db_session))

    assert signed_in.post(f"/invitations/{token}").status_code == 303

    assert "Treasurer" in signed_in.get("/account/").text


def test_the_database_keeps_neither_link_nor_address_in_clear(signed_in, db_session):
    token = ask(signed_in, db_session).removeprefix("/new-address/")

    [row] = db_session.query(PasswordReset).all()

    assert token not in row.token_hash
    assert len(row.token_hash) == 64


def test_the_trail_tells_of_asking_and_changing(signed_in, db_session):
    confirm(signed_in, ask(signed_in, db_session))

    actions = [entry.action for entry in db_session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions[-2:] == ["ask_new_address", "change_address"]
    assert NEW not in str([entry.facts for entry in db_session.query(AuditEntry)])
