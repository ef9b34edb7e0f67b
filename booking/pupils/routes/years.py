"""September: everybody up one year."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking import clock
from booking.db import transaction
from booking.domain.permissions import Action
from booking.pupils import queries, service
from booking.pupils.routes.blueprint import pupils
from booking.pupils.service import years
from booking.schools import acting
from booking.web import redirects
from booking.web.access import requires
from booking.web.filters import plural
from booking.web.forms import Form


@pupils.get("/new-year")
@requires(Action.KEEP_PUPILS)
def new_year() -> ResponseReturnValue:
    """Show what moving up would do to each year group."""
    school = acting.school()
    school_year = service.moving_year(clock.today())
    return render_template(
        "pupils/new_year.html",
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
    try:
        with transaction():
            result = service.move_up(
                actor=current_user.actor, now=clock.now(), school=acting.school()
            )
    except (service.NotTheTime, service.AlreadyMovedUp) as error:
        flash(str(error), "info")
        return redirects.see(url_for("pupils.new_year"))
    flash(
        f"{plural(result.moved, 'pupil')} moved up a year and {plural(result.left, 'pupil')} left.",
        "success",
    )
    if result.twice:
        flash(
            f"Now on your list twice: {', '.join(result.twice)}. Take one of each off.", "warning"
        )
    return redirects.see(url_for("pupils.listing"))
