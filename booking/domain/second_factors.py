"""Second factors: which roles need one, and which code of an authenticator app is accepted."""

from collections.abc import Collection

from booking.domain.permissions import Role

#: Roles that see every school, or money: a stolen password must not be enough.
NEEDING = frozenset({Role.LEAD, Role.TREASURER, Role.AUDITOR})
#: How long an app shows one code, in seconds (RFC 6238).
STEP_SECONDS = 30
#: How many steps back a code is still accepted, besides the present one: somebody typed it slowly.
#: OWASP ASVS 5.0 (6.5.5) allows none; docs/ARCHITECTURE.md lists this as our deviation.
STEPS_BACK = 1


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
    """Return the steps whose codes are accepted in step `now`, oldest first.

    `used` is the last step whose code was accepted: no code is accepted twice, and none that is
    older than one that was.
    """
    return range(max(now - STEPS_BACK, used + 1), now + 1)
