"""Sign-in and security: somebody's own passkeys, authenticator app and recovery codes."""

from datetime import datetime, timedelta
from typing import Any

import segno
from flask import abort, flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.encryption import field_keys
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import asks_again, asks_to_open
from booking.foundation.web.forms import editing
from booking.people.factors import codes, locks, passkeys, queries, service
from booking.people.factors.details import CODE, PASSKEY
from booking.people.factors.forms import AppForm, PasskeyForm, PasskeyNameForm
from booking.people.factors.refusals import FactorRefused, NotProved
from booking.people.factors.routes import challenges, gate, second_step
from booking.people.factors.routes.blueprints import factors
from booking.people.schools import queries as school_queries
from booking.people.schools.details import Proof
from booking.people.schools.models import Person
from booking.people.schools.routes import letting_in

#: In the session, encrypted: the secret that an app is being set up with, and codes just made.
SECRET_KEY, CODES_KEY = "app_secret", "recovery_codes"
#: How long new recovery codes can be looked at.
CODES_FOR = timedelta(minutes=10)


@factors.get("/account/security")
@requires(Action.OWN_ACCOUNT)
def home() -> str:
    """Show what somebody signs in with, and what can be added or removed."""
    who_resets, helpers = second_step.helpers_of(current_user.person_id)
    return render_template(
        "people/factors/home.html",
        found=queries.of(current_user.person_id),
        needed=gate.needs_factor(),
        required=challenges.is_required(),
        who_resets=who_resets,
        helpers=helpers,
    )


