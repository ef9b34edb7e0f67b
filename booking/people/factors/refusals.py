"""Why a second factor is refused, in sentences for whoever signs in or sets one up."""


class FactorRefused(ValueError):
    """It cannot be added, removed or used like this; the message says why."""


class NotProved(FactorRefused):
    """What was shown as a second factor is not right, or was used before."""


class LastFactor(FactorRefused):
    """Somebody whose role needs a second factor would have none."""


class LastWayIn(FactorRefused):
    """Without it, the person could not sign in at all."""
