"""Two season plans of the small network: one whose wishes are open, one that was accepted."""

from booking.foundation import clock
from booking.foundation.db import db
from booking.people.pupils import queries as pupil_queries
from booking.people.schools.models import School
from tests.builders import seasons


def build(hosting: School, **pupil_ids: str) -> dict[str, str]:
    """Open both, let schools wish for a pupil each, work both out, and accept one."""
    facts = {}
    for name in ("plan", "accepted_plan"):
        events = seasons.make_events(2, 2, host=hosting)
        plan = seasons.open_plan(events, name=name.replace("_", " ").title())
        for school, public_id in pupil_ids.items():
            pupil = pupil_queries.by_public_id(public_id)
            assert pupil is not None, f"{school} has a pupil"
            seasons.wish(plan, _school(pupil.school_id), {pupil: events})
        facts[name] = plan.slug
        if name == "plan":
            seasons.propose(plan, now=clock.now())
        else:
            seasons.accept(plan)
    return facts


def _school(school_id: int) -> School:
    """Return the school of a pupil."""
    return db.session.get_one(School, school_id)
