"""The network as a visitor sees it: its schools, who is responsible, and how to join."""

from flask import render_template
from flask_login import current_user

from booking.domain import year_groups
from booking.domain.permissions import Action
from booking.foundation.web.access import public, requires
from booking.people.schools import queries, shelf
from booking.people.schools.routes.blueprints import members


@members.get("/schools")
@public
def schools() -> str:
    """List the member schools by name. Nobody's name or telephone number is shown."""
    return render_template(
        "people/members/schools.html",
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
