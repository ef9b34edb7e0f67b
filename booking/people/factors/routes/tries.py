"""How often somebody may try the second step: by person and by address, never locked for good."""

from booking.domain import limits
from booking.foundation import security
from booking.foundation.security import events
from booking.foundation.web import throttle


def count(person_id: int | None) -> None:
    """Count a try before it is checked. Raises TooManyRequests. Never in a transaction."""
    throttle.count(limits.SECOND_STEPS_PER_ADDRESS, throttle.here())
    if person_id is not None:
        throttle.count(limits.SECOND_STEPS_PER_PERSON, str(person_id))


def count_page() -> None:
    """Count a page that asks a visitor for a passkey, whose question is kept. As `count`."""
    throttle.count_visit(limits.PASSKEY_PAGES)


def failed(person_id: int | None, email: str = "") -> None:
    """Tell the security log that a second step was wrong; it stays counted."""
    account = security.account_mark(email) if email else "unknown"
    security.note(
        events.SIGN_IN, "failed", person_id=person_id, what="second_step", account=account
    )


def forgive(person_id: int) -> None:
    """Take a correct try out of the counts."""
    throttle.take_out(limits.SECOND_STEPS_PER_ADDRESS, throttle.here())
    throttle.forget(limits.SECOND_STEPS_PER_PERSON, str(person_id))
