"""PDFs made by Typst, from the templates under `templates/print`. A template reads its facts as
JSON and never as its own language, so a name is only ever text.

`python -m booking.foundation.web.paper TEMPLATE SECONDS` reads facts on its input and writes the
PDF: Typst keeps for ever what it has laid out, which for a long table is hundreds of megabytes,
so what is long is made in a process that ends.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from typing import Any

import typst

from booking.foundation import folders
from booking.foundation.web import lettering
from booking.foundation.web.lettering import TEMPLATES

#: A table of more rows is long: it is made apart.
LONG_ROWS = 200
WALL_S = 60
#: One long PDF at a time in each process of ours, or many at once would take all memory.
_long = Lock()


def as_pdf(template: str, facts: Mapping[str, Any], *, made_at: datetime, rows: int = 0) -> bytes:
    """Return a PDF file: `templates/print/<template>.typ` with these facts.

    `rows` is how many rows its tables have, where there can be many. Every PDF carries tags for
    screen readers: in one of 1,000 lines they are nine tenths of its 0.9 MB, and take 5 MB more of
    memory than the 140 MB without them.
    """
    printed = lettering.printed(facts)
    text = json.dumps(printed.facts | {"letters": printed.note})
    seconds = int(made_at.timestamp())
    if rows <= LONG_ROWS:
        return _compiled(template, text, seconds)
    with _long:
        done = subprocess.run(  # noqa: S603 - our own module; what it reads is only ever text
            [sys.executable, "-m", "booking.foundation.web.paper", template, str(seconds)],
            input=text.encode(),
            capture_output=True,
            cwd=folders.IMPORTED_FROM,
            timeout=WALL_S,
            check=True,
            env={"PYTHONPATH": str(folders.IMPORTED_FROM)},  # and none of our secrets
        )
    return done.stdout


def _compiled(template: str, facts: str, seconds: int) -> bytes:
    content = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=lettering.fonts(),
        sys_inputs={template: facts},
        timestamp=seconds,
        pdf_standards=lettering.KEPT,
    )
    assert isinstance(content, bytes), "a PDF is one file"
    return content


if __name__ == "__main__":
    made = _compiled(sys.argv[1], sys.stdin.read(), int(sys.argv[2]))
    sys.stdout.buffer.write(made)
