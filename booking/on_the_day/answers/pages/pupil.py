"""One pupil on one event, as the pupil's own school may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.groups import pages as group_pages
from booking.days.places import pages as place_pages
from booking.days.places.models import Booking
from booking.days.questions import pages as question_pages
from booking.days.questions.pages import AnswerLine
from booking.domain.booking_states import EXPECTED, SEATED
from booking.domain.needs import PHOTO_WORDS, Diet
from booking.domain.terms import day_text
from booking.money.checkout import pages as checkout_pages
from booking.money.checkout import words as checkout_words
from booking.money.checkout.models import Consent
from booking.money.checkout.pages import BookingPage
from booking.money.checkout.queries import questions, replies
from booking.network.outbox import pages as outbox_pages
from booking.network.outbox import queries as outbox_queries
from booking.network.outbox.pages import FamilyMail, TroubleRow
from booking.on_the_day.answers import queries
from booking.on_the_day.answers.pages import history
from booking.on_the_day.answers.pages.changes import ChangeLine, change_lines
from booking.on_the_day.answers.pages.history import Happened
from booking.on_the_day.answers.queries import SentAnswers
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.pages import rows as roster_rows

NOTHING, NOT_NOW = "Nothing to tell", "Told"
ON_PAPER = "on paper, or by more than one parent"


@dataclass(frozen=True)
class GivenConsent:
    """One yes or no: who, when, how and to which words."""

    at: datetime
    answer: str
    given_by: str
    how: str
    words: str


@dataclass(frozen=True)
class PupilDay:
    """All that the home school may know about one pupil's day."""

    booking: Booking
    when: str
    tag: tuple[str, str]
    #: None until everything has been sent, and once the place has ended.
    sent: SentAnswers | None
    #: Why there are no answers, or no longer.
    no_answers: str
    #: The alert, or why it is not shown; see `shows_health`.
    health: str
    shows_health: bool
    food: str
    #: Whether the family waits to be asked what "something else" is.
    asks_food: bool
    photo: str
    way_home: str
    told_by: str
    day_by: str
    consents: Sequence[GivenConsent]
    #: The words a yes was given to, where they are still the words now.
    consent_words: Sequence[str]
    money: BookingPage
    mails: Sequence[FamilyMail]
    troubles: Sequence[TroubleRow]
    history: Sequence[Happened]
    #: What the family changed late, newest first: seen or not, here and at the host's.
    changes: Sequence[ChangeLine]
    #: What the host asks besides, and what was answered; its answers go when the host chose.
    asked: Sequence[AnswerLine]
    #: Group and workshops, where the pupil has any: heading and name.
    together: Sequence[tuple[str, str]]


def pupil_day(booking: Booking, now: datetime) -> PupilDay:
    """Return the page about one booking, as far as each part is open now."""
    booking = replies.booking_with_event(booking.id)
    sent = queries.sent_answers(booking) if booking.state in SEATED else None
    consents = questions.answers_sent(booking)
    alert = _alert(booking, now) if sent and sent.has_alert else ""
    names = queries.parent_names(
        [i for i in (sent.told_by_id, sent.day_by_id) if i] if sent else ()
    )
    people = queries.person_names([c.recorded_by_id for c in consents if c.recorded_by_id])
    return PupilDay(
        booking=booking,
        when=event_words.when(booking.event),
        tag=place_pages.tag_of(booking),
        sent=sent if sent and not sent.is_purged else None,
        no_answers=_no_answers(booking, sent),
        health=alert or (_closed(booking, now) if sent and sent.has_alert else NOTHING),
        shows_health=bool(alert),
        food=roster_rows.food(sent.diets, sent.diet_note) or "Nothing special" if sent else "",
        asks_food=bool(sent and Diet.OTHER in sent.diets),
        photo=PHOTO_WORDS[sent.photo] if sent else "",
        way_home=roster_rows.way_home(sent.collection, sent.collected_by) if sent else "",
        told_by=_name(sent.told_by_id, names) if sent else "",
        day_by=_name(sent.day_by_id, names) if sent else "",
        consents=[_consent(one, booking, people) for one in reversed(consents)],
        consent_words=_words(consents, booking),
        money=checkout_pages.booking_page(booking.id),
        mails=outbox_pages.family_mail(outbox_queries.sent_to_family([booking.id]), {}, now=now),
        troubles=outbox_pages.trouble_rows(
            outbox_queries.undelivered(
                booking.school_id, now=now, event_id=booking.event_id, pupil_id=booking.pupil_id
            )
        ),
        history=history.of(booking, sent, consents),
        changes=change_lines(queries.changes_of(booking.id)),
        asked=_asked(booking),
        together=[
            (heading, names[booking.id])
            for heading, names in group_pages.together(booking.event_id)
            if booking.id in names
        ],
    )


def _asked(booking: Booking) -> Sequence[AnswerLine]:
    if booking.state not in SEATED:
        return ()
    return question_pages.about_pupil(booking.event_id, booking.id)


def _alert(booking: Booking, now: datetime) -> str:
    """Return the alert while it is open, as it is to the day's staff; else it is not even read."""
    if booking.state not in EXPECTED or not windows.days_of(booking.event).health_is_open(now):
        return ""
    found = roster_queries.day_needs(
        booking.event_id, needs=False, health=True, of=Booking.id == booking.id
    )
    return found[booking.id].health if booking.id in found else ""


def _closed(booking: Booking, now: datetime) -> str:
    days = windows.days_of(booking.event)
    if booking.state not in EXPECTED:
        return f"{NOT_NOW}. Shown once the place is confirmed."
    if days.health_is_open(now):
        return NOTHING
    if event_states.has_begun(booking.event, now):
        return f"{NOT_NOW}. No longer shown: the event is over."
    return f"{NOT_NOW}. Shown from {day_text(days.health_from)}."


def _no_answers(booking: Booking, sent: SentAnswers | None) -> str:
    if booking.state not in SEATED:
        return "The pupil has no place at this event now, so answers are not shown."
    if sent is None:
        return "The family has not answered everything yet."
    return "Deleted, as promised, 14 days after the event." if sent.is_purged else ""


def _name(parent_id: int | None, names: dict[int, str]) -> str:
    return ON_PAPER if parent_id is None else names.get(parent_id, "a parent no longer listed")


def _consent(one: Consent, booking: Booking, people: dict[int, str]) -> GivenConsent:
    by = people.get(one.recorded_by_id or 0, "")
    how = "By private link" if one.channel == "link" else "On paper"
    same = one.wording_hash == checkout_words.consent(booking).hash
    return GivenConsent(
        at=one.given_at,
        answer="Yes" if one.given else "No",
        given_by=one.given_by,
        how=f"{how}, recorded by {by}" if by else how,
        words="As below" if same else f"Earlier words, fingerprint {one.wording_hash[:12]}",
    )


def _words(consents: Sequence[Consent], booking: Booking) -> Sequence[str]:
    now = checkout_words.consent(booking)
    return now.sentences if any(one.wording_hash == now.hash for one in consents) else ()
