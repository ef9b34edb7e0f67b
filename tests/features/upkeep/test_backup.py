"""Backup and restore: a complete copy is restored, a damaged one never is."""

import os
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url

from booking.foundation import clock, schema
from booking.foundation.db import db, engine_options, transaction
from booking.people.schools.models import School
from booking.upkeep import age, backup, copies
from tests import conftest
from tests.databases import TestDatabase


@pytest.fixture
def school(db_session: Any) -> School:
    with transaction() as session:
        school = School(slug="ashdale", name="Ashdale", phase="primary", low_year=1, high_year=6)
        session.add(school)
    return school


@pytest.fixture
def another_database(test_database: TestDatabase) -> str:
    return test_database.another()


@pytest.fixture
def copy(school: School, tmp_path: Path) -> Path:
    path = tmp_path / "copy"
    backup.backup(path)
    return path


def test_a_copy_comes_back_whole(
    copy: Path, make_app: Callable[..., Flask], empty_database: str
) -> None:
    another = make_app(DATABASE_URL=empty_database)
    with another.app_context():
        backup.restore(copy)
        assert list(db.session.scalars(select(School.slug))) == ["ashdale"]
        db.session.rollback()


def test_a_copy_is_for_its_owner_only(copy: Path) -> None:
    assert copy.stat().st_mode & 0o077 == 0


def test_a_flipped_byte_is_always_found(
    copy: Path, make_app: Callable[..., Flask], empty_database: str
) -> None:
    another = make_app(DATABASE_URL=empty_database)
    whole = copy.read_bytes()
    dice = random.Random(3)
    with another.app_context():
        for _ in range(100):
            damaged = bytearray(whole)
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
            copy.write_bytes(bytes(damaged))
            with pytest.raises(backup.RestoreRefused, match="damaged"):
                backup.restore(copy)


def test_restoring_over_data_is_refused(copy: Path) -> None:
    with pytest.raises(backup.RestoreRefused, match="holds data"):
        backup.restore(copy)


