"""The visit pack as a page with a text to paste, and as PDF; emergency cards to cut out."""

from collections.abc import Callable

from flask import render_template
from flask_login import current_user
from werkzeug.wrappers import Response

from booking.days.events.models import Event
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.on_the_day.rosters.routes.blueprint import load_event
from booking.on_the_day.travel import pages, printing, service
from booking.on_the_day.travel.routes.blueprint import own_school, travel
from booking.people.schools import acting


@travel.get("/school/events/<slug>/visit-pack")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def pack(event: Event) -> str:
    """Show the pack, and what is missing in it."""
    seen = pages.visit_pack(event, acting.school(), actor=current_user.actor, now=clock.now())
    return render_template("on_the_day/travel/pack.html", event=event, pack=seen)


@travel.get("/school/events/<slug>/visit-pack.pdf")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
@asks_again
def pack_pdf(event: Event) -> Response:
    """Send the pack as a PDF file."""
    seen = pages.visit_pack(event, acting.school(), actor=current_user.actor, now=clock.now())
    return _sent(event, "visit-pack", printing.visit_pack(seen), service.note_pack)


@travel.get("/school/events/<slug>/emergency-cards.pdf")
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
@asks_again
def cards_pdf(event: Event) -> Response:
    """Send a sheet of emergency cards."""
    card = pages.emergency_card(event, acting.school(), actor=current_user.actor, now=clock.now())
    return _sent(event, "emergency-cards", printing.emergency_cards(card), service.note_cards)


def _sent(event: Event, named: str, content: bytes, note: Callable[..., None]) -> Response:
    acts.run(
        lambda: note(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            school_id=acting.school().id,
        )
    )
    return Response(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{named}-{event.slug}.pdf"',
            "Cache-Control": "no-store",
        },
    )
