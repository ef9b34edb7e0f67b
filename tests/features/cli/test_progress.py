"""Long commands say what they do, on standard error; what programs read stays for programs."""

import io
import json
from datetime import UTC, datetime, timedelta

from booking.cli import progress
from booking.cli.demo import seeding
from booking.upkeep import backup
from tests.builders import schools


class Terminal(io.StringIO):
    """A stream that people look at."""

    def isatty(self):
        return True


def said(stream, monkeypatch):
    """Return what is written while three things are done, of which one takes long."""
    seconds = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: seconds[0])
    tell = progress.Progress(stream)
    for passed, doing in ((0, "Reading 1"), (0.01, "Reading 2"), (6, "Reading 3")):
        seconds[0] += passed
        tell(doing)
    tell.begin("Writing")
    tell.end()
    return stream.getvalue()


def test_a_terminal_has_one_line_that_changes_and_a_log_a_line_now_and_then(monkeypatch):
    line = progress.CLEAR_LINE

    assert said(io.StringIO(), monkeypatch) == "Reading 3 …\nWriting …\n"
    assert said(Terminal(), monkeypatch) == (
        f"{line}Reading 1 …{line}Reading 3 …{line}Writing …{line}"
    )


def test_the_demonstration_tells_each_month_once():
    told, days = [], []
    day = seeding._telling_months(days.append, told.append)
    start = datetime(2026, 9, 29, tzinfo=UTC)

    for number in range(4):
        day(start + timedelta(days=number))

    assert told == ["Playing out September 2026", "Playing out October 2026"]
    assert len(days) == 4


def test_a_purge_says_which_rule_it_applies(app, db_session, monkeypatch):
    monkeypatch.setattr(progress, "LOG_SECONDS", 0)

    result = app.test_cli_runner().invoke(args=["retention", "purge", "--json"])

    names = json.loads(result.stdout)
    assert len(names) > 20
    assert [line.removesuffix(" …") for line in result.stderr.splitlines()] == list(names)


def test_programs_can_read_what_commands_print(app, db_session, tmp_path):
    schools.make_school()
    db_session.rollback()
    path = tmp_path / "copy"

    def read(*command):
        result = app.test_cli_runner().invoke(args=[*command, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    assert read("backup", str(path)) == {
        "path": str(path),
        "sha256": backup.checksum(path),
        "bytes": path.stat().st_size,
        "encrypted": False,
    }
    assert set(read("retention", "purge").values()) == {0}
    assert read("outbox", "list") == []
