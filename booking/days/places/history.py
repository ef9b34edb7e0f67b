"""How acts about requests, places and bookings are told in a history."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from booking.days.events import history as event_history
from booking.days.events.models import Event
from booking.days.places.models import Booking, Offer, OfferState, Place, PlaceRequest
from booking.domain import english
from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, Related, act
from booking.foundation.db import db
from booking.people.pupils import history as pupil_history

_REQUESTS, _SHARING, _RETURNED = "Requests for places", "Sharing of places", "Places passed on"
_BOOKINGS, _DEADLINES = "Places of pupils", "Deadlines put off"
#: Looking at health notes, and printing letters, is recorded once for all pupils of an event.
LOOKED_AT = ("read_health", "download_roster", "print_letters")
_ENDS = {
    OfferState.ACCEPTED: "took up the offer of a place",
    OfferState.DECLINED: "declined the offer of a place",
    OfferState.EXPIRED: "let the offer of a place run out",
    OfferState.WITHDRAWN: "took back the offer of a place",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about places are told."""
    return _OF_SCHOOLS | _OF_HOSTS | _OF_PUPILS


_OF_SCHOOLS = {
    "request_places": act(_REQUESTS, "asked for {wanted:place}{school.more}{event_id.more}"),
    "change_request": act(
        _REQUESTS,
        "changed the request from {before:place} to {wanted}{school.more}{event_id.more}",
    ),
    "withdraw_request": act(
        _REQUESTS, "withdrew the request for {wanted:place}{school.more}{event_id.more}"
    ),
    "accept_late_request": act(
        _REQUESTS, "accepted the late request for {wanted:place}{school.more}{event_id.more}"
    ),
    "return_place": act(_RETURNED, "A place came back from {school}{event_id.more}"),
    "receive_place": act(_RETURNED, "A place went to {school}{event_id.more}"),
    "offer_place": act(_RETURNED, "A place was offered to {school}{event_id.more}"),
    "end_offer": act(
        _RETURNED,
        "{end}{school.more}{event_id.more}",
        parts=lambda facts: {"end": _offer_end(facts)},
    ),
}
_OF_HOSTS = {
    "keep_host_places": act(_SHARING, "kept {count:place} for the host’s own school{subject.more}"),
    "add_places": act(_SHARING, "added {count:place}{subject.more}"),
    "remove_places": act(_SHARING, "took {count:place} away{subject.more}"),
    "allot_places": act(
        _SHARING,
        "shared out {places} among {schools:school}{subject.more}",
        parts=lambda facts: {
            "places": english.plural(sum(facts["counts"].values()), "place"),
            "schools": len(facts["counts"]),
        },
    ),
    "set_quota": act(
        _SHARING,
        "set the places kept{school.more} from {before} to {quota}{event_id.more}",
    ),
    "share_as_planned": act(_SHARING, "shared out the places by the season plan{subject.more}"),
    "rank_reserves": act(_BOOKINGS, "put the reserves{school.more} in order{subject.more}"),
}
_OF_PUPILS = {
    "add_reserve": act(_BOOKINGS, "made {subject} a reserve{event_id.more}"),
    "invite_pupil": act(
        _BOOKINGS,
        "gave {subject} a place{event_id.more}{by_mail}",
        "gave {subject} a place{event_id.more}, and has to ask the family on paper",
        parts=lambda facts: {
            "by_mail": "" if facts.get("to_ask_on_paper") else " and asked the family"
        },
    ),
    "ask_on_paper": act(_BOOKINGS, "asked the family of {subject} on paper{event_id.more}"),
    "take_back_asking": act(
        _BOOKINGS, "took back that the family of {subject} was asked on paper{event_id.more}"
    ),
    "confirm_booking": act(_BOOKINGS, "confirmed the place of {subject}{event_id.more}"),
    "decline_booking": act(_BOOKINGS, "declined the place of {subject}{event_id.more}"),
    "lapse_booking": act(
        _BOOKINGS, "let the place of {subject}{event_id.more} lapse, because no answer came"
    ),
    "withdraw_booking": act(_BOOKINGS, "withdrew {subject} from {event_id}"),
    "cancel_booking": act(_BOOKINGS, "cancelled the place of {subject}{event_id.more}"),
    "mark_attended": act(_BOOKINGS, "recorded that {subject} was there{event_id.more}"),
    "mark_absent": act(_BOOKINGS, "recorded that {subject} was not there{event_id.more}"),
    "send_new_links": act(_BOOKINGS, "sent the family of {subject} a new link{subject.more}"),
    "ask_lost_link": act(
        _BOOKINGS, "had the private link of {subject}’s place sent again to a parent{subject.more}"
    ),
    "put_off_deadline": act(
        _DEADLINES,
        "moved the reply date of {subject}{event_id.more} from {was_due_at} to {due_at}",
    ),
}


