"""A person's own account: name, mobile, password, browsers, and a new password by link."""

import re
from datetime import timedelta

import pytest

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import passwords, service
from booking.people.schools.models import PasswordReset
from tests import cast
from tests.builders import schools as build

EMAIL = "coordinator@hollow-lane.example"
NEW = "seven purple walruses"


@pytest.fixture
def person(db_session):
    school = build.make_school(slug="hollow-lane")
    return build.make_person(email=EMAIL, role=Role.COORDINATOR, school=school)


def mails(db_session, template):
    return db_session.query(Message).filter_by(template=template).order_by(Message.id).all()


def link_in(mail):
    return re.search(r"https?://[^/\s]+(/\S+)", mail.text)[1]


def ask_link(client, db_session, email=EMAIL):
    client.post("/reset", data={"email": email})
    return link_in(mails(db_session, "password_reset")[-1])


def test_a_link_is_not_sent_once_it_no_longer_opens(client, db_session, person):
    ask_link(client, db_session)

    [mail] = mails(db_session, "password_reset")

    assert mail.keep_until == db_session.query(PasswordReset).one().expires_at


def test_a_person_changes_name_and_mobile(client, person):
    build.sign_in(client, person)

    answer = client.post(
        "/account/details", data={"name": "Rosalind Achebe-Wynn", "mobile": "+44 7700 900456"}
    )

    assert answer.location == "/account/"
    changed = build.person_of(EMAIL)
    assert (changed.name, changed.mobile) == ("Rosalind Achebe-Wynn", "07700 900456")


@pytest.mark.parametrize(
    ("name", "mobile", "told"),
    [
        ("", "", "Enter a name."),
        ("R", "call me", "is not a telephone number"),
        ("R", "123", "is not a telephone number"),
        ("x" * 101, "", "Use at most 100 characters."),
    ],
)
def test_a_wrong_name_or_mobile_is_kept_and_explained(client, person, name, mobile, told):
    build.sign_in(client, person)

    answer = client.post("/account/details", data={"name": name, "mobile": mobile})

    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{mobile}"' in answer.text
    assert build.person_of(EMAIL).name == "Rosalind Achebe"


def test_the_account_page_leads_to_ones_own_calendars(client, person):
    build.sign_in(client, person)

    assert 'href="/account/feeds"' in client.get("/account/").text


def test_the_account_page_names_every_role(client, person, db_session):
    build.grant(person, Role.HOST, build.make_school(slug="millrace"))
    build.sign_in(client, person)

    page = client.get("/account/").text

    assert "Coordinator at Hollow Lane First School" in page
    assert "Host at Millrace First School" in page


def test_a_person_changes_the_password_and_other_browsers_are_signed_out(app, client, person):
    build.sign_in(client, person)
    elsewhere = app.test_client()
    build.sign_in(elsewhere, person)

    answer = client.post(
        "/account/password", data={"current": cast.PASSWORD, "password": NEW, "again": NEW}
    )

    assert answer.location == "/account/"
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    build.sign_in(elsewhere, person, NEW)


def test_a_change_of_password_is_told_by_mail(client, person, db_session):
    build.sign_in(client, person)

    client.post("/account/password", data={"current": cast.PASSWORD, "password": NEW, "again": NEW})

    [mail] = mails(db_session, "password_changed")
    assert (mail.recipient, NEW in mail.text) == (EMAIL, False)


@pytest.mark.parametrize(
    ("current", "password", "again", "told"),
    [
        ("wrong", NEW, NEW, "This is not your current password."),
        (cast.PASSWORD, NEW, "another", "The two passwords are not the same."),
        (cast.PASSWORD, "elevenchars", "elevenchars", "Use at least 12 characters."),
        (cast.PASSWORD, "x" * 129, "x" * 129, "Use at most 128 characters."),
        (cast.PASSWORD, "Password1234", "Password1234", "one of the first passwords"),
        (cast.PASSWORD, "aaaaaaaaaaaaa", "aaaaaaaaaaaaa", "The same thing twice"),
        (cast.PASSWORD, "hollow-lane-2027", "hollow-lane-2027", "Leave out your name"),
        (cast.PASSWORD, "I am coordinator", "I am coordinator", "Leave out your name"),
        (cast.PASSWORD, "rosalind achebe!", "rosalind achebe!", "Leave out your name"),
        (cast.PASSWORD, "TheFairplaceNetwork", "TheFairplaceNetwork", "Leave out your name"),
    ],
)
def test_a_password_that_will_not_do_is_refused(client, person, current, password, again, told):
    build.sign_in(client, person)

    answer = client.post(
        "/account/password", data={"current": current, "password": password, "again": again}
    )

    assert answer.status_code == 422
    assert told in answer.text
    build.sign_in(client.application.test_client(), person)


@pytest.mark.parametrize(
    "password",
    [
        *("a plain sentence about geese", "ünïcödé wörds", "1029 8475 6610"),
        "seven-purple-walruses",
        "wet geese walk over the grass before school, and nobody who sees them knows why",
    ],
)
def test_a_long_password_needs_no_special_characters(password):
    passwords.check(password, about=("lead@fairplace.example", "The Fairplace network"))


