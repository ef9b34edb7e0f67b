"""Why the outbox refuses."""


class OutboxRefused(Exception):
    """Nothing was sent again; the message says why."""


class NothingToSend(OutboxRefused):
    """The mail has gone out, or its text is no longer there."""

    def __str__(self) -> str:
        """Say what to do."""
        return (
            "This mail has been sent, or its text has been deleted because it was no longer worth "
            "sending."
        )
