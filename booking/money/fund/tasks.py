"""What the fund adds to the treasurer's and the network lead's task lists."""

from datetime import datetime

from flask import current_app, url_for
from flask_login import current_user

from booking.days.events.models import EventState
from booking.domain import ledger, money, payee, terms
from booking.domain.ledger import Fund, accounts, rule_changes, two_people
from booking.foundation.web.task_lists import Task
from booking.money.fund import ports, queries, words
from booking.money.fund.details import HandEntry


def of_treasurer(*, now: datetime) -> list[Task]:
    """Return the tasks: books to start, events to close, cash to take to the bank."""
    balances = queries.balances()
    if not balances:
        return [
            *_rules(now),
            *_spending(now),
            Task(
                title="Enter the opening balances",
                url=url_for("fund.new", kind="opening-balance"),
                hint="What the bank account and the cash box held on the day these books start.",
                tag="Start here",
                tone="info",
            ),
        ]
    return [
        *_rules(now),
        *_spending(now),
        *_decisions(),
        *_events(now),
        *_waiting(balances),
        *_year(now),
    ]


def of_lead(*, now: datetime) -> list[Task]:
    """Return what is waiting for the lead as the second person."""
    return [*_rules(now), *_spending(now), *_decisions()]


def _account() -> list[Task]:
    """Return that two people have not confirmed the account which the settings name."""
    confirmed = queries.confirmed_account()
    named = payee.in_words(payee.of_settings(current_app.config))
    if named == confirmed:
        return []
    if not confirmed:
        return [
            Task(
                title="Let two people confirm the account that money is paid into",
                url=url_for("fund.rules"),
                hint="Until then it is the word of whoever looks after the server.",
                tag="Two people",
                tone="warn",
            )
        ]
    return [
        Task(
            title="The server names another account than two people confirmed",
            url=url_for("fund.rules"),
            hint="No invoice is sent, and families are offered no transfer, until two confirm it.",
            tag="Two people",
            tone="bad",
        )
    ]


def _rules(now: datetime) -> list[Task]:
    """Return the rules of money that the signed-in person may confirm, or waits for."""
    actor = current_user.actor
    return [
        *_account(),
        *(
            Task(
                title=f"Confirm or refuse: {ports.kept_rules(each.book).title}"
                if rule_changes.may_confirm(actor, asked_by_id=each.asked_by_id)
                else f"Waits for a second person: {ports.kept_rules(each.book).title}",
                url=url_for("fund.rule_change", public_id=each.public_id),
                hint=f"Proposed by {each.asked_by.name}.",
                due_at=each.expires_at,
                tag="Two people",
                tone="warn",
            )
            for each in queries.waiting_rules(now)
        ),
    ]


def _spending(now: datetime) -> list[Task]:
    """Return the payments that the signed-in person may decide on, or waits for."""
    actor = current_user.actor
    own, found = actor.schools(), []
    for each in queries.waiting_spending(now):
        mine = each.asked_by_id == actor.person_id
        if not mine and not two_people.may_answer(
            actor, asked_by_id=each.asked_by_id, school_id=each.school_id, own_schools=own
        ):
            continue
        what = words.payment(HandEntry.of_plain(each.wanted))
        found.append(
            Task(
                title=f"Waits for a second person: {what}" if mine else f"Decide: {what}",
                url=url_for("fund.spending", public_id=each.public_id),
                hint=f"{money.pounds(each.pence)}, proposed by {each.asked_by.name}.",
                due_at=each.expires_at,
                tag="Two people",
                tone="warn",
            )
        )
    return found


def _decisions() -> list[Task]:
    """Return what the signed-in person may decide."""
    actor = current_user.actor
    return [
        Task(
            title=f"Decide: {each.about}",
            url=url_for("fund.decision", public_id=each.public_id),
            hint=f"{money.pounds(each.pence)}, requested by {each.asked_by.name}. "
            "It needs a second person.",
            tag="Two people",
            tone="warn",
        )
        for each in queries.waiting()
        if ledger.may_decide(each.subject, actor, asked_by_id=each.asked_by_id)
    ]


def _year(now: datetime) -> list[Task]:
    label = queries.year_to_close()
    if label is None or terms.london(now).date() <= terms.school_year_bounds(label)[1]:
        return []
    return [
        Task(
            title=f"Close the school year {label}",
            url=url_for("fund.year", label=label.replace("/", "-")),
            hint="Go through the check list first.",
        )
    ]


def _events(now: datetime) -> list[Task]:
    return [
        Task(
            title=f"Close {event.title}"
            if event.state is EventState.PUBLISHED
            else f"Settle {event.title}",
            url=url_for("fund.event", slug=event.slug),
            hint=_hint(sums.surplus_pence),
            tag="To close" if event.state is EventState.PUBLISHED else "To settle",
            tone="neutral" if sums.surplus_pence >= 0 else "warn",
        )
        for event, sums in queries.to_close(now)
    ]


def _hint(surplus_pence: int) -> str:
    if surplus_pence > 0:
        return f"{money.pounds(surplus_pence)} is left for the CPD fund."
    if surplus_pence < 0:
        return f"It cost {money.pounds(-surplus_pence)} more than it received."
    return "It broke even."


def _waiting(balances: dict[tuple[str, Fund], int]) -> list[Task]:
    cash = sum(balances.get((accounts.CASH, fund), 0) for fund in Fund)
    if cash <= 0:
        return []
    return [
        Task(
            title=f"Take {money.pounds(cash)} cash to the bank",
            url=url_for("fund.new", kind="cash-banked"),
            hint="Then record it here.",
        )
    ]
