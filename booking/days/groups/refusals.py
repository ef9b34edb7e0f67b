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
