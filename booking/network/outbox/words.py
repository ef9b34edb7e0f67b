"""What mails are called, and what became of them, in words."""

import re
from datetime import datetime

from booking.domain import names, terms
from booking.foundation.notifications.models import MessageState
from booking.network.outbox.details import MailTrouble, Undelivered, trouble

#: Every kind of mail, by its template.
KINDS = {
    "address_changed": "Your address was changed",
    "another_link": "A private link, asked for again",
    "ask_again": "Still fine? The event has changed",
    "asked_late": "One more question to a family",
    "bid_news": "News about a bid",
    "bid_to_decide": "A bid to decide on",
    "bid_to_pay": "A claim to pay",
    "booking_confirmed": "A place is confirmed",
    "circular": "A circular",
    "circular_to_family": "A circular to families",
    "circular_trial": "A circular, to try it",
    "circulars_of_day": "The circulars of a day",
    "claim_news": "News about a claim",
    "contribution_reminder": "Reminder of a contribution",
    "contribution_thanks": "Thanks for a contribution",
    "data_corrected": "Something was put right, to a host",
    "data_request_made": "A request about what is held",
    "data_request_news": "News about a request about what is held",
    "deadline_moved": "A deadline has moved",
    "decision_asked": "Please decide",
    "decision_made": "A decision was made",
    "dispute_closed": "A dispute was decided",
    "dispute_opened": "A payment is disputed",
    "event_cancelled": "An event was cancelled",
    "event_changed": "An event has changed",
    "event_published": "A new event",
    "factors_changed": "A sign-in has changed",
    "factors_reset": "Somebody’s second factors were reset",
    "family_question": "A family asks its school",
    "glass_opened": "Pupils were opened",
    "hosted_event_cancelled": "An event was cancelled, to its host",
    "hosted_event_changed": "An event has changed, to its host",
    "idea_news": "News about an idea",
    "identity_news": "A Google or Microsoft account was linked",
    "invitation": "Invitation to a role",
    "invitation_lapsed": "The time to reply is over",
    "invited": "Invitation to a place",
    "invoice_raised": "An invoice",
    "invoice_reminder": "Reminder of an invoice",
    "look_news": "A draft that the lead looks at",
    "meeting_called": "Invitation to a meeting",
    "meeting_cancelled": "A meeting was cancelled",
    "meeting_changed": "A meeting has changed",
    "new_address": "A new address to confirm",
    "new_link": "A new private link",
    "objection": "A parent does not agree",
    "contact_opened": "Whom to ring was opened",
    "incident_news": "A note about the day to open",
    "late_change": "A family changed its answers",
    "late_change_adult": "A family changed its answers",
    "late_change_host": "A family changed its answers",
    "password_changed": "A password was changed",
    "password_reset": "A link for a new password",
    "payment_returned": "A payment is being returned",
    "place_news": "News about a place",
    "place_offered": "An offer of a place",
    "place_returned": "A place has come back",
    "place_withdrawn": "The school has withdrawn a pupil",
    "plan_accepted": "A season plan was accepted",
    "plan_opened": "A season plan was opened",
    "plan_withdrawn": "A season plan was withdrawn",
    "post_news": "News about a role",
    "pupil_erased": "A pupil was erased",
    "quota_set": "A quota was set",
    "receipt": "A receipt",
    "sign_in_tried": "Somebody tries to sign in",
    "receipt_undone": "A receipt was a mistake",
    "refund_choice": "Money from a cancelled event",
    "refund_failed": "A refund did not go through",
    "refund_sent": "A refund was sent",
    "expertise_news": "News about an offer of help",
    "group_news": "News about a group of colleagues",
    "help_asked": "A school asks for a link",
    "help_introduced": "Two schools are introduced",
    "help_news": "News about a link",
    "help_outcome": "What came of a link",
    "nomination_asked": "A head is asked to confirm an offer",
    "question_news": "News about what somebody wrote to colleagues",
    "question_problem": "A problem with a question to colleagues",
    "visit_asked": "A colleague asks to come, or withdraws",
    "visit_news": "News about a visit",
    "refund_undone": "A refund was not handed back",
    "reply_reminder": "Reminder to reply",
    "requests_closing": "Requests close soon",
    "life_digest": "The week in network life",
    "resource_news": "News about a resource",
    "resource_problem": "A problem with a resource",
    "rule_change": "Rules of money",
    "role_given": "A new role",
    "round_result": "The result of a round",
    "seats_news": "News about shared seats",
    "site_unwell": "The site needs looking after",
    "spending": "A payment that takes two people",
    "too_few_pupils": "Fewer pupils than the minimum",
    "tour_news": "News about a tour",
    "workshops_shared": "A pupil’s workshops",
    "undone": "Something was recorded by mistake",
    "walk_in": "A pupil who came at the door",
    "walk_in_undone": "A pupil at the door was a mistake",
    "wishes_closing": "A season plan closes soon",
}
_TAGS = {
    MailTrouble.LATE: ("Late", "warn"),
    MailTrouble.FAILED: ("Not sent", "bad"),
    MailTrouble.REFUSED: ("Address refused", "bad"),
}
_SAID = {
    MailTrouble.LATE: "has been waiting to be sent since {since}",
    MailTrouble.FAILED: "could not be sent",
    MailTrouble.REFUSED: "was refused: the mail server says that there is no such address",
}
_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")


def kind(template: str) -> str:
    """Return what a mail is."""
    return KINDS.get(template) or template.replace("_", " ").capitalize()


def tag(state: MessageState, queued_at: datetime, now: datetime) -> tuple[str, str]:
    """Return the words and the tone of a mail's tag."""
    wrong = trouble(state, queued_at, now)
    if wrong:
        return _TAGS[wrong]
    return ("Sent", "good") if state is MessageState.SENT else ("Waiting", "info")


def without_addresses(reason: str) -> str:
    """Return a recorded reason without any address: a mail server may repeat one."""
    return _ADDRESS.sub("…", reason)


def tag_of(mail: Undelivered) -> tuple[str, str]:
    """Return the tag of a mail that has not arrived."""
    return _TAGS[mail.trouble]


def said_of(mail: Undelivered) -> str:
    """Return a sentence about a mail that has not arrived, for the pupil's own school."""
    since = terms.in_sentence(mail.queued_at)
    return f"The mail to {mail.parent_name} {_SAID[mail.trouble].format(since=since)}."


def briefly(mail: Undelivered) -> str:
    """Return whom a mail that has not arrived was for, beside its tag."""
    return f"Mail to {mail.parent_name}"


def short_name(mail: Undelivered) -> str:
    """Return the pupil's forename and initial."""
    return names.short(mail.forename, mail.surname)
