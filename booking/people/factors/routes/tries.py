"""How often somebody may try the second step: by person and by address, never locked for good."""

from flask import request
from limits import RateLimitItem, parse

from booking.foundation import security
from booking.foundation.security import events
from booking.foundation.web import throttle

#: After the password was right, so a guess has six digits to go: 480 tries a day of a million.
PER_PERSON: RateLimitItem = parse("5 per 15 minutes")
PER_ADDRESS: RateLimitItem = parse("20 per 5 minutes")
PERSON, ADDRESS = "second-step-person", "second-step-address"


def count(person_id: int | None) -> None:
    """Count a try before it is checked. Raises TooManyRequests. Never in a transaction."""
    throttle.count(PER_ADDRESS, ADDRESS, _address())
    if person_id is not None:
        throttle.count(PER_PERSON, PERSON, str(person_id))


def failed(person_id: int | None, email: str = "") -> None:
    """Tell the security log that a second step was wrong; it stays counted."""
    account = security.account_mark(email) if email else "unknown"
    security.note(
        events.SIGN_IN, "failed", person_id=person_id, what="second_step", account=account
    )


def forgive(person_id: int) -> None:
    """Take a correct try out of the counts."""
    limiter = throttle.limiter()
    limiter.hit(PER_ADDRESS, ADDRESS, _address(), cost=-1)
    limiter.clear(PER_PERSON, PERSON, str(person_id))


def _address() -> str:
    return request.remote_addr or "127.0.0.1"
