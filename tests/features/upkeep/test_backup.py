"""Backup and restore: a complete copy is restored, a damaged one never is."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from booking.foundation.db import db, transaction
from booking.people.schools.models import School
from booking.upkeep import backup


@pytest.fixture
def school(db_session: Any) -> School:
    with transaction() as session:
        school = School(slug="ashdale", name="Ashdale", phase="primary", low_year=1, high_year=6)
        session.add(school)
    return school


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


def test_restoring_without_the_checksum_is_refused(copy: Path) -> None:
    backup.beside(copy).unlink()
    with pytest.raises(backup.RestoreRefused, match="missing"):
        backup.restore(copy)


def test_a_copy_never_replaces_another(copy: Path) -> None:
    with pytest.raises(backup.BackupFailed, match="already exists"):
        backup.backup(copy)


def test_commands_say_what_to_do(app: Flask, copy: Path) -> None:
    refused = app.test_cli_runner().invoke(args=["restore", str(copy)])
    assert refused.exit_code == 1
    assert "Restore into an empty one" in refused.output
