"""The end of every way of signing in: it was proved who somebody is, and this is what follows.

Whoever has proved enough is let in. Anybody else is halfway: that is kept here, in the visitor's
session, and they are led to the second step (`ports.second_step`). Nobody is signed in until then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from booking.domain import permissions
from booking.domain.permissions import NETWORK_ROLES, Action
from booking.foundation import clock
from booking.foundation.web import acts, asks_again, redirects, sessions, typed_again
from booking.people.schools import ports, queries, service, sign_in
from booking.people.schools.details import Proof
from booking.people.schools.routes import known

#: How long somebody may take for the second step.
HALFWAY_FOR = timedelta(minutes=10)
#: Who is halfway, in the visitor's session.
HALFWAY_KEY = "halfway"
#: What proved who somebody is, in the session that it began: `Proof.by`, and whether it was both.
PROVED_KEY = "proved"
#: Where each role starts; the first match counts.
HOMES = (
    (Action.SEE_NETWORK, "admin.home"),
    (Action.REQUEST_PLACES, "school.home"),
    (Action.KEEP_FUND, "fund.home"),
    (Action.SEE_EVENT_WORK, "host.home"),
    (Action.SEE_NETWORK_LIFE, "overview.home"),
)


@dataclass(frozen=True)
class Halfway:
    """Somebody who has shown the first factor in this browser, and not the second."""

    person_id: int
    #: What the first was: `Proof.by`.
    by: str
    #: What was typed into a form that came too late, encrypted for that person.
    kept: str


def admit(
    person_id: int, proof: Proof, *, kept: str = "", first: Callable[[], object] | None = None
) -> ResponseReturnValue | None:
    """Let in a person, or lead to the second step; None if the account has just been closed.

    `first` is done in the same transaction as the sign-in is recorded, before it: what a proof uses
    up is used up with it. Whatever it raises goes on to the caller, and nothing is recorded.
    `kept` is what was typed into a form that came too late (`web/typed_again.py`).
    """
    step = acts.run(lambda: _record(person_id, proof, first))
    if step is None:
        return None
    if step:
        _stop_halfway(Halfway(person_id, proof.by, kept))
        return redirects.see(step)
    begin(person_id, proof)
    return go_on(kept, person_id)


def _record(person_id: int, proof: Proof, first: Callable[[], object] | None) -> str | None:
    """Record it; return where the second step is, "" if none is needed.

    None if nothing was recorded, because the account has just been closed.
    """
    person = queries.person_to_sign_in(person_id)
    if person is None:
        return None
    if first is not None:
        first()
    actor, now = sign_in.actor_of(person.id, person.grants), clock.now()
    step = "" if proof.is_both else ports.second_step(person.id)
    if not step:
        known.remember(person.id)
    record = service.record_first_step if step else service.record_sign_in
    record(actor=actor, now=now, person=person, proof=proof)
    return step


def _stop_halfway(found: Halfway) -> None:
    session.clear()
    at = clock.now().isoformat()
    session[HALFWAY_KEY] = [found.person_id, found.by, found.kept, at]
    sessions.renew(session)


def halfway() -> Halfway | None:
    """Return who is halfway in this browser; None if nobody is, or for too long."""
    found = session.get(HALFWAY_KEY)
    if found is None or clock.now() - datetime.fromisoformat(found[3]) > HALFWAY_FOR:
        return None
    return Halfway(*found[:3])


def begin(person_id: int, proof: Proof) -> None:
    """Begin a session of this person, with nothing of the visitor's session in it."""
    user = sign_in.load(str(person_id))
    assert user is not None, "a person who has just been let in can be loaded"
    shown = session.get(asks_again.KEY) if current_user.person_id == person_id else None
    session.clear()
    login_user(user)
    asks_again.mark(shown)
    session[PROVED_KEY] = [proof.by, proof.is_both]
    if any(user.actor.has(role) for role in NETWORK_ROLES):
        session[sessions.SHORT_KEY] = True
    sessions.renew(session)


def proved() -> Proof:
    """Return what proved who is signed in here."""
    by, is_both = session.get(PROVED_KEY, ("password", False))
    return Proof(by, is_both=is_both)


def go_on(kept: str, person_id: int, *, asked: bool = False) -> ResponseReturnValue:
    """Lead on, or to the form that was sent too late; what was typed travels in the page.

    `asked` if the session went on meanwhile: the form is then not shown again, but sent.
    """
    if not kept:
        return redirects.next_or(home_url())
    try:
        typed = typed_again.opened(kept, person_id=person_id, now=clock.now())
    except typed_again.NotKept as refusal:
        flash(str(refusal), "warning")
        return redirects.next_or(home_url())
    return render_template("people/account/typed_again.html", typed=typed, asked=asked)


def home_url() -> str:
    """Return the home page of the person signed in."""
    for action, endpoint in HOMES:
        if endpoint in current_app.view_functions and permissions.may(current_user.actor, action):
            return url_for(endpoint)
    return url_for("account.home")
