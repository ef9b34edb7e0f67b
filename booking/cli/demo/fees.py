"""What parents are asked for at the events of the demonstration."""

from dataclasses import dataclass

from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund


@dataclass(frozen=True)
class Fee:
    """What parents are asked for, and what the day costs in all, in pence."""

    kind: FeeKind = FeeKind.FREE
    parts: tuple[FeePart, ...] = ()

    def costs(self, places: int) -> tuple[tuple[str, int], ...]:
        """Return what the event costs.

        A charge is the cost, shared out; contributions are asked for knowing that some families
        will not give.
        """
        tenths = 10 if self.kind is FeeKind.CHARGE else 8
        return tuple(
            (part.label.capitalize(), part.pence * places * tenths // 10)
            for part in self.parts
            if part.fund is Fund.EVENTS
        )

    @property
    def pence(self) -> int:
        """Return the fee."""
        return sum(part.pence for part in self.parts)


def _small(speaker: int, materials: int, admin: int, cpd: int) -> tuple[FeePart, ...]:
    parts = (
        ("speaker", speaker, Fund.EVENTS),
        ("materials", materials, Fund.EVENTS),
        ("administration", admin, Fund.ADMIN),
        ("CPD fund", cpd, Fund.CPD),
    )
    return tuple(FeePart(label, pence, fund) for label, pence, fund in parts if pence)


CONTRIBUTION = Fee(FeeKind.VOLUNTARY_CONTRIBUTION, _small(340, 110, 90, 60))
SMALL = Fee(FeeKind.VOLUNTARY_CONTRIBUTION, _small(0, 250, 50, 100))
CHARGE = Fee(FeeKind.CHARGE, _small(700, 200, 0, 0))
BY_SCHOOL = Fee(FeeKind.PAID_BY_SCHOOL, _small(600, 200, 100, 0))
FREE = Fee()
