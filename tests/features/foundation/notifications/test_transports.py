"""SMTP: many mails over one connection, kinds of refusal, and no private link in clear."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from booking import settings
from booking.foundation.notifications.transports import (
    CannotSend,
    LoginRefused,
    Outgoing,
    RecipientRefused,
    ServerAway,
    Transport,
    mail_servers,
    smtp,
    transport,
)
from booking.foundation.notifications.transports.mail_servers import Encryption
from tests.postbox import Postbox, serving, silent

PRODUCTION = {"APP_ENV": "production"}


def mail(to: str = "parent@home.example", subject: str = "An invitation") -> Outgoing:
    return Outgoing("f@network.example", to, subject, "text", "<p>text</p>", "<1@network.example>")


def carrier(address: str, **settings: str) -> Transport:
    site = {"APP_ENV": "development", "BASE_URL": "https://bookings.network.example"}
    return transport({**site, "SMTP_URL": address, **settings})


@pytest.fixture
def served() -> Iterator[tuple[Postbox, Transport]]:
    with serving() as (box, address):
        there = carrier(address)
        yield box, there
        there.close()


def test_many_mails_go_over_one_connection(served: tuple[Postbox, Transport]) -> None:
    box, there = served
    for _ in range(5):
        there.ready()
        there.send(mail())
    assert (len(box.mails), box.connections) == (5, 1)


def test_a_server_that_takes_so_many_mails_and_no_more_is_connected_to_again(
    served: tuple[Postbox, Transport],
) -> None:
    box, there = served
    box.mails_each = 2
    for _ in range(5):
        there.send(mail())
    assert (len(box.mails), box.connections) == (5, 3)
    box.mails_each = 0
    there.close()
    with pytest.raises(ServerAway, match=r"refused our sender \(421\)"):
        there.send(mail())


def test_a_connection_that_broke_while_it_waited_is_opened_again() -> None:
    with serving() as (box, address):
        there = carrier(address)
        there.send(mail())
        assert isinstance(there, smtp.SmtpTransport)
        assert there._session is not None
        there._session.sock.shutdown(2)  # type: ignore[union-attr]
        there.ready()
        there.send(mail())
        there.close()
    assert (len(box.mails), box.connections) == (2, 2)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 No such person", RecipientRefused),
        ("550 5.1.1 No such person", RecipientRefused),
        ("550 5.4.1 Recipient address rejected", RecipientRefused),
        ("553 5.1.3 No address", RecipientRefused),
        ("551 Moved", RecipientRefused),
        ("450 Greylisted", CannotSend),
        ("452 4.2.2 Mailbox full", CannotSend),
        ("552 5.2.2 Mailbox full", CannotSend),
        ("550 5.7.1 Relaying denied", CannotSend),
        ("530 5.7.0 Authentication required", CannotSend),
        ("503 5.5.1 Bad sequence", CannotSend),
        ("421 4.3.2 Closing", ServerAway),
    ],
)
def test_only_an_address_that_is_refused_for_good_counts_as_refused(
    served: tuple[Postbox, Transport], answer: str, kind: type[Exception]
) -> None:
    box, there = served
    box.refuse["parent@home.example"] = answer
    with pytest.raises(kind) as refused:
        there.send(mail())
    assert type(refused.value) is kind
    there.ready()
    there.send(mail("other@home.example"))
    assert len(box.mails) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("550 5.1.1 No such mailbox", RecipientRefused),
        ("554 5.7.1 Looks like spam", CannotSend),
        ("552 5.3.4 Too large", CannotSend),
        ("451 4.3.0 Try again", CannotSend),
    ],
)
def test_a_server_that_refuses_after_it_has_the_mail_is_understood(
    served: tuple[Postbox, Transport], answer: str, kind: type[Exception]
) -> None:
    box, there = served
    box.dislike["Odd"] = answer
    with pytest.raises(kind) as refused:
        there.send(mail(subject="Odd"))
    assert type(refused.value) is kind


def test_a_server_that_says_nothing_is_left_after_the_time_for_opening(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "OPENING_S", 0.1)
    with silent() as address, pytest.raises(ServerAway, match="did not answer in time"):
        carrier(address).ready()


def test_an_answer_that_does_not_come_is_waited_for_and_no_longer(
    served: tuple[Postbox, Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, there = served
    monkeypatch.setattr(smtp, "ANSWER_S", 0.1)
    there.ready()
    box.pause = 1
    with pytest.raises(ServerAway, match="did not answer in time"):
        there.send(mail())


def test_a_server_that_drips_is_cut_off(
    served: tuple[Postbox, Transport], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, there = served
    monkeypatch.setattr(smtp, "SENDING_S", 0.15)
    there.ready()
    box.pause = 0.1  # each answer is in time, all of them together are not
    with pytest.raises(ServerAway):
        there.send(mail())
    assert box.mails == []


# Encryption


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Give a server's certificate for this machine, which our side trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    public, private = tmp_path / "certificate.pem", tmp_path / "key.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context


def test_mail_is_encrypted_where_the_server_offers_it(certified: ssl.SSLContext) -> None:
    with serving(tls_context=certified) as (box, address):
        for required in ("", "?tls=required"):
            there = carrier(address + required)
            there.send(mail())
            there.close()
            assert box.encrypted


def test_no_mail_goes_out_in_clear_if_the_offer_is_stripped(
    served: tuple[Postbox, Transport],
) -> None:
    with serving() as (box, address):
        for strict in (address + "?tls=required", address.replace("smtp:", "smtp+starttls:")):
            with pytest.raises(ServerAway, match="offers no encryption"):
                carrier(strict).send(mail())
        assert box.mails == []


def test_a_certificate_for_somebody_else_is_not_trusted(
    certified: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(tls_context=certified) as (box, address):
        with pytest.raises(ServerAway):
            carrier(address).send(mail())
        assert box.mails == []


def test_a_wrong_password_is_told_apart() -> None:
    with serving(auth_require_tls=False, authenticator=_nobody) as (_box, address):
        there = carrier(address.replace("//", "//us:wrong@"))
        with pytest.raises(LoginRefused, match="user name or password"):
            there.ready()


def _nobody(*_anybody: object) -> object:
    from aiosmtpd.smtp import AuthResult

    return AuthResult(success=False, handled=False)


@pytest.mark.parametrize(
    ("url", "production", "encryption"),
    [
        ("smtps://mail.school.example", True, Encryption.ALWAYS),
        ("smtp+starttls://mail.school.example", False, Encryption.REQUIRED),
        ("smtp://mail.school.example", True, Encryption.REQUIRED),
        ("smtp://mail.school.example?tls=optional", True, Encryption.OPTIONAL),
        ("smtp://mail.school.example?tls=required", False, Encryption.REQUIRED),
        ("smtp://mail.school.example", False, Encryption.OPTIONAL),
        ("smtp://localhost:25", True, Encryption.OPTIONAL),
        ("smtp://127.0.0.1:25", True, Encryption.OPTIONAL),
        ("smtp://[::1]:25", True, Encryption.OPTIONAL),
        ("smtp://10.0.0.1:25", True, Encryption.REQUIRED),
    ],
)
def test_production_requires_encryption_unless_it_is_told_otherwise(
    url: str, production: bool, encryption: Encryption
) -> None:
    assert mail_servers.read(url, production=production).encryption is encryption


def test_the_address_of_a_mail_server_is_read() -> None:
    read = mail_servers.read("smtp://us%40x:p%3Aw@mail.school.example:2525", production=False)
    assert (read.host, read.port, read.user, read.password) == (
        "mail.school.example",
        2525,
        "us@x",
        "p:w",
    )
    assert mail_servers.read("smtps://mail.school.example", production=False).port == 465


@pytest.mark.parametrize(
    "url",
    [
        "mail.school.example",
        "mail.school.example:587",
        "us:secret@mail.school.example",
        "http://mail.school.example",
        "smtp://",
        "smtp://us:secret@mail.school.example:secret",
        "smtp://us:secret@mail.school.example?tls=maybe",
        "smtp://us:secret@mail.school.example?secret",
        "smtps://us:secret@mail.school.example?tls=optional",
    ],
)
def test_an_address_that_is_no_mail_servers_stops_the_start(url: str) -> None:
    with pytest.raises(settings.BadSetting) as refused:
        settings.load({"APP_ENV": "testing", "SMTP_URL": url})
    assert "secret" not in str(refused.value)
