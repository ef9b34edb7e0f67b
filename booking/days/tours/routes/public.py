"""What everybody reads of tours: which there are, what one is, and where it stops."""

from flask import abort, render_template
from flask_login import current_user

from booking.days.tours import pages, queries, words
from booking.days.tours.models import TourState
from booking.days.tours.routes.blueprint import may, tours
from booking.domain.permissions import Action
from booking.foundation.web.access import public
from booking.foundation.web.paging import PAGE_SIZE, asked_page, page_of


@tours.get("/")
@public
def listing() -> str:
    """List the tours; those who take part also see their drafts."""
    sees = may(Action.SEE_TOURS)
    return render_template(
        "days/tours/list.html",
        page=page_of(queries.listing(), number=asked_page(), size=PAGE_SIZE),
        kept=queries.kept(current_user.actor) if sees else [],
        words=words,
        may_begin=may(Action.WRITE_EVENTS),
        may_see_kits=sees,
    )


@tours.get("/<slug>")
@public
def show(slug: str) -> str:
    """Show what a tour is, which schools it visits and when."""
    tour = queries.public_by_slug(slug)
    if tour is None:
        abort(404)
    stops, others = pages.public_stops(tour)
    joins = may(Action.JOIN_TOURS)
    schools = pages.own_schools(current_user.actor) if joins else []
    return render_template(
        "days/tours/tour.html",
        tour=tour,
        stops=stops,
        others=others,
        own=queries.live_stops_at(tour, [school.id for school in schools]) if schools else [],
        words=words,
        may_ask=joins and tour.state is TourState.OPEN,
        may_work=may(Action.SEE_TOURS, tour.leading_school_id),
    )
