"""What the host's staff and the pupils' own school do alike with an incident."""

from collections.abc import Sequence
from datetime import datetime

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.incidents import IncidentKind
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.forms import Refusals
from booking.on_the_day.incidents import pages, refusals, service
from booking.on_the_day.incidents.forms import AddForm, CloseForm, IncidentForm, KeepForm
from booking.on_the_day.incidents.models import Incident

REFUSALS: Refusals = {
    refusals.NoPupilChosen: "pupil",
    refusals.NotAtTheEvent: "pupil",
    refusals.TwoSchools: "pupil",
    refusals.NotThen: "happened_at",
    refusals.NothingWritten: "what",
    refusals.TooLateToChange: "",
}


def now_to_the_minute() -> datetime:
    """Return the time that a form for something that has just happened begins with."""
    return clock.now().replace(second=0, microsecond=0)


def address(incident: Incident, side: str) -> str:
    """Return the page of an incident for the host or for the school."""
    return url_for(f"incidents.at_{side}", public_id=incident.public_id)


def show(
    incident: Incident,
    side: str,
    *,
    adding: AddForm | None = None,
    closing: CloseForm | None = None,
    keeping: KeepForm | None = None,
) -> ResponseReturnValue:
    """Show an incident; that somebody read it is recorded."""
    sent = adding or closing or keeping
    if sent is None:
        acts.run(
            lambda: service.note_read(actor=current_user.actor, now=clock.now(), incident=incident)
        )
    seen = (pages.at_school if side == "school" else pages.at_host)(
        incident, actor=current_user.actor, now=clock.now()
    )
    form = sent or AddForm(formdata=None)
    return form.page(
        "on_the_day/incidents/incident.html",
        seen=seen,
        incident=incident,
        event=incident.event,
        side=side,
        adding=adding or AddForm(formdata=None),
        closing=closing or CloseForm(formdata=None),
        keeping=keeping or KeepForm(formdata=None, data={"kept_for": incident.kept_for.value}),
        is_host=side == "host",
    )


def add(incident: Incident, side: str) -> ResponseReturnValue:
    """Add to an incident."""
    form = AddForm()
    if form.carry_out(
        lambda: service.add(
            actor=current_user.actor,
            now=clock.now(),
            incident=incident,
            text=form.text.data or "",
            for_school_only=side == "school" and form.for_school_only.data,
        ),
        {refusals.NothingWritten: "text"},
    ):
        flash("Added.", "success")
        return redirects.see(address(incident, side))
    return show(incident, side, adding=form)


def close(incident: Incident, side: str) -> ResponseReturnValue:
    """Close an incident."""
    form = CloseForm()
    if form.carry_out(
        lambda: service.close(
            actor=current_user.actor,
            now=clock.now(),
            incident=incident,
            outcome=form.outcome.data or "",
        ),
        {refusals.NothingWritten: "outcome", refusals.IncidentClosed: ""},
    ):
        flash("The incident is closed.", "success")
        return redirects.see(address(incident, side))
    if incident.closed_at is not None:
        form.lift()  # a closed incident has no such field on its page
    return show(incident, side, closing=form)


def reopen(incident: Incident, side: str) -> ResponseReturnValue:
    """Open an incident again."""
    acts.run(lambda: service.reopen(actor=current_user.actor, now=clock.now(), incident=incident))
    flash("The incident is open again. What is known of its pupils is kept meanwhile.", "success")
    return redirects.see(address(incident, side))


def write(event: Event, bookings: Sequence[Booking], form: IncidentForm) -> Incident:
    """Write down an incident, closed at once if its end is written too."""
    actor, now = current_user.actor, clock.now()
    incident = service.write(
        actor=actor,
        now=now,
        event=event,
        kind=IncidentKind(form.kind.data),
        happened=form.happened(),
        booking_ids=form.chosen(bookings),
    )
    if form.outcome.data:
        service.close(actor=actor, now=now, incident=incident, outcome=form.outcome.data)
    return incident
