"""Where things are: what Fairplace is made of, and what it keeps.

In a checkout, templates and migrations stand beside the package, and the data in `instance/`. A
wheel has them inside the package (`setup.py`). The data is then in the home folder of whoever runs
Fairplace: the same for the web server, the worker and every command, whatever folder each of them
is started in, and not among the installed files, which the next version replaces.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
#: What Python has to search to find the package.
IMPORTED_FROM = _PACKAGE.parent
_INSTALLED = (_PACKAGE / "templates").is_dir()
_HOME = _PACKAGE if _INSTALLED else IMPORTED_FROM
TEMPLATES = _HOME / "templates"
MIGRATIONS = _HOME / "migrations"
#: What people read under /help, as Markdown, with its pictures.
GUIDES = _HOME / "docs" / "guides"
#: The stand-alone script that recomputes the record of a round.
VERIFY_ALLOCATION = _HOME / "docs" / "verify_allocation.py"
#: Where the database is, unless a setting says otherwise. (`Path.home` would raise an error where
#: a user has no home, though such a user has another database anyway.)
DATA = (
    Path(os.path.expanduser("~")) / ".local" / "share" / "fairplace"
    if _INSTALLED
    else _HOME / "instance"
)
#: Takes every right from the group and from others.
OURS_ALONE = 0o077


@contextmanager
def ours_alone() -> Iterator[None]:
    """Let nobody else read the files and folders that are made meanwhile."""
    before = os.umask(OURS_ALONE)
    try:
        yield
    finally:
        os.umask(before)


def close_to_others(path: str | Path) -> None:
    """Take from everybody else the right to read a file that is there, if it is ours."""
    try:
        rights = stat.S_IMODE(os.stat(path).st_mode)
        if rights & OURS_ALONE:
            os.chmod(path, rights & ~OURS_ALONE)
    except OSError:
        return  # another user's, or gone: whoever opens it finds out
