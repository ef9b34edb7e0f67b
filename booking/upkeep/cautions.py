"""What was refused or done that leads should know of, in sentences that say what to do about it."""

from datetime import datetime

from booking.domain import alarms, english
from booking.domain.permissions import ROLE_WORDS, Role
from booking.upkeep import words
from booking.upkeep.details import Act, Level, Refusals, Sign

#: Said at the start of the site, too.
FORWARDED = "A proxy forwards visitors’ addresses, and TRUSTED_PROXIES is 0"
ALL_ALIKE = "All visitors look like one, so a few wrong passwords would keep everybody out."
SET_PROXIES = "Set TRUSTED_PROXIES to how many there are."
WHO = "The audit trail says who."


def signs(found: Refusals, now: datetime, *, trusts_proxies: bool) -> list[Sign]:
    """Return what leads should know of; nothing while there is nothing."""
    told = [_sign_ins(found), _messages(found), _openings(found)]
    if found.forwarded_at is not None and not trusts_proxies:
        told.append(Sign("proxies", Level.WATCH, FORWARDED, ALL_ALIKE, SET_PROXIES))
    told += [_export(act, now) for act in found.exports]
    told += [_role(act, now) for act in found.roles]
    return [sign for sign in told if sign is not None]


def _sign_ins(found: Refusals) -> Sign | None:
    if found.of_one_account < alarms.OF_ONE_ACCOUNT and found.of_all < alarms.OF_ALL:
        return None
    story = (
        f"Within a quarter of an hour: {_up_to(found.of_one_account)} for one "
        f"account, {_up_to(found.of_all)} in all, in the last day."
    )
    advice = (
        "Ask whoever runs the server to read the security log: where from, and whether any was "
        "let in. If it is one account, ask its owner whether it was they."
    )
    return Sign("sign-ins", Level.WATCH, "Many wrong passwords were tried", story, advice)


def _up_to(count: int) -> str:
    return "100 or more" if count >= 100 else str(count)  # no more are counted


def _messages(found: Refusals) -> Sign | None:
    if found.messages < alarms.MESSAGES:
        return None
    story = "They are not signed by the card processor, so nothing was done with them."
    advice = (
        "Ask whoever runs the server to compare STRIPE_WEBHOOK_SECRET with Stripe’s. If they "
        "agree, somebody else sends them, and can do no harm."
    )
    title = "Messages in the card processor’s name are refused"
    return Sign("messages", Level.WATCH, title, story, advice)


def _openings(found: Refusals) -> Sign | None:
    if found.openings < alarms.OPENINGS:
        return None
    title = f"Family data of other schools was opened {found.openings} times within an hour"
    return Sign(
        "openings", Level.WATCH, title, WHO, "Ask whoever did it why, and tell the schools."
    )


def _export(act: Act, now: datetime) -> Sign:
    title = f"A list of {english.plural(act.rows, 'pupil')} was saved as a file"
    story = f"That was on {words.since(act.at, now)}. {WHO}"
    advice = "If you do not know why, ask them where the file is now."
    return Sign("export", Level.WATCH, title, story, advice, about=str(act.entry))


def _role(act: Act, now: datetime) -> Sign:
    title = f"Somebody was given a role of the network: {ROLE_WORDS[Role(act.role)]}"
    story = f"That was on {words.since(act.at, now)}. {WHO}"
    advice = "If you did not expect it, take the role away (People) and ask who gave it."
    return Sign("role", Level.WATCH, title, story, advice, about=str(act.entry))