def test_a_password_is_taken_as_typed_spaces_and_all(client, person):
    build.sign_in(client, person)
    spaced = "  seven purple  walruses "
    client.post(
        "/account/password", data={"current": cast.PASSWORD, "password": spaced, "again": spaced}
    )

    other = client.application.test_client()
    trimmed = other.post("/sign-in", data={"email": EMAIL, "password": spaced.strip()})
    assert trimmed.status_code == 422
    build.sign_in(other, person, spaced)


def test_a_person_sees_and_ends_one_other_browser(app, client, person, db_session):
    build.sign_in(client, person)
    phone = app.test_client()
    phone.post(
        "/sign-in",
        data={"email": EMAIL, "password": cast.PASSWORD},
        headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Safari/605"},
    )

    page = client.get("/account/").text
    assert "Safari on an iPhone" in page
    [url] = re.findall(r'action="(/account/sessions/[^"]+/end)"', page)
    assert client.post(url).location == "/account/"

    assert phone.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_the_same_letters_count_alike_however_a_machine_writes_them(app, client, person):
    build.sign_in(client, person)
    composed, apart = "seven cafés by the sea", "seven cafe\u0301s by the sea"
    client.post(
        "/account/password", data={"current": cast.PASSWORD, "password": apart, "again": apart}
    )

    build.sign_in(app.test_client(), person, composed)


def test_a_person_signs_out_everywhere_else(app, client, person):
    build.sign_in(client, person)
    others = [app.test_client() for _ in range(2)]
    for other in others:
        build.sign_in(other, person)

    client.post("/account/sessions/end-others")

    assert [other.get("/account/").status_code for other in others] == [302, 302]
    assert client.get("/account/").status_code == 200


def test_nobody_ends_another_persons_browser(app, client, person, db_session):
    build.sign_in(client, person)
    other = app.test_client()
    build.sign_in(other, build.make_person())
    from booking.foundation.web.models import WebSession

    theirs = db_session.query(WebSession).filter(WebSession.person_id != person.id).one()

    client.post(f"/account/sessions/{theirs.public_id}/end")

    assert other.get("/account/").status_code == 200


def test_a_forgotten_password_is_chosen_anew_by_link(app, client, person, db_session):
    build.sign_in(client, person)
    visitor = app.test_client()
    url = ask_link(visitor, db_session)

    assert EMAIL in visitor.get(url).text
    answer = visitor.post(url, data={"password": NEW})

    assert answer.location == "/sign-in"
    assert client.get("/account/").status_code == 302
    build.sign_in(visitor, person, NEW)


def test_looking_at_the_link_any_number_of_times_changes_nothing(client, person, db_session):
    url = ask_link(client, db_session)

    assert {client.get(url).status_code for _ in range(10)} == {200}
    assert {client.head(url, check=False).status_code for _ in range(10)} == {200}

    assert client.post(url, data={"password": NEW}).status_code == 303


def test_the_link_works_once(client, person, db_session):
    url = ask_link(client, db_session)
    client.post(url, data={"password": NEW})

    again = client.post(url, data={"password": "another fine password"})

    assert again.status_code == 404
    assert "This link no longer works" in again.text
    build.sign_in(client, person, NEW)


def test_the_link_ends_after_ten_minutes(client, person, db_session, time_machine):
    url = ask_link(client, db_session)

    time_machine.move_to(clock.now() + timedelta(minutes=9))
    assert client.get(url).status_code == 200
    time_machine.move_to(clock.now() + timedelta(minutes=2))
    assert client.get(url).status_code == 404


def test_an_expired_link_and_an_unknown_one_look_alike(client, person, db_session, time_machine):
    url = ask_link(client, db_session)
    time_machine.move_to(clock.now() + timedelta(minutes=11))

    assert client.get(url).text == client.get("/reset/no-such-token").text


def test_the_newest_link_counts(client, person, db_session):
    first, second = ask_link(client, db_session), ask_link(client, db_session)

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_a_weak_password_is_refused_by_link_too_and_the_link_stays(client, person, db_session):
    url = ask_link(client, db_session)

    assert client.post(url, data={"password": "short"}).status_code == 422
    assert client.post(url, data={"password": NEW}).status_code == 303


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, person, db_session):
    known = client.post("/reset", data={"email": EMAIL})
    unknown = client.post("/reset", data={"email": "nobody@hollow-lane.example"})

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert [mail.recipient for mail in mails(db_session, "password_reset")] == [EMAIL]


def test_a_closed_account_gets_no_link(client, person, db_session):
    with transaction():
        service.disable_person(actor=COMMAND, now=clock.now(), person=build.person_of(EMAIL))

    client.post("/reset", data={"email": EMAIL})

    assert mails(db_session, "password_reset") == []


def test_an_address_gets_at_most_three_links_an_hour(client, person):
    tries = [client.post("/reset", data={"email": EMAIL}).status_code for _ in range(4)]

    assert tries == [303, 303, 303, 429]


def test_the_database_keeps_no_link_in_clear(client, person, db_session):
    token = ask_link(client, db_session).removeprefix("/reset/")

    [row] = db_session.query(PasswordReset).all()
    assert token not in row.token_hash


def test_the_page_of_a_link_sends_no_referrer(client, person, db_session):
    headers = client.get(ask_link(client, db_session)).headers

    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
