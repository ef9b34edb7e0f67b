"""A stand-in for Stripe on this machine: the few calls we make, with idempotency and faults.

Every parameter that arrives and every object that leaves is checked against Stripe's description.
"""

import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.features.money.payments import description
from tests.features.money.payments.stand_in_books import Books, missing

SESSION = re.compile(r"/v1/checkout/sessions/([^/]+)")
EXPIRE = re.compile(r"/v1/checkout/sessions/([^/]+)/expire")
REFUND = re.compile(r"/v1/refunds/([^/]+)")
STARTED = 1_800_000_000


@dataclass
class Call:
    """One request as it arrived."""

    method: str
    path: str
    params: dict[str, Any]
    headers: dict[str, str]


@dataclass
class Stripe:
    """What the stand-in remembers."""

    calls: list[Call] = field(default_factory=list)
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: dict[str, tuple[str, int, Any]] = field(default_factory=dict)
    #: Status codes for the next answers, instead of the right ones.
    faults: list[int] = field(default_factory=list)
    books: Books = field(default_factory=Books)
    #: The state of a refund once it has been asked for.
    refund_status: str = "succeeded"
    #: Our account there holds too little for refunds.
    too_low: bool = False
    #: After this many calls in total, none is answered.
    silent_after: int | None = None
    #: While this is set, answers are ready but do not leave the machine.
    hangs: bool = False
    goes_on: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def forget(self) -> None:
        """Start again with nothing."""
        for kept in (self.calls, self.sessions, self.refunds, self.answered, self.faults):
            kept.clear()
        self.books = Books()

    def answer(self, call: Call) -> tuple[int, Any]:
        """Answer a request as Stripe would."""
        self.calls.append(call)
        key = call.headers.get("idempotency-key", "")
        sent = json.dumps([call.path, call.params], sort_keys=True)
        if self.silent_after is not None and len(self.calls) > self.silent_after:
            return 429, error("rate_limit", status=429)
        if self.faults:
            return self.faults[0], error("api_error", status=self.faults.pop(0))
        if call.method == "POST" and key in self.answered:
            before, status, body = self.answered[key]
            if before != sent:
                return 400, error("idempotency_error", "Keys for idempotent requests …")
            return status, body
        read = self.books.answer(call.path, call.params) if call.method == "GET" else None
        status, body = read or self._act(call)
        if call.method == "POST" and key and status < 500:
            self.answered[key] = (sent, status, body)
        return status, body

    def hold_back(self) -> None:
        """Keep somebody waiting, until the stand-in is shut down."""
        if self.hangs:
            self.goes_on.wait()

    def _act(self, call: Call) -> tuple[int, Any]:
        if call.method == "POST" and call.path == "/v1/checkout/sessions":
            return self._open(call.params)
        if call.method == "POST" and call.path == "/v1/refunds":
            return self._refund(call.params)
        if match := EXPIRE.fullmatch(call.path):
            return self._expire(match[1])
        if match := SESSION.fullmatch(call.path):
            return self._retrieve(match[1], call.params)
        if match := REFUND.fullmatch(call.path):
            found = self.refunds.get(match[1])
            return (200, found) if found else (404, missing())
        return 404, missing()

    def _open(self, params: dict[str, Any]) -> tuple[int, Any]:
        if description.is_there():
            description.check_request("/v1/checkout/sessions", params)
        number = len(self.sessions) + 1
        prices = [line["price_data"] for line in params["line_items"]]
        made = session(
            f"cs_test_{number:04}",
            url=f"https://checkout.stripe.com/c/pay/cs_test_{number:04}",
            amount_total=sum(price["unit_amount"] for price in prices),
            currency=prices[0]["currency"],
            client_reference_id=params["client_reference_id"],
            metadata=params["metadata"],
            expires_at=params["expires_at"],
        )
        self.sessions[made["id"]] = made
        return 200, made

    def _retrieve(self, session_id: str, params: dict[str, Any]) -> tuple[int, Any]:
        found = self.sessions.get(session_id)
        if found is None:
            return 404, missing()
        shown = _shown(found)
        if "payment_intent" in json.dumps(params) and found.get("_intent"):
            shown["payment_intent"] = found["_intent"]
        return 200, shown

    def _expire(self, session_id: str) -> tuple[int, Any]:
        found = self.sessions.get(session_id)
        if found is None:
            return 404, missing()
        if found["status"] != "open":
            return 400, error("invalid_request_error", "Only open sessions can be expired.")
        found.update(status="expired", url=None)
        return 200, found

    def _refund(self, params: dict[str, Any]) -> tuple[int, Any]:
        if description.is_there():
            description.check_request("/v1/refunds", params)
        paid = {s["_intent"]["id"]: s for s in self.sessions.values() if s.get("_intent")}
        money = paid.get(params["payment_intent"])
        left = money["amount_total"] - money["_refunded"] if money else 0
        if params["amount"] > left:
            return 400, error("invalid_request_error", "greater than unrefunded amount")
        if self.too_low:
            said = error("invalid_request_error", "Insufficient funds in your account.")
            said["error"]["code"] = "balance_insufficient"
            return 400, said
        return 200, self.make_refund(money, **params)

    def make_refund(self, money: dict[str, Any], **params: Any) -> dict[str, Any]:
        """Give money of a session back, by a call or in the Dashboard (without our metadata)."""
        money["_refunded"] += params["amount"]
        number = len(self.refunds) + 1
        made = {
            "id": f"re_{number:04}",
            "object": "refund",
            "amount": params["amount"],
            "currency": "gbp",
            "created": STARTED,
            "status": self.refund_status,
            "payment_intent": money["_intent"]["id"],
            "metadata": params.get("metadata", {}),
            "reason": params.get("reason"),
            "charge": money["_intent"]["latest_charge"]["id"],
            "balance_transaction": None,
            "receipt_number": None,
            "source_transfer_reversal": None,
            "transfer_reversal": None,
        }
        self.refunds[made["id"]] = made
        self.books.refunds.append(made)
        self.books.given_back(made)
        self.books.tell("refund.created", made)
        return made

    def pay(
        self, session_id: str, *, fee: int | None = 35, delayed: bool = False, **changes: Any
    ) -> None:
        """Pay on Stripe's page as the parent; `delayed` leaves it pending."""
        found = self.sessions[session_id]
        state = "processing" if delayed else "succeeded"
        intent = payment_intent(found, status=state, fee=fee)
        found.update(
            status="complete",
            url=None,
            payment_status="unpaid" if delayed else "paid",
            payment_intent=intent["id"],
            _intent=intent,
            _refunded=0,
        )
        found.update(changes)
        if not delayed:
            self.books.charged(found)
            self.books.tell("checkout.session.completed", _shown(found))

    def decline(self, session_id: str) -> None:
        """Let a card be declined; the page stays open."""
        found = self.sessions[session_id]
        found["_intent"] = payment_intent(found, status="requires_payment_method", fee=None)
        found["_intent"]["last_payment_error"] = {"type": "card_error", "code": "card_declined"}
        found.update(payment_intent=found["_intent"]["id"], _refunded=0)


