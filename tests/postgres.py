"""A PostgreSQL server for one run of the tests: a named one, or a temporary cluster.

`python -m tests.postgres` says whether there is one; `python -m tests.postgres run COMMAND…`
runs a command with DATABASE_URL set to an empty database on it.
"""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url

SUPERUSER = "fairplace"
STARTED_WITHIN_S = 60
ROOM_BYTES = 2 * 1024**3
#: Protection against power cuts is off, because nobody needs these rows again.
#: The server's time zone is far from London, to catch queries that rely on it.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "max_connections": "200",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "synchronous_commit": "off",
    "timezone": "'Pacific/Auckland'",
    "wal_level": "minimal",
}


class NoServer(RuntimeError):
    """There is no PostgreSQL here; the message says what to install or set."""


def binaries() -> Path:
    """Return the folder of initdb and pg_ctl, the newest version first; raise NoServer."""
    folders = [Path(found) for found in glob.glob("/usr/lib/postgresql/*/bin")]
    folders.sort(key=lambda folder: float(folder.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).parent)
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(said.stdout.strip()))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoServer(
        "PostgreSQL is not installed (on Debian: apt-get install postgresql), "
        "and TEST_POSTGRES_URL names no server."
    )


def missing() -> str:
    """Return why there is no PostgreSQL to test on, or an empty text."""
    if os.environ.get("TEST_POSTGRES_URL"):
        return ""
    try:
        binaries()
    except NoServer as error:
        return str(error)
    return ""


@contextmanager
def server() -> Iterator[URL]:
    """Give the address of a server where we may create databases, for as long as it is needed."""
    if named := os.environ.get("TEST_POSTGRES_URL"):
        yield make_url(named).set(drivername="postgresql+psycopg")
        return
    cluster = Cluster(binaries())
    try:
        yield cluster.start()
    finally:
        cluster.remove()


class Cluster:
    """A cluster in a folder of its own, reached by a socket in that folder and by nobody else."""

    def __init__(self, folder_of_binaries: Path) -> None:
        self.binaries = folder_of_binaries
        # Short, for a socket's path has at most 107 letters.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=memory()))
        self.account = unprivileged_account()
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)

    @property
    def data(self) -> Path:
        """The cluster's own files."""
        return self.folder / "data"

    def _let_in(self) -> None:
        """Let our account in, as a site's should be, and whoever else there is by a password."""
        ours = pwd.getpwuid(os.geteuid()).pw_name
        (self.data / "pg_hba.conf").write_text(
            f"local all {SUPERUSER} peer map=ours\nlocal all all scram-sha-256\n"
        )
        (self.data / "pg_ident.conf").write_text(f"ours {ours} {SUPERUSER}\n")

    def start(self) -> URL:
        """Create the cluster, start it, and return its address."""
        self._run(
            "initdb",
            "--pgdata",
            str(self.data),
            "--username",
            SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = {**SETTINGS, "unix_socket_directories": f"'{self.folder}'"}
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in options.items())
        self._let_in()
        self.start_again()
        return URL.create(
            "postgresql+psycopg",
            username=SUPERUSER,
            database="postgres",
            query={"host": str(self.folder)},
        )

    def start_again(self) -> None:
        """Start the cluster that has been created; it may have crashed."""
        self._run(
            "pg_ctl",
            "start",
            "--pgdata",
            str(self.data),
            "--wait",
            "--timeout",
            str(STARTED_WITHIN_S),
            "--log",
            str(self.folder / "log"),
        )

    def restart(self) -> None:
        """Stop the server as a crash would, and start it again."""
        self._run("pg_ctl", "restart", "--pgdata", str(self.data), "--mode=immediate", "--wait")

    def remove(self) -> None:
        """Stop the server at once and delete everything it wrote."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--pgdata", str(self.data), "--mode=immediate", "--wait")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        switch = (
            {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
            if self.account
            else {}
        )
        # The server inherits pg_ctl's output: a pipe would never close, but a file is fine.
        with tempfile.TemporaryFile() as output:
            ended = subprocess.run(
                [str(self.binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                check=False,
                **switch,
            )
            output.seek(0)
            said = output.read().decode(errors="replace")
        if ended.returncode:
            log = self.folder / "log"
            said += log.read_text(errors="replace") if log.exists() else ""
            raise NoServer(f"{program} failed:\n{said}")


def memory() -> Path | None:
    """Return a folder in memory with enough room, or None."""
    folder = Path("/dev/shm")
    roomy = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= ROOM_BYTES
    return folder if roomy else None


def unprivileged_account() -> pwd.struct_passwd | None:
    """Return who runs the server if we are root, which PostgreSQL refuses, or else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServer("PostgreSQL refuses to run as root, and there is no account to run it as.")


def main(arguments: list[str]) -> int:
    """Print whether there is a server, or run a command with one."""
    if reason := missing():
        sys.stderr.write(f"{reason}\n")
        return 1
    if arguments[:1] == ["run"] and len(arguments) > 1:
        with server() as url:
            address = url.render_as_string(hide_password=False)
            return subprocess.run(
                arguments[1:], env={**os.environ, "DATABASE_URL": address}, check=False
            ).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
