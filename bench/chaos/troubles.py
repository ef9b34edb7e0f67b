"""One kind of trouble after another, so that a finding says what it comes from."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.chaos import checking, moved, network
from bench.chaos.letters import MailServer, Mood
from bench.chaos.processes import GLANCE_S
from bench.chaos.processor import Processor
from bench.chaos.stage import Stage
from booking import worker
from booking.foundation.clock import LONDON
from booking.foundation.db import db

#: Nights on which the clock changes, seen from half past eleven on.
SPRING = datetime(2027, 3, 27, 23, 30, tzinfo=LONDON)
AUTUMN = datetime(2027, 10, 30, 23, 30, tzinfo=LONDON)
STEP, STEPS, STEP_S = timedelta(minutes=15), 14, 0.5
#: Trouble begins when so much has been acknowledged; a control run goes on until more has.
WARM, WARM_OF_CONTROL, WARM_S = 20, 80, 90.0
#: Between two troubles people get so much done, if they can in that time.
BETWEEN, BETWEEN_S = 2, 4.0


@dataclass
class Troubles:
    """What is done to a site while people work."""

    stage: Stage

    def all(self) -> None:
        """Kill, freeze, fall silent, and move the clock; as much of it as is wanted."""
        wanted = self.stage.wanted
        self._wait_for(WARM_OF_CONTROL if wanted.without else WARM, WARM_S)
        self._kill_and_freeze()
        for mood in (Mood.SLOW, Mood.SILENT, Mood.REFUSING) if wanted.seconds else ():
            self._in_mood("mail server", self.stage.around.letters, mood)
            self._in_mood("card processor", self.stage.around.processor, mood)
        if wanted.nights:
            self._night(SPRING)
            self._look_before_they_are_deleted()
            self._begin_autumn()
            self._night(AUTUMN)

    def _kill_and_freeze(self) -> None:
        """Kill, and now and then copy the files in between."""
        stage = self.stage
        kills, cuts = stage.wanted.kills, stage.wanted.cuts
        freezes = min(cuts, 4 + cuts // 100) if stage.freezer else 0
        each = max(1, kills // max(1, freezes))
        for number in range(kills):
            stage.say(stage.killer.kill())
            self._wait_for(BETWEEN, BETWEEN_S)
            if stage.freezer and number % each == 0 and len(stage.freezer.copies) < freezes:
                stage.freezer.freeze()

    def _in_mood(self, name: str, whom: MailServer | Processor, mood: Mood) -> None:
        stage = self.stage
        stage.say(f"the {name} is {mood.value}")
        whom.mood = mood
        time.sleep(stage.wanted.seconds)
        whom.mood = Mood.WELL
        stage.tried[f"{name} {mood.value}, in seconds"] += int(stage.wanted.seconds)
        self._wait_for(BETWEEN, BETWEEN_S)

    def _night(self, begins: datetime) -> None:
        """Live through a night in quarters of an hour; in the middle the clock falls a day back."""
        stage = self.stage
        stage.say(f"the night of {begins:%-d %B %Y}")
        for step in range(STEPS):
            at = begins.astimezone(UTC) + step * STEP
            self._move_to(at)
            if step == STEPS // 2:
                self._move_to(at - timedelta(days=1))
                stage.tried["falls of the clock, a day back"] += 1

    def _move_to(self, at: datetime) -> None:
        moved.move(self.stage.folder, at)
        worker.run_all(self.stage.app)
        self._wait_for(1, STEP_S)
        self.stage.tried["moves of the clock"] += 1

    def _look_before_they_are_deleted(self) -> None:
        """Look for what families told about their children: two weeks after a day it is deleted."""
        stage = self.stage
        stage.told_until = time.monotonic()
        known = stage.around.journal.until(stage.told_until)
        told = [fact for fact in known if fact.kind in checking.DELETED]
        with stage.app.app_context():
            stage.found += checking.lost(told, stage.around.journal.unheard, newest=False)
            db.session.remove()

    def _begin_autumn(self) -> None:
        """Go to another school year, with other events."""
        stage = self.stage
        moved.move(stage.folder, AUTUMN)
        opened = network.add_autumn(stage.app, AUTUMN)
        stage.around.scene = network.Scene(stage.around.scene.schools, opened, (), ())
        # What was told while we looked and moved is deleted by now, and nobody can look for it.
        stage.told_until = time.monotonic()

    def _wait_for(self, acts: int, seconds: float) -> None:
        """Wait until so many more acts have been acknowledged, or until that takes too long."""
        journal = self.stage.around.journal
        until, wanted = time.monotonic() + seconds, len(journal.facts) + acts
        while len(journal.facts) < wanted and time.monotonic() < until:
            time.sleep(GLANCE_S)
