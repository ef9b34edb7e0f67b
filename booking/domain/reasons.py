"""Some decisions are given a reason: people are told why, or read it years later."""


class ReasonMissing(ValueError):
    """No reason was given; the message says who will want to know it."""
