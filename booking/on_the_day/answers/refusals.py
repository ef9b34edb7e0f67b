"""Why a service refuses."""


class ContactRefused(ValueError):
    """Whom to ring cannot be shown like this."""


class ContactReasonMissing(ContactRefused):
    """Nobody said why the number is needed."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(f"Say in {least} to {most} characters why you need the number.")


class NotTheDay(ContactRefused):
    """The event is not today, or the pupil is not expected."""

    def __init__(self) -> None:
        super().__init__(
            "The number is shown only on a day of the event, for a pupil who is there."
        )


class ChangedAgain(ValueError):
    """What somebody says they have seen is not all that has changed by now."""

    def __init__(self) -> None:
        super().__init__(
            "The family has changed something again since you opened this page. Please look again."
        )