def _shown(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if not key.startswith("_")}


def session(session_id: str, **facts: Any) -> dict[str, Any]:
    """Return an open session as Stripe describes it."""
    return {
        "id": session_id,
        "object": "checkout.session",
        "created": STARTED,
        "livemode": False,
        "mode": "payment",
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "automatic_tax": {"enabled": False, "liability": None, "status": None},
        "custom_fields": [],
        "shipping_options": [],
        "payment_intent": None,
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        **facts,
    }


def payment_intent(found: dict[str, Any], *, status: str, fee: int | None) -> dict[str, Any]:
    """Return the money of a session, with Stripe's fee once that is known."""
    name, amount = f"pi_{found['id']}", found["amount_total"]
    transaction = fee is not None and {
        "id": f"txn_{name}",
        "object": "balance_transaction",
        "amount": amount,
        "fee": fee,
        "net": amount - fee,
        "currency": "gbp",
        "created": STARTED,
        "available_on": STARTED,
        "status": "available",
        "type": "charge",
        "reporting_category": "charge",
        "fee_details": [],
        "balance_type": "payments",
    }
    charge = {
        "id": f"ch_{name}",
        "object": "charge",
        "amount": amount,
        "amount_captured": amount,
        "amount_refunded": 0,
        "captured": True,
        "created": STARTED,
        "currency": "gbp",
        "disputed": False,
        "livemode": False,
        "metadata": {},
        "paid": True,
        "refunded": False,
        "status": "succeeded",
        "balance_transaction": transaction or None,
        "billing_details": {
            "address": None,
            "email": None,
            "name": None,
            "phone": None,
            "tax_id": None,
        },
    }
    return {
        "id": name,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_received": amount,
        "capture_method": "automatic_async",
        "created": STARTED,
        "confirmation_method": "automatic",
        "currency": "gbp",
        "livemode": False,
        "metadata": found["metadata"],
        "payment_method_types": ["card"],
        "status": status,
        "latest_charge": charge if status == "succeeded" else None,
    }


def error(kind: str, message: str = "", *, status: int = 400) -> dict[str, Any]:
    """Return an error as Stripe writes it."""
    return {"error": {"type": kind, "message": message or f"an error {status}"}}


class Server:
    """The stand-in behind a free port of this machine."""

    def __init__(self, stripe: Stripe | None = None) -> None:
        self.stripe = stripe or Stripe()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.stripe))
        self.stripe.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(
            target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def __enter__(self) -> Stripe:
        self.thread.start()
        return self.stripe

    def __exit__(self, *_problem: object) -> None:
        self.stripe.goes_on.set()
        self.http.shutdown()
        self.thread.join()
        self.http.server_close()


def _handler(stripe: Stripe) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            address = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            text = self.rfile.read(length).decode() if length else address.query
            headers = {name.lower(): value for name, value in self.headers.items()}
            call = Call(self.command, address.path, nested(text), headers)
            try:
                status, body = stripe.answer(call)
            except Exception as problem:  # noqa: BLE001 - a refusal of the description
                status, body = 400, error("invalid_request_error", str(problem)[:300])
            stripe.hold_back()
            content = json.dumps(body, default=str).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _reply  # noqa: N815 - the names that the library looks for

        def log_message(self, *_words: object) -> None:
            """Stay silent."""

    return Handler


def nested(text: str) -> dict[str, Any]:
    """Return form-encoded parameters as the nested values they were."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        keys = [name.partition("[")[0], *re.findall(r"\[([^\]]*)\]", name)]
        place = found
        for key, following in zip(keys, [*keys[1:], None], strict=True):
            if following is None:
                place[key] = plain(value)
            else:
                place = place.setdefault(key, {})
    return _lists(found)


def plain(value: str) -> Any:
    """Return numbers and booleans as such, because the wire only carries text."""
    if value in {"true", "false"}:
        return value == "true"
    return int(value) if re.fullmatch(r"-?\d{1,12}", value) else value


def _lists(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    if part and all(key.isdigit() for key in part):
        return [_lists(value) for value in part.values()]
    return {key: _lists(value) for key, value in part.items()}
