"""A network runs one real enrichment day, from an empty database on."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.network.outbox import queries as outbox_queries
from booking.upkeep import doctor
from tests.conftest import TERM_TIME_MORNING
from tests.journeys import enrichment_day as day
from tests.journeys.walkers import ChromiumWalker, ScriptlessWalker, Walker
from tests.postbox import serving


@pytest.fixture
def make_stage(app: Flask, time_machine: Any) -> Iterator[Callable[..., day.Stage]]:
    with serving() as (postbox, address):
        app.config["SMTP_URL"] = address

        def make(walker: Callable[[], Walker], now: datetime = TERM_TIME_MORNING) -> day.Stage:
            time_machine.move_to(now)
            return day.Stage(app, postbox, walker, time_machine.move_to, now)

        yield make


@pytest.mark.slow
def test_a_network_runs_one_enrichment_day_without_script(
    app: Flask, make_stage: Callable[..., day.Stage]
) -> None:
    live_through(make_stage(lambda: ScriptlessWalker(app.test_client())))


@pytest.mark.browser
def test_a_network_runs_one_enrichment_day_in_a_browser(
    live_server: Any, browser: Any, make_stage: Callable[..., day.Stage]
) -> None:
    def walker() -> Walker:
        context = browser.new_context(viewport={"width": 375, "height": 740})
        return ChromiumWalker(context.new_page(), live_server.url)

    live_through(make_stage(walker))


def live_through(stage: day.Stage) -> None:
    lead = day.first_lead(stage)
    day.set_up_network(stage, lead)
    day.write_and_publish(stage)
    day.import_pupils_and_ask(stage)
    stage.later(days=8)
    day.run_round(stage)
    day.name_pupils(stage, day.HOME)
    day.name_pupils(stage, day.AWAY)
    day.contribute(day.say_yes(stage, "ngozi@home.example"))
    day.decline(stage, "ngozi@away.example")
    day.say_yes(stage, "tom@away.example").press("Not this time")
    stage.later(days=22)
    day.hold_the_day(stage)
    stage.later(days=1)
    day.settle_the_account(stage)
    day.look_from_outside(stage)
    with stage.app.app_context():
        assert [problems for _, problems in doctor.examine() if problems] == []
        assert mail_about_nothing() == []


def mail_about_nothing() -> list[str]:
    """Return the kinds of mail to families that no page of a family's mail would show."""
    to_families = select(Message.template).where(Message.template.in_(outbox_queries.TO_FAMILIES))
    assert len(db.session.scalars(to_families.distinct()).all()) > 2
    about = outbox_queries.OF_BOOKING
    return list(db.session.scalars(to_families.where(~Message.about.startswith(about)).distinct()))
