"""The private address at which somebody's reader fetches what is new."""

from datetime import datetime

from sqlalchemy import delete

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.foundation.tokens import new_token, token_hash
from booking.network.resources.models import ResourceFeed
from booking.people.schools.models import Person


def make_feed(*, actor: Actor, now: datetime) -> str:
    """Return the token of a new address, never known again; an earlier one ends at once."""
    assert actor.person_id is not None, "only somebody with an account has an address"
    token = new_token()
    values = {"token_hash": token_hash(token), "made_at": now}
    row = insert_into(ResourceFeed).values(person_id=actor.person_id, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=values))
    _record(actor, "make_resource_feed", actor.person_id, now)
    return token


def end_feed(*, actor: Actor, now: datetime) -> None:
    """End one's address; ending it twice changes nothing."""
    assert actor.person_id is not None, "only somebody with an account has an address"
    if db.session.get(ResourceFeed, actor.person_id) is not None:
        _record(actor, "end_resource_feed", actor.person_id, now)
        forget(db.session.get_one(Person, actor.person_id))


def forget(person: Person) -> None:
    """End the address of an account that loses its name."""
    db.session.execute(delete(ResourceFeed).where(ResourceFeed.person_id == person.id))


def _record(actor: Actor, action: str, person_id: int, now: datetime) -> None:
    subject = db.session.get_one(Person, person_id)
    audit.record(actor=actor, action=action, subject=subject, now=now)
