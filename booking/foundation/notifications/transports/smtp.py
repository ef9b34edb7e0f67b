"""Carries mail to a mail server: many over one connection, which is opened again when it breaks."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from threading import Timer

from booking.foundation.notifications.transports.mail_servers import Encryption, MailServer
from booking.foundation.notifications.transports.outgoing import Outgoing, compose, returned_to
from booking.foundation.notifications.transports.port import (
    CannotSend,
    LoginRefused,
    RecipientRefused,
    ServerAway,
)

#: How long a server may take to be reached and for each answer before the first mail.
OPENING_S = 10
#: How long it may take for an answer about a mail. Many look through a mail before they take it,
#: and one that was left alone too early sends it all the same.
ANSWER_S = 30
#: How long one mail may take in all, however slowly the server drips its answers.
SENDING_S = 120
#: Refusals for good that say nothing about the address: our command, our login, our size.
ABOUT_US = {500, 501, 502, 503, 504, 530, 534, 535, 538, 552}
#: The same in the server's more exact words (RFC 3463): mailbox full, its system, our protocol, its
#: rules. Whoever broke a rule of the server may be ourselves.
ABOUT_US_EXACTLY = (b"5.2.2", b"5.3.", b"5.5.", b"5.7.")
SERVICE_CLOSING = 421


class _LeaveTaken(RuntimeError):
    """The server took its leave before it heard of the mail."""


class SmtpTransport:
    """Speaks SMTP with one mail server."""

    def __init__(self, server: MailServer, *, we_are: str = "") -> None:
        self._server = server
        #: What we call ourselves when we say hello (EHLO); "" leaves it to the machine.
        self._name = we_are or None
        self._session: smtplib.SMTP | None = None
        #: How many mails the present connection has carried.
        self._carried = 0

    def ready(self) -> None:
        """Have a connection that answers: the one there is, or a new one."""
        if self._session is None or not _answers(self._session):
            self.close()
            self._session, self._carried = self._open(), 0

    def send(self, mail: Outgoing) -> None:
        """Send a mail. A refusal leaves the connection fit for the next one."""
        message = compose(mail)
        session = self._connected()
        try:
            self._hand_over(session, message, mail)
        except _LeaveTaken:
            # Many servers take so many mails over one connection; the next one begins at zero.
            self._hand_over(self._connected(), message, mail)

    def _hand_over(self, session: smtplib.SMTP, message: EmailMessage, mail: Outgoing) -> None:
        try:
            with _no_longer_than(SENDING_S, session):
                session.send_message(
                    message, from_addr=returned_to(mail), to_addrs=[mail.recipient]
                )
        except smtplib.SMTPRecipientsRefused as error:
            [(code, words)] = error.recipients.values()
            raise _about_recipient(code, words) from error
        except smtplib.SMTPSenderRefused as error:
            if error.smtp_code == SERVICE_CLOSING and self._carried:
                raise _LeaveTaken from error
            raise ServerAway(f"the mail server refused our sender ({error.smtp_code})") from error
        except smtplib.SMTPDataError as error:
            raise _about_mail(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            reason = "the mail server cannot write to an address with such letters"
            raise RecipientRefused(reason) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise _away(error) from error
        except BaseException:
            self.close()
            raise
        self._carried += 1

    def close(self) -> None:
        """Hang up; say goodbye only to a server that is there."""
        session, self._session = self._session, None
        if session is not None and session.sock is not None:
            session.sock.settimeout(1)
            try:
                session.quit()
            except (smtplib.SMTPException, OSError):
                session.close()

    def _connected(self) -> smtplib.SMTP:
        # A server that takes its leave with 421 has closed the connection already.
        if self._session is None or self._session.sock is None:
            self.ready()
        assert self._session is not None
        return self._session

    def _open(self) -> smtplib.SMTP:
        try:
            session = self._reach()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _away(error) from error
        try:
            self._introduce(session)
        except smtplib.SMTPAuthenticationError as error:
            session.close()
            reason = f"the mail server refused our user name or password ({error.smtp_code})"
            raise LoginRefused(reason) from error
        except (smtplib.SMTPException, OSError) as error:
            session.close()
            raise _away(error) from error
        except BaseException:
            session.close()
            raise
        assert session.sock is not None
        session.sock.settimeout(ANSWER_S)
        return session

    def _reach(self) -> smtplib.SMTP:
        server = self._server
        if server.encryption is Encryption.ALWAYS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(
                server.host, server.port, self._name, timeout=OPENING_S, context=context
            )
        return smtplib.SMTP(server.host, server.port, self._name, timeout=OPENING_S)

    def _introduce(self, session: smtplib.SMTP) -> None:
        session.ehlo_or_helo_if_needed()
        if self._server.encryption is not Encryption.ALWAYS:
            if session.has_extn("starttls"):
                session.starttls(context=ssl.create_default_context())
            elif self._server.encryption is Encryption.REQUIRED:
                # Private links must not travel in clear because somebody stripped the offer.
                raise ServerAway("the mail server offers no encryption (STARTTLS)")
        if self._server.user:
            session.login(self._server.user, self._server.password)


def _answers(session: smtplib.SMTP) -> bool:
    try:
        code, _words = session.noop()
    except (smtplib.SMTPException, OSError):
        return False
    return code < 400


@contextmanager
def _no_longer_than(seconds: float, session: smtplib.SMTP) -> Iterator[None]:
    """Hang up after so many seconds: a time-out for each answer does not end a dripping one."""
    line = session.sock
    assert line is not None

    def hang_up() -> None:
        # The plain socket's own way: that of TLS would pull the ground from under the reader.
        with suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _away(error: Exception) -> ServerAway:
    if isinstance(error, smtplib.SMTPResponseException):
        return ServerAway(f"the mail server wants no mail now ({error.smtp_code})")
    # smtplib says that a line was closed when it was silence that ended it.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return ServerAway("the mail server did not answer in time")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return ServerAway("the mail server closed the connection")
    return ServerAway(f"the mail server cannot be reached ({type(error).__name__})")


def _about_recipient(code: int, words: bytes) -> CannotSend | RecipientRefused:
    if code >= 500 and code not in ABOUT_US and not words.startswith(ABOUT_US_EXACTLY):
        return RecipientRefused(f"the mail server refused the address ({code})")
    return _about_mail(code, words)


def _about_mail(code: int, words: bytes | str) -> CannotSend | RecipientRefused:
    if code == SERVICE_CLOSING:
        return ServerAway(f"the mail server wants no mail now ({code})")
    if code < 500:
        return CannotSend(f"the mail server put the mail off ({code})")
    # Some servers look at the address only when they have the mail: 5.1.1, no such mailbox.
    if isinstance(words, bytes) and words.startswith(b"5.1."):
        return RecipientRefused(f"the mail server refused the address ({code})")
    return CannotSend(f"the mail server did not take this mail ({code})")
