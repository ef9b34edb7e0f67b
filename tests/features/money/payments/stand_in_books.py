"""The stand-in's account: balance transactions, payouts, disputes and events, as Stripe has them.

Lists come newest first and a few at a time, so that paging is really used.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.features.money.payments import description

STARTED = 1_800_000_000
LISTS = {
    "/v1/balance_transactions": "rows",
    "/v1/payouts": "payouts",
    "/v1/events": "events",
    "/v1/refunds": "refunds",
}
ONE = re.compile(r"(/v1/(?:payouts|disputes))/([^/]+)")


@dataclass
class Books:
    """What moved in the account, and what Stripe says about it."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    payouts: list[dict[str, Any]] = field(default_factory=list)
    disputes: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    #: The refunds that the calls made; lists show them too.
    refunds: list[dict[str, Any]] = field(default_factory=list)
    #: How many things one call of a list brings.
    page: int = 2
    #: The clock of the stand-in, in Stripe's seconds.
    now: int = STARTED

    def answer(self, path: str, params: dict[str, Any]) -> tuple[int, Any] | None:
        """Answer a reading call, or return None if it is not about the account."""
        if path == "/v1/balance":
            return 200, self._balance()
        if name := LISTS.get(path):
            if description.is_there():
                description.check_query(path, params)
            return 200, self._list(path, getattr(self, name), params)
        if match := ONE.fullmatch(path):
            everything = {**{p["id"]: p for p in self.payouts}, **self.disputes}
            found = everything.get(match[2])
            return (200, found) if found else (404, missing())
        return None

    def _list(self, path: str, things: list[Any], params: dict[str, Any]) -> dict[str, Any]:
        found = [each for each in reversed(things) if _wanted(each, params)]
        if after := params.get("starting_after"):
            found = found[[each["id"] for each in found].index(after) + 1 :]
        shown = [self._shown(each, params) for each in found[: self.page]]
        return {
            "object": "list",
            "url": path,
            "data": shown,
            "has_more": len(found) > self.page,
        }

    def _shown(self, thing: dict[str, Any], params: dict[str, Any]) -> dict[str, Any]:
        if "_source" not in thing:
            return thing
        shown = {key: value for key, value in thing.items() if not key.startswith("_")}
        expanded = "data.source" in params.get("expand", [])
        return {**shown, "source": thing["_source"] if expanded else shown["source"]}

    def _balance(self) -> dict[str, Any]:
        net = sum(row["net"] for row in self.rows if row["currency"] == "gbp")
        pending = 0 if net < 0 else net // 2
        part = [{"amount": net - pending, "currency": "gbp", "source_types": {"card": 0}}]
        return {
            "object": "balance",
            "livemode": False,
            "available": part,
            "pending": [{"amount": pending, "currency": "gbp", "source_types": {"card": 0}}],
        }

    def tell(self, kind: str, thing: dict[str, Any]) -> dict[str, Any]:
        """Write an event; nobody sends it."""
        made = {
            "id": f"evt_books_{len(self.events) + 1:04}",
            "object": "event",
            "type": kind,
            "livemode": False,
            "created": self.now,
            "api_version": "2026-10-28.endive",
            "pending_webhooks": 0,
            "request": None,
            "data": {"object": thing},
        }
        self.events.append(made)
        return made

    def row(
        self,
        kind: str,
        amount: int,
        *,
        fee: int = 0,
        source: dict[str, Any] | None = None,
        **changes: Any,
    ) -> dict[str, Any]:
        """Record a movement in the account."""
        made = {
            "id": f"txn_{len(self.rows) + 1:04}",
            "object": "balance_transaction",
            "amount": amount,
            "fee": fee,
            "net": amount - fee,
            "currency": "gbp",
            "created": self.now,
            "available_on": self.now,
            "status": "available",
            "type": kind,
            "reporting_category": kind,
            "fee_details": [],
            "balance_type": "payments",
            "description": None,
            "exchange_rate": None,
            "source": source["id"] if source else None,
            "_source": source,
            "_payout": None,
            **changes,
        }
        self.rows.append(made)
        return made

    def charged(self, session: dict[str, Any]) -> dict[str, Any]:
        """Write the row for a payment that went through."""
        charge = {
            **session["_intent"]["latest_charge"],
            "payment_intent": session["_intent"]["id"],
            "metadata": session["metadata"],
        }
        fee = (charge["balance_transaction"] or {}).get("fee", 35)
        return self.row("charge", charge["amount"], fee=fee, source=charge)

    def given_back(self, refund: dict[str, Any]) -> dict[str, Any]:
        """Write the row of a refund."""
        return self.row("refund", -refund["amount"], source=refund)

    def came_back(self, refund: dict[str, Any]) -> dict[str, Any]:
        """Let a refund fail: the money is ours again."""
        refund["status"] = "failed"
        self.tell("refund.failed", refund)
        return self.row("refund_failure", refund["amount"], source=refund)

    def complain(
        self, session: dict[str, Any], *, amount: int | None = None, fee: int = 2000
    ) -> dict[str, Any]:
        """Let a cardholder dispute a payment; the money leaves at once."""
        number = len(self.disputes) + 1
        made: dict[str, Any] = {
            "id": f"dp_{number:04}",
            "object": "dispute",
            "currency": "gbp",
            "amount": amount or session["amount_total"],
            "balance_transactions": [],
            "charge": session["_intent"]["latest_charge"]["id"],
            "created": self.now,
            "payment_intent": session["_intent"]["id"],
            "reason": "fraudulent",
            "status": "needs_response",
            "livemode": False,
            "metadata": {},
            "is_charge_refundable": False,
            "enhanced_eligibility_types": [],
            "evidence": {"enhanced_evidence": {}},
            "evidence_details": {
                "due_by": self.now + 864_000,
                "has_evidence": False,
                "past_due": False,
                "submission_count": 0,
                "submission_method": "not_submitted",
                "enhanced_eligibility": {},
            },
        }
        self.disputes[made["id"]] = made
        row = self.row("adjustment", -made["amount"], fee=fee, source=dict(made))
        made["balance_transactions"].append(_plain(row))
        self.tell("charge.dispute.created", made)
        return made

    def decide(self, dispute: dict[str, Any], status: str, *, fee: int = 0) -> None:
        """Decide a dispute; one that is won brings the money back."""
        dispute["status"] = status
        if status == "won":
            row = self.row("adjustment", dispute["amount"], fee=fee, source=dict(dispute))
            dispute["balance_transactions"].append(_plain(row))
        self.tell("charge.dispute.closed", dispute)

    def pay_out(self, **changes: Any) -> dict[str, Any]:
        """Pay out everything that has not been paid out."""
        waiting = [row for row in self.rows if row["_payout"] is None]
        made = {
            "id": f"po_{len(self.payouts) + 1:04}",
            "object": "payout",
            "currency": "gbp",
            "amount": sum(row["net"] for row in waiting),
            "arrival_date": self.now,
            "automatic": True,
            "created": self.now,
            "livemode": False,
            "method": "standard",
            "reconciliation_status": "completed",
            "source_type": "card",
            "status": "paid",
            "type": "bank_account",
            **changes,
        }
        own = self.row("payout", -made["amount"], source=made)
        for row in (*waiting, own):
            row["_payout"] = made["id"]
        self.payouts.append(made)
        self.tell("payout.reconciliation_completed", made)
        return made

    def send_back(self, payout: dict[str, Any]) -> None:
        """Let a payout fail days after it was shown as paid."""
        payout["status"] = "failed"
        self.row("payout_failure", payout["amount"], source=payout)
        self.tell("payout.failed", payout)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if not key.startswith("_")}


def _wanted(thing: dict[str, Any], params: dict[str, Any]) -> bool:
    since = (params.get("created") or {}).get("gte", 0)
    return (
        thing["created"] >= since
        and params.get("payout") in (None, thing.get("_payout"))
        and params.get("payment_intent") in (None, thing.get("payment_intent"))
        and thing.get("type") in params.get("types", [thing.get("type")])
    )


def missing() -> dict[str, Any]:
    """Return Stripe's answer about an object it does not have."""
    return {"error": {"type": "invalid_request_error", "code": "resource_missing"}}
