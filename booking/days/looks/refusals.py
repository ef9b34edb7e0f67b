"""Why the lead cannot be asked, or cannot give a draft back."""


class NoLookNeeded(ValueError):
    """The person may publish the event without the lead's look."""


class NotWithLead(ValueError):
    """The draft does not wait for the lead: withdrawn, given back or published meanwhile."""
