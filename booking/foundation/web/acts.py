"""What a request asks for, done once in its one transaction, and how a refusal is told.

Every form on a page carries a one-time key (`web/once.py`), and every act here claims it first: the
same form sent twice is answered as it was the first time, and acts once. An act that may be asked
for again and again by the same form says `sending=Sending.ANY`, and why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import flash

from booking.foundation.db import transaction
from booking.foundation.web import once
from booking.foundation.web.once import Sending

T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """What was asked for has been done, and this is what came of it."""

    result: T


def run(act: Callable[[], T], *, sending: Sending = Sending.CONTENTS) -> T:
    """Do what nobody refuses, in one transaction, and return what came of it."""
    with transaction():
        once.claim(sending)
        return act()


def attempt(
    act: Callable[[], T],
    *refusals: type[Exception],
    level: str = "error",
    sending: Sending = Sending.CONTENTS,
) -> Done[T] | None:
    """Do what a button asks for; flash a refusal, on the page that follows, and return None.

    For posts without a form of their own on the page. Where there is one, `form.carry_out` puts
    the refusal beside its field.
    """
    try:
        return Done(run(act, sending=sending))
    except refusals as refusal:
        flash(str(refusal), level)
        return None
