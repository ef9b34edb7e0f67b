"""Lock a request, and whoever asks."""

from sqlalchemy import select

from booking.foundation.db import db
from booking.people.pupils.models import Parent
from booking.people.schools.models import Person
from booking.rights.data_requests.details import Asked
from booking.rights.data_requests.models import DataRequest


def data_request(request_id: int) -> DataRequest:
    """Return a request as it is now, locked."""
    return db.session.scalars(
        select(DataRequest)
        .where(DataRequest.id == request_id)
        .with_for_update(of=DataRequest)
        .execution_options(populate_existing=True)
    ).one()


def asker(asked: Asked) -> None:
    """Let nobody take down another request of the same person meanwhile."""
    for model, row in ((Parent, asked.parent), (Person, asked.person)):
        if row is not None:
            db.session.execute(select(model.id).where(model.id == row.id).with_for_update())
