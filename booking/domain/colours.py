"""The network's own colour: whether words in it, and on it, can be read, and what goes with it.

Contrast is that of the Web Content Accessibility Guidelines 2.2 (1.4.3): at least 4.5 to 1.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

#: What words need against what is behind them.
CONTRAST_MIN = 4.5
_HEX = re.compile(r"#([0-9a-f]{6})")
#: How finely a colour is moved towards black or white.
STEPS = 256


class NotAColour(ValueError):
    """This is not written as a colour."""


@dataclass(frozen=True)
class Colour:
    """A colour by its red, green and blue, each from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        """Return it as style sheets write it: "#b0431b"."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def parts(self) -> tuple[int, int, int]:
        """Return red, green and blue."""
        return self.red, self.green, self.blue

    @property
    def luminance(self) -> float:
        """Return how bright it is, from 0 to 1 (WCAG's relative luminance)."""
        red, green, blue = (_linear(part / 255) for part in self.parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
#: What words in the colour stand on: paper, cards and sunken parts by day, the same by night.
DAY = (WHITE, Colour(0xFB, 0xF8, 0xF2), Colour(0xF3, 0xEE, 0xE3))
NIGHT = (Colour(0x14, 0x19, 0x1F), Colour(0x1C, 0x23, 0x2B), BLACK)
#: How much of the colour is in what is tinted with it.
_TINT_DAY, _TINT_NIGHT = 28, 44


@dataclass(frozen=True)
class Shades:
    """What one colour becomes by day or by night."""

    accent: Colour
    #: Words and links.
    strong: Colour
    #: What is behind them where something is tinted.
    soft: Colour
    #: Words on a button of the colour.
    on_accent: Colour


@dataclass(frozen=True)
class Palette:
    """The shades by day and by night."""

    day: Shades
    night: Shades


def read(text: str) -> Colour:
    """Return the colour that is written as #b0431b. Raises NotAColour."""
    found = _HEX.fullmatch(text.strip().lower())
    if found is None:
        raise NotAColour("Write the colour as # and six digits or letters, such as #1f6b45.")
    return Colour(*bytes.fromhex(found[1]))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour: Colour) -> bool:
    """Return whether words in the colour, and white words on it, can be read by day."""
    return _reads_on(colour, DAY)


def nearest_readable(colour: Colour) -> Colour:
    """Return the colour itself if it can be read by day, else the next darker one that can."""
    return _moved(colour, BLACK, DAY)


def palette(colour: Colour) -> Palette:
    """Return the shades of a readable colour; those by night are made from it, as light as need be.

    Everything that has words on it, or words in it, has the contrast that words need.
    """
    assert is_readable(colour), "the lead was told the nearest one that is"
    day_soft = _mixed(WHITE, colour, _TINT_DAY)
    night = _moved(colour, WHITE, NIGHT)
    night_soft = _mixed(NIGHT[1], colour, _TINT_NIGHT)
    return Palette(
        Shades(colour, _moved(colour, BLACK, (*DAY, day_soft)), day_soft, WHITE),
        Shades(night, _moved(night, WHITE, (*NIGHT, night_soft)), night_soft, BLACK),
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _reads_on(colour: Colour, grounds: tuple[Colour, ...]) -> bool:
    return all(contrast(colour, ground) >= CONTRAST_MIN for ground in grounds)


def _moved(colour: Colour, towards: Colour, grounds: tuple[Colour, ...]) -> Colour:
    """Return the colour moved no further than is needed to be read on all of these."""
    # The further it is moved, the better it can be read, so the first step that will do is found
    # by halving.
    step = bisect_left(
        range(STEPS), True, key=lambda step: _reads_on(_mixed(colour, towards, step), grounds)
    )
    return _mixed(colour, towards, step)


def _mixed(colour: Colour, other: Colour, step: int) -> Colour:
    """Return the colour with `step` of 255 parts of the other in it."""
    pairs = zip(colour.parts, other.parts, strict=True)
    return Colour(*(round(own + (its - own) * step / (STEPS - 1)) for own, its in pairs))
