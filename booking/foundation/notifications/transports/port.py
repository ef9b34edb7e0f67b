"""What carries mail, and why it could not."""

from typing import Protocol

from booking.foundation.notifications.transports.outgoing import Outgoing


class CannotSend(RuntimeError):
    """The mail did not go out; it is tried again later."""


class ServerAway(CannotSend):
    """The mail server did not answer, or wants no mail from us: any other mail would fare alike."""


class LoginRefused(ServerAway):
    """The mail server refused our user name or password; asking again at once would not help."""


class RecipientRefused(RuntimeError):
    """The mail server refused this recipient for good; trying again would not help."""


class Transport(Protocol):
    """Carries one mail after another, until it is closed.

    The words of its errors are shown to the people who look after the mail. They never quote the
    server, whose answer may repeat the mail.
    """

    def ready(self) -> None:
        """Have a server that answers. Raises ServerAway or LoginRefused."""

    def send(self, mail: Outgoing) -> None:
        """Send a mail. Raises CannotSend, ServerAway or RecipientRefused."""

    def close(self) -> None:
        """Let go of the server; the next mail looks for it again."""
