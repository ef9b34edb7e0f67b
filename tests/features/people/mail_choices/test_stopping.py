"""Mail that its reader may stop: by one click, by the link's page, on the account; and again."""

import re

import pytest
from bs4 import BeautifulSoup

from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.models import Message
from booking.network.outbox import examples
from booking.people.mail_choices import details, words
from booking.people.mail_choices.details import KIND_OF
from booking.people.mail_choices.models import StoppableMail
from booking.people.schools import service as school_service
from tests.builders import schools
from tests.page import check_page

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def dana(app, db_session):
    """Have a coordinator who gets mail."""
    return schools.make_person(
        name="Dana Whitlock",
        email=examples.READER,
        role=Role.COORDINATOR,
        school=schools.make_school(name="Ashdale School"),
    )


def mailed(template, number=0, to=examples.READER):
    """Queue a mail; return it, or None if it was not queued."""
    with transaction():
        return notifications.queue(
            key=f"{template}:{number}",
            to=to,
            template=template,
            reply_to="",
            **examples.words(template),
        )


def link_in(mail):
    """Return the path of the link that stops a mail; "" if there is none."""
    found = BeautifulSoup(mail.html, "html.parser").find("a", string="Stop mail like this")
    return re.sub(r"^https?://[^/]+", "", found["href"]) if found else ""


def acts():
    """Return what was recorded about choices of mail."""
    found = db.session.query(AuditEntry).order_by(AuditEntry.id)
    return [
        (entry.action, entry.facts["kind"], entry.person_id)
        for entry in found
        if entry.action.endswith("_mail")
    ]


def test_one_click_of_a_mail_program_stops_one_kind_and_needs_no_sign_in(client, dana):
    path = link_in(mailed("requests_closing"))

    answer = client.post(path, data=ONE_CLICK, csrf=False, check=False)
    again = client.post(path, data=ONE_CLICK, csrf=False, check=False)

    assert (answer.status_code, again.status_code) == (200, 200)
    assert answer.text == "Stopped.\n"
    # Both mails of the kind, and no other.
    assert mailed("requests_closing", 1) is None
    assert mailed("wishes_closing") is None
    assert mailed("event_published") is not None
    assert acts() == [("stop_mail", "reminders", dana.id)]


def test_opening_the_link_changes_nothing_and_its_button_is_undone_on_the_same_page(client, dana):
    path = link_in(mailed("idea_news"))

    page = check_page(client.get(path))
    assert "Stop this mail: News about ideas" in page.h1.get_text()
    assert mailed("idea_news", 1) is not None

    action = page.main.form["action"]
    stopped = client.post(action, data={"do": "stop"}, follow_redirects=True)
    assert "You get no more mail: News about ideas" in stopped.text
    assert mailed("idea_news", 2) is None

    client.post(action, data={"do": "start"})
    assert mailed("idea_news", 3) is not None
    assert [act for act, _, _ in acts()] == ["stop_mail", "start_mail"]


def test_somebody_chooses_on_the_account_and_reads_why_the_rest_comes(client, dana):
    schools.sign_in(client, dana)

    page = check_page(client.get("/account/mail"))
    client.post("/account/mail/new_events", data={"do": "stop"})

    assert "/account/mail" in client.get("/account/").text
    assert [title.get_text() for title in page.main("dt")] == [title for title, _ in words.ALWAYS]
    assert mailed("event_published") is None
    assert "stopped the mail “New events”" in client.get("/account/history").text
    assert client.post("/account/mail/receipts", data={"do": "stop"}).status_code == 404
    client.post("/account/mail/new_events", data={"do": "start"})
    assert mailed("event_published", 1) is not None


def test_what_cannot_be_stopped_has_no_link_and_neither_has_mail_to_a_parent(dana):
    assert link_in(mailed("role_given")) == ""
    assert link_in(mailed("event_published", to="parent@home.example")) == ""
    assert set(KIND_OF.values()) == set(StoppableMail) == set(words.KINDS)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_not_ours_or_of_a_closed_account_opens_nothing(client, dana, method, app):
    good = link_in(mailed("idea_news"))
    forged = details.token(dana.public_id, StoppableMail.IDEAS, secret="another")
    data = {"data": ONE_CLICK} if method == "post" else {}
    ask = getattr(client, method)

    assert ask(f"/mail/stop/{forged}", **data).status_code == 404
    assert ask(f"{good[:-2]}", **data).status_code == 404
    with transaction():
        school_service.disable_person(actor=COMMAND, now=clock.now(), person=dana)
    assert ask(good, **data).status_code == 404


def test_another_post_to_the_address_of_one_click_is_refused(client, dana):
    path = link_in(mailed("idea_news"))

    assert client.post(path, data={}, csrf=False, check=False).status_code == 400
    assert db.session.query(Message).filter_by(template="idea_news").count() == 1
    assert acts() == []
