"""Every kind of mail, sent through a real mail server, and shown to whoever writes mails."""

from email.utils import parsedate_to_datetime

import pytest
from flask import Flask
from flask_wtf import CSRFProtect

from booking.foundation import clock, settings
from booking.foundation.db import db, transaction
from booking.foundation.notifications import sending
from booking.network.outbox import examples, wiring, words
from booking.people.mail_choices import details as mail_choice_details
from tests.builders import schools
from tests.page import check_page
from tests.postbox import serving

PAGE = "/admin/outbox/examples"
#: All that a mail of ours says about itself, but for what its body is.
HEADERS = {
    "From",
    "To",
    "Subject",
    "Reply-To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
}


@pytest.fixture
def network(app, db_session):
    """Have a network with a domain of its own, and a mail server."""
    own = {
        "MAIL_FROM": "The network <bookings@network.example>",
        "BOUNCE_ADDRESS": "bounces@network.example",
        "CONTACT_EMAIL": "hello@network.example",
        "BASE_URL": "https://bookings.network.example",
    }
    with serving() as (postbox, address):
        app.config.update(own, SMTP_URL=address)
        yield postbox


#: Of mail that its reader may stop, with one click in a mail program (RFC 8058).
STOPPABLE = HEADERS | {"List-Unsubscribe", "List-Unsubscribe-Post"}


def test_every_header_of_every_kind_is_right_and_names_our_own_domain(network):
    person = schools.make_person(email=examples.READER)
    with transaction():
        for kind in words.KINDS:
            db.session.add(examples.message(kind))

    assert sending.send_due() == len(words.KINDS) == len(network.mails)

    for kind, mail in zip(words.KINDS, network.mails, strict=True):
        # Python may begin a long subject on the next line, which mail programs know.
        assert str(mail["Subject"]).strip() == examples.message(kind).subject
        may_stop = kind in mail_choice_details.KIND_OF
        assert set(mail.keys()) == (STOPPABLE if may_stop else HEADERS), kind
        if may_stop:
            link = str(mail["List-Unsubscribe"])
            assert link.startswith("<https://bookings.network.example/mail/stop/"), kind
            assert link.endswith(">"), kind
            assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
            token = link.rpartition("/")[2].rstrip(">")
            whose, _ = mail_choice_details.read(token, secret=settings.DEFAULT_SECRET)
            assert whose == person.public_id
        assert len(mail.keys()) == len({*mail.keys()}), f"{kind}: a header twice"
        assert str(mail["From"]) == "The network <bookings@network.example>"
        assert str(mail["To"]) == examples.READER
        assert str(mail["Reply-To"]).endswith("<hello@network.example>")
        assert abs((parsedate_to_datetime(mail["Date"]) - clock.now()).total_seconds()) < 60
        assert str(mail["Message-ID"]).endswith("@network.example>")
        assert str(mail["Auto-Submitted"]) == "auto-generated"
        assert str(mail["X-Auto-Response-Suppress"]) == "OOF, AutoReply"
        assert mail.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in mail.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
    assert len({str(mail["Message-ID"]) for mail in network.mails}) == len(network.mails)
    assert set(network.returned_to) == {"bounces@network.example"}
    assert set(network.names_said) == {"bookings.network.example"}


def test_the_lead_sees_every_kind_of_mail_while_the_site_is_not_in_earnest(lead, app):
    listing = check_page(lead.get(PAGE))
    page = check_page(lead.get(f"{PAGE}?kind=reply_reminder"))
    letter = lead.get(f"{PAGE}/letter?kind=reply_reminder", check=False)
    outbox = lead.get("/admin/outbox?show=all")

    assert len(listing.main.select("tbody tr")) == len(words.KINDS)
    assert "Ashdale School: please reply about Amara and Build a bridge" in page.main.get_text()
    assert "Auto-Submitted" in page.main.get_text()
    assert [frame["width"] for frame in page.main("iframe")] == ["375", "600"]
    assert "<h1 style=" in letter.text
    assert "style-src 'unsafe-inline'" in letter.headers["Content-Security-Policy"]
    assert lead.get(f"{PAGE}/letter?kind=nothing").status_code == 404
    assert PAGE in outbox.text

    printed = app.test_cli_runner().invoke(args=["outbox", "preview", "reply_reminder"]).output
    assert "Subject: Ashdale School: please reply about Amara" in printed
    assert "Dear Ngozi Okoro," in printed


@pytest.mark.parametrize("environment", ["development", "production"])
def test_examples_are_not_there_in_production(environment, app):
    other = Flask("other")
    other.config["APP_ENV"] = environment

    wiring.register(other, CSRFProtect())

    served = [rule.rule for rule in other.url_map.iter_rules() if rule.rule.startswith(PAGE)]
    assert served == ([] if environment == "production" else [PAGE, f"{PAGE}/letter"])
