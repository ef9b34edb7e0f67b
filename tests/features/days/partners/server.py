"""A partner's server on this machine, with its own certificate, and a way to reach it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from booking.days.partners.fetching import WayOut

HOST = "calendar.partner.example"
URL = f"https://{HOST}/terms.ics"
#: An address that everybody could reach; connections to it lead to the server here.
PUBLIC_IP = "8.8.8.8"


@dataclass
class Partner:
    """What the partner answers, and what it was asked."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    #: (path, headers) of each request that came.
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    #: Seconds between the bytes of the answer.
    drip_s: float = 0
    #: Send nothing at all, and keep the connection open.
    silent: bool = False


@dataclass
class Way:
    """Connections to the partner, recording where they were meant to go."""

    partner: Partner
    door: WayOut
    dialled: list[str]


def certificate(folder: Path) -> Path:
    """Write a certificate for the partner's name, with its key; return where."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "partner.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@contextmanager
def serving(folder: Path, **limits: Any) -> Iterator[Way]:
    """Serve a partner on loopback until the block ends."""
    path, partner, dialled = certificate(folder), Partner(), []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(partner))
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()

    def dial(ip: str) -> socket.socket:
        dialled.append(ip)
        return socket.create_connection(server.server_address[:2], timeout=5)

    door = WayOut(
        resolve=lambda host: [PUBLIC_IP],
        dial=dial,
        context=lambda: ssl.create_default_context(cafile=str(path)),
        **limits,
    )
    try:
        yield Way(partner, door, dialled)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def _handler(partner: Partner) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            partner.asked.append((self.path, dict(self.headers)))
            if partner.silent:
                threading.Event().wait(3)
                return
            self.send_response(partner.status)
            for name, value in partner.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(partner.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self._send_body()

        def _send_body(self) -> None:
            try:
                if not partner.drip_s:
                    self.wfile.write(partner.body)
                    return
                for byte in partner.body:
                    self.wfile.write(bytes([byte]))
                    threading.Event().wait(partner.drip_s)
            except OSError:
                return  # the reader has closed the connection, as it should

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    return Handler
