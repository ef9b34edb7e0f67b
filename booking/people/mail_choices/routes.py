"""The page that a link in a mail opens, the one click of a mail program, and the account's page."""

from flask import Blueprint, abort, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action, Actor
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.notifications import render
from booking.foundation.notifications.ports import StopOffer
from booking.foundation.web import acts, addresses, redirects
from booking.foundation.web.access import by_token, requires, signed_message
from booking.people.mail_choices import details, queries, service, words
from booking.people.mail_choices.models import StoppableMail
from booking.people.schools.models import Person

mail_choices = Blueprint("mail_choices", __name__)


def offer(template: str, to: str) -> StopOffer | None:
    """Return where whoever has an address may stop a mail; None if it cannot be stopped."""
    kind = details.KIND_OF.get(template)
    found = queries.choice_at(to, kind) if kind is not None else None
    if kind is None or found is None:
        return None
    person, is_stopped = found
    said = details.token(person, kind, secret=_secret())
    return StopOffer(render.absolute_url(addresses.MAIL_STOP(token=said)), is_stopped)


@mail_choices.get("/mail/stop/<token>")
@by_token("mail choice")
def show(token: str) -> str:
    """Show what the link stops, with a button. Opening it changes nothing: scanners open links."""
    person, kind = _found(token)
    title, missed = words.KINDS[kind]
    return render_template(
        "people/mail_choices/stop.html",
        title=title,
        missed=missed,
        token=token,
        is_stopped=kind in queries.stopped(person.id),
    )


@mail_choices.post("/mail/stop/<token>")
@signed_message
def one_click(token: str) -> ResponseReturnValue:
    """Stop it for a mail program (RFC 8058): no cookies, no page before it, no redirect after."""
    person, kind = _found(token)
    if request.form.get("List-Unsubscribe") != "One-Click":
        abort(400)
    actor, now = _themselves(person), clock.now()
    acts.run(lambda: service.stop(actor=actor, now=now, person=person, kind=kind))
    return "Stopped.\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@mail_choices.post("/mail/stop/<token>/choose")
@by_token("mail choice")
def choose(token: str) -> ResponseReturnValue:
    """Stop it, or start it again, by the button of the page that a link in a mail opens."""
    person, kind = _found(token)
    _change(person, kind, actor=_themselves(person))
    return redirects.see(url_for(".show", token=token))


@mail_choices.get("/account/mail")
@requires(Action.OWN_ACCOUNT)
def home() -> str:
    """Show which mail somebody gets, and which they may stop."""
    stopped = queries.stopped(_yourself().id)
    rows = [(kind, title, missed, kind in stopped) for kind, (title, missed) in words.KINDS.items()]
    return render_template("people/mail_choices/home.html", rows=rows, always=words.ALWAYS)


@mail_choices.post("/account/mail/<kind>")
@requires(Action.OWN_ACCOUNT)
def change(kind: str) -> ResponseReturnValue:
    """Stop a kind of mail to oneself, or start it again."""
    if kind not in set(StoppableMail):
        abort(404)
    _change(_yourself(), StoppableMail(kind), actor=current_user.actor)
    return redirects.see(url_for(".home"))


def _change(person: Person, kind: StoppableMail, *, actor: Actor) -> None:
    again = request.form.get("do") == "start"
    act = service.start_again if again else service.stop
    acts.run(lambda: act(actor=actor, now=clock.now(), person=person, kind=kind))
    title = words.title(kind)
    said = f"You get “{title}” again." if again else f"You get no more “{title}”."
    flash(said, "success")


def _found(token: str) -> tuple[Person, StoppableMail]:
    read = details.read(token, secret=_secret())
    person = queries.person(read[0]) if read else None
    if read is None or person is None:
        abort(404)
    return person, read[1]


def _themselves(person: Person) -> Actor:
    """Return the person as the one who acts: who has the mail has the link."""
    return Actor(person_id=person.id)


def _yourself() -> Person:
    return db.session.get_one(Person, current_user.person_id)


def _secret() -> list[str]:
    keys: list[str] = current_app.config["SIGNING_KEYS"]
    return keys
