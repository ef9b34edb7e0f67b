"""Whoever needs a second factor and has none is led to set one up before anything else opens."""

from flask import flash, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import second_factors
from booking.foundation.web import headers, redirects
from booking.foundation.web.sessions import PERSON_KEY
from booking.people.factors.routes import challenges
from booking.people.schools.routes import letting_in

#: What stays open meanwhile: help, signing out, and setting it up.
OPEN_BLUEPRINTS = {"factors", "guides"}
OPEN = headers.FILES | headers.MADE_FILES | {"account.sign_out", "account.asked_again"}


def keep() -> ResponseReturnValue | None:
    """Lead somebody who signed in with a password alone, and must not, to set up a factor."""
    if not challenges.is_required() or PERSON_KEY not in session or letting_in.proved().is_both:
        return None
    if request.blueprint in OPEN_BLUEPRINTS or request.endpoint in OPEN:
        return None
    if not needs_factor():
        return None
    flash(
        "Your role sees every school, or money, so a password alone is not enough. Set up a "
        "passkey or an authenticator app: it takes a minute.",
        "warning",
    )
    return redirects.see(url_for("factors.home"))


def needs_factor() -> bool:
    """Return whether whoever is signed in has a role that needs a second factor."""
    return second_factors.is_needed({grant.role for grant in current_user.actor.grants})
