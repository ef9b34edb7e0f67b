"""Why an event cannot be said to go ahead."""


class NothingToDecide(ValueError):
    """The event has pupils enough, has begun, or its day for deciding is not near."""
