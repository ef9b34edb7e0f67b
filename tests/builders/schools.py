"""Schools, people and a whole network, built by the services."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from flask import Flask, Response, current_app, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from booking.domain.permissions import COMMAND, Actor, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.schools import passwords
from booking.people.schools import queries as school_queries
from booking.people.schools import service as school_service
from booking.people.schools import sign_in as school_sign_in
from booking.people.schools.models import KnownBrowser, Person, School
from tests import cast
from tests.builders.past import Numbers
from tests.builders.rewritten import rewritten

COOKIE = "sid"
_numbers = Numbers()


@rewritten
def make_school(*, slug: str = "", **details: Any) -> School:
    """Add a school: one of the cast by its `slug`, or else an invented primary school."""
    known = next((facts for facts in cast.SCHOOLS if facts.slug == slug), None)
    number = next(_numbers)
    facts: dict[str, Any] = {
        "name": known.name if known else f"School Number {number}",
        "phase": known.phase if known else "primary",
        "low_year": known.low_year if known else 0,
        "high_year": known.high_year if known else 6,
        "roll": known.roll if known else 210,
        "town": known.town if known else "Netherwick",
        "urn": known.urn if known else None,
        "postcode": known.postcode if known else "ZX5 1AA",
        "address": known.address if known else "School Lane",
        "office_phone": known.office_phone if known else "01632 960999",
        "emergency_phone": known.emergency_phone if known else "07700 900999",
        "website": known.website if known else "",
        **details,
    }
    with transaction():
        return school_service.add_school(actor=COMMAND, now=clock.now(), slug=slug, **facts)


@rewritten
def make_person(
    *,
    email: str = "",
    name: str = "",
    role: Role | None = None,
    school: School | None = None,
    event_id: int | None = None,
    institution: str = "",
    password: str = cast.PASSWORD,
    mobile: str = "",
) -> Person:
    """Add a person, with one role if `role` is given; one of the cast by `email`."""
    number = next(_numbers)
    email = email or f"person{number}@elsewhere.example"
    known = next((facts for facts in cast.PEOPLE if facts.email == email), None)
    hashed = passwords.hashed(password)
    with transaction():
        person = school_service.add_person(
            actor=COMMAND,
            now=clock.now(),
            name=name or (known.name if known else f"Person Number{number}"),
            email=email,
            password=hashed,
            mobile=mobile or (known.mobile if known else ""),
        )
        if role is not None:
            school_service.grant_role(
                actor=COMMAND,
                now=clock.now(),
                person=person,
                role=role,
                school=school,
                event_id=event_id,
                institution=institution,
            )
    return person


@rewritten
def grant(
    person: Person, role: Role, school: School | None = None, event_id: int | None = None
) -> None:
    """Give a person one more role."""
    with transaction():
        school_service.grant_role(
            actor=COMMAND,
            now=clock.now(),
            person=person,
            role=role,
            school=school,
            event_id=event_id,
        )


@rewritten
def make_network(*, schools: int = 5, terms: bool = True) -> dict[str, School]:
    """Add the first `schools` schools of the cast with their people, lead, treasurer, auditor.

    Returns the schools by slug; `person_of(email)` finds the people. With `terms`, the school
    year around now has its terms and half terms.
    """
    hashed = passwords.hashed(cast.PASSWORD)
    found = {facts.slug: make_school(slug=facts.slug) for facts in cast.SCHOOLS[:schools]}
    now = clock.now()
    with transaction():
        for facts in cast.PEOPLE:
            roles = [(r, found.get(s or "")) for r, s in facts.roles if s is None or s in found]
            if not roles:
                continue
            person = school_service.add_person(
                actor=COMMAND,
                now=now,
                name=facts.name,
                email=facts.email,
                password=hashed,
                mobile=facts.mobile,
            )
            for role, school in roles:
                school_service.grant_role(
                    actor=COMMAND, now=now, person=person, role=role, school=school
                )
    if terms:
        make_terms()
    return found


@rewritten
def make_terms() -> None:
    """Add the terms and half terms of the school year that today is in."""
    today, now = clock.today(), clock.now()
    terms, half_terms = cast.school_year_days(today.year if today.month >= 9 else today.year - 1)
    with transaction():
        for term in terms:
            school_service.add_term(
                actor=COMMAND,
                now=now,
                name=term.name,
                first_on=term.first_on,
                last_on=term.last_on,
            )
        for closure in half_terms:
            school_service.add_closure(
                actor=COMMAND,
                now=now,
                school=None,
                first_on=closure.first_on,
                last_on=closure.last_on,
                reason=closure.name,
            )


def person_of(email: str) -> Person:
    """Return the person with this address."""
    person = school_queries.person_by_email(email)
    assert person is not None, f"nobody signs in as {email}"
    return person


def actor_of(person: Person) -> Actor:
    """Return this person as an actor, now."""
    return school_sign_in.actor_of(person.id, school_queries.grants_of(person.id))


def sign_in(client: FlaskClient, person: Person | str, password: str = cast.PASSWORD) -> Response:
    """Sign in through the form, as a person does; `person` may be an address."""
    email = person if isinstance(person, str) else person.email
    app = client.application
    if client.get_cookie(COOKIE) is not None or (has_app_context() and current_app != app):
        return _send_sign_in_form(client, email, password)
    with nullcontext() if has_app_context() else app.app_context():
        headers, cookie = _newly_signed_in(email, password)
    client.set_cookie(COOKIE, cookie)
    return Response(status=303, headers=headers)


@rewritten
def _newly_signed_in(email: str, password: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return the answer's headers and the session's cookie."""
    client = current_app.test_client()
    response = _send_sign_in_form(client, email, password)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return tuple(response.headers), cookie.value


def _send_sign_in_form(client: FlaskClient, email: str, password: str) -> TestResponse:
    response = client.post("/sign-in", data={"email": email, "password": password})
    assert response.status_code == 303, f"{email} could not sign in ({response.status_code})"
    return response


def as_(app: Flask, person: Person) -> FlaskClient:
    """Return a browser of its own in which a person has signed in."""
    client = app.test_client()
    sign_in(client, person)
    return client


def sign_out(client: FlaskClient) -> TestResponse:
    """Sign out with the button."""
    return client.post("/sign-out")


def known_browser(at: datetime) -> KnownBrowser:
    """Return the row of a browser in which the first person last signed in at `at`."""
    return KnownBrowser(token_hash=f"known at {at}", person_id=1, used_at=at)
