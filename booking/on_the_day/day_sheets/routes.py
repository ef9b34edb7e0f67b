"""Paper for the day: a page that offers it, and PDFs whose downloads are recorded."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from booking.days.events.models import Event
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.on_the_day.day_sheets import pages, printing, service
from booking.on_the_day.day_sheets.forms import LabelsForm
from booking.on_the_day.day_sheets.pages import LabelChoice
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.routes.blueprint import asked_date, hosted, load_event

blueprint = day_sheets = Blueprint("day_sheets", __name__)


@day_sheets.get("/host/events/<slug>/paper")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
def page(event: Event) -> str:
    """Offer what is printed for the day."""
    return _page(event, LabelsForm.asked(MultiDict()))


@day_sheets.get("/host/events/<slug>/day-sheet.pdf")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
@asks_again
def day_sheet(event: Event) -> Response:
    """Send the day sheet of one date."""
    found = pages.day_sheet(event, asked_date(event), actor=current_user.actor, now=clock.now())
    return _sent(
        event,
        "day sheet",
        printing.day_sheet(found),
        rows=len(found.roster.rows),
        health=found.roster.shows_health,
    )


@day_sheets.get("/host/events/<slug>/labels.pdf")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
@asks_again
def labels(event: Event) -> ResponseReturnValue:
    """Send labels or badges; the page again if that sheet has no such label."""
    form = LabelsForm.asked(request.args)
    if not form.is_in_order():
        return _page(event, form), 422
    actor, now, choice = current_user.actor, clock.now(), form.choice
    found = pages.labels(event, choice, actor=actor, now=now)
    return _sent(
        event,
        "labels",
        printing.labels(event, choice, found, made_at=now),
        rows=len(found),
        health=choice.marks and pages.marks_are_open(event, actor=actor, now=now),
    )


@day_sheets.get("/host/events/<slug>/sign-in.pdf")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
@asks_again
def sign_in(event: Event) -> Response:
    """Send the sheet on which the visitors of one date sign in."""
    found = pages.sign_in_sheet(event, asked_date(event), now=clock.now())
    content = printing.sign_in_sheet(found)
    return _sent(event, "sign-in sheet", content, rows=len(found.lines), health=False)


def _page(event: Event, form: LabelsForm) -> str:
    actor, now = current_user.actor, clock.now()
    pupils = pages.labels(event, LabelChoice(), actor=actor, now=now)
    return render_template(
        "on_the_day/day_sheets/paper.html",
        event=event,
        days=windows.days_of(event),
        form=form,
        in_latin=printing.in_latin(pupils),
        marks_are_open=pages.marks_are_open(event, actor=actor, now=now),
    )


def _sent(event: Event, paper: str, content: bytes, *, rows: int, health: bool) -> Response:
    acts.run(
        lambda: service.note_download(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            paper=paper,
            rows=rows,
            health=health,
        )
    )
    name = f"{paper.replace(' ', '-')}-{event.slug}.pdf"
    return Response(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
