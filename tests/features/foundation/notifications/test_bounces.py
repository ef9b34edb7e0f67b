"""Reports about undelivered mail are read from a real mailbox, and only about mail of ours."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking import settings
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import announcements, bounces, sending, words
from booking.foundation.notifications.bounces import inbox, reports
from booking.foundation.notifications.models import Message, MessageState
from booking.foundation.settings import BadSetting
from tests import mailbox as mailboxes
from tests import postbox as postboxes
from tests.builders import outbox

GONE = "gone@parents.example"


@pytest.fixture
def mailbox(app, db_session):
    with mailboxes.serving() as (box, address):
        app.config["BOUNCE_IMAP_URL"] = address
        yield box


@pytest.fixture
def sent(app, db_session):
    """Send a mail."""
    with postboxes.serving() as (box, address):
        app.config["SMTP_URL"] = address
        message = outbox.make_mail(to=GONE, template="letter")
        assert sending.send_due() == 1
        message_id = str(box.mails[0]["Message-ID"])
    return message.id, message_id


def report(message_id, *, status="5.1.1", action="failed", returned="message/rfc822"):
    """Return a report as mail servers write it (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mx.parents.example\n"
        "To: returns@network.example\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "MIME-Version: 1.0\n"
        "Content-Type: multipart/report; report-type=delivery-status;\n"
        ' boundary="cut"\n'
        "\n"
        "--cut\nContent-Type: text/plain\n\nI am sorry.\n"
        "--cut\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.parents.example\n\n"
        f"Final-Recipient: rfc822; {GONE}\n"
        f"Action: {action}\n"
        f"Status: {status}\n"
        f"Diagnostic-Code: smtp; 550 {status} <{GONE}>: no such user\n\n"
        f"--cut\nContent-Type: {returned}\n\n"
        f"From: bookings@fairplace.example\nTo: {GONE}\nMessage-ID: {message_id}\n"
        "Subject: A place at Puzzle day\n\n"
        "--cut--\n"
    ).encode()


def state_of(message_id):
    db.session.rollback()
    message = db.session.get_one(Message, message_id)
    return message.state, message.last_error


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_refused_address_is_recorded_and_the_report_marked_as_read(mailbox, sent, returned):
    number = mailbox.put(report(sent[1], returned=returned))

    assert bounces.take_in() == 1
    assert state_of(sent[0]) == (
        MessageState.REFUSED,
        "the mail came back: no such address (5.1.1)",
    )
    assert mailbox.flags(number) == {"\\Seen"}
    assert bounces.take_in() == 0


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "5.3.4"])
def test_what_is_not_the_addresss_fault_is_no_reason_to_correct_it(mailbox, sent, status):
    mailbox.put(report(sent[1], status=status))

    assert bounces.take_in() == 1
    assert state_of(sent[0]) == (MessageState.FAILED, f"the mail came back ({status})")


@pytest.mark.parametrize(
    ("status", "action"), [("4.4.1", "delayed"), ("4.2.2", "failed"), ("2.0.0", "delivered")]
)
def test_a_delay_is_no_failure(mailbox, sent, status, action):
    number = mailbox.put(report(sent[1], status=status, action=action))

    assert bounces.take_in() == 1
    assert state_of(sent[0])[0] is MessageState.SENT
    assert mailbox.flags(number) == {"\\Seen"}


def test_it_is_announced_like_any_mail_that_was_given_up(mailbox, sent):
    heard = []
    mailbox.put(report(sent[1]))
    with announcements.given_up.instead(lambda message, *, now: heard.append(message.id)):
        bounces.take_in()

    assert heard == [sent[0]]


def test_a_subscriber_that_fails_leaves_the_report_unread(mailbox, sent, caplog):
    def fail(message, *, now):
        raise RuntimeError("not now")

    number = mailbox.put(report(sent[1]))
    with announcements.given_up.instead(fail):
        assert bounces.take_in() == 0

    assert (state_of(sent[0])[0], mailbox.flags(number)) == (MessageState.SENT, set())
    assert "was not taken in" in caplog.text
    assert bounces.take_in() == 1


def test_a_report_about_mail_that_is_not_ours_stays_unread_and_is_looked_at_once(mailbox, sent):
    number = mailbox.put(report("<somebody-elses@mail.example>"))

    assert bounces.take_in() == 0
    assert mailbox.flags(number) == {inbox.LOOKED_AT}
    assert state_of(sent[0])[0] is MessageState.SENT
    before = len(mailbox.commands)
    bounces.take_in()
    assert not [command for command in mailbox.commands[before:] if "FETCH" in command]


def test_a_server_that_takes_no_marks_of_ours_does_no_harm(mailbox, sent):
    mailbox.takes_marks = False
    mailbox.put(report("<somebody-elses@mail.example>"))
    mailbox.put(report(sent[1]))

    assert bounces.take_in() == 1


def test_nobody_elses_mail_is_read_or_touched(mailbox, sent):
    letter = mailbox.put(b"Subject: A question\nContent-Type: text/plain\n\nMay we bring a cake?\n")

    assert bounces.take_in() == 0
    assert mailbox.flags(letter) == set()
    verbs = {command.split()[1] for command in mailbox.commands if command.startswith("UID")}
    assert verbs == {"SEARCH"}


