"""Pictures bring their font and colours along, and do not cut the names of things."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from booking.foundation.web import bars, drawing

TEXT = "{http://www.w3.org/2000/svg}text"


def words_of(picture):
    return [text.text for text in ElementTree.fromstring(picture).iter(TEXT)]


def test_a_picture_is_light_and_dark_in_the_colours_of_the_style_sheet():
    light, dark = drawing.colours()
    picture = drawing.Picture(720, 360).drawn().decode()

    assert set(drawing.USED) <= set(light)
    assert set(drawing.USED) <= set(dark)
    before, after = picture.split("prefers-color-scheme:dark")
    assert f"--cpd:{light['cpd']};" in before
    assert f"--cpd:{dark['cpd']};" in after


def test_a_picture_fetches_nothing():
    picture = drawing.Picture(720, 360).drawn().decode()

    assert "url(data:font/woff2;base64," in picture
    assert picture.count("url(") == 1
    assert "//" not in picture.split("<style>")[0].replace("http://www.w3.org/2000/svg", "")


def test_long_names_are_in_two_lines_and_not_cut():
    name = "St Bartholomew and All Angels Voluntary Aided Junior School"

    assert drawing.wrapped(name, 240, most=2) == [
        "St Bartholomew and All Angels",
        "Voluntary Aided Junior School",
    ]


def test_a_name_that_no_two_lines_hold_is_cut_at_the_end():
    lines = drawing.wrapped("Supercalifragilistic " * 6, 200, most=2)

    assert len(lines) == 2
    assert lines[1].endswith("…")


@given(st.text(st.characters(codec="latin-1", categories=("L", "N", "Zs")), max_size=80))
def test_lines_hold_the_width_they_have(words):
    lines = drawing.wrapped(words, 220, most=2)

    assert len(lines) <= 2
    assert all(drawing.width_of(line) <= 220 for line in lines)
    whole = " ".join(lines)
    assert whole == " ".join(words.split()) or "…" in whole


def test_each_school_has_its_name_and_its_numbers_where_there_is_room():
    series = {"Received": [6, 0, 12.5], "Asked for, not received": [2, 3, 0.01]}

    for width in (bars.WIDE, bars.NARROW):
        picture = bars.drawn(["Oak School", "Elm & Ash", "Fern"], series, width=width)
        said = words_of(picture)
        assert said[:2] == ["Received", "Asked for, not received"]
        assert said[2:] == ["Oak", "6", "2", "Elm & Ash", "3", "Fern", "12.5"]
