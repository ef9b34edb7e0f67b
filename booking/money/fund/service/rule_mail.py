"""Mail about rules of money: proposed to those who may confirm, and decided, to all concerned."""

from datetime import datetime

from booking.domain.ledger.rule_changes import RuleChangeState
from booking.domain.permissions import Role
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.fund import ports, queries
from booking.money.fund.models import RuleChange
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

_HEADINGS = {
    RuleChangeState.CONFIRMED: "Rules of money have changed",
    RuleChangeState.REFUSED: "A change of rules was refused",
    RuleChangeState.WITHDRAWN: "A change of rules was taken back",
}


def proposed(change: RuleChange, *, now: datetime) -> None:
    """Ask everybody who may confirm."""
    line = (
        f"{change.asked_by.name} proposes other rules. Nothing changes until somebody else "
        "confirms, and after 14 days the proposal lapses."
    )
    for person in queries.rule_deciders(besides=change.asked_by_id):
        _write(change, person, "Please confirm or refuse: rules of money", line, now)


def decided(change: RuleChange, *, now: datetime) -> None:
    """Tell everybody who watches over the money what became of it, but who decided it."""
    assert change.decided_by is not None, "somebody decided"
    line = f"{change.asked_by.name} proposed it; {change.decided_by.name} decided."
    for person in watching():
        if person.id != change.decided_by_id:
            _write(change, person, _HEADINGS[change.state], line, now)


def watching() -> list[Person]:
    """Return everybody who keeps the money or watches over it."""
    roles = (Role.LEAD, Role.TREASURER, Role.AUDITOR)
    found = [one for role in roles for one in school_queries.people_with(role)]
    return list({person.id: person for person in found}.values())


def _write(change: RuleChange, person: Person, heading: str, line: str, now: datetime) -> None:
    kept = ports.kept_rules(change.book)
    notifications.queue(
        key=f"rule_change:{change.public_id}:{change.state.value}:{person.id}",
        to=person.email,
        template="rule_change",
        now=now,
        reply_to=school_queries.mailbox_of([change.decided_by or change.asked_by]),
        name=person.name,
        heading=heading,
        title=kept.title,
        line=line,
        rows=queries.rule_rows(change, kept),
        action_url=absolute_url(addresses.FUND_RULE_CHANGE(public_id=change.public_id)),
        action_label="See it",
    )
