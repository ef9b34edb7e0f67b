"""A colour is refused only if it cannot be read, and what is made of it always can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import colours
from booking.domain.colours import BLACK, CONTRAST_MIN, DAY, NIGHT, WHITE, Colour, NotAColour

PART = st.integers(0, 255)
COLOURS = st.builds(Colour, PART, PART, PART)


@given(COLOURS)
def test_the_nearest_is_readable_and_a_readable_colour_is_its_own(colour):
    nearest = colours.nearest_readable(colour)

    assert colours.is_readable(nearest)
    assert colours.is_readable(colour) == (nearest == colour)
    assert all(kept <= given for kept, given in zip(nearest.parts, colour.parts, strict=True))


@given(COLOURS)
def test_words_in_it_and_on_it_can_be_read_by_day_and_by_night(colour):
    palette = colours.palette(colours.nearest_readable(colour))

    for shades, grounds in ((palette.day, DAY), (palette.night, NIGHT)):
        pairs = [(shades.accent, shades.on_accent), (shades.strong, shades.soft)]
        pairs += [(shades.accent, ground) for ground in grounds]
        pairs += [(shades.strong, ground) for ground in grounds]
        assert min(colours.contrast(*pair) for pair in pairs) >= CONTRAST_MIN
    assert (palette.day.on_accent, palette.night.on_accent) == (WHITE, BLACK)


def test_the_contrast_is_that_of_the_guidelines():
    assert colours.contrast(BLACK, WHITE) == pytest.approx(21)
    assert colours.contrast(colours.read("#767676"), WHITE) == pytest.approx(4.54, abs=0.01)
    assert colours.contrast(colours.read("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)
    assert not colours.is_readable(colours.read("#ffdd00"))
    assert str(colours.nearest_readable(colours.read("#FFDD00"))) == "#7d6c00"


@given(COLOURS)
def test_what_is_written_is_read_again(colour):
    assert colours.read(str(colour)) == colour


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "url(x)", "#12345٣"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(NotAColour, match="such as #1f6b45"):
        colours.read(text)
