"""What matters most asks again who one is, ten minutes after that was last shown."""

import re
from datetime import timedelta

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.people.schools.models import Invitation
from tests import cast
from tests.builders import schools as build
from tests.trust.test_files_given import OF_FAMILIES

LATER = timedelta(minutes=11)
#: Every route that asks again. A new one is written here, and so is one that no longer does.
ASKS_AGAIN = OF_FAMILIES | {
    "account.ask_new_address",
    "account.leave",
    *("own_school.invite_several", "admin.invite_associates"),
    *("admin.invite", "admin.grant_role", "admin.close_account", "admin.open_account"),
    *("posts.hand_over", "posts.stop", "posts.revoke", "posts.send_again", "posts.change_address"),
    *("posts.allow", "own_school.colleagues", "rosters.day_staff", "rosters.remove_day_staff"),
    *("checkout.refund", "checkout.given_back", "checkout.undo_refund"),
    "fund.export",
    "account.end_session",
    *("account.end_other_sessions", "factors.add_passkey", "factors.add_app", "factors.new_codes"),
    *("factors.remove_passkey", "factors.remove_app"),
    *("openid.set_out_to_link", "openid.remove"),
}
INVITED = {
    "email": "new@hollow-lane.example",
    "name": "Ada New",
    "posts-0-role": "auditor",
    "posts-0-school": "",
    **{f"posts-{n}-{part}": "" for n in (1, 2) for part in ("role", "school")},
}


@pytest.fixture
def lead(client, db_session):
    build.make_network(schools=2)
    build.sign_in(client, "lead@fairplace.example")
    return client


def hidden(answer):
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)) | dict(
        re.findall(r'name="([^"]+)" type="hidden" value="([^"]*)"', answer.text)
    )


def test_the_routes_that_ask_again_are_these(app):
    views = app.view_functions.items()

    assert {name for name, view in views if getattr(view, "asks_again", False)} == ASKS_AGAIN


def test_within_ten_minutes_nothing_is_asked(lead, db_session):
    assert lead.post("/admin/people/invite", data=INVITED).status_code == 303
    assert db_session.query(Invitation).count() == 1


def test_later_the_password_is_asked_and_what_was_typed_goes_on(lead, db_session, time_machine):
    time_machine.move_to(clock.now() + LATER)

    form = hidden(lead.get("/admin/people/invite"))
    asked = lead.post("/admin/people/invite", data=form | INVITED)
    assert "Is it still you?" in asked.text
    assert db_session.query(Invitation).count() == 0
    kept = hidden(asked)["kept"]
    wrong = lead.post("/account/again", data={"password": "wrong", "kept": kept})
    assert (wrong.status_code, db_session.query(Invitation).count()) == (422, 0)
    shown = lead.post("/account/again", data={"password": cast.PASSWORD, "kept": kept})
    assert "Go on, and what you typed is sent" in shown.text
    assert db_session.query(Invitation).count() == 0
    typed = hidden(shown)
    assert typed["email"] == INVITED["email"]
    assert lead.post("/admin/people/invite", data=typed).status_code == 303
    assert db_session.query(Invitation).count() == 1


def test_a_list_of_families_is_given_after_the_password(app, db_session, time_machine):
    school = build.make_school(slug="hollow-lane")
    person = build.make_person(role=Role.COORDINATOR, school=school)
    browser = app.test_client()
    build.sign_in(browser, person)
    assert browser.get("/school/pupils/export.csv").mimetype == "text/csv"
    time_machine.move_to(clock.now() + LATER)

    assert "Is it still you?" in browser.get("/school/pupils/export.csv").text
    went_on = browser.post(
        "/account/again?next=/school/pupils/export.csv", data={"password": cast.PASSWORD}
    )
    assert went_on.location == "/school/pupils/export.csv"
    assert browser.get(went_on.location).mimetype == "text/csv"


def test_a_page_with_a_form_is_shown_without_being_asked(lead, time_machine):
    time_machine.move_to(clock.now() + LATER)

    assert "Is it still you?" not in lead.get("/admin/people/invite").text


@pytest.mark.parametrize(
    "path",
    [
        *("/account/e-mail", "/account/sessions/end-others", "/account/sessions/nobodys/end"),
        *("/account/security/app", "/account/security/passkey", "/account/security/codes"),
        *("/account/security/app/remove", "/account/security/passkeys/nobodys/remove"),
    ],
)
def test_ones_own_account_is_not_changed_unasked(lead, time_machine, path):
    assert "Is it still you?" not in lead.post(path).text
    time_machine.move_to(clock.now() + LATER)

    assert "Is it still you?" in lead.post(path).text
