"""Why something in the ledger is not undone; str() is the sentence for the person."""


class NotUndoable(ValueError):
    """Something else has to be undone first; the message says what."""


class AlreadyUndone(NotUndoable):
    """Somebody has undone this already; nothing was written."""


class AlreadyAsked(ValueError):
    """The same thing waits for its decision."""


class NobodyToDecide(ValueError):
    """The network has no second person for this."""


class AnswerMissing(ValueError):
    """A refusal needs a reason."""


class CannotMatch(ValueError):
    """A bank line cannot be matched with this; the message says why. Nothing was written."""
