"""How acts in the ledger are told in a history."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from booking.domain import ledger
from booking.domain.ledger.decisions import Subject
from booking.foundation.audit.details import ActWords, Related, Topic, act
from booking.money.fund.models import Entry

_LEDGER, _RULES, _TWO = "The ledger", "Funds and rules", "Decisions by two people"
_WHAT = {
    Subject.REVERSAL: "the reversal of an entry",
    Subject.DEFICIT: "meeting the deficit{event_id.more}",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts in the ledger are told."""
    told = {
        name: act(*words, topic=Topic.MONEY, parts=_rules_words)
        for name, words in _SENTENCES.items()
    }
    told["post_entry"] = act(
        _LEDGER,
        "made an entry in the ledger{event_id.more}: {entry_kind}",
        "made an entry in the ledger: {entry_kind}",
        "made an entry in the ledger",
        topic=Topic.MONEY,
        parts=lambda facts: {"entry_kind": _kinds().get(facts.get("kind", ""), "")},
    )
    return told | {
        f"{verb}_{subject.value}": act(
            _TWO, f"{did} {_WHAT[subject]} ({{pence}})", f"{did} a decision", topic=Topic.MONEY
        )
        for verb, did in _VERBS.items()
        for subject in Subject
    }


def _rules_words(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {"rules_words": _BOOKS.get(facts.get("rules", ""), "rules of money")}


def _kinds() -> Mapping[str, str]:
    return {kind.value: f"{name[:1].lower()}{name[1:]}" for kind, name in ledger.KIND_NAMES.items()}


_BOOKS = {"ledger_rules": "rules of the ledger", "bid_rules": "rules for bids"}
_VERBS = {"ask": "asked a second person about", "approve": "approved", "refuse": "refused"}
_SENTENCES = {
    "export_books": (_LEDGER, "saved the books, or a part of them, as a file"),
    "close_year": (_LEDGER, "closed the year {year}"),
    "add_up_ledger": (_LEDGER, "added the ledger up again"),
    "keep_ledger_rules": (
        _RULES,
        "let one person reverse up to {alone_up_to_pence} alone",
        "changed the rules of the ledger",
    ),
    "propose_rules": (_RULES, "proposed other {rules_words}"),
    "confirm_rules": (_RULES, "confirmed other {rules_words}"),
    "refuse_rules": (_RULES, "refused other {rules_words}"),
    "withdraw_rules": (_RULES, "took back a proposal of other {rules_words}"),
    "propose_spending": (_TWO, "proposed to pay {pence}", "proposed a payment"),
    "approve_spending": (_TWO, "approved a payment of {pence}", "approved a payment"),
    "refuse_spending": (_TWO, "refused a payment of {pence}", "refused a payment"),
    "withdraw_spending": (_TWO, "took back a proposed payment of {pence}", "took back a payment"),
    "lapse_spending": (_TWO, "ended a proposed payment of {pence}", "ended a proposed payment"),
    "add_fund": (_RULES, "added the fund “{fund}”"),
    "change_fund": (_RULES, "changed the fund “{fund}”"),
    "close_fund": (_RULES, "closed the fund “{fund}”"),
    "open_fund": (_RULES, "reopened the fund “{fund}”"),
    "remove_fund": (_RULES, "removed the fund “{fund}”"),
    "show_money": (_RULES, "changed what the public sees of the money"),
}


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add an event's entries to its history, for those who may see the fund."""
    if table != "events":
        return None
    return (Related("entries", select(Entry.id).where(Entry.event_id == row_id)),)
