"""Why a service refuses."""


class IncidentRefused(ValueError):
    """This cannot be written down like this."""


class TwoSchools(IncidentRefused):
    """The pupils belong to different schools."""

    def __init__(self) -> None:
        super().__init__(
            "These pupils belong to different schools. Write one note for each school, without the "
            "names of the others: each school reads only about its own pupils."
        )


class NotAtTheEvent(IncidentRefused):
    """A pupil has no place at the event."""

    def __init__(self) -> None:
        super().__init__("This pupil is not expected at the event.")


class NoPupilChosen(IncidentRefused):
    """A school writes down what happened to its own pupils, and chose none."""

    def __init__(self) -> None:
        super().__init__("Choose the pupil.")


class NotThen(IncidentRefused):
    """It is said to have happened before the event or in time to come."""

    def __init__(self) -> None:
        super().__init__("Enter a time on a day of the event, not in the future.")


class NothingWritten(IncidentRefused):
    """Nothing was written."""

    def __init__(self, words: str = "Write what happened.") -> None:
        super().__init__(words)


class TooLateToChange(IncidentRefused):
    """The note is no longer to be changed."""

    def __init__(self) -> None:
        super().__init__("This note can no longer be changed. Add to it instead.")


class IncidentClosed(IncidentRefused):
    """Somebody has closed it."""

    def __init__(self) -> None:
        super().__init__("Somebody has closed this incident in the meantime.")


class AlreadyMissing(IncidentRefused):
    """The search for this pupil has begun."""

    def __init__(self, public_id: str) -> None:
        super().__init__("Somebody has already begun the search. Its steps are here.")
        self.public_id = public_id


class AlreadyExplained(IncidentRefused):
    """Somebody has begun to explain the numbers of this date."""

    def __init__(self, public_id: str) -> None:
        super().__init__("Somebody has already begun to explain these numbers. Add to it here.")
        self.public_id = public_id


class NoDifference(IncidentRefused):
    """There is nothing to explain."""

    def __init__(self) -> None:
        super().__init__("The numbers agree, so there is nothing to explain.")


class Settled(IncidentRefused):
    """Somebody else has explained where the pupil is."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody has found out about this pupil in the meantime. Please look again."
        )