def test_a_report_that_comes_weeks_later_is_about_no_mail_of_ours(mailbox, sent):
    with transaction():
        mail = db.session.get_one(Message, sent[0])
        mail.sent_at = clock.now() - bounces.REPORTED_WITHIN - timedelta(days=1)
    mailbox.put(report(sent[1]))

    assert bounces.take_in() == 0


def test_without_a_mailbox_nothing_is_read(app, db_session):
    assert bounces.take_in() == 0


def test_one_visit_reads_so_many_reports_and_the_next_goes_on(mailbox, sent, monkeypatch):
    monkeypatch.setattr(inbox, "REPORTS_MAX", 2)
    for number in range(3):
        mailbox.put(report(f"<other-{number}@mail.example>"))
    mailbox.put(report(sent[1]))

    assert (bounces.take_in(), bounces.take_in()) == (0, 1)


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4])
def test_a_server_that_falls_silent_ends_the_visit(mailbox, sent, monkeypatch, after):
    monkeypatch.setattr(inbox, "VISIT_S", 0.3)
    monkeypatch.setattr(inbox, "ANSWER_S", 0.5)
    mailbox.put(report(sent[1]))
    mailbox.silent_after = after

    with pytest.raises(bounces.InboxAway, match="the mailbox cannot be read"):
        bounces.take_in()
    assert state_of(sent[0])[0] is MessageState.SENT


def test_a_wrong_password_is_said_without_the_servers_words(mailbox, sent):
    mailbox.password = "another"

    with pytest.raises(bounces.InboxAway) as away:
        bounces.take_in()
    assert str(away.value) == "the mailbox cannot be read (error)"


def test_a_folder_that_is_not_there_is_said(app, mailbox, sent):
    app.config["BOUNCE_IMAP_URL"] = app.config["BOUNCE_IMAP_URL"].replace("INBOX", "Elsewhere")

    with pytest.raises(bounces.InboxAway, match="no such folder"):
        bounces.take_in()


def test_a_server_that_is_away_is_said(app, db_session):
    app.config["BOUNCE_IMAP_URL"] = "imap://returns:secret@127.0.0.1:9/"

    with pytest.raises(bounces.InboxAway, match="cannot be read"):
        bounces.take_in()


@pytest.mark.parametrize(
    "url",
    [
        "https://mail.example/",
        "imaps://mail.example/INBOX",
        "imap://returns:secret@mail.example/",
        "imaps://returns:secret@mail.example:abc/",
        "imaps://returns:secret@mail.example/IN%22BOX",
        "imaps://returns:secret@mail.example/IN%0d%0aBOX",
    ],
)
def test_a_mailbox_that_cannot_be_used_is_refused_at_the_start(url):
    with pytest.raises(BadSetting) as refused:
        settings.load({"APP_ENV": "testing", "BOUNCE_IMAP_URL": url})

    assert "secret" not in str(refused.value)


def test_a_mailbox_address_is_read():
    found = inbox.read_address("imaps://us%40net:p%2Fw@mail.example/Returned%20mail")

    assert (found.host, found.port, found.encrypted) == ("mail.example", 993, True)
    assert (found.user, found.password, found.folder) == ("us@net", "p/w", "Returned mail")


def test_mail_is_returned_to_the_address_in_the_settings(app, db_session, monkeypatch):
    app.config["BOUNCE_ADDRESS"] = "returns@network.example"
    envelopes = []
    keep = postboxes.Postbox.handle_DATA

    async def note(self, server, session, envelope):
        envelopes.append(envelope.mail_from)
        return await keep(self, server, session, envelope)

    monkeypatch.setattr(postboxes.Postbox, "handle_DATA", note)
    with postboxes.serving() as (box, address):
        app.config["SMTP_URL"] = address
        outbox.make_mail(to=GONE, template="letter")
        sending.send_due()

    assert envelopes == ["returns@network.example"]
    assert "bookings@fairplace.example" in str(box.mails[0]["From"])


@pytest.mark.parametrize("address", ["nobody", "Returns <returns@network.example>"])
def test_a_return_address_must_be_bare(address):
    with pytest.raises(BadSetting):
        settings.load({"APP_ENV": "testing", "BOUNCE_ADDRESS": address})


@given(st.binary(max_size=400))
def test_no_content_of_a_mail_stops_the_reading(content):
    reports.read(content)
    reports.read(report("<a@b.example>")[:300] + content)
    reports.read(report("<a@b.example>").replace(b"Reporting-MTA", content))


@given(st.integers(0, 2000))
def test_a_report_that_was_cut_short_says_nothing_wrong(length):
    found = reports.read(report("<a@b.example>")[:length])

    assert found in (
        None,
        reports.DeliveryReport("<a@b.example>", "5.1.1"),
    )


def test_the_name_of_a_mail_is_the_one_that_the_report_is_compared_with(app, sent):
    db.session.rollback()
    message = db.session.get_one(Message, sent[0])

    assert sent[1] == words.message_id(
        message, site=app.config["BASE_URL"].rstrip("/"), sender=app.config["MAIL_FROM"]
    )
