"""What a rule refuses. Each message is the sentence that the person reads."""


class Refused(Exception):
    """A rule of places says no, and nothing was changed."""


class EventNotOpen(Refused):
    """The event is not published, cancelled, or has begun."""


class WantsNothing(Refused):
    """A request for no places, or fewer."""


class TooManyWanted(Refused):
    """A request beyond anything that a school could mean."""


class MoreThanPupils(Refused):
    """A request for more places than the school has pupils of the right years: sure?"""


class LessThanHeld(Refused):
    """A request for fewer places than the school holds already."""


class YearsDoNotMeet(Refused):
    """The school has no pupils of the years that the event is for."""


class SchoolHasLeft(Refused):
    """The school is no longer in the network."""


class PlannedTogether(Refused):
    """The places are shared by a season plan, so no number is asked for."""


class NoRequest(Refused):
    """There is no request to withdraw."""


class AlreadyShared(Refused):
    """The places of the event have been shared already."""


class NotEnoughFree(Refused):
    """More places would be handed out than are free."""


class QuotaRefused(Refused):
    """A quota that this event does not have, or that cannot be kept."""


class MoreNamesThanPlaces(Refused):
    """More pupils were chosen than the school holds places without a name."""


class NobodyChosen(Refused):
    """No pupil was chosen."""


class NamingClosed(Refused):
    """The date for naming pupils has passed."""


class PupilRefused(Refused):
    """A pupil cannot be named: another school's, outside the years, has left."""


class NamedAlready(Refused):
    """The pupil is named or a reserve at this event already."""


class ElsewhereThatDay(Refused):
    """The pupil has a place at another event on overlapping dates."""


class NotAReserve(Refused):
    """The booking is not on the reserve list any more."""


class NotSeated(Refused):
    """The booking holds no place that could be given on."""


class NothingToGiveBack(Refused):
    """The school has fewer places without a name than it wants to give back."""


class NobodyToWriteTo(Refused):
    """No parent of the pupil has an e-mail address."""


class OfferOver(Refused):
    """The offer was answered, withdrawn, or ran out of time."""


class NoPlaceFree(Refused):
    """A pupil whose place had lapsed cannot be seated again: none is free."""


class TooFewPlaces(Refused):
    """An event cannot have fewer places than schools hold."""
