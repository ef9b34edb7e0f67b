"""What a rule refuses. Each message is the sentence that the person reads."""


class PlaceRefused(Exception):
    """A rule of places says no, and nothing was changed."""


class EventNotOpen(PlaceRefused):
    """The event is not published, cancelled, or has begun."""


class WantsNothing(PlaceRefused):
    """A request for no places, or fewer."""


class TooManyWanted(PlaceRefused):
    """A request beyond anything that a school could mean."""


class MoreThanPupils(PlaceRefused):
    """A request for more places than the school has pupils of the right years: sure?"""


class LessThanHeld(PlaceRefused):
    """A request for fewer places than the school holds already."""


class YearsDoNotMeet(PlaceRefused):
    """The school has no pupils of the years that the event is for."""


class SchoolHasLeft(PlaceRefused):
    """The school is no longer in the network."""


class PlannedTogether(PlaceRefused):
    """The places are shared by a season plan, so no number is asked for."""


class NoRequest(PlaceRefused):
    """There is no request to withdraw."""


class AlreadyShared(PlaceRefused):
    """The places of the event have been shared already."""


class NotEnoughFree(PlaceRefused):
    """More places would be handed out than are free."""


class QuotaImpossible(PlaceRefused):
    """A quota that this event does not have, or that cannot be kept."""


class MoreNamesThanPlaces(PlaceRefused):
    """More pupils were chosen than the school holds places without a name."""


class NobodyChosen(PlaceRefused):
    """No pupil was chosen."""


class NamingClosed(PlaceRefused):
    """The date for naming pupils has passed."""


class NamingRefused(PlaceRefused):
    """A pupil cannot be named: another school's, outside the years, has left."""


class NamedAlready(PlaceRefused):
    """The pupil is named or a reserve at this event already."""


class ElsewhereThatDay(PlaceRefused):
    """The pupil has a place at another event on overlapping dates."""


class NotAReserve(PlaceRefused):
    """The booking is not on the reserve list any more."""


class NotSeated(PlaceRefused):
    """The booking holds no place that could be given on."""


class NothingToGiveBack(PlaceRefused):
    """The school has fewer places without a name than it wants to give back."""


class NobodyToWriteTo(PlaceRefused):
    """No parent of the pupil has an e-mail address."""


class OfferOver(PlaceRefused):
    """The offer was answered, withdrawn, or ran out of time."""


class NoPlaceFree(PlaceRefused):
    """A pupil whose place had lapsed cannot be seated again: none is free."""
