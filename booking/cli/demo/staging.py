"""A plan with its dates: when it is written, published, held, and what the host's form says."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from booking.cli.demo.calendar import at, fitting_day
from booking.cli.demo.programme import Plan
from booking.days.events import service as events
from booking.days.events.models import Sharing
from booking.domain.terms import SchoolCalendar
from booking.people.schools.models import School

#: Days after publication.
REQUESTS_CLOSE, ROUND, NAMING = 14, 16, 18
#: Days before the first date.
RELEASE, NAMING_CLOSES = 30, 20
CLOSE_AT = time(16, 0)


@dataclass(frozen=True)
class Staged:
    """One plan on real days."""

    plan: Plan
    host: School
    #: Where the plan would put it; deadlines count from here.
    nominal: date
    #: Where it is held: school days, or Saturdays.
    days: tuple[date, ...]

    @property
    def published(self) -> date:
        """The day of publication; a draft has its deadlines too, as if it had one."""
        return self.nominal - timedelta(days=self.plan.lead or Plan.lead)

    def after(self, days: int) -> date:
        """Return a day after publication."""
        return self.published + timedelta(days=days)

    def before(self, days: int) -> date:
        """Return a day before the event."""
        return self.nominal - timedelta(days=days)


def stage(plan: Plan, host: School, today: date, calendar: SchoolCalendar) -> Staged:
    """Find the days of a plan, counted from `today`."""
    nominal = first = today + timedelta(days=plan.offset)
    if plan.offset or plan.saturday:
        first = fitting_day(calendar, nominal, saturday=plan.saturday)
    days = tuple(first + timedelta(weeks=week) for week in range(plan.weeks))
    return Staged(plan, host, nominal, days)


def details(staged: Staged) -> events.EventDetails:
    """Return the plan as the host's form has it."""
    plan, fee, host = staged.plan, staged.plan.fee, staged.host
    starts, ends = plan.hours
    lead = plan.lead or Plan.lead
    fair, quotas = plan.sharing is Sharing.FAIR_ROUND, plan.sharing is Sharing.SET_QUOTAS
    costs = fee.costs(plan.places)
    return events.EventDetails(
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
        dates=tuple(events.DateDetails(at(day, starts), at(day, ends)) for day in staged.days),
        requests_close_at=at(staged.after(REQUESTS_CLOSE), CLOSE_AT) if fair else None,
        release_at=at(staged.before(RELEASE), CLOSE_AT) if quotas else None,
        naming_close_at=at(staged.before(min(NAMING_CLOSES, max(lead // 5, 1))), CLOSE_AT),
        fee_kind=fee.kind,
        fee_pence=fee.pence,
        fee_parts=fee.parts,
        cost_lines=tuple(events.CostDetails(label, pence) for label, pence in costs),
    )
