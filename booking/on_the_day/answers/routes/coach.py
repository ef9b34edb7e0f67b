"""The list for whoever travels with a school's pupils: a page, and a PDF whose downloads are
recorded."""

from flask import render_template
from flask_login import current_user
from werkzeug.wrappers import Response

from booking.days.events.models import Event
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again
from booking.on_the_day.answers import pages, printing, service
from booking.on_the_day.answers.routes.blueprint import answers
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters.routes.blueprint import load_event, own_school
from booking.people.schools import acting


@answers.get("/school/events/<slug>/coach-list")
@requires(Action.READ_ANSWERS, load=load_event, scope=own_school, name="event")
def coach_list(event: Event) -> str:
    """Show the list; record it if alerts were shown."""
    actor, now, school = current_user.actor, clock.now(), acting.school()
    seen = pages.coach_list(event, school, now)
    if seen.shows_health and seen.rows:
        acts.run(
            lambda: rosters.note_health_read(
                actor=actor, now=now, event=event, rows=len(seen.rows), school_id=school.id
            )
        )
    return render_template("on_the_day/answers/coach_list.html", seen=seen, event=event)


@answers.get("/school/events/<slug>/coach-list.pdf")
@requires(Action.READ_ANSWERS, load=load_event, scope=own_school, name="event")
@asks_again
def coach_list_pdf(event: Event) -> Response:
    """Send the list to print."""
    actor, now, school = current_user.actor, clock.now(), acting.school()
    seen = pages.coach_list(event, school, now)
    content = printing.as_pdf(seen)
    acts.run(
        lambda: service.note_coach_list(
            actor=actor,
            now=now,
            event=event,
            school_id=school.id,
            rows=len(seen.rows),
            health=seen.shows_health,
        )
    )
    return Response(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="coach-list-{event.slug}.pdf"',
            "Cache-Control": "no-store",
        },
    )
