"""Secrets handed over as files, and lines to other machines that must be encrypted."""

import re

import pytest

from booking import settings
from booking.foundation.settings import BadSetting
from tests.house import tree

OTHER = "postgresql+psycopg://fairplace:secret@db.your.network/fairplace"


def test_a_secret_is_read_from_its_file_and_the_environment_comes_first(tmp_path, monkeypatch):
    (tmp_path / "SECRET_KEY").write_text("a secret of the file, long and by chance\n")
    (tmp_path / "METRICS_TOKEN").write_text("of the file")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("METRICS_TOKEN", "of the environment")

    values = settings.load({"APP_ENV": "testing"})

    assert values["SECRET_KEY"] == "a secret of the file, long and by chance"
    assert values["METRICS_TOKEN"] == "of the environment"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (OTHER, "sslmode=verify-full"),
        (f"{OTHER}?sslmode=require", "sslmode=verify-full"),
        ("postgresql://u:p@10.0.0.7/fairplace", "sslmode=verify-full"),
        ("redis://cache.your.network", "rediss://"),
    ],
)
def test_a_line_to_another_machine_must_be_encrypted(address, said):
    with pytest.raises(BadSetting, match=re.escape(said)) as refused:
        settings._check_line("DATABASE_URL", address)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        f"{OTHER}?sslmode=verify-full&sslrootcert=system",
        "postgresql+psycopg://fairplace:secret@database/fairplace",
        "postgresql+psycopg:///fairplace",
        "postgresql+psycopg://u:p@127.0.0.1/fairplace",
        "rediss://cache.your.network",
        "sqlite:////var/lib/fairplace/fairplace.db",
        "database://",
        "",
    ],
)
def test_other_lines_are_taken(address):
    settings._check_line("DATABASE_URL", address)


def test_what_systemd_hands_over_are_settings_of_ours():
    handed = re.findall(r"^LoadCredentialEncrypted=(\w+):(\S+)", CREDENTIALS, re.MULTILINE)
    known = {setting.name for setting in settings.SETTINGS}

    assert {"SECRET_KEY", "FIELD_KEY"} < {name for name, _path in handed} <= known
    for name, path in handed:
        assert path == f"/etc/credstore.encrypted/fairplace.{name}"
    assert "/etc/credstore.encrypted/fairplace.*" in tree.document("deploy/systemd/fairplace")


CREDENTIALS = tree.document("deploy/credentials.conf")
