"""Circulars of the lead, of a host and of a school, for the network that everybody asks."""

from booking.days.events.models import Event
from booking.domain.circulars import Readership
from booking.people.schools.models import School
from tests.builders import circulars
from tests.builders import schools as people
from tests.trust.canaries import Canaries


def build(emails: dict[str, str], event: Event, own: School, secret: Canaries) -> dict[str, str]:
    """Write one to the network, one to schools, and one to a school's families that is sent."""
    lead, host, coordinator = (people.person_of(emails[who]) for who in ("lead", "host", "own"))
    facts = {"event": event, "families_of": own}
    said = {"text": f"Dear {{name}}, {secret.word('circular', secret.private)}"}
    sent = circulars.write(coordinator, Readership.FAMILIES_COMING, **facts, **said)
    circulars.send(sent, coordinator)
    circulars.work()
    written = {
        "lead": circulars.write(lead),
        "host": circulars.write(host, Readership.SCHOOLS_COMING, event=event),
        "own": circulars.write(coordinator, Readership.FAMILIES_SILENT, **facts),
        "own_sent": sent,
    }
    kept = {
        "own": circulars.keep(
            coordinator, Readership.FAMILIES_COMING, school=own, subject="Before", **said
        ),
        "lead": circulars.keep(lead, Readership.ROLES, subject="A call for hosts"),
    }
    return {
        **{f"circular_{who}": circular.public_id for who, circular in written.items()},
        **{f"template_{who}": template.public_id for who, template in kept.items()},
    }
