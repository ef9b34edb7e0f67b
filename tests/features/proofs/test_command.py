"""`prove` by hand: what it prints, how it ends, and a copy that is tried out where its key is."""

import json

from sqlalchemy import func, select, text

from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.proofs import locks
from booking.proofs.models import NightlyProof
from booking.upkeep import age, backup
from tests.builders import schools
from tests.features.upkeep.test_doctor import drop_triggers


def prove(app, *arguments):
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["prove", *map(str, arguments)])


def test_it_prints_for_programs_and_exits_with_1_if_something_does_not_hold(app, db_session):
    schools.make_school()
    with transaction():
        audit.seal(now=clock.now())
    well = prove(app, "--part", "trail", "--json")
    assert well.exit_code == 0
    [told] = json.loads(well.stdout)
    assert (told["part"], told["outcome"], told["problems"]) == ("trail", "proved", [])

    with transaction():
        drop_triggers()
        db.session.execute(text("UPDATE audit_entries SET action = 'x' WHERE id = 1"))
    wrong = prove(app, "--part", "trail", "--whole")

    assert wrong.exit_code == 1
    assert "row 1: it was changed after it had been sealed" in wrong.stdout


def test_it_waits_for_nobody(app, db_session):
    with locks.alone():
        result = prove(app, "--part", "rounds")

    assert result.exit_code == 1
    assert "is proving at the moment" in result.output


def test_a_key_without_a_copy_is_refused(app, db_session, tmp_path):
    assert prove(app, "--key", tmp_path / "key").exit_code == 2


def test_an_encrypted_copy_is_tried_out_where_its_key_is(app, db_session, tmp_path):
    schools.make_school()
    public = age.write_key(tmp_path / "key")
    db.session.rollback()
    backup.backup(tmp_path / "copy", encrypt_to=[public])

    result = prove(app, "--copy", tmp_path / "copy", "--key", tmp_path / "key", "--json")

    assert result.exit_code == 0, result.output
    [told] = json.loads(result.stdout)
    assert (told["part"], told["outcome"], told["problems"]) == ("copy", "proved", [])
    assert db.session.scalar(select(func.count()).select_from(NightlyProof)) == 0
