"""Pictures as SVG: words, bars and steps in the site's own typeface and colours, light and dark.

A picture is fetched by itself, so it brings its font and its colours along. The colours are those
of the style sheet, where each is written once.
"""

import base64
import re
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

STATIC = Path(__file__).parents[2] / "static"
#: How wide a picture is drawn: for a page, and for a phone.
WIDE, NARROW = 720, 360
#: The height of words, and of a line of them.
SIZE, LINE = 14, 16
#: How wide letters are in our typeface, in parts of their size; the rest are as wide as `n`.
_WIDTHS = {" .,:;'‘’": 0.25, "iljI|": 0.26, "ft()-": 0.33, "mwMW%@": 0.8, "r": 0.35}
_CAPITAL, _OTHER = 0.65, 0.55
_COLOURS = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});")
_BLOCKS = re.compile(r":root \{(.*?)\n *\}", re.DOTALL)
#: The colours of the style sheet that pictures use.
USED = ("ink", "ink-soft", "line", "surface", "on-accent", "accent", "rest", "day-2", "cpd")
_STYLE = (
    '@font-face{{font-family:"Fairplace Sans";src:url(data:font/woff2;base64,{font})}}'
    ":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    'text{{font:14px "Fairplace Sans",system-ui,sans-serif;fill:var(--ink)}}'
    ".soft{{fill:var(--ink-soft)}}.line{{stroke:var(--line)}}.axis{{stroke:var(--ink-soft)}}"
    ".end{{text-anchor:end}}.middle{{text-anchor:middle}}.on{{fill:var(--on-accent)}}"
    "{fills}.area{{fill-opacity:.18}}.steps{{fill:none;stroke:var(--cpd);stroke-width:2.5}}"
)


class Picture:
    """A picture while it is drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def text(self, x: float, y: float, words: str, kind: str = "") -> None:
        """Write words with their foot at `y`; `kind` is "end", "middle", "soft" or "on"."""
        said = f' class="{kind}"' if kind else ""
        self._parts.append(f'<text x="{_at(x)}" y="{_at(y)}"{said}>{escape(words)}</text>')

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a box with a colour of the style sheet."""
        self._parts.append(
            f'<rect class="{colour}" x="{_at(x)}" y="{_at(y)}" '
            f'width="{_at(max(width, 0))}" height="{_at(height)}"/>'
        )

    def line(self, x: float, y: float, to_x: float, to_y: float, kind: str = "line") -> None:
        """Draw a thin line: a guide, or the axis."""
        self._parts.append(
            f'<path class="{kind}" d="M{_at(x)} {_at(y)}L{_at(to_x)} {_at(to_y)}" fill="none"/>'
        )

    def path(self, path: str, kind: str) -> None:
        """Draw a path."""
        self._parts.append(f'<path class="{kind}" d="{path}"/>')

    def key(self, names: dict[str, str]) -> float:
        """Say on top what each colour means, and return where the rest may begin."""
        x, y = 0.0, LINE
        for colour, words in names.items():
            wide = 20 + width_of(words)
            if x and x + wide > self.width:
                x, y = 0, y + LINE + 6
            self.bar(x, y - 11, 12, 12, colour)
            self.text(x + 18, y, words)
            x += wide + 24
        return y + 14

    def drawn(self) -> bytes:
        """Return the picture, always the same for the same parts."""
        size = f'width="{self.width}" height="{self.height}"'
        box = f'viewBox="0 0 {self.width} {self.height}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}><style>{_style()}</style>'
            f"{''.join(self._parts)}</svg>"
        ).encode()


def width_of(words: str) -> float:
    """Return roughly how wide words are, rather too much than too little."""
    return SIZE * sum(_width(letter) for letter in words)


def _width(letter: str) -> float:
    for letters, width in _WIDTHS.items():
        if letter in letters:
            return width
    return _CAPITAL if letter.isupper() else _OTHER


def wrapped(words: str, width: float, *, most: int) -> list[str]:
    """Return words in lines of this width, in no more than `most`: only then are they cut short."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or width_of(longer) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = longer
    return [_shortened(line, width) for line in lines]


def _shortened(line: str, width: float) -> str:
    if width_of(line) <= width:
        return line
    while line and width_of(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def colours() -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours of the style sheet by name, in light and in dark."""
    light, dark = _BLOCKS.findall((STATIC / "theme.css").read_text())[:2]
    return dict(_COLOURS.findall(light)), dict(_COLOURS.findall(dark))


@cache
def _style() -> str:
    font = (STATIC / "fonts" / "fairplace-sans-charts.woff2").read_bytes()
    light, dark = (
        "".join(f"--{name}:{found[name]};" for name in USED if name in found) for found in colours()
    )
    fills = "".join(f".{name}{{fill:var(--{name})}}" for name in USED)
    return _STYLE.format(font=base64.b64encode(font).decode(), light=light, dark=dark, fills=fills)


def _at(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
