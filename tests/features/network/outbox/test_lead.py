"""The network's outbox: what did not arrive, without any parent's address, and sending it again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message, MessageState
from booking.network.outbox import words
from tests.builders import outbox, schools
from tests.features.network.outbox.conftest import EMAIL
from tests.house import tree
from tests.page import check_page
from tests.page import words as text

PAGE = "/admin/outbox"


def rows(client, show=""):
    page = check_page(client.get(f"{PAGE}?show={show}"))
    return [[text(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")]


def subjects(client, show=""):
    return [row[0].partition(" ,")[0] for row in rows(client, show)]


def tasks(client):
    page = check_page(client.get("/admin/"))
    titles = [text(tag) for tag in page.select(".task-title")]
    return [title for title in titles if "privacy notice" not in title]


def state_of(message):
    db.session.rollback()
    return db.session.get_one(Message, message.id).state


def test_the_page_says_when_all_mail_has_gone_out(lead):
    assert "All mail has gone out" in text(check_page(lead.get(PAGE)).main)


def test_a_mail_is_listed_with_its_kind_its_tries_and_why_it_did_not_arrive(lead, db_session):
    message = outbox.make_mail(to="lead@network.example")
    outbox.given_up(message, error="recipient <lead@network.example> refused with [550]")

    [row] = rows(lead)
    assert row[0] == "A password was changed"
    assert "A password was changed" in row[0]
    assert row[1] == "lead@network.example"
    assert row[3:5] == ["1", "–"]
    assert row[5] == "Not sent recipient <…> refused with [550]"


def test_each_filter_shows_its_own_mail(lead, invited):
    refused = outbox.fate(invited.booking, MessageState.REFUSED)
    outbox.given_up(outbox.make_mail(to="lead@network.example", key="failed"))
    three_hours_ago = clock.now() - timedelta(hours=3)
    outbox.make_mail(to="lead@network.example", key="late", now=three_hours_ago)
    outbox.make_mail(to="lead@network.example", key="just now")

    # A subject may name a child, so the lead reads what kind of mail it was.
    assert subjects(lead, "refused") == [words.kind(refused.template)]
    assert (len(rows(lead)), len(rows(lead, "late")), len(rows(lead, "failed"))) == (3, 1, 1)
    everything = db.session.scalars(select(Message.id)).all()
    assert len(rows(lead, "all")) == len(everything)
    assert len(rows(lead, "nonsense")) == 3


def test_a_parents_address_is_for_the_home_school_alone(lead, client, invited):
    outbox.fate(invited.booking, MessageState.REFUSED, error=f"<{EMAIL}>: no such user")

    assert EMAIL not in lead.get(PAGE).text
    [row] = rows(lead)
    assert row[1] == "A parent at Ashdale Primary School"

    schools.sign_out(client)
    both = schools.make_person(role=Role.LEAD)
    schools.grant(both, Role.COORDINATOR, invited.school)
    schools.sign_in(client, both)
    assert rows(client)[0][1] == EMAIL


def test_an_address_that_nobody_knows_is_not_shown(lead, db_session):
    outbox.given_up(outbox.make_mail(to="stranger@elsewhere.example"))

    assert rows(lead)[0][1] == "Address not shown"


def test_one_mail_is_sent_again_and_the_trail_says_by_whom(lead, invited):
    message = outbox.fate(invited.booking, MessageState.FAILED)

    answer = lead.post(f"{PAGE}/{message.id}/retry")

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert state_of(message) is MessageState.QUEUED
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "retry_mail")).one()
    assert (entry.subject_type, entry.subject_id) == ("messages", str(message.id))


def test_a_mail_that_was_sent_is_not_sent_again(lead, invited):
    message = outbox.fate(invited.booking, MessageState.SENT)

    answer = lead.post(f"{PAGE}/{message.id}/retry", follow_redirects=True)

    assert "This mail has been sent" in answer.text
    assert state_of(message) is MessageState.SENT


@pytest.mark.parametrize("number", [0, 987654])
def test_a_mail_that_does_not_exist_is_refused_in_words(lead, number):
    answer = lead.post(f"{PAGE}/{number}/retry", follow_redirects=True)

    assert "This mail has been sent, or its text has been deleted" in answer.text


def test_all_failed_mail_is_sent_again_and_refused_addresses_are_left_alone(lead, invited):
    refused = outbox.fate(invited.booking, MessageState.REFUSED)
    failed = [outbox.make_mail(to=f"p{n}@elsewhere.example") for n in range(3)]
    for message in failed:
        outbox.given_up(message)

    answer = lead.post(f"{PAGE}/retry", follow_redirects=True)

    assert "3 mails are being sent again." in answer.text
    assert {state_of(message) for message in failed} == {MessageState.QUEUED}
    assert state_of(refused) is MessageState.REFUSED
    assert "No mail has failed" in lead.post(f"{PAGE}/retry", follow_redirects=True).text


def test_the_auditor_reads_and_sends_nothing(client, invited):
    message = outbox.fate(invited.booking, MessageState.FAILED)
    schools.sign_in(client, schools.make_person(role=Role.AUDITOR))

    page = check_page(client.get(PAGE))
    assert EMAIL not in page.text
    assert page.select("main form") == []
    assert client.post(f"{PAGE}/{message.id}/retry").status_code == 404
    assert client.post(f"{PAGE}/retry").status_code == 404
    assert state_of(message) is MessageState.FAILED


def test_the_lead_has_a_task_for_what_is_late_failed_or_refused(lead, invited):
    assert not [title for title in tasks(lead) if "mail" in title]

    outbox.late(invited.booking)
    outbox.given_up(outbox.make_mail(to="a@elsewhere.example"))
    outbox.given_up(outbox.make_mail(to="b@elsewhere.example"), MessageState.REFUSED)

    assert [title for title in tasks(lead) if "mail" in title] == [
        "1 mail is late",
        "1 mail was not sent",
        "1 mail to people with roles refused",
    ]


def test_a_familys_refused_address_is_no_task_of_the_lead(lead, invited):
    outbox.fate(invited.booking, MessageState.REFUSED)

    assert not [title for title in tasks(lead) if "mail" in title]


def test_the_leads_task_ends_when_the_mail_is_no_longer_worth_sending(lead, db_session):
    message = outbox.make_mail(to="a@elsewhere.example")
    outbox.given_up(message)
    with transaction():
        db.session.get_one(Message, message.id).keep_until = clock.now()

    assert not [title for title in tasks(lead) if "mail" in title]
    assert "No mail has failed" in lead.post(f"{PAGE}/retry", follow_redirects=True).text


def test_a_long_list_is_paged_and_costs_no_more_statements(lead, count_queries, db_session):
    outbox.given_up(outbox.make_mail(to="a@elsewhere.example"))
    with count_queries() as one:
        lead.get(PAGE)
    for number in range(55):
        outbox.given_up(outbox.make_mail(to=f"p{number}@elsewhere.example"))
    with count_queries() as many:
        page = check_page(lead.get(PAGE))

    assert len(many) <= len(one) + 1  # a list longer than its first page is counted as well
    assert "Showing 1 to 50 of 56 mails" in text(page.main)


def test_every_mail_has_a_name_in_words():
    templates = {
        path.removeprefix("templates/emails/").removesuffix(".subject.txt")
        for path in tree.templates(".txt")
        if path.startswith("templates/emails/") and path.endswith(".subject.txt")
    }

    assert templates == set(words.KINDS)
