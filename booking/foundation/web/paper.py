"""PDFs made by Typst, from the templates under `templates/print`. A template reads its facts as
JSON and never as its own language, so a name is only ever text.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

import config as settings

TEMPLATES = Path(settings.ROOT) / "templates" / "print"


def as_pdf(template: str, facts: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return a PDF file: `templates/print/<template>.typ` with these facts."""
    content = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={template: json.dumps(facts)},
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(content, bytes), "a PDF is one file"
    return content


@cache
def _fonts() -> typst.Fonts:
    """Load the fonts that come with Typst, once, so that PDFs look the same on every machine."""
    return typst.Fonts(include_system_fonts=False)
