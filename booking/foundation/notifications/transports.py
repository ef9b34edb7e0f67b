"""Ways to send a mail: over SMTP, or printed if no mail server is set."""

import smtplib
import ssl
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Protocol
from urllib.parse import unquote, urlsplit

from werkzeug.http import parse_options_header

from booking.foundation import clock

TIMEOUT_S = 10


class CannotSend(RuntimeError):
    """The mail did not go out; it is tried again later."""


class RecipientRefused(RuntimeError):
    """The mail server refused this recipient for good; trying again would not help."""


@dataclass(frozen=True)
class Outgoing:
    """A mail as a transport needs it."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    #: name, type such as "text/calendar; method=PUBLISH", content
    attachment: tuple[str, str, bytes] | None = None


class Transport(Protocol):
    """Sends one mail, or raises CannotSend or RecipientRefused."""

    def send(self, mail: Outgoing) -> None:
        """Send it."""


def compose(mail: Outgoing) -> EmailMessage:
    """Return the mail as a message of two equivalent parts and its attachment."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = mail.sender, mail.recipient, mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2].rstrip(">"))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.attachment:
        name, kind, content = mail.attachment
        # For a calendar file, the parameter "method" says what it is for (RFC 6047).
        kind, parameters = parse_options_header(kind)
        main, _, rest = kind.partition("/")
        if main == "text":
            parameters.setdefault("charset", "utf-8")
        message.add_attachment(
            content, maintype=main, subtype=rest, filename=name, params=parameters
        )
    return message


class SmtpTransport:
    """SMTP: `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…`."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)

    def send(self, mail: Outgoing) -> None:
        """Send over a connection of its own."""
        try:
            with self._connect() as server:
                if self.parts.username:
                    server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
                server.send_message(compose(mail))
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            kind = RecipientRefused if all(code >= 500 for code in codes) else CannotSend
            raise kind(f"recipient refused with {codes}") from error
        except (smtplib.SMTPException, OSError) as error:
            # The server's words may quote the mail, so keep only the kind of error.
            raise CannotSend(type(error).__name__) from error

    def _connect(self) -> smtplib.SMTP:
        host = self.parts.hostname or "localhost"
        if self.parts.scheme == "smtps":
            return smtplib.SMTP_SSL(
                host,
                self.parts.port or 465,
                timeout=TIMEOUT_S,
                context=ssl.create_default_context(),
            )
        server = smtplib.SMTP(host, self.parts.port or 587, timeout=TIMEOUT_S)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        return server


class ConsoleTransport:
    """Prints each mail: what `make demo` and a first look use."""

    def send(self, mail: Outgoing) -> None:
        """Print the text part."""
        attached = f"\n[attached: {mail.attachment[0]}]" if mail.attachment else ""
        sys.stdout.write(
            f"\n--- mail to {mail.recipient}: {mail.subject}\n{mail.text}{attached}\n---\n"
        )
        sys.stdout.flush()


def transport(smtp_url: str) -> Transport:
    """Return the transport that the setting SMTP_URL asks for."""
    return SmtpTransport(smtp_url) if smtp_url else ConsoleTransport()
