"""What a request asks for, done in its one transaction, and how a refusal is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import flash

from booking.foundation.db import transaction

T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """What was asked for has been done, and this is what came of it."""

    result: T


def run(act: Callable[[], T]) -> T:
    """Do what nobody refuses, in one transaction, and return what came of it."""
    with transaction():
        return act()


def attempt(
    act: Callable[[], T], *refusals: type[Exception], level: str = "error"
) -> Done[T] | None:
    """Do what a button asks for; flash a refusal, on the page that follows, and return None.

    For posts without a form of their own on the page. Where there is one, `form.carry_out` puts
    the refusal beside its field.
    """
    try:
        return Done(run(act))
    except refusals as refusal:
        flash(str(refusal), level)
        return None
