"""The coordinator's home page: what needs doing, and the school's events."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from booking.days.places import pages, ports, queries
from booking.days.places.routes.blueprint import school_pages
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import paging, redirects, task_lists
from booking.foundation.web.access import requires
from booking.people.schools import acting
from booking.people.schools import ports as school_ports

#: How many events the table shows at once: the next few months, not ten screens on a phone.
EVENTS_SIZE = 12
#: How many tasks are shown above it, the most urgent first; the others are one tap away.
TASKS_SHOWN = 8


@school_pages.get("/")
@requires(Action.REQUEST_PLACES)
def home() -> str:
    """Show what needs doing this week, and the state of the school's places."""
    school, now = acting.line(), clock.now()
    past = bool(request.args.get("past"))
    page = queries.events_of(
        school.id, now=now, past=past, number=paging.asked_page(), size=EVENTS_SIZE
    )
    found = task_lists.soonest_first(school_ports.school_tasks(school=school, now=now))
    shown = found if request.args.get("tasks") == "all" else found[:TASKS_SHOWN]
    return render_template(
        "days/school/home.html",
        school=school,
        choices=acting.choices(),
        tasks=shown,
        tasks_in_all=len(found),
        page=page,
        rows=pages.rows(page.items, now=now),
        past=past,
        panels=[] if past else ports.home_panels(school=school, now=now),
    )


@school_pages.post("/choose")
@requires(Action.REQUEST_PLACES)
def choose() -> ResponseReturnValue:
    """Switch to another of the person's schools."""
    chosen = acting.choose(request.form.get("school", ""))
    flash(f"You are now acting for {chosen.name}.", "success")
    return redirects.see(url_for(".home"))
