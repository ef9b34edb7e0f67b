"""Second factors that somebody has set up, and what their pages say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from booking.domain import second_factors
from booking.domain.permissions import Actor
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.tokens import new_public_id
from booking.people.factors import codes
from booking.people.factors import service as factor_service
from booking.people.factors.models import Passkey
from booking.people.schools.models import Person
from tests.builders import schools
from tests.builders.passkeys import Device
from tests.page import soup

A_STEP = timedelta(seconds=second_factors.STEP_SECONDS)


@contextmanager
def early_in_a_step() -> Iterator[None]:
    """Begin with the next step, so that a code does not run out while a test sends it."""
    step = int(clock.now().timestamp()) // second_factors.STEP_SECONDS + 1
    with time_machine.travel(datetime.fromtimestamp(step * second_factors.STEP_SECONDS, UTC)):
        yield


def add_app(person: Person) -> tuple[str, list[str]]:
    """Set up an app half a minute ago: its present code is not used yet. Return the secret."""
    secret, now = codes.new_secret(), clock.now() - A_STEP
    id_ = person.id
    with transaction():
        made = factor_service.add_app(
            actor=Actor(person_id=id_),
            now=now,
            person=db.session.get_one(Person, id_),
            secret=secret,
            code=codes.step_code(secret, codes.step_now(now)),
        )
    return secret, made


def asked_of_passkey(response: Any) -> str:
    """Return the options that a page hands to the browser."""
    return str(soup(response).select_one("[data-passkey]")["data-options"])


def add_passkey(client: Any, name: str = "Work laptop", device: Device | None = None) -> Device:
    """Add a passkey through the page, in a browser that is signed in."""
    device = device or Device()
    page = client.get("/account/security/passkey")
    answer = client.post(
        "/account/security/passkey",
        data={"name": name, "credential": device.make(asked_of_passkey(page))},
    )
    assert answer.status_code == 303, answer.status_code
    return device


def keep_passkey(email: str) -> str:
    """Keep a passkey of a person without their browser, and no session ends. Return its id."""
    made = Passkey(
        public_id=new_public_id(),
        person_id=schools.person_of(email).id,
        credential_id=new_public_id(),
        public_key=b"",
        sign_count=0,
        name="Work laptop",
        created_at=clock.now(),
    )
    with transaction():
        db.session.add(made)
        return made.public_id
