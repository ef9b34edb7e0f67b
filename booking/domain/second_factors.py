"""Second factors: which roles need one, and which code of an authenticator app is accepted."""

from collections.abc import Collection

from booking.domain.permissions import Role

#: Roles that see every school, or money: a stolen password must not be enough.
NEEDING = frozenset({Role.LEAD, Role.TREASURER, Role.AUDITOR})
#: How long an app shows one code, and how long it is accepted, in seconds (RFC 6238; OWASP ASVS
#: 5.0, 6.5.5).
STEP_SECONDS = 30


def is_needed(roles: Collection[Role]) -> bool:
    """Return whether somebody with these roles has to have a second factor."""
    return not NEEDING.isdisjoint(roles)


def may_remove(*, left: int, roles: Collection[Role]) -> bool:
    """Return whether a factor may go; `left` is how many would be left without it."""
    return left > 0 or not is_needed(roles)


def step_of(seconds: int) -> int:
    """Return which step a moment is in; `seconds` is the time since 1970."""
    return seconds // STEP_SECONDS


def acceptable(*, now: int, used: int) -> range:
    """Return the steps whose codes are accepted in step `now`: that one, and only once.

    `used` is the last step whose code was accepted: no code is accepted twice, and none that is
    older than one that was.
    """
    return range(max(now, used + 1), now + 1)


def just_over(*, now: int, used: int) -> range:
    """Return the step whose unused code has just run out: who typed it slowly is told so."""
    return range(max(now - 1, used + 1), now)
