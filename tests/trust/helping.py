"""What "own" offers and its head confirmed, and what "other" asked."""

from collections.abc import Mapping
from datetime import timedelta

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.directory import queries as directory_queries
from booking.network.directory import service as directory_service
from booking.network.directory.models import HelpLink
from booking.people.schools.models import School
from tests.builders import directory, schools


def build(emails: Mapping[str, str], own: School, other: School) -> dict[str, str]:
    """Offer, confirm and ask; return the addresses' parts."""
    person = schools.person_of(emails["own"])
    asker, lead = schools.person_of(emails["other"]), schools.person_of(emails["lead"])
    offer = directory.offer(person, directory.name_head(own))
    nomination = directory.token()
    offer = directory.nominate(offer)
    past = directory.introduce(directory.ask(asker, other, offer), lead)
    with transaction():
        row = db.session.get_one(HelpLink, past.id)
        row.introduced_at = clock.now() - timedelta(weeks=7)
        directory_service.ask_outcomes(now=clock.now())
    outcome = directory.token("help_outcome")
    link = directory.ask(asker, other, offer)
    area = directory_queries.area_named(directory.OTHER_AREA)
    assert area is not None
    return {
        "expertise": offer.public_id,
        "help_link": link.public_id,
        "help_area": area.public_id,
        "nomination_token": nomination,
        "outcome_token": outcome,
    }
