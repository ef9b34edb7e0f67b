"""A mistyped address, from the mail server's refusal to the invitation that arrives."""

from booking.foundation.notifications import bounces, sending
from tests import mailbox as mailboxes
from tests import postbox as postboxes
from tests.features.foundation.notifications.test_bounces import report
from tests.features.network.outbox.conftest import EMAIL
from tests.features.network.outbox.test_school import NEW, pupil_fields, tasks

REFUSED = ["The address of a parent of Amara O. was refused: Puzzle day"]


def correct(coordinator, invited):
    fields = pupil_fields(invited, **{"first-email": NEW})
    assert coordinator.post(invited.pupil_page, data=fields).status_code == 303
    assert sending.send_due() >= 1


def test_an_address_refused_at_once_is_corrected_and_the_invitation_arrives(
    app, coordinator, invited
):
    with postboxes.serving() as (box, address):
        app.config["SMTP_URL"] = address
        box.refuse[EMAIL] = "550 5.1.1 no such user"
        sending.send_due()
        assert tasks(coordinator) == REFUSED

        correct(coordinator, invited)

        assert "/parent/" in box.link(NEW, "/parent/")
        assert tasks(coordinator) == []


def test_an_address_refused_later_is_corrected_and_the_invitation_arrives(
    app, coordinator, invited
):
    with postboxes.serving() as (box, address), mailboxes.serving() as (returned, inbox):
        app.config["SMTP_URL"], app.config["BOUNCE_IMAP_URL"] = address, inbox
        sending.send_due()
        assert tasks(coordinator) == []

        [mail] = [mail for mail in box.mails if mail["To"] == EMAIL]
        returned.put(report(str(mail["Message-ID"])))
        assert bounces.take_in() == 1
        assert tasks(coordinator) == REFUSED

        correct(coordinator, invited)

        assert "/parent/" in box.link(NEW, "/parent/")
        assert tasks(coordinator) == []
