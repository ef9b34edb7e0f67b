"""A silent processor is left alone, whichever it is, and no call outlives whoever waits."""

import socket
import threading
import time
from contextlib import closing, contextmanager

import pytest

from booking.foundation import breaker, clock
from booking.money.payments import gateway, processor_account
from booking.money.payments.stripe_adapter import gateway as stripe_gateway
from booking.money.payments.stripe_adapter import punctual as stripe_punctual
from tests.features.money.payments.test_gateways import an_order

REST = breaker.REST


@contextmanager
def dripping():
    """Provide the address of a server that sends a byte of its answer now and then."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip():
            with closing(listening.accept()[0]) as connection:
                for byte in b"HTTP/1.1 200 OK\r\nX-Filler: " + b"." * 1000:
                    if over.wait(0.05):
                        return
                    connection.sendall(bytes([byte]))

        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        over.set()
        thread.join()


@pytest.fixture
def invented(invented_app):
    """Provide an invented processor that can fall silent, and what it is asked."""
    with invented_app.app_context():
        yield invented_app.extensions[gateway.EXTENSION]


@pytest.fixture
def hurried(stripe_app):
    """Provide Stripe's adapter on a site where nobody waits longer than 0.3 seconds."""
    stripe_app.config["PROCESSOR_SECONDS"] = "0.3"
    with stripe_app.app_context():
        yield stripe_app.extensions[gateway.EXTENSION]


def silence(monkeypatch, processor, asked):
    def nothing(session_id):
        asked.append(session_id)
        raise gateway.GatewaySilent("no answer")

    monkeypatch.setattr(processor._processor, "session", nothing)


def test_a_new_processor_is_left_alone_too_without_a_line_of_its_own(
    invented, monkeypatch, time_machine
):
    asked = []
    with monkeypatch.context() as patch:
        silence(patch, invented, asked)
        for _ in range(breaker.SILENCES_MAX):
            with pytest.raises(gateway.GatewaySilent):
                invented.session("s")
        for _ in range(5):
            with pytest.raises(gateway.GatewayResting):
                invented.open_session(an_order())
    assert asked == ["s"] * 3

    time_machine.move_to(clock.now() + REST)

    assert invented.open_session(an_order()).state is gateway.SessionState.OPEN
    assert invented.session("inv_0").id == "inv_0"


def test_what_a_processor_refuses_is_an_answer(invented):
    for _ in range(2 * breaker.SILENCES_MAX):
        with pytest.raises(gateway.GatewayRefused):
            invented.session("unknown")

    assert invented.open_session(an_order()).url


@pytest.mark.parametrize("status", [429, 500])
def test_a_fault_that_stripe_reports_is_an_answer(stripe_app, stripe, status, monkeypatch):
    monkeypatch.setattr(stripe_punctual.PunctualClient, "_should_retry", lambda *_: False)
    stripe.faults[:] = [status] * 4

    with stripe_app.app_context():
        for _ in range(4):
            with pytest.raises(gateway.GatewayUnavailable) as fault:
                gateway.current().open_session(an_order())
            assert not isinstance(fault.value, gateway.GatewaySilent)
        assert gateway.current().open_session(an_order()).url


def test_nobody_waits_longer_than_the_site_lets_them(hurried, stripe):
    stripe.hangs = True
    began = time.monotonic()

    with gateway.somebody_waits():
        with pytest.raises(gateway.GatewaySilent):
            hurried.open_session(an_order())
        with pytest.raises(gateway.GatewayResting, match="has waited long enough"):
            hurried.session("cs_test_0001")

    assert time.monotonic() - began < 2
    assert [call.path for call in stripe.calls] == ["/v1/checkout/sessions"]


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(hurried):
    """Each byte is in time, so that no timeout of a socket ever notices."""
    with dripping() as address:
        slow = stripe_gateway.StripeGateway(
            secret_key="sk_test_x", webhook_secrets=("whsec_x",), api_base=address
        )
        began = time.monotonic()
        with gateway.somebody_waits(), pytest.raises(gateway.GatewaySilent):
            slow.session("cs_test_0001")

    assert time.monotonic() - began < 2


def test_the_worker_has_time_for_an_answer_that_is_too_slow_for_a_person(hurried, stripe):
    stripe.hangs = True
    threading.Timer(0.8, stripe.goes_on.set).start()

    assert gateway.seconds_left() is None
    assert hurried.open_session(an_order()).url


def test_even_the_worker_does_not_wait_for_ever(hurried, stripe, monkeypatch):
    monkeypatch.setattr(stripe_punctual, "TRY_S", 0.1)
    monkeypatch.setattr(hurried._client._requestor._options, "max_network_retries", 0)
    stripe.hangs = True

    with pytest.raises(gateway.GatewaySilent):
        hurried.session("cs_test_0001")


def test_one_connection_serves_one_call_after_another(hurried, stripe):
    for _ in range(3):
        hurried.open_session(an_order())

    assert len(hurried._http._idle) == 1


def test_rows_are_still_read_one_by_one(invented):
    account = Account()
    invented.account._account = account

    rows = invented.account.rows_of("po_1")

    assert next(rows) == "row 1"
    assert account.read == 1
    assert list(rows) == ["row 2", "row 3"]


@pytest.mark.parametrize(
    "call",
    [
        lambda invented: invented.session("s"),
        lambda invented: invented.expire("s"),
        lambda invented: invented.refund(None),
        lambda invented: invented.refund_now("r"),
        lambda invented: invented.refunds_of("m"),
        lambda invented: invented.account.dispute("d"),
        lambda invented: invented.account.payout("p"),
        lambda invented: invented.account.payouts_since(None),
        lambda invented: invented.account.messages_since(None),
        lambda invented: invented.account.balance_pence(),
        lambda invented: list(processor_account.current().rows_of("p")),
    ],
)
def test_every_question_stands_behind_the_guard(invented, monkeypatch, call):
    invented.account._account = Account()
    silence(monkeypatch, invented, [])
    for _ in range(breaker.SILENCES_MAX):
        with pytest.raises(gateway.GatewaySilent):
            invented.session("s")

    with pytest.raises(gateway.GatewayResting):
        call(invented)


def test_a_signature_is_checked_all_the_same(invented, monkeypatch):
    silence(monkeypatch, invented, [])
    for _ in range(breaker.SILENCES_MAX):
        with pytest.raises(gateway.GatewaySilent):
            invented.session("s")

    with pytest.raises(gateway.BadSignature):
        invented.verify_message(b"{}", {})


class Account:
    """An account whose rows are counted as they are read."""

    read = 0

    def balance_pence(self):
        return 0

    def rows_of(self, _payout_id):
        for number in (1, 2, 3):
            self.read += 1
            yield f"row {number}"
