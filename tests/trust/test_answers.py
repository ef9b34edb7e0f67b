"""Every kind of mail says who answers it, and every mail sent has the address of one of them."""

from collections import Counter
from email.utils import parseaddr

import pytest
from sqlalchemy import select

from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from tests.house import tree

#: Who answers each kind of mail. "network" is the network's own address: these mails have no other
#: side, or may have reached a stranger.
ANSWERED_BY = {
    "home school": {
        *("ask_again", "booking_confirmed", "contribution_reminder", "contribution_thanks"),
        *(
            "another_link",
            "invitation_lapsed",
            "invited",
            "new_link",
            "objection",
            "payment_returned",
        ),
        *("place_news", "place_withdrawn", "receipt", "receipt_undone", "refund_choice"),
        *("refund_failed", "refund_sent", "refund_undone", "reply_reminder"),
        *("asked_late", "late_change_adult", "late_change_host"),
        *("circular_to_family", "workshops_shared", "pupil_erased", "data_corrected"),
    },
    #: To parents the home school, to coordinators the host.
    "home school or host": {"event_cancelled", "event_changed"},
    "host": {
        *("contact_opened", "incident_news", "late_change", "walk_in", "walk_in_undone"),
        *("deadline_moved", "event_published", "hosted_event_cancelled", "hosted_event_changed"),
        *("place_offered", "place_returned", "quota_set", "requests_closing", "round_result"),
    },
    "home school or lead": {"data_request_news"},
    "treasurer": {"bid_news", "decision_made", "invoice_raised", "invoice_reminder", "undone"},
    "whoever asks": {"bid_to_decide", "bid_to_pay", "decision_asked", "rule_change", "spending"},
    #: The treasurer for the school, and the school for the treasurer.
    "the other office": {"dispute_closed", "dispute_opened"},
    "whoever called or invited": {
        *("invitation", "meeting_called", "meeting_cancelled", "meeting_changed", "plan_accepted"),
        *("plan_opened", "plan_withdrawn", "role_given", "wishes_closing"),
        # The host who claims a cost, and the treasurer who answers.
        "claim_news",
        # Who oversees, and opened a school's pupils.
        "glass_opened",
        # The host who asks, and the lead who answers.
        "look_news",
        # Each school's hosts, and the leading school's.
        "tour_news",
        # The other school of a shared bus.
        "seats_news",
        # The lead who acts, and the colleague who tells.
        *("resource_news", "resource_problem", "question_news", "question_problem", "group_news"),
        # Whoever offers, and whoever asks: each side of a link is answered by the other.
        *("help_asked", "help_introduced", "nomination_asked"),
        # Whoever answers for a visit, and whoever asks to come.
        *("visit_asked", "visit_news"),
        *("circular", "circular_trial", "circulars_of_day"),
    },
    #: Who asked the school something; whoever is not the parent is not answered.
    "the parent who asks": {"family_question"},
    "lead": {
        "expertise_news",
        "help_news",
        "help_outcome",
        "factors_changed",
        "factors_reset",
        "idea_news",
        "identity_news",
        "life_digest",
        "password_changed",
        "post_news",
        "too_few_pupils",
    },
    "network": {"address_changed", "new_address", "password_reset", "site_unwell"}
    | {"data_request_made", "sign_in_tried"},
}


def test_every_kind_of_mail_is_answered_by_somebody():
    kinds = {path.name.removesuffix(".subject.txt") for path in subjects()}
    said = Counter(kind for kinds_of in ANSWERED_BY.values() for kind in kinds_of)

    assert said.keys() == kinds
    assert set(said.values()) == {1}


def subjects():
    """Return the files of all subjects."""
    return sorted((tree.ROOT / "templates/emails").glob("*.subject.txt"))


@pytest.mark.sweep
def test_every_mail_that_was_sent_has_the_address_of_whoever_answers_it(world, counted):
    people, network = world.network.people, world.app.config["CONTACT_EMAIL"]
    hosts = {people["host"], people["own"], people["other"]}
    school = {people["own"], people["other"]}
    may = {
        "home school": school,
        "home school or host": school | hosts,
        "home school or lead": school | {people["lead"]},
        "host": hosts,
        "treasurer": {people["treasurer"]},
        "whoever asks": school | {people["treasurer"]},
        "the other office": school | {people["treasurer"]},
        "whoever called or invited": set(people.values()),
        "the parent who asks": world.network.own.private | world.network.other.private,
        "lead": {people["lead"]},
        "network": {network},
    }
    answers = {kind: may[who] | {network} for who, kinds in ANSWERED_BY.items() for kind in kinds}
    mails = list(db.session.scalars(select(Message)))

    for mail in mails:
        assert parseaddr(mail.reply_to)[1] in answers[mail.template], mail.key
    counted(f"{len(mails)} mails of {len({mail.template for mail in mails})} kinds answered")
    assert len({mail.template for mail in mails}) > 15
    db.session.rollback()
