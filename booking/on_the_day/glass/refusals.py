"""Why the glass stays shut."""

from booking.on_the_day.glass.details import REASON_MAX, REASON_MIN


class GlassReasonMissing(ValueError):
    """Nobody said why they must see the pupils."""

    def __init__(self) -> None:
        super().__init__(
            f"Say in {REASON_MIN} to {REASON_MAX} characters why you must see these pupils."
        )
