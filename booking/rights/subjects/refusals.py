"""Why somebody is not erased now: what is wrong, and what to do first."""


class NotErased(Exception):
    """Somebody cannot be erased now; its message says what to do first."""


class AlreadyErased(NotErased):
    """Somebody else was quicker, or the form was sent again."""

    def __init__(self) -> None:
        super().__init__("This has been erased already.")


class EventBegun(NotErased):
    """The pupil is at an event just now."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” has begun, and its host needs to know who is there. Come back when it is "
            "over."
        )


class HandBackFirst(NotErased):
    """Somebody has to know to whom cash goes back."""

    def __init__(self) -> None:
        super().__init__(
            "The family paid for a coming place at school. Withdraw the pupil and hand the "
            "money back first."
        )


class IncidentIsOpen(NotErased):
    """Whatever an open incident is about is still needed."""

    def __init__(self) -> None:
        super().__init__("An incident of the pupil is open. Close it first.")


class KeptForClaim(NotErased):
    """They need what is held for a legal claim, and asked for it to be kept."""

    def __init__(self) -> None:
        super().__init__(
            "They asked for everything to be kept for a legal claim. Lift the restriction first."
        )


class MoneyOnItsWay(NotErased):
    """A payment or a refund needs to know whose it is."""

    def __init__(self) -> None:
        super().__init__(
            "A payment or a refund of the family is on its way, or has to be explained. Come back "
            "when it has arrived."
        )


class RolesFirst(NotErased):
    """Whoever has something to do here is needed under their name."""

    def __init__(self) -> None:
        super().__init__(
            "You still have a role. Hand it over, or ask the network lead to end it, and come back."
        )


class StillTravels(NotErased):
    """A school's adult is on the roster of an event that is not over."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"They are to come along to “{title}”, and its host has to know whom to ring. Remove "
            "them from its roster first, or come back when it is over."
        )
