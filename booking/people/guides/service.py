"""Write down which hints for a first visit somebody has read."""

from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.people.schools import locks as school_locks
from booking.people.schools.models import Person

#: Stands for every hint: of somebody who had an account before there were any.
EVERY = "*"


def put_away(*, actor: Actor, person: Person, name: str) -> None:
    """Show a person this hint no more. It does not matter how often they say so."""
    assert actor.person_id == person.id, "everybody puts their own hints away"
    school_locks.person(person.id)
    db.session.refresh(person, ["hints_read"])
    person.hints_read = " ".join(sorted({*person.hints_read.split(), name}))


def bring_back(*, actor: Actor, person: Person) -> None:
    """Show a person all hints again, each until it is put away."""
    assert actor.person_id == person.id, "everybody brings their own hints back"
    person.hints_read = ""
