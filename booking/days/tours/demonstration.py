"""The demonstration's tour: two stops past, one to come, one not published yet, one asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from booking.days.events import service as events
from booking.days.places import service as places
from booking.days.tours import service
from booking.days.tours.details import KitDetails, StopWish, TourDetails
from booking.days.tours.models import Kit, KitState, Tour, TourStop
from booking.foundation.db import db, transaction
from booking.people.pupils import queries as pupil_queries
from booking.people.schools.models import School
from booking.people.schools.scene import Diary, Scene, at

LEADING = "aldermere-upper"
BEGUN, ASKED, AGREED, PUBLISHED, CHOSEN, NAMED = 60, 56, 54, 52, 50, 2
LEADERS, PUPILS = 4, 12
YEARS = (4, 6)
KIT = "The evacuees’ suitcase"
CONTENTS = "1 suitcase, 1940\n30 ration books (copies)\n8 gas-mask boxes\n1 wind-up radio"
CONCEPT = (
    "It is September 1939, and you may take one suitcase. Pupils unpack a real one, ask its things "
    "whose they were, and write home.\n\nSixth-formers lead the tables; every group keeps a diary."
)


@dataclass(frozen=True)
class StopScript:
    """A school, and how many days before today it is visited; to come is negative."""

    school: str
    day: int
    starts: time
    published: bool = True
    agreed: bool = True


STOPS = (
    StopScript("tindlebrook", 13, time(10)),
    StopScript("beacon-ridge", 4, time(13, 15)),
    StopScript("larkspur-hill", -14, time(10)),
    StopScript("saltwillow", -21, time(13, 15), published=False),
    StopScript("our-lady-of-the-reeds", -25, time(10), agreed=False),
)


def put_into(scene: Scene, diary: Diary) -> None:
    """Put the tour in the diary."""
    TourStory(scene).put_into(diary)


class TourStory:
    """The tour, played out up to today by the leading school and the schools that are visited."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.school = scene, scene.schools[LEADING]
        self.keeper = scene.host_of(LEADING)
        self.coordinator = scene.coordinator_of(self.school)
        self.tour_id = self.kit_id = 0
        self.stop_ids: dict[str, int] = {}

    def put_into(self, diary: Diary) -> None:
        """Put everything that people do in the diary."""
        diary.put(self.scene.day(BEGUN), self.begin)
        for script in STOPS:
            self._on(diary, ASKED, script, self.ask)
            if script.agreed:
                self._on(diary, AGREED, script, self.accept)
            if script.published:
                self._on(diary, PUBLISHED, script, self.publish)
        diary.put(self.scene.day(CHOSEN), self.choose_leaders)
        first, second, coming, *_ = STOPS
        for script in (first, second):
            before = at(self.scene.fitting(script.day) - timedelta(days=1), time(8))
            diary.put(before, partial(self.lend, script))
        diary.put(at(self.scene.fitting(first.day), time(17)), self.collect)
        self._on(diary, NAMED, coming, self.name)

    def stop(self, script: StopScript) -> TourStop:
        """Return a stop as it is now."""
        return db.session.get_one(TourStop, self.stop_ids[script.school])

    def begin(self, now: datetime) -> None:
        """Add the kit, plan the tour, open it, and say who leads."""
        kit_details = KitDetails(name=KIT, school_id=self.school.id, contents=CONTENTS)
        with transaction():
            kit = service.add_kit(actor=self.keeper, now=now, details=kit_details)
            db.session.flush()
            details = tour_details(self.scene, self.school, kit.id)
            tour = service.begin(actor=self.keeper, now=now, details=details)
            db.session.flush()
            service.open_for_schools(actor=self.keeper, now=now, tour=tour)
            pupils = pupil_queries.pupils_of(self.school.id, 12, 13)[:LEADERS]
            actor = self.coordinator
            added = service.add_leaders(actor=actor, now=now, tour=tour, pupils=pupils)
            chosen = [leader.public_id for leader in added]
            service.agree(actor=actor, now=now, tour=tour, public_ids=chosen)
            self.tour_id, self.kit_id = tour.id, kit.id

    def ask(self, script: StopScript, now: datetime) -> None:
        """Ask for a stop, as the school's coordinator."""
        school = self.scene.schools[script.school]
        wish = StopWish(
            school_id=school.id,
            times=(at(self.scene.fitting(script.day), script.starts),),
            room="Hall",
            pupils=PUPILS,
            others=4,
            low_year=YEARS[0],
            high_year=YEARS[1],
        )
        with transaction():
            tour = db.session.get_one(Tour, self.tour_id)
            actor = self.scene.coordinator_of(school)
            stop = service.ask(actor=actor, now=now, tour=tour, wish=wish)
            db.session.flush()
            self.stop_ids[script.school] = stop.id

    def accept(self, script: StopScript, now: datetime) -> None:
        """Accept the time, as the tour's keeper."""
        starts_at = at(self.scene.fitting(script.day), script.starts)
        with transaction():
            stop = self.stop(script)
            service.accept(actor=self.keeper, now=now, stop=stop, starts_at=starts_at)

    def publish(self, script: StopScript, now: datetime) -> None:
        """Publish the stop's event, as a host of its school; in long holidays it stays a draft."""
        with transaction():
            event = self.stop(script).event
            if event is not None and event.release_at is not None:
                actor = self.scene.host_of(script.school)
                events.publish(actor=actor, now=now, event=event)

    def choose_leaders(self, now: datetime) -> None:
        """Say who leads the first three stops."""
        for script in STOPS[:3]:
            with transaction():
                leaders = db.session.get_one(Tour, self.tour_id).leaders
                service.set_leaders(
                    actor=self.coordinator,
                    now=now,
                    stop=self.stop(script),
                    public_ids=[leader.public_id for leader in leaders],
                )

    def lend(self, script: StopScript, now: datetime) -> None:
        """Bring the kit to a school, the day before its stop."""
        with transaction():
            service.hand_over(
                actor=self.scene.coordinator_of(self.scene.schools[script.school]),
                now=now,
                kit=db.session.get_one(Kit, self.kit_id),
                state=KitState.LENT,
                stop=self.stop(script),
            )

    def collect(self, now: datetime) -> None:
        """Collect the kit after the first stop; after the second, nobody has."""
        with transaction():
            service.hand_over(
                actor=self.keeper,
                now=now,
                kit=db.session.get_one(Kit, self.kit_id),
                state=KitState.COLLECTED,
                missing="Two ration books",
            )

    def name(self, script: StopScript, now: datetime) -> None:
        """Give most of the places of the coming stop to pupils of its school."""
        school, event = self.scene.schools[script.school], self.stop(script).event
        if event is None or event.published_at is None:
            return
        if event.naming_close_at is None or event.naming_close_at <= now:
            return
        pupils = pupil_queries.pupils_of(school.id, *YEARS)[: PUPILS - 2]
        actor = self.scene.coordinator_of(school)
        with transaction():
            places.name_pupils(actor=actor, now=now, event=event, school=school, pupils=pupils)

    def _on(
        self,
        diary: Diary,
        days: int,
        script: StopScript,
        act: Callable[[StopScript, datetime], None],
    ) -> None:
        diary.put(self.scene.day(days, time(12)), partial(act, script))


def tour_details(scene: Scene, school: School, kit_id: int) -> TourDetails:
    """Return the tour as its keeper writes it."""
    return TourDetails(
        title="Evacuees in a suitcase",
        theme="History",
        concept=CONCEPT,
        leading_school_id=school.id,
        teacher="Eleanor Ashdown",
        room_wanted="A hall or a large classroom with six tables.",
        low_year=YEARS[0],
        high_year=YEARS[1],
        first_on=scene.today - timedelta(days=BEGUN),
        last_on=scene.today + timedelta(days=120),
        kit_id=kit_id,
    )