@factors.route("/account/security/passkey", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
@asks_to_open
def add_passkey() -> ResponseReturnValue:
    """Make a passkey on this device, or on a key or telephone."""
    form = PasskeyForm()
    if form.validate_on_submit():
        try:
            challenge = challenges.standing()
            made = passkeys.made(challenges.site(), form.credential.data or "", challenge=challenge)
            done = form.attempt(
                lambda: service.add_passkey(
                    **_who(),
                    made=made,
                    name=form.name.data,
                    challenge=challenge,
                ),
                {FactorRefused: ""},
            )
            if done:
                return _added(
                    f"The passkey “{form.name.data}” has been added.", PASSKEY, done.result
                )
        except NotProved as refusal:
            form.refuse(str(refusal))
    me = current_user
    known = [each.credential_id for each in queries.passkeys_of(me.person_id)]
    asking = passkeys.to_make(
        challenges.site(),
        person=(me.public_id, me.email, me.name),
        known=known,
        challenge=challenges.drawn(),
    )
    return form.page("people/factors/add_passkey.html", asking=asking)


@factors.route("/account/security/app", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
@asks_to_open
def add_app() -> ResponseReturnValue:
    """Show the picture and the secret for an app, and take the code that proves it."""
    form, secret = AppForm(), _secret()
    done = form.carry_out(
        lambda: service.add_app(
            **_who(),
            secret=secret,
            code=form.code.data,
        ),
        {NotProved: "code", FactorRefused: ""},
    )
    if done:
        return _added("The authenticator app has been added.", CODE, done.result)
    network = challenges.site().name
    address = codes.address(secret, email=current_user.email, network=network)
    picture = segno.make(address, error="m", micro=False)
    return form.page(
        "people/factors/add_app.html",
        secret=codes.in_groups(secret),
        address=address,
        picture=picture.svg_data_uri(scale=5, border=3, light="#fff", dark="#000"),
    )


def _secret() -> str:
    """Return the secret of this session's set-up: the same until the app shows its code."""
    if SECRET_KEY not in session:
        session[SECRET_KEY] = field_keys.encrypt(codes.new_secret().encode())
    return field_keys.decrypt(session[SECRET_KEY]).decode()


def _added(said: str, by: str, new_codes: list[str]) -> ResponseReturnValue:
    """Begin the session anew, with both factors; show recovery codes that were just made."""
    first = letting_in.proved()
    letting_in.begin(current_user.person_id, Proof(_with(first.by, by), is_both=True))
    flash(said, "success")
    return _show_codes(new_codes) if new_codes else redirects.see(url_for("factors.home"))


def _with(first: str, second: str) -> str:
    return first if first == second or "." in first else f"{first}.{second}"


@factors.post("/account/security/codes")
@requires(Action.OWN_ACCOUNT)
@asks_again
def new_codes() -> ResponseReturnValue:
    """Make new recovery codes in place of the old ones."""
    done = acts.attempt(
        lambda: service.new_codes(**_who()),
        FactorRefused,
    )
    return _show_codes(done.result) if done else redirects.see(url_for("factors.home"))


def _show_codes(made: list[str]) -> ResponseReturnValue:
    until = (clock.now() + CODES_FOR).isoformat()
    session[CODES_KEY] = [field_keys.encrypt("\n".join(made).encode()), until]
    return redirects.see(url_for("factors.show_codes"))


@factors.get("/account/security/codes")
@requires(Action.OWN_ACCOUNT)
def show_codes() -> ResponseReturnValue:
    """Show recovery codes that were made a moment ago, to be printed or written down."""
    kept = session.get(CODES_KEY)
    if kept is None or datetime.fromisoformat(kept[1]) <= clock.now():
        return redirects.see(url_for("factors.home"))
    lines = field_keys.decrypt(kept[0]).decode().split("\n")
    return render_template("people/factors/codes.html", codes=lines, today=clock.today())


@factors.post("/account/security/codes/kept")
@requires(Action.OWN_ACCOUNT)
def codes_kept() -> ResponseReturnValue:
    """Show the codes no more, and lead on."""
    session.pop(CODES_KEY, None)
    return redirects.see(letting_in.home_url())


@factors.post("/account/security/passkeys/<public_id>/remove")
@requires(Action.OWN_ACCOUNT)
@asks_again
def remove_passkey(public_id: str) -> ResponseReturnValue:
    """Remove one of somebody's own passkeys."""
    if acts.attempt(
        lambda: service.remove_passkey(**_who(), public_id=public_id),
        FactorRefused,
    ):
        flash("The passkey has been removed. Delete it on the device as well.", "success")
    return redirects.see(url_for("factors.home"))


@factors.route("/account/security/passkeys/<public_id>/name", methods=["GET", "POST"])
@requires(Action.OWN_ACCOUNT)
def rename_passkey(public_id: str) -> ResponseReturnValue:
    """Call one of somebody's own passkeys something else."""
    passkey = queries.own_passkey(current_user.person_id, public_id) or abort(404)
    form = editing(
        lambda: PasskeyNameForm(data={"name": passkey.name}),
        changed_by=("rename_passkey",),
        lock=lambda: locks.owner_of(passkey),
    )
    if form.carry_out(
        lambda: service.rename_passkey(
            actor=current_user.actor, now=clock.now(), passkey=passkey, name=form.name.data
        ),
        {FactorRefused: ""},
    ):
        flash(f"The passkey is called “{form.name.data}” now.", "success")
        return redirects.see(url_for("factors.home"))
    return form.page("people/factors/rename_passkey.html")


@factors.post("/account/security/app/remove")
@requires(Action.OWN_ACCOUNT)
@asks_again
def remove_app() -> ResponseReturnValue:
    """Remove somebody's own authenticator app."""
    if acts.attempt(
        lambda: service.remove_app(**_who()),
        FactorRefused,
    ):
        flash("The authenticator app has been removed.", "success")
    return redirects.see(url_for("factors.home"))


def _who() -> dict[str, Any]:
    """Return who changes their own factors and when, and the session that goes on."""
    return {
        "actor": current_user.actor,
        "now": clock.now(),
        "person": db.session.get_one(Person, current_user.person_id),
        "keep_session": school_queries.session_id(session.token),  # type: ignore[attr-defined]
    }