def restore(app: Flask, path: Path) -> Result:
    """Run the command on this application's database, and not on the test's own."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=["restore", str(path)])


@pytest.mark.sqlite
def test_a_copy_whose_pages_are_broken_is_refused_in_words(
    copy: Path, make_app: Callable[..., Flask], empty_database: str
) -> None:
    another = make_app(DATABASE_URL=empty_database)
    folder = Path(str(make_url(empty_database).database)).parent
    whole = copy.read_bytes()
    dice = random.Random(4)
    refused = 0
    for number in range(20):
        start = dice.randrange(0, len(whole) - 4096) if number else 0
        broken = whole[:start] + dice.randbytes(4096) + whole[start + 4096 :]
        copy.write_bytes(broken)
        copies.beside(copy).write_text(backup.checksum(copy))

        result = restore(another, copy)

        if result.exit_code:
            assert isinstance(result.exception, SystemExit)
            assert "is damaged, although its checksum is right" in result.output
            assert [each.name for each in folder.iterdir()] == ["another.db"]
            refused += 1
        else:  # only text was hit, which no check of pages can tell
            for left in folder.iterdir():
                left.unlink()
    assert refused >= 10


@pytest.mark.postgres
def test_a_copy_that_is_no_copy_is_refused_in_words(
    copy: Path, make_app: Callable[..., Flask], empty_database: str
) -> None:
    copy.write_bytes(b"PGDMP, but nothing else")
    copies.beside(copy).write_text(backup.checksum(copy))
    another = make_app(DATABASE_URL=empty_database)

    result = restore(another, copy)

    assert isinstance(result.exception, SystemExit)
    assert "pg_restore: error:" in result.output


@pytest.mark.slow
def test_a_copy_of_an_older_version_says_what_to_do_next(
    make_app: Callable[..., Flask], empty_database: str, another_database: str, tmp_path: Path
) -> None:
    older, newer = make_app(DATABASE_URL=empty_database), make_app(DATABASE_URL=another_database)
    conftest.migrate(older, "0015_ledger_balances")
    conftest.migrate(newer)
    old_copy = tmp_path / "older"
    with older.app_context():
        backup.backup(old_copy)

    result = restore(newer, old_copy)

    assert result.exit_code == 0
    assert "Restored. The database is at 0015_ledger_balances, and this version" in result.output
    assert "Run `fairplace db upgrade`. Then run" in result.output
    conftest.migrate(newer)
    with newer.app_context():
        assert schema.problem() == ""


@pytest.mark.sqlite
def test_a_target_that_is_no_database_is_refused_in_words(
    copy: Path, make_app: Callable[..., Flask], empty_database: str
) -> None:
    Path(str(make_url(empty_database).database)).write_text("once a database " * 100)
    another = make_app(DATABASE_URL=empty_database)

    result = restore(another, copy)

    assert isinstance(result.exception, SystemExit)
    assert "move its file away first" in result.output


def test_restoring_while_somebody_has_the_database_open_is_refused(
    copy: Path, make_app: Callable[..., Flask], empty_database: str
) -> None:
    another = make_app(DATABASE_URL=empty_database)
    conftest.migrate(another)
    conftest.dispose(another)
    idle = create_engine(empty_database, **engine_options(empty_database))
    with idle.connect() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM schools")) == 0

    # The connection is back in its pool: open, and idle.
    refused = restore(another, copy)
    idle.dispose()
    done = restore(another, copy)

    assert (refused.exit_code, done.exit_code) == (1, 0)
    assert "The database is in use by " in refused.output
    assert "Stop the web server and the worker" in refused.output
    with another.app_context():
        assert list(db.session.scalars(select(School.slug))) == ["ashdale"]
        db.session.rollback()


def test_restoring_without_the_checksum_is_refused(copy: Path) -> None:
    copies.beside(copy).unlink()
    with pytest.raises(backup.RestoreRefused, match="missing"):
        backup.restore(copy)


def test_a_copy_never_replaces_another(copy: Path) -> None:
    with pytest.raises(backup.BackupFailed, match="already exists"):
        backup.backup(copy)


def test_commands_say_what_to_do(app: Flask, copy: Path) -> None:
    refused = app.test_cli_runner().invoke(args=["restore", str(copy)])
    assert refused.exit_code == 1
    assert "Restore into an empty one" in refused.output


@pytest.fixture
def key(app: Flask, tmp_path: Path) -> tuple[Path, str]:
    """Provide the file of a private key, and whom to encrypt for."""
    path = tmp_path / "key"
    made = app.test_cli_runner().invoke(args=["backup-key", str(path)])
    assert made.exit_code == 0
    assert path.stat().st_mode & 0o077 == 0
    again = app.test_cli_runner().invoke(args=["backup-key", str(path)])
    assert again.output == f"Error: {path} cannot be written: File exists.\n"
    return path, made.stdout.strip()


def test_an_encrypted_copy_is_for_whoever_has_the_key(
    app: Flask,
    school: School,
    key: tuple[Path, str],
    make_app: Callable[..., Flask],
    empty_database: str,
    tmp_path: Path,
) -> None:
    file, public = key
    app.config["BACKUP_ENCRYPT_TO"] = public  # as a setting does, for the nightly copy
    path, other = tmp_path / "copies" / "copy", tmp_path / "other"
    age.write_key(other)
    done = app.test_cli_runner().invoke(args=["backup", str(path)])
    assert (done.exit_code, done.output) == (0, f"{path}: {backup.checksum(path)}\n")
    assert path.stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "copy",
        "copy.contents",
        "copy.sha256",
    ]
    whole = path.read_bytes()
    assert b"Ashdale" not in whole
    another = make_app(DATABASE_URL=empty_database)

    def refused(*options: str) -> str:
        with another.app_context():
            result = another.test_cli_runner().invoke(args=["restore", str(path), *options])
        assert isinstance(result.exception, SystemExit)
        return str(result.output)

    assert "is encrypted. Name the file of its private key with --key." in refused()
    assert f"{other} does not open {path}" in refused("--key", str(other))
    assert "There is no private key in" in refused("--key", str(copies.beside(path)))
    dice = random.Random(5)
    for _ in range(20):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(age.BEGINNING), len(damaged))] ^= 1 << dice.randrange(8)
        path.write_bytes(bytes(damaged))
        assert "is damaged: its checksum differs" in refused("--key", str(file))
        copies.beside(path).write_text(f"{backup.checksum(path)}  copy\n")
        again = refused("--key", str(file))
        assert "although its checksum is right" in again or "does not open" in again
        copies.beside(path).write_text(f"{done.output.split()[1]}  copy\n")
    path.write_bytes(whole)

    with another.app_context():
        restored = another.test_cli_runner().invoke(args=["restore", str(path), "--key", str(file)])
        assert restored.exit_code == 0, restored.output
        assert list(db.session.scalars(select(School.slug))) == ["ashdale"]
        db.session.rollback()


def test_a_copy_is_not_left_unencrypted_by_mistake(app: Flask, school: School, copy: Path) -> None:
    path = copy.with_name("second")

    done = app.test_cli_runner().invoke(args=["backup", str(path), "--encrypt-to", "age1nobody"])

    assert isinstance(done.exception, SystemExit)
    assert "takes public keys, such as age1…" in done.output
    assert not path.exists()


def aged(folder: Path, days: int, *, hours: int = 0) -> Path:
    """Have a copy that was made so long ago."""
    path = folder / f"{days}-{hours}"
    path.write_bytes(b"a copy")
    copies.beside(path).write_text(f"{backup.checksum(path)}  {path.name}\n")
    made = (clock.now() - timedelta(days=days, hours=hours)).timestamp()
    os.utime(path, (made, made))
    return path


@pytest.mark.sqlite
def test_a_new_copy_ends_the_ones_that_are_kept_too_long(
    app: Flask, school: School, tmp_path: Path
) -> None:
    old, long_gone, young = aged(tmp_path, 35, hours=1), aged(tmp_path, 400), aged(tmp_path, 34)
    (notes := tmp_path / "notes").write_text("no copy, and none of ours")
    os.utime(notes, (0, 0))
    db.session.rollback()

    result = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "tonight")])

    assert result.exit_code == 0
    assert {each.name for each in tmp_path.iterdir()} == {
        *(
            "tonight",
            "tonight.contents",
            "tonight.sha256",
            young.name,
            f"{young.name}.sha256",
            "notes",
        )
    }
    assert f"{old}: deleted, older than 35 days" in result.stderr
    assert f"{long_gone}: deleted" in result.stderr


@pytest.mark.sqlite
def test_a_copy_that_fails_ends_none_before_it(app: Flask, school: School, tmp_path: Path) -> None:
    old = aged(tmp_path, 60)
    db.session.rollback()

    result = app.test_cli_runner().invoke(args=["backup", str(old)])

    assert result.exit_code == 1
    assert old.exists()
