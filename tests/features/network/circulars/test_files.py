"""Files go with a circular to everybody who receives it, as far as a mail carries them."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.domain.circulars import Readership
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.files.details import FileFacts
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.network.circulars import service, shelf
from booking.upkeep import purging
from tests.builders.circulars import send, work, write
from tests.builders.files import MB, pdf, put_to
from tests.builders.schools import actor_of, as_
from tests.builders.stored import mails


def add(client, circular, content):
    """Add a file in the browser; return the answer."""
    return client.post(
        f"/files/of/circular/{circular.public_id}/",
        data={
            "file": (io.BytesIO(content), "programme.pdf"),
            "label": "Programme",
            "audience": "coming",
        },
    )


def held():
    return db.session.scalar(select(func.count()).select_from(AttachedFile))


def test_files_go_with_every_copy_and_cannot_be_added_afterwards(world, app):
    circular = write(
        world.own, Readership.FAMILIES_SILENT, event=world.event, families_of=world.coming
    )
    client = as_(app, world.own)
    assert add(client, circular, pdf()).status_code == 303
    assert "Programme" in client.get(f"/circulars/{circular.public_id}").text

    send(circular, world.own)
    work()
    assert [[name for _, name, _ in mail.files] for mail in mails("circular_to_family")] == [
        ["programme.pdf"]
    ] * 2
    assert add(client, circular, pdf("Another")).status_code == 404
    assert held() == 1


def test_nobody_else_reaches_the_files_of_a_circular(world, app):
    circular = write(
        world.own, Readership.FAMILIES_SILENT, event=world.event, families_of=world.coming
    )
    add(as_(app, world.own), circular, pdf())
    file = db.session.scalars(select(AttachedFile)).one()

    for person in (world.lead, world.host, world.other):
        assert as_(app, person).get(f"/files/{file.public_id}").status_code == 404
        assert add(as_(app, person), circular, pdf("Mine")).status_code == 404


def test_more_than_a_mail_carries_is_refused_before_anything_goes_out(world):
    circular = write(world.lead)
    put_to(
        shelf.of_circular(circular),
        name="long.pdf",
        content=pdf("x" * (MB + 1)),
        facts=FileFacts("Programme", FileAudience.COMING),
    )

    with pytest.raises(service.TooHeavy, match="a mail carries at most 1 MB"):
        send(circular, world.lead)


def test_the_files_of_a_discarded_circular_go_with_it(world, app):
    circular = write(world.lead)
    add(as_(app, world.lead), circular, pdf())
    with transaction():
        service.discard(actor=actor_of(world.lead), now=clock.now(), circular=circular)

    assert held() == 0


def test_files_of_a_circular_are_kept_as_long_as_it_is(world):
    circular = write(world.lead)
    put_to(
        shelf.of_circular(circular),
        name="programme.pdf",
        content=pdf(),
        facts=FileFacts("Programme", FileAudience.COMING),
    )
    two_years = circular.written_at + timedelta(days=731)  # one of them has a 29th of February

    def kept(at):
        purging.purge(at)
        return held()

    assert kept(two_years - timedelta(days=1)) == 1
    assert kept(two_years) == 0
    assert purging.overdue(two_years)["files of circulars"] == 0
