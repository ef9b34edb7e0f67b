"""Who is signed in: Flask-Login's user, loaded with their roles in one query; and who may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, g
from flask_login import AnonymousUserMixin, LoginManager, UserMixin

from booking.domain.permissions import VISITOR, Actor, Grant
from booking.foundation.db import db
from booking.people.schools import passwords, queries
from booking.people.schools.details import PASSWORD, Proof
from booking.people.schools.models import RoleGrant

login_manager = LoginManager()


class User(UserMixin):
    """The person signed in, as pages and permissions see them, without any database objects."""

    def __init__(self, found: Sequence[Any]) -> None:
        self.person_id, self.public_id, self.name, self.email = found[0][:4]
        self.hints_read = frozenset(found[0][4].split())
        grants = (Grant(*row[5:]) for row in found if row[5] is not None)
        self.actor = Actor(person_id=self.person_id, grants=frozenset(grants))

    def get_id(self) -> str:
        """Return what the session stores."""
        return str(self.person_id)


class Visitor(AnonymousUserMixin):
    """Somebody who is not signed in, who may do nothing that needs permission."""

    actor = VISITOR
    person_id = None
    name = ""
    email = ""


def actor_of(person_id: int, grants: Iterable[RoleGrant]) -> Actor:
    """Return the actor for a person with these roles."""
    return Actor(
        person_id=person_id,
        grants=frozenset(Grant(g.role, g.school_id, g.event_id) for g in grants),
    )


def load(person_id: str) -> User | None:
    """Return the person of a session; None from the first request after the account is closed.

    During an outage it is nobody: the page that tells of it must not ask the database again.
    """
    if g.get("outage"):
        return None
    found = queries.signed_in(int(person_id))
    return User(found) if found else None


def init_app(app: Flask) -> None:
    """Set up Flask-Login."""
    login_manager.session_protection = None  # our sessions are in the database, with 256 bits
    login_manager.login_view = "account.sign_in"
    login_manager.login_message = None
    login_manager.anonymous_user = Visitor
    login_manager.user_loader(load)
    login_manager.init_app(app)


@dataclass(frozen=True)
class LetIn:
    """Whose address and password these are, as a proof."""

    person_id: int
    proof: Proof


def check(email: str, password: str) -> LetIn | None:
    """Return whose address and password these are.

    An unknown address, a wrong password and a closed account take equally long and look alike.
    """
    known = queries.credentials(email)
    db.session.rollback()  # end the read, so that nobody waits for it while we hash
    right = passwords.matches(known.password_hash if known else None, password)
    if known is None or not right or known.disabled_at is not None:
        return None
    outdated = passwords.is_outdated(known.password_hash)
    rehashed = passwords.hashed(password).text if outdated else ""
    return LetIn(known.id, Proof(PASSWORD, rehashed=rehashed))
