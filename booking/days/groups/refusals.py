"""Why groups cannot be changed like this."""


class GroupsRefused(ValueError):
    """The groups cannot be changed like this."""


class NoNumber(GroupsRefused):
    """Nobody has said how many groups there are to be."""

    def __init__(self) -> None:
        super().__init__("Say how many groups, or how many pupils in each.")


class TooManyGroups(GroupsRefused):
    """There would be more groups than anybody could keep apart."""


class SameName(GroupsRefused):
    """Two groups would have the same name."""


class ChangedSince(GroupsRefused):
    """Somebody has changed the groups since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "The groups have been changed since you opened the page. Here is how they are now."
        )


class NothingToTakeBack(GroupsRefused):
    """There is no change to take back."""

    def __init__(self) -> None:
        super().__init__("There is no change to take back.")


class NotYetOrOver(GroupsRefused):
    """Groups are made for a published event."""


class WorkshopsRefused(ValueError):
    """The workshops cannot be changed like this."""


class WorkshopsFixed(WorkshopsRefused):
    """What families have chosen from, or been told, can no longer change like this."""


class TooFewPlaces(WorkshopsRefused):
    """More pupils are at a workshop than it would have places."""

    field = "places"


class ClosesTooLate(WorkshopsRefused):
    """Families could choose until after the event has begun, or only in the past."""

    field = "closes_at"


class ChoosingIsOver(WorkshopsRefused):
    """The time to choose is over, or has not begun."""


class NoPlaceHere(WorkshopsRefused):
    """The pupil has no place at the event."""

    def __init__(self) -> None:
        super().__init__("This pupil does not have a place at the event.")


class WishTwice(WorkshopsRefused):
    """A workshop was chosen twice, or is at another time."""

    def __init__(self) -> None:
        super().__init__("Choose each workshop once, and leave what you do not want empty.")


class NotClosedYet(WorkshopsRefused):
    """Families can still choose."""


class SharedAlready(WorkshopsRefused):
    """The workshops have been shared out, which happens once."""

    def __init__(self) -> None:
        super().__init__("The workshops have been shared out already.")


class WishesChanged(WorkshopsRefused):
    """What was looked at is no longer what would come out."""

    def __init__(self) -> None:
        super().__init__(
            "Something has changed since you opened the page: a pupil has come or gone, or a "
            "workshop was changed. Look at it again, then share out."
        )


class WorkshopFull(WorkshopsRefused):
    """There is no place left."""
