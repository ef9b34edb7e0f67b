"""Grid references become degrees: Ordnance Survey's worked example, known places, every place."""

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import grid

METRES_IN_A_DEGREE = 111_200


def metres_apart(one, other):
    """Return the distance between two places near one another."""
    north = (one[0] - other[0]) * METRES_IN_A_DEGREE
    east = (one[1] - other[1]) * METRES_IN_A_DEGREE * cos(radians(one[0]))
    return hypot(north, east)


def dms(degrees, minutes, seconds):
    """Return degrees, minutes and seconds as degrees."""
    return degrees + minutes / 60 + seconds / 3600


def test_the_water_tower_of_the_published_example_is_where_it_is():
    # TG 51409 13177 in "A guide to coordinate systems in Great Britain"; by satellite it is at
    # 52°39′28.83″ N, 1°42′57.87″ E.
    found = grid.to_wgs84(651_410, 313_177)

    assert metres_apart(found, (dms(52, 39, 28.83), dms(1, 42, 57.87))) < 5


@pytest.mark.parametrize(
    ("easting", "northing", "place"),
    [
        (530_047, 180_422, (51.5080, -0.1281)),  # Trafalgar Square
        (216_675, 771_297, (56.7969, -5.0036)),  # the top of Ben Nevis
        (538_876, 177_330, (51.4779, -0.0015)),  # the observatory at Greenwich
    ],
)
def test_well_known_places_are_found(easting, northing, place):
    assert metres_apart(grid.to_wgs84(easting, northing), place) < 100


@given(st.integers(10_000, 650_000), st.integers(10_000, 1_200_000))
def test_a_step_of_a_kilometre_is_a_kilometre_everywhere(easting, northing):
    here = grid.to_wgs84(easting, northing)

    for there in (grid.to_wgs84(easting + 1000, northing), grid.to_wgs84(easting, northing + 1000)):
        assert 990 < metres_apart(here, there) < 1010


@pytest.mark.parametrize("reference", [(0, 0), (-5, 300_000), (300_000, 1_300_000), (800_000, 1)])
def test_what_is_not_in_great_britain_is_refused(reference):
    with pytest.raises(grid.OffTheGrid):
        grid.to_wgs84(*reference)
