"""Prints each mail: what `make demo` and a first look use."""

import sys

from booking.foundation.notifications.transports.outgoing import Outgoing


class ConsoleTransport:
    """Carries mail no further than the screen."""

    def ready(self) -> None:
        """Do nothing: the screen is always there."""

    def send(self, mail: Outgoing) -> None:
        """Print the text part."""
        names = [name for name, _, _ in (*filter(None, [mail.attachment]), *mail.files)]
        attached = f"\n[attached: {', '.join(names)}]" if names else ""
        sys.stdout.write(
            f"\n--- mail to {mail.recipient}: {mail.subject}\n{mail.text}{attached}\n---\n"
        )
        sys.stdout.flush()

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
