"""A school's places in numbers, read-only, for the lead and the auditor."""

from flask import Blueprint, render_template, request

from booking.days.places import pages, queries
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import paging
from booking.foundation.web.access import requires
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

network_pages = Blueprint("school_places", __name__, url_prefix="/admin/schools")


def load_school(slug: str) -> School | None:
    """Return the school that an address names."""
    return school_queries.school_by_slug(slug)


def scope_of(school: School) -> Scope:
    """Return what a school belongs to: itself."""
    return Scope(school.id)


@network_pages.get("/<slug>/places")
@requires(Action.SEE_PLACES, load=load_school, scope=scope_of, name="school")
def listing(school: School) -> str:
    """List the events that concern a school: asked for, held, named, confirmed.

    No pupils' names.
    """
    now, past = clock.now(), bool(request.args.get("past"))
    page = queries.events_of(
        school.id, now=now, past=past, number=paging.asked_page(), size=paging.PAGE_SIZE
    )
    return render_template(
        "days/places/of_school.html",
        school=school,
        page=page,
        rows=pages.rows(page.items, now=now),
        past=past,
    )
