"""An event as the demonstration plans it: what is asked for it, its days, what the form says."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, islice

from sqlalchemy import select

from booking.days.events import service, shelf
from booking.days.events.models import Event, EventState, Sharing
from booking.domain import terms
from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.foundation.db import db, transaction
from booking.foundation.files import imports
from booking.foundation.files import service as files
from booking.foundation.files.details import FileFacts
from booking.foundation.files.models import FileAudience
from booking.people.schools.models import School
from booking.people.schools.scene import Scene, at, fitting_day, is_saturday_of_term

#: School days after publication, or as many days of term if there are no holidays.
REQUESTS_CLOSE = 10
#: School days before the first date.
RELEASE, NAMING_CLOSES = 22, 14
#: School days that an event needs at most between publication and its first date.
NEEDED = 34
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
        ("Teachers’ training", cpd, Fund.CPD),
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
    #: The minimum number of pupils; the day to decide is the one proposed.
    least: int | None = None
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
    """One plan on real days: it is held on school days or on Saturdays of term, and everything
    that has a deadline has it on a school day."""

    plan: EventScript
    #: Where the plan would put it.
    nominal: date
    days: tuple[date, ...]
    #: The day of publication; a draft has its deadlines too, as if it had one.
    published: date
    requests_close: date
    round_on: date
    release: date
    naming_closes: date

    def after(self, days: int) -> date:
        """Return a day after publication."""
        return self.published + timedelta(days=days)

    def before(self, days: int) -> date:
        """Return a day before the event, if it were where the plan would put it."""
        return self.nominal - timedelta(days=days)


def stage(
    plan: EventScript,
    today: date,
    calendar: terms.SchoolCalendar,
    *,
    published: date | None = None,
) -> Staged:
    """Find the days of a plan, counted from `today`; what is past stays past."""
    nominal = today + timedelta(days=plan.offset)
    days = _days(plan, nominal, calendar)
    lead = plan.lead or EventScript.lead
    published = published or min(
        fitting_day(calendar, nominal - timedelta(days=lead), back=True),
        _school_days_before(calendar, days[0], min(lead * 5 // 7, NEEDED)),
    )
    after = list(islice(terms.school_days_after(calendar, published), REQUESTS_CLOSE + 1))
    return Staged(
        plan,
        nominal,
        days,
        published,
        requests_close=after[-2],
        round_on=after[-1],
        release=_school_days_before(calendar, days[0], RELEASE),
        naming_closes=_school_days_before(calendar, days[0], min(NAMING_CLOSES, lead // 7)),
    )


def _days(plan: EventScript, nominal: date, calendar: terms.SchoolCalendar) -> tuple[date, ...]:
    """Return the days of a plan: one a week, but for weeks in which that day is closed."""
    fits = is_saturday_of_term if plan.saturday else terms.is_school_day
    first = fitting_day(calendar, nominal, saturday=plan.saturday, back=plan.offset < 0)
    weekly = (first + timedelta(weeks=week) for week in count())
    return tuple(islice((day for day in weekly if fits(calendar, day)), plan.weeks))


def _school_days_before(calendar: terms.SchoolCalendar, on: date, number: int) -> date:
    """Return the school day that is so many school days before a day."""
    before = (on - timedelta(days=days) for days in count(1))
    return next(islice((d for d in before if terms.is_school_day(calendar, d)), number - 1, None))


def details(staged: Staged, host: School) -> service.EventDetails:
    """Return the plan as the host's form has it."""
    plan, fee = staged.plan, staged.plan.fee
    starts, ends = plan.hours
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
        min_pupils=plan.least,
        dates=tuple(service.DateDetails(at(day, starts), at(day, ends)) for day in staged.days),
        requests_close_at=at(staged.requests_close, CLOSE_AT) if fair else None,
        release_at=at(staged.release, CLOSE_AT) if quotas else None,
        naming_close_at=at(staged.naming_closes, CLOSE_AT),
        fee_kind=fee.kind,
        fee_pence=fee.pence,
        fee_parts=fee.parts,
        cost_lines=tuple(service.CostDetails(label, pence) for label, pence in costs),
    )


#: What the next events have for those who come: label, name, text, audience, and whether it goes
#: with the invitation.
PAPERS = (
    (
        "Letter to parents",
        "letter.txt",
        "Dear parents and carers,\n\nthe day begins and ends at your child’s own school. A packed "
        "lunch, a drink and a coat are all that is needed.\n\nWe look forward to seeing them.",
        FileAudience.COMING,
        True,
    ),
    (
        "Timetable",
        "timetable.csv",
        "Time,What\n9:15,Welcome\n9:30,First task in mixed teams\n12:00,Lunch\n"
        "12:45,Second task\n14:30,What we found out\n",
        FileAudience.EVERYBODY,
        False,
    ),
    (
        "Risk assessment",
        "risks.csv",
        "What could happen,What we do\nA child is lost,Counted at each change of room\n"
        "A fall,First aid in the hall\n",
        FileAudience.DAY_STAFF,
        False,
    ),
)
#: How many events have them.
WITH_PAPERS = 3


def bring_files(scene: Scene, now: datetime) -> None:
    """Put files on the next events, as their hosts do."""
    coming = select(Event).where(Event.state == EventState.PUBLISHED, Event.first_starts_at > now)
    soonest = coming.order_by(Event.first_starts_at, Event.id).limit(WITH_PAPERS)
    with transaction():
        for event in db.session.scalars(soonest).all():
            host = scene.host_of(event.host_school.slug)
            for label, name, text, audience, with_invitation in PAPERS:
                files.attach(
                    actor=host,
                    now=now,
                    owner=shelf.of_event(event, actor=host),
                    upload=imports.read(name, text.encode()),
                    facts=FileFacts(label, audience, with_invitation),
                    quota_bytes=imports.BYTES_MAX,
                )
