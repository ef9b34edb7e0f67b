"""Every mail says until when it is worth sending, or why two weeks are right."""

import ast

from booking.foundation.notifications import service as notifications
from tests.house import tree

#: Mail that is worth sending for as long as any: what it tells stays true, or has no end.
TWO_WEEKS = {
    # What somebody wrote to many, and the same to try it.
    "booking/network/circulars/mail.py: send_together",
    "booking/network/circulars/mail.py: send_trial",
    # What became of money: a family may need it long after the event.
    "booking/money/checkout/service/mail.py: receipt",
    "booking/money/checkout/service/mail.py: payment_returned",
    "booking/money/checkout/service/mail.py: refund_sent",
    "booking/money/checkout/service/mail.py: refund_failed",
    "booking/money/checkout/service/mail.py: receipt_undone",
    "booking/money/checkout/service/mail.py: refund_undone",
    # What became of a place.
    "booking/days/places/service/mail.py: tell_of_return",
    "booking/days/places/service/mail.py: tell_of_lapse",
    # Decisions that wait for a second person, for as long as it takes, and what was decided.
    "booking/money/fund/service/mail.py: asked",
    "booking/money/fund/service/mail.py: decided",
    "booking/money/fund/service/rule_mail.py: _write",
    "booking/money/fund/service/spending_mail.py: _write",
    "booking/money/fund/service/mail.py: tell_undone",
    "booking/money/bids/service/mail.py: to_decide",
    "booking/money/bids/service/mail.py: to_pay",
    "booking/money/claims/mail.py: _write",
    # Who looked at a school's pupils.
    "booking/on_the_day/glass/mail.py: opened",
    # Who has which role, and who can sign in.
    "booking/people/openid/mail.py: _queue",
    "booking/people/schools/service/post_news.py: _tell",
    "booking/people/schools/service/roles.py: _tell",
    "booking/people/schools/service/passwords.py: change_password",
    "booking/people/schools/service/addresses.py: _tell_old_address",
    "booking/people/factors/mail.py: tell",
    "booking/people/factors/mail.py: tell_leads",
}


def queueing(source: tree.Source) -> list[tuple[str, bool]]:
    """Return where a file queues mail, by function, and whether it says until when."""
    found = []
    for function in ast.walk(source.tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "notifications.queue":
                    said = any(keyword.arg == "keep_until" for keyword in node.keywords)
                    found.append((f"{source.path}: {function.name}", said))
    return found


def test_every_mail_says_until_when_it_is_worth_sending():
    calls = [call for source in tree.under("booking/") for call in queueing(source)]

    silent = sorted({where for where, said in calls if not said})

    assert silent == sorted(TWO_WEEKS), "say keep_until=, or add it to TWO_WEEKS"
    assert len(calls) > 40


def test_two_weeks_are_two_weeks():
    assert notifications.KEPT.days == 14
