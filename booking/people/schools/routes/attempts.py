"""How often somebody may try a password or ask for a link, counted across all processes.

An attempt is counted before it is checked, so that many at once cannot slip through, and taken out
of the count if it was right. Tries are counted for each account *and* where they come from: nobody
can shut out whoever signs in elsewhere, and a browser in which somebody has signed in before counts
alone. The longest wait is a quarter of an hour.
"""

from dataclasses import dataclass
from datetime import timedelta

from flask import g, session
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from booking.domain import limits
from booking.domain.limits import Limit
from booking.domain.patience import FreeTries
from booking.foundation import clock, security
from booking.foundation.security import events
from booking.foundation.tokens import token_hash
from booking.foundation.web import acts, throttle
from booking.foundation.web.once import Sending
from booking.people.schools import queries, service
from booking.people.schools.routes import known

#: At one account from one place; and from an address where many were wrong, at whatever account.
ORDINARY, WARY = FreeTries(free=5), FreeTries(free=1)
#: At one account by all strangers together, wherever they are.
STRANGERS = FreeTries(free=50)
#: How many wrong tries within WINDOW make an address one to be wary of, and how many at how many
#: accounts are the most that are looked at from it: hashing costs the whole site.
WARY_FROM, MOST = 20, 300
WINDOW = timedelta(minutes=5)
#: The owner is told once by mail when strangers have tried so often.
TELL_AT = 10
_TURN, _ALL, _WRONG = "sign-in", "sign-in-strangers", "sign-in-address"


@dataclass(frozen=True)
class Try:
    """One try: at which account, from where, and how many strangers' tries there have been."""

    account: str
    place: str
    #: The address, if whoever tries is a stranger; "" for somebody whom we know.
    address: str
    by_strangers: int = 0

    @property
    def key(self) -> str:
        """Return what is counted: the account and the place."""
        return f"{self.account}/{self.place}"


def count(email: str) -> None:
    """Count a try at the password of `email`'s account from where the request comes.

    Raises TooManyRequests, whether or not the account exists. Never in a transaction.
    """
    tried = _here(email)
    try:
        if tried.address:
            is_wary = throttle.tallied(_WRONG, tried.address) >= WARY_FROM
            throttle.take_turn(_TURN, tried.key, WARY if is_wary else ORDINARY)
            if throttle.tally(_WRONG, tried.address, 1, within=WINDOW) > MOST:
                raise TooManyRequests(retry_after=int(WINDOW.total_seconds()))
            by_strangers = throttle.take_turn(_ALL, tried.account, STRANGERS)
            tried = Try(tried.account, tried.place, tried.address, by_strangers)
        else:
            throttle.take_turn(_TURN, tried.key, ORDINARY)
    except TooManyRequests:
        g.told_of_refusal = True
        security.note(events.SIGN_IN, "throttled", account=security.account_mark(email))
        raise
    g.sign_in_try = tried


def failed(email: str) -> None:
    """Tell the security log that an attempt was wrong, and its owner, once; it stays counted."""
    security.note(events.SIGN_IN, "failed", account=security.account_mark(email))
    if g.sign_in_try.by_strangers == TELL_AT:
        # Whoever types wrong passwords does so again and again, in one form.
        acts.run(
            lambda: service.tell_of_strangers(now=clock.now(), email=email), sending=Sending.ANY
        )


def forgive(email: str) -> None:
    """Take a correct attempt out of the counts."""
    tried: Try = g.sign_in_try
    assert tried.account == _account(email), "the try that was counted"
    throttle.give_back(_TURN, tried.key)
    if tried.address:
        throttle.give_back(_ALL, tried.account)
        throttle.tally(_WRONG, tried.address, -1, within=WINDOW)


def limited(key: str, per_key: Limit, per_address: Limit) -> None:
    """Count asking for something at `key` from the request's address.

    Raises TooManyRequests. Never in a transaction.
    """
    throttle.count(per_address, throttle.here())
    throttle.count(per_key, token_hash(key.strip().lower())[:32])


def asked_link(email: str) -> None:
    """Count asking for a link to the account of `email`.

    Whoever asks from one address cannot keep another from asking; and the owner has the last link
    that was sent in any case. Raises TooManyRequests, whether or not the account exists.
    """
    mark, account = security.account_mark(email), _account(email)
    try:
        throttle.count(limits.LINKS_PER_ADDRESS, throttle.here())
        throttle.count(limits.LINKS_PER_ACCOUNT, f"{account}/{throttle.here()}")
        throttle.count(limits.LINKS_IN_ALL, account)
    except TooManyRequests:
        g.told_of_refusal = True
        security.note(events.LINK_ASKED, "throttled", account=mark)
        raise
    security.note(events.LINK_ASKED, "asked", account=mark)


def _here(email: str) -> Try:
    """Return who tries from where: in an own session, in a known browser, or a stranger."""
    account = _account(email)
    if current_user.is_authenticated and current_user.email == service.email_key(email):
        return Try(account, f"session:{token_hash(session.token)[:32]}", "")  # type: ignore[attr-defined]
    token = known.token_here()
    browser = queries.known_browser(token, service.email_key(email), clock.now()) if token else None
    if browser is not None:
        return Try(account, f"browser:{browser}", "")
    return Try(account, throttle.here(), throttle.here())


def _account(email: str) -> str:
    # The typed address is kept as a hash: a table of counts does not need to know who is who.
    return token_hash(service.email_key(email))[:32]
