"""A setting that Fairplace refuses to start with: every command says so in one sentence."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TRUSTED_PROXIES", "one", "TRUSTED_PROXIES is 'one'; use a whole number from 0 up."),
        (
            "FEED_FETCHES_PER_HOUR",
            "x",
            "FEED_FETCHES_PER_HOUR is 'x'; use a whole number from 1 up.",
        ),
        ("PAYMENTS", "gold", "PAYMENTS is 'gold'; use demo or stripe or none."),
        ("FIELD_KEY", "abc", "FIELD_KEY must be id:base64 of exactly 32 bytes."),
        (
            "BACKUP_ENCRYPT_TO",
            "age1us",
            "BACKUP_ENCRYPT_TO takes public keys, such as age1…, and one",
        ),
        ("RATE_LIMIT_URL", "nowhere://", "RATE_LIMIT_URL cannot be used: unknown storage scheme"),
    ],
)
def test_a_command_says_what_is_wrong_with_a_setting(name, value, said):
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "doctor"],
        cwd=ROOT,
        env=os.environ | {name: value},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: Fairplace cannot start. {said}")
    assert done.stderr.count("\n") == 1
