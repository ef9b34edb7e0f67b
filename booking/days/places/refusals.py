"""What a rule refuses. Each message is the sentence that the person reads."""


class PlaceRefused(Exception):
    """A rule about places forbids it, and nothing was changed."""


class EventNotOpen(PlaceRefused):
    """The event is not published, cancelled, or has begun."""


class WantsNothing(PlaceRefused):
    """A request for no places, or fewer."""


class TooManyWanted(PlaceRefused):
    """A request for more than any school could mean."""


class MoreThanPupils(PlaceRefused):
    """A request for more places than the school has pupils in the right years, to be confirmed."""


class LessThanHeld(PlaceRefused):
    """A request for fewer places than the school already holds."""


class YearsDoNotMeet(PlaceRefused):
    """The school has no pupils in the years that the event is for."""


class SchoolHasLeft(PlaceRefused):
    """The school is no longer in the network."""


class PlannedTogether(PlaceRefused):
    """The places are shared by a season plan, so no number is asked for."""


class NotAwaited(PlaceRefused):
    """The family's reply is not waited for any more."""


class AskedByMail(PlaceRefused):
    """A mail with a private link went out, so the family was not asked on paper alone."""


class NoRequest(PlaceRefused):
    """There is no request to withdraw."""


class AlreadyShared(PlaceRefused):
    """The places of the event have already been shared."""


class NotEnoughFree(PlaceRefused):
    """More places would be handed out than are free."""


class QuotaImpossible(PlaceRefused):
    """A quota at an event without quotas, or one that cannot be kept."""


class MoreNamesThanPlaces(PlaceRefused):
    """More pupils were chosen than the school has places without a name."""


class NobodyChosen(PlaceRefused):
    """No pupil was chosen."""


class NamingClosed(PlaceRefused):
    """The date for naming pupils has passed."""


class NamingRefused(PlaceRefused):
    """A pupil cannot be named: another school's, outside the years, has left."""


class PupilRestricted(NamingRefused):
    """What is held of the pupil is only kept, so nothing new is done in their name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is restricted: what you hold is kept, and nothing new is done with it. The "
            "pupil’s page says why, and how to lift the restriction."
        )


class NamedAlready(PlaceRefused):
    """The pupil already has a place, or is a reserve, at this event."""


class ElsewhereThatDay(PlaceRefused):
    """The pupil has a place at another event on overlapping dates."""


class NotAReserve(PlaceRefused):
    """The booking is no longer on the reserve list."""


class NotSeated(PlaceRefused):
    """The booking has no place that could be passed on."""


class NothingToGiveBack(PlaceRefused):
    """The school has fewer places without a name than it wants to give back."""


class NobodyToWriteTo(PlaceRefused):
    """No parent of the pupil has an e-mail address."""


class OfferOver(PlaceRefused):
    """The offer was answered, withdrawn, or has expired."""


class NoPlaceFree(PlaceRefused):
    """A pupil whose place has lapsed cannot have one again, because none is free."""


class StillComing(PlaceRefused):
    """The pupil is named for an event that is not over."""

    def __init__(self) -> None:
        super().__init__(
            "The pupil is still named for an event that is not over. Give that place back first."
        )
