"""A mail as it leaves the house."""

from dataclasses import dataclass
from email.headerregistry import HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime, parseaddr

from werkzeug.http import parse_options_header

from booking.foundation import clock


class _OneLine:
    """A header that is not folded: an address that was cut in two would open nothing."""

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it is sent."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


class _AddressHeader(_OneLine, UniqueUnstructuredHeader):
    """The header with the address at which mail is stopped."""


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _AddressHeader)  # type: ignore[arg-type]
POLICY = EmailPolicy(header_factory=_HEADERS)


@dataclass(frozen=True)
class Outgoing:
    """A mail as a transport needs it."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str
    #: The same at each try, so that whoever gets it twice sees it once.
    message_id: str
    #: Whom an answer reaches; "" leaves it to the sender's address.
    reply_to: str = ""
    #: Where a mail server returns it if it cannot deliver it; "" is the sender's address.
    returns_to: str = ""
    #: Where its reader may stop such mail with one click; "" if it cannot be stopped.
    stop_url: str = ""
    #: name, type such as "text/calendar; method=PUBLISH", content
    attachment: tuple[str, str, bytes] | None = None
    #: The same of each kept file that goes with it.
    files: tuple[tuple[str, str, bytes], ...] = ()


def returned_to(mail: Outgoing) -> str:
    """Return the bare address to which mail servers return a mail (its Return-Path)."""
    return mail.returns_to or parseaddr(mail.sender)[1]


def compose(mail: Outgoing) -> EmailMessage:
    """Return the mail as a message of two equivalent parts and what is attached."""
    message = EmailMessage(POLICY)
    message["From"], message["To"], message["Subject"] = mail.sender, mail.recipient, mail.subject
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    # Exchange answers "I am on holiday" to mail that only says the former (RFC 3834).
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if mail.stop_url:
        message["List-Unsubscribe"] = f"<{mail.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for name, written, content in (*([mail.attachment] if mail.attachment else []), *mail.files):
        # For a calendar file, the parameter "method" says what it is for (RFC 6047).
        kind, parameters = parse_options_header(written)
        main, _, rest = kind.partition("/")
        if main == "text":
            parameters.setdefault("charset", "utf-8")
        message.add_attachment(
            content, maintype=main, subtype=rest, filename=name, params=parameters
        )
    return message
