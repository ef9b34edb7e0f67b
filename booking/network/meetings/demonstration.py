"""The demonstration's meetings: two past with minutes, one cancelled and one to come."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time

from booking.domain.permissions import Actor, Role
from booking.foundation.db import db, transaction
from booking.network.meetings import service
from booking.network.meetings.details import MeetingDetails, details_of
from booking.network.meetings.models import Answer, Meeting, MeetingKind
from booking.people.schools.scene import LEAD, Diary, Scene, at

COORDINATORS = frozenset({Role.COORDINATOR})


@dataclass(frozen=True)
class MeetingScript:
    """A meeting and when things happen to it, in days before today; the future is negative."""

    title: str
    kind: MeetingKind
    school: str
    notes: str
    called: int
    held: int
    hours: tuple[time, time]
    #: What share of those invited answer, and what share of these come, from 0 to 1.
    answer: float
    come: float = 0.85
    for_everybody: bool = False
    link: str = ""
    minutes: str = ""
    minutes_link: str = ""
    cancelled: tuple[int, str] | None = None
    #: When the lead moves the meeting, and where to.
    moved: tuple[int, str] | None = None


PLANS = (
    MeetingScript(
        "Termly meeting of coordinators",
        MeetingKind.COORDINATORS,
        "copperbeck",
        "1. The year’s events: who hosts what\n2. Fair rounds and quotas: what worked\n"
        "3. The CPD fund\n4. Any other business\n\nTea from 3:45pm. Please park behind the hall.",
        168,
        147,
        (time(16), time(17, 30)),
        0.95,
        minutes="Eighteen schools came.\n\nEvents: Copperbeck and Quillbury will host again; a "
        "second puzzle day is wanted for Years 3 and 4.\n\nFair rounds stay as they are. Nobody "
        "wants more than two places guaranteed.\n\nCPD: the treasurer showed where the money "
        "went. Bids are welcome while there is money left.\n\nNext meeting: a talk about the "
        "pupils we overlook.",
    ),
    MeetingScript(
        "Philosophy with children: an evening for every school",
        MeetingKind.TRAINING,
        "tindlebrook",
        "Dr Ottoline Marsh shows how to lead an enquiry with pupils of any age.\n\n"
        "Bring a picture book that made your pupils argue.",
        95,
        74,
        (time(17), time(19)),
        0.8,
        0.7,
        for_everybody=True,
        minutes="Thirty-one colleagues came. The recording and the slides are at the link below; "
        "Tindlebrook will lend its box of pictures.",
        minutes_link="https://library.fairplace.example/philosophy-with-children",
    ),
    MeetingScript(
        "Drop-in for new coordinators",
        MeetingKind.OTHER,
        "millrace",
        "An hour for questions, with the site open in front of us.",
        24,
        -13,
        (time(16), time(17)),
        0.5,
        cancelled=(3, "Only three people could come. We will telephone each of you instead."),
    ),
    MeetingScript(
        "Termly meeting: able and under-achieving",
        MeetingKind.COORDINATORS,
        "aldermere-upper",
        "1. Professor Idris Calloway: able and under-achieving (45 minutes)\n"
        "2. Dates for next year\n3. Who hosts what\n4. Any other business",
        9,
        -45,
        (time(16), time(17, 45)),
        0.6,
        link="https://meet.fairplace.example/termly-meeting",
        moved=(4, "Sixth-form lecture theatre, Aldermere Upper School, Weir Street, Aldermere"),
    ),
)


def put_into(scene: Scene, diary: Diary) -> None:
    """Put every meeting in the diary."""
    Meetings(scene).put_into(diary)


class Meetings:
    """The meetings, played out up to today."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.dice = scene, scene.dice("meetings")
        self.by_lead = scene.people[LEAD]
        self._ids: dict[str, int] = {}

    def put_into(self, diary: Diary) -> None:
        """Put everything that happens to the meetings in the diary."""
        for plan in PLANS:
            # What led to a past meeting is as much earlier as the meeting is.
            called = plan.called + self.held(plan) - plan.held if plan.held > 0 else plan.called
            self._put(diary, called, self._on(plan, self.call))
            self._put(diary, called - 2, self._on(plan, self.answer))
            if plan.moved is not None:
                self._put(diary, plan.moved[0], self._on(plan, self.move))
            if plan.cancelled is not None:
                self._put(diary, plan.cancelled[0], self._on(plan, self.cancel))
            if plan.minutes:
                self._put(diary, self.held(plan) - 3, self._on(plan, self.write_minutes))

    def held(self, plan: MeetingScript) -> int:
        """Return how many days before today a meeting is held: on a school day."""
        return (self.scene.today - self.scene.fitting(plan.held)).days

    def call(self, plan: MeetingScript, now: datetime) -> None:
        """Call the meeting, as the lead."""
        on = self.scene.fitting(plan.held)
        starts, ends = plan.hours
        with transaction():
            meeting = service.call(
                actor=self.by_lead,
                now=now,
                details=MeetingDetails(
                    kind=plan.kind,
                    title=plan.title,
                    starts_at=at(on, starts),
                    ends_at=at(on, ends),
                    host_school_id=self.scene.schools[plan.school].id,
                    link=plan.link,
                    notes=plan.notes,
                    for_everybody=plan.for_everybody,
                    roles=frozenset() if plan.for_everybody else COORDINATORS,
                ),
            )
            db.session.flush()
            self._ids[plan.title] = meeting.id

    def answer(self, plan: MeetingScript, now: datetime) -> None:
        """Answer for most guests; the first of the cast has still to answer."""
        with transaction():
            for actor in self._guests(plan)[1:]:
                if self.dice.random() < plan.answer:
                    said = Answer.COMING if self.dice.random() < plan.come else Answer.NOT_COMING
                    service.answer(actor=actor, now=now, meeting=self._row(plan), answer=said)

    def move(self, plan: MeetingScript, now: datetime) -> None:
        """Move the meeting to another place; everybody is told."""
        assert plan.moved is not None
        wanted = replace(details_of(self._row(plan)), venue=plan.moved[1])
        with transaction():
            service.change(actor=self.by_lead, now=now, meeting=self._row(plan), details=wanted)

    def cancel(self, plan: MeetingScript, now: datetime) -> None:
        """Cancel the meeting."""
        assert plan.cancelled is not None
        with transaction():
            service.cancel(
                actor=self.by_lead, now=now, meeting=self._row(plan), reason=plan.cancelled[1]
            )

    def write_minutes(self, plan: MeetingScript, now: datetime) -> None:
        """Write the minutes."""
        with transaction():
            service.keep_minutes(
                actor=self.by_lead,
                now=now,
                meeting=self._row(plan),
                text=plan.minutes,
                link=plan.minutes_link,
            )

    def _guests(self, plan: MeetingScript) -> list[Actor]:
        people = self.scene.people.values()
        return [a for a in people if plan.for_everybody or a.has(Role.COORDINATOR)]

    def _row(self, plan: MeetingScript) -> Meeting:
        return db.session.get_one(Meeting, self._ids[plan.title])

    def _put(self, diary: Diary, days: int, act: Callable[[datetime], None]) -> None:
        diary.put(self.scene.day(days, time(12)), act)

    def _on(
        self, plan: MeetingScript, act: Callable[[MeetingScript, datetime], None]
    ) -> Callable[[datetime], None]:
        return lambda now: act(plan, now)
