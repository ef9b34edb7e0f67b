"""The network as a visitor sees it, and its members: who coordinates, and how to reach them."""

from flask import render_template, request
from flask_login import current_user

from booking.domain import permissions, year_groups
from booking.domain.permissions import Action
from booking.foundation.web.access import public, requires
from booking.foundation.web.paging import asked_page, page_of
from booking.people.schools import queries, shelf
from booking.people.schools.routes.blueprints import members


@members.get("/schools")
@public
def schools() -> str:
    """List the member schools by name. Nobody's name or telephone number is shown."""
    return render_template(
        "people/members/schools.html",
        sees_colleagues=permissions.may(current_user.actor, Action.SEE_COLLEAGUES),
        rows=[
            (school, year_groups.range_name(school.low_year, school.high_year))
            for school in queries.member_schools()
        ],
    )


@members.get("/schools/files")
@requires(Action.SEE_FILES)
def files() -> str:
    """List the files that schools have for the others, school by school."""
    return render_template(
        "people/members/files.html", shelves=shelf.of_all(actor=current_user.actor)
    )


@members.get("/who-is-who")
@requires(Action.SEE_COLLEAGUES)
def who_is_who() -> str:
    """List each school's coordinators, with its telephone: only for colleagues of the network."""
    text = request.args.get("q", "").strip()
    page = page_of(queries.schools_list(text), number=asked_page())
    return render_template(
        "people/members/who_is_who.html",
        page=page,
        text=text,
        coordinators=queries.coordinators_of([school.id for school in page.items]),
    )
