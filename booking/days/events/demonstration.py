"""An event as the demonstration plans it: what is asked for it, its days, what the form says."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from booking.days.events import service
from booking.days.events.models import Sharing
from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.terms import SchoolCalendar
from booking.people.schools.models import School
from booking.people.schools.scene import at, fitting_day

#: Days after publication.
REQUESTS_CLOSE, ROUND, NAMING = 14, 16, 18
#: Days before the first date.
RELEASE, NAMING_CLOSES = 30, 20
CLOSE_AT = time(16, 0)


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


@dataclass(frozen=True)
class EventScript:
    """One event of the demonstration."""

    title: str
    theme: str
    host: str
    #: Days from today to its first date, before it is moved to a day that fits.
    offset: int
    years: tuple[int, int]
    places: int
    concept: str
    impact: str
    led_by: str
    fee: Fee = FREE
    sharing: Sharing = Sharing.FAIR_ROUND
    basis: Basis = Basis.EQUAL_SHARES
    guarantee: int = 0
    cap: int | None = None
    #: Days before the first date on which it is published; 0 leaves it a draft.
    lead: int = 70
    hours: tuple[time, time] = (time(9, 15), time(14, 45))
    #: One date a week, so many.
    weeks: int = 1
    saturday: bool = False
    #: Days before the first date on which it is cancelled; 0: never.
    cancelled: int = 0
    bring: str = "A packed lunch, water, and clothes that may get dirty."


@dataclass(frozen=True)
class Staged:
    """One plan on real days."""

    plan: EventScript
    host: School
    #: Where the plan would put it; deadlines count from here.
    nominal: date
    #: Where it is held: school days, or Saturdays.
    days: tuple[date, ...]

    @property
    def published(self) -> date:
        """The day of publication; a draft has its deadlines too, as if it had one."""
        return self.nominal - timedelta(days=self.plan.lead or EventScript.lead)

    def after(self, days: int) -> date:
        """Return a day after publication."""
        return self.published + timedelta(days=days)

    def before(self, days: int) -> date:
        """Return a day before the event."""
        return self.nominal - timedelta(days=days)


def stage(plan: EventScript, host: School, today: date, calendar: SchoolCalendar) -> Staged:
    """Find the days of a plan, counted from `today`."""
    nominal = first = today + timedelta(days=plan.offset)
    if plan.offset or plan.saturday:
        first = fitting_day(calendar, nominal, saturday=plan.saturday)
    days = tuple(first + timedelta(weeks=week) for week in range(plan.weeks))
    return Staged(plan, host, nominal, days)


def details(staged: Staged) -> service.EventDetails:
    """Return the plan as the host's form has it."""
    plan, fee, host = staged.plan, staged.plan.fee, staged.host
    starts, ends = plan.hours
    lead = plan.lead or EventScript.lead
    fair, quotas = plan.sharing is Sharing.FAIR_ROUND, plan.sharing is Sharing.SET_QUOTAS
    costs = fee.costs(plan.places)
    return service.EventDetails(
        title=plan.title,
        host_school_id=host.id,
        theme=plan.theme,
        concept=plan.concept,
        intended_impact=plan.impact,
        led_by=plan.led_by,
        venue=host.name,
        venue_address=f"{host.address}, {host.town} {host.postcode}",
        contact_name="The school office",
        contact_phone=host.office_phone,
        practicalities=f"Bring: {plan.bring}",
        low_year=plan.years[0],
        high_year=plan.years[1],
        places=plan.places,
        sharing=plan.sharing,
        basis=plan.basis,
        guarantee=plan.guarantee,
        cap_per_school=plan.cap,
        dates=tuple(service.DateDetails(at(day, starts), at(day, ends)) for day in staged.days),
        requests_close_at=at(staged.after(REQUESTS_CLOSE), CLOSE_AT) if fair else None,
        release_at=at(staged.before(RELEASE), CLOSE_AT) if quotas else None,
        naming_close_at=at(staged.before(min(NAMING_CLOSES, max(lead // 5, 1))), CLOSE_AT),
        fee_kind=fee.kind,
        fee_pence=fee.pence,
        fee_parts=fee.parts,
        cost_lines=tuple(service.CostDetails(label, pence) for label, pence in costs),
    )
