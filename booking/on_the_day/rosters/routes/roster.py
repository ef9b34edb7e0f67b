"""The roster: a page, and three files whose downloads are recorded."""

from collections.abc import Callable

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from booking.days.events.models import Event
from booking.domain import permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.on_the_day.rosters import files, printing, service
from booking.on_the_day.rosters.pages import roster
from booking.on_the_day.rosters.pages.choice import ORDER_WORDS, choice_of
from booking.on_the_day.rosters.pages.roster import Roster
from booking.on_the_day.rosters.routes.blueprint import hosted, load_event, rosters

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
#: What the trail says instead of columns.
KITCHEN = "Numbers for the kitchen, no names"


@rosters.get("/host/events/<slug>/roster")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
def page(event: Event) -> str:
    """Show who is expected; record it if alerts were shown."""
    actor, now = current_user.actor, clock.now()
    found = _roster(event)
    if found.shows_health and found.rows:
        acts.run(
            lambda: service.note_health_read(
                actor=actor, now=now, event=event, rows=len(found.rows)
            )
        )
    return render_template(
        "on_the_day/rosters/roster.html",
        event=event,
        roster=found,
        notices=printing.notices(found),
        in_latin=printing.in_latin(found),
        chosen=found.choice.address(),
        order_words=ORDER_WORDS,
        may_take_register=permissions.may(actor, Action.TAKE_REGISTER, hosted(event)),
    )


@rosters.get("/host/events/<slug>/roster.csv")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
@asks_again
def csv_file(event: Event) -> Response:
    """Send the roster for any spreadsheet."""
    return _download(event, "csv", files.as_csv, _roster(event))


@rosters.get("/host/events/<slug>/roster.xlsx")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
@asks_again
def xlsx_file(event: Event) -> Response:
    """Send the roster as an Excel workbook."""
    return _download(event, "xlsx", files.as_xlsx, _roster(event))


@rosters.get("/host/events/<slug>/roster.pdf")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
@asks_again
def pdf_file(event: Event) -> Response:
    """Send the roster to print."""
    return _download(event, "pdf", printing.as_pdf, _roster(event))


@rosters.get("/host/events/<slug>/kitchen.pdf")
@requires(Action.SEE_HEALTH, load=load_event, scope=hosted, name="event")
def kitchen_file(event: Event) -> Response:
    """Send what the kitchen cooks, to print: numbers without a name."""
    found = _roster(event)
    return _download(event, "pdf", printing.for_kitchen, found, named="kitchen", is_of_pupils=False)


@rosters.get("/host/events/<slug>/answers.pdf")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
@asks_again
def answers_file(event: Event) -> Response:
    """Send the list of what was answered to the host, to print."""
    found = roster.answers_of(event, actor=current_user.actor, now=clock.now())
    return _download(event, "pdf", printing.as_pdf, found, named="answers")


def _roster(event: Event) -> Roster:
    """Return the roster as the address asks for it, as far as it is open to this person."""
    columns = request.args.getlist("column") if "chosen" in request.args else None
    choice = choice_of(by=request.args.get("by", ""), columns=columns)
    return roster.of(event, actor=current_user.actor, now=clock.now(), choice=choice)


def _download(
    event: Event,
    file_format: str,
    draw: Callable[[Roster], bytes],
    found: Roster,
    *,
    named: str = "roster",
    is_of_pupils: bool = True,
) -> Response:
    content = draw(found)
    acts.run(
        lambda: service.note_download(
            actor=current_user.actor,
            now=found.made_at,
            event=event,
            file_format=file_format,
            rows=len(found.rows),
            health=is_of_pupils and found.shows_health,
            columns=found.headings if is_of_pupils else [KITCHEN],
        )
    )
    return Response(
        content,
        content_type=TYPES[file_format],
        headers={
            "Content-Disposition": f'attachment; filename="{named}-{event.slug}.{file_format}"',
            "Cache-Control": "no-store",
        },
    )