def _offer_end(facts: Mapping[str, Any]) -> str:
    return _ENDS.get(facts.get("after", ""), "ended the offer of a place")


def namers() -> Sequence[Namer]:
    """Return how bookings and offers are named."""
    return (
        Namer(("bookings",), named, Named("a pupil"), ("booking",)),
        Namer(("offers",), _offers, Named("an offer of a place")),
    )


def named(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    """Name bookings by their pupils, and the event where the page does not say it: 3 queries."""
    found = [tuple(row) for row in db.session.execute(_PUPILS_OF.where(Booking.id.in_(ids)))]
    pupils = pupil_history.named({pupil_id for _, pupil_id, _ in found}, reads)
    events = event_history.named({event_id for _, _, event_id in found}, reads)
    return {
        id_: Named(pupils[pupil_id].text, events[event_id].more)
        for id_, pupil_id, event_id in found
    }


_PUPILS_OF = select(Booking.id, Booking.pupil_id, Booking.event_id)


def named_by_booking(model: Any) -> Namer:
    """Return how the rows of a table are named that belong to a booking: as it is."""

    def names(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
        rows = db.session.execute(select(model.id, model.booking_id).where(model.id.in_(ids)))
        bookings = {id_: booking_id for id_, booking_id in rows}
        known = named(set(bookings.values()), reads)
        return {id_: known[booking_id] for id_, booking_id in bookings.items()}

    return Namer((model.__tablename__,), names, Named("a pupil"))


def bookings_of(table: str, row_id: int) -> Select[int] | None:
    """Return a selection of the bookings of a pupil or an event, or the booking itself.

    None for a row of any other table.
    """
    columns = {"bookings": Booking.id, "pupils": Booking.pupil_id, "events": Booking.event_id}
    return select(Booking.id).where(columns[table] == row_id) if table in columns else None


def _offers(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    return {id_: Named("the offer of a place") for id_ in ids}


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add requests, places and bookings to an event's history, and their bookings to a pupil's."""
    if table == "events":
        return tuple(
            Related(model.__tablename__, select(model.id).where(model.event_id == row_id))
            for model in (Booking, PlaceRequest, Place, Offer)
        )
    if table == "pupils":
        theirs = Booking.pupil_id == row_id
        return (Related("bookings", select(Booking.id).where(theirs)), _looks(theirs))
    return (_looks(Booking.id == row_id),) if table == "bookings" else None


def _looks(which: Any) -> Related:
    """Relate when health notes were looked at or letters printed, once a place was theirs.

    Only by the host and by their own school: another school looks at its own pupils' notes.
    """
    since = select(func.min(Booking.named_at)).where(which).scalar_subquery()
    hosts = select(Event.host_school_id).join(Booking, Booking.event_id == Event.id).where(which)
    schools = hosts.union(select(Booking.school_id).where(which))
    return Related("events", select(Booking.event_id).where(which), LOOKED_AT, since, schools)
