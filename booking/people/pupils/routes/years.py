"""September: everybody moves up one year."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form
from booking.people.pupils import queries, service
from booking.people.pupils.routes.blueprint import pupils
from booking.people.pupils.service import years
from booking.people.schools import acting


@pupils.get("/new-year")
@requires(Action.KEEP_PUPILS)
def new_year() -> ResponseReturnValue:
    """Show what moving up would do to each year group."""
    school = acting.school()
    school_year = service.moving_year(clock.today())
    return render_template(
        "people/pupils/new_year.html",
        form=Form(),
        school=school,
        school_year=school_year,
        moved_at=years.moved_at(school.id, school_year) if school_year else None,
        counts=queries.counts_by_year(school.id),
    )


@pupils.post("/new-year")
@requires(Action.KEEP_PUPILS)
def move_up() -> ResponseReturnValue:
    """Move everybody up one year."""
    done = acts.attempt(
        lambda: service.move_up(actor=current_user.actor, now=clock.now(), school=acting.school()),
        service.NotTheTime,
        service.AlreadyMovedUp,
        level="info",
    )
    if done is None:
        return redirects.see(url_for("pupils.new_year"))
    result = done.result
    moved, left = english.plural(result.moved, "pupil"), english.plural(result.left, "pupil")
    flash(f"{moved} moved up a year and {left} left.", "success")
    if result.twice:
        flash(f"Now on your list twice: {', '.join(result.twice)}. Remove one of each.", "warning")
    return redirects.see(url_for("pupils.listing"))
