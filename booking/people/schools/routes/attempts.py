"""How often somebody may try a password or ask for a link, counted across all processes.

An attempt is counted before it is checked, so that many at once cannot slip through, and taken out
of the count if it was right: twenty colleagues signing in from one school lock nobody out.
"""

from dataclasses import dataclass

from flask import g, request
from limits import RateLimitItem, parse
from werkzeug.exceptions import TooManyRequests

from booking.foundation import security
from booking.foundation.security import events
from booking.foundation.tokens import token_hash
from booking.foundation.web import throttle


@dataclass(frozen=True)
class Limit:
    """One limit: what is counted, and how often it may happen."""

    name: str
    rate: RateLimitItem


PER_ACCOUNT = Limit("sign-in-account", parse("5 per 15 minutes"))
PER_ADDRESS = Limit("sign-in-address", parse("20 per 5 minutes"))
LINKS_PER_ACCOUNT = Limit("link-account", parse("3 per hour"))
LINKS_PER_ADDRESS = Limit("link-address", parse("20 per hour"))


def count(email: str, account: Limit = PER_ACCOUNT, address: Limit = PER_ADDRESS) -> None:
    """Count an attempt on the account of `email` from the request's address.

    Raises TooManyRequests, whether or not the account exists. Never in a transaction.
    """
    mark = security.account_mark(email)
    event = events.SIGN_IN if account is PER_ACCOUNT else events.LINK_ASKED
    has_name = account is PER_ACCOUNT or "link" in account.name
    try:
        for limit, key in _keys(email, account, address):
            throttle.count(limit.rate, limit.name, key)
    except TooManyRequests:
        if has_name:
            g.told_of_refusal = True
            security.note(event, "throttled", account=mark)
        raise
    if has_name and event is events.LINK_ASKED:
        security.note(event, "asked", account=mark)


def failed(email: str) -> None:
    """Tell the security log that an attempt was wrong; it stays counted."""
    security.note(events.SIGN_IN, "failed", account=security.account_mark(email))


def forgive(email: str) -> None:
    """Take a correct attempt out of the counts."""
    limiter = throttle.limiter()
    for limit, key in _keys(email, PER_ACCOUNT, PER_ADDRESS):
        if limit is PER_ACCOUNT:
            limiter.clear(limit.rate, limit.name, key)
        else:
            limiter.hit(limit.rate, limit.name, key, cost=-1)


def _keys(email: str, account: Limit, address: Limit) -> list[tuple[Limit, str]]:
    # The typed address is kept as a hash: a table of counts does not need to know who is who.
    return [
        (address, request.remote_addr or "127.0.0.1"),
        (account, token_hash(email.strip().lower())[:32]),
    ]
