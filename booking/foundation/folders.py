"""Where things are: what Fairplace is made of, and what it keeps.

In a checkout, templates and migrations stand beside the package, and the data in `instance/`. A
wheel has them inside the package (`setup.py`). The data is then in the home folder of whoever runs
Fairplace: the same for the web server, the worker and every command, whatever folder each of them
is started in, and not among the installed files, which the next version replaces.
"""

import os
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
