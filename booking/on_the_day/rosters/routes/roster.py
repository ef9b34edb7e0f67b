"""The roster: a page, and three files whose downloads are recorded."""

from collections.abc import Callable, Sequence

from flask import render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from booking.days.events.models import Event
from booking.domain import permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts
from booking.foundation.web.access import requires
from booking.on_the_day.rosters import files, printing, service
from booking.on_the_day.rosters.pages import roster
from booking.on_the_day.rosters.pages.roster import Roster
from booking.on_the_day.rosters.routes.blueprint import hosted, load_event, rosters

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@rosters.get("/host/events/<slug>/roster")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
def page(event: Event) -> str:
    """Show who is expected; record it if alerts were shown."""
    actor, now = current_user.actor, clock.now()
    found = roster.of(event, actor=actor, now=now, wanted=_wanted(), by_group=_by_group())
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
        closed=printing.closed_words(found),
        in_latin=printing.in_latin(found),
        chosen=_chosen(),
        may_take_register=permissions.may(actor, Action.TAKE_REGISTER, hosted(event)),
    )


@rosters.get("/host/events/<slug>/roster.csv")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
def csv_file(event: Event) -> Response:
    """Send the roster for any spreadsheet."""
    return _download(event, "csv", files.as_csv, _roster(event))


@rosters.get("/host/events/<slug>/roster.xlsx")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
def xlsx_file(event: Event) -> Response:
    """Send the roster as an Excel workbook."""
    return _download(event, "xlsx", files.as_xlsx, _roster(event))


@rosters.get("/host/events/<slug>/roster.pdf")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
def pdf_file(event: Event) -> Response:
    """Send the roster to print."""
    return _download(event, "pdf", printing.as_pdf, _roster(event))


@rosters.get("/host/events/<slug>/answers.pdf")
@requires(Action.SEE_ROSTER, load=load_event, scope=hosted, name="event")
def answers_file(event: Event) -> Response:
    """Send the list of what was answered to the host, to print."""
    found = roster.answers_of(event, actor=current_user.actor, now=clock.now())
    return _download(event, "pdf", printing.as_pdf, found, named="answers")


def _wanted() -> Sequence[str] | None:
    """Return which of the event's own columns were chosen; None if nobody has chosen."""
    return request.args.getlist("column") if "chosen" in request.args else None


def _chosen() -> dict[str, object]:
    """Return the choice as the addresses of the files carry it."""
    wanted = _wanted()
    by: dict[str, object] = {"by": "group"} if _by_group() else {}
    return by if wanted is None else {"chosen": "yes", "column": wanted, **by}


def _by_group() -> bool:
    return request.args.get("by") == "group"


def _roster(event: Event) -> Roster:
    return roster.of(
        event,
        actor=current_user.actor,
        now=clock.now(),
        wanted=_wanted(),
        by_group=_by_group(),
    )


def _download(
    event: Event,
    file_format: str,
    draw: Callable[[Roster], bytes],
    found: Roster,
    *,
    named: str = "roster",
) -> Response:
    content = draw(found)
    acts.run(
        lambda: service.note_download(
            actor=current_user.actor,
            now=found.made_at,
            event=event,
            file_format=file_format,
            rows=len(found.rows),
            health=found.shows_health,
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
