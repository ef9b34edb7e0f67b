"""Where a point on the national grid is on the globe.

The national register gives schools as metres east and north on the national grid (OSGB36);
calendars and maps want degrees (WGS84). Ordnance Survey publishes both steps in "A guide to
coordinate systems in Great Britain": the transverse Mercator projection undone (annexe C) and a
Helmert transformation (section 6.6), which is accurate to about five metres.
"""

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan
from typing import NamedTuple

#: What the grid covers, in metres.
EAST_MAX, NORTH_MAX = 700_000, 1_300_000
#: Airy's ellipsoid, on which the grid lies, and WGS84's: half axes in metres.
AIRY = (6_377_563.396, 6_356_256.909)
WGS84 = (6_378_137.000, 6_356_752.3142)
#: The grid's scale on its central meridian, its true origin, and that origin's east and north.
SCALE = 0.9996012717
ORIGIN = (radians(49), radians(-2))
FALSE_EAST, FALSE_NORTH = 400_000, -100_000
#: Shifts in metres, rotations in seconds of arc, and scale in millionths, from OSGB36 to WGS84.
MOVES = (446.448, -125.157, 542.060)
TURNS = (0.1502, 0.2470, 0.8421)
GROWTH = -20.4894
#: One metre is about a hundred-thousandth of a degree.
DECIMALS = 5
NEAR_M = 0.00001


class Degrees(NamedTuple):
    """Latitude and longitude; north and east are positive."""

    latitude: float
    longitude: float


class OffTheGrid(ValueError):
    """These metres are not in Great Britain."""


def to_wgs84(easting: int, northing: int) -> Degrees:
    """Return a grid reference in metres as degrees. Raises OffTheGrid."""
    if not (0 < easting < EAST_MAX and 0 < northing < NORTH_MAX):
        raise OffTheGrid(f"{easting} east, {northing} north")
    on_wgs84 = _turned(_cartesian(_on_airy(easting, northing), AIRY))
    latitude, longitude = _geographic(on_wgs84, WGS84)
    return Degrees(round(degrees(latitude), DECIMALS), round(degrees(longitude), DECIMALS))


def _on_airy(easting: float, northing: float) -> tuple[float, float]:
    """Return latitude and longitude, in radians, on the ellipsoid of the grid."""
    a, b = AIRY
    squared = (a * a - b * b) / (a * a)
    latitude = ORIGIN[0]
    while True:
        off = northing - FALSE_NORTH - _arc(latitude)
        if abs(off) < NEAR_M:
            break
        latitude += off / (a * SCALE)
    s, t = sin(latitude), tan(latitude)
    nu = a * SCALE / sqrt(1 - squared * s * s)
    rho = a * SCALE * (1 - squared) / (1 - squared * s * s) ** 1.5
    eta2 = nu / rho - 1
    east = easting - FALSE_EAST
    north = (
        t / (2 * rho * nu),
        t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2),
        t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4),
    )
    sideways = (
        1 / nu,
        1 / (6 * nu**3) * (nu / rho + 2 * t**2),
        1 / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4),
        1 / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6),
    )
    turned = sum((-1) ** n * part * east ** (2 * n + 1) for n, part in enumerate(sideways))
    longitude = ORIGIN[1] + turned / cos(latitude)
    latitude -= north[0] * east**2 - north[1] * east**4 + north[2] * east**6
    return latitude, longitude


def _arc(latitude: float) -> float:
    """Return the length of the meridian from the grid's origin, in metres."""
    a, b = AIRY
    n = (a - b) / (a + b)
    less, more = latitude - ORIGIN[0], latitude + ORIGIN[0]
    return (
        b
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _cartesian(
    at: tuple[float, float], ellipsoid: tuple[float, float]
) -> tuple[float, float, float]:
    a, b = ellipsoid
    latitude, longitude = at
    squared = (a * a - b * b) / (a * a)
    nu = a / sqrt(1 - squared * sin(latitude) ** 2)
    return (
        nu * cos(latitude) * cos(longitude),
        nu * cos(latitude) * sin(longitude),
        (1 - squared) * nu * sin(latitude),
    )


def _turned(at: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = at
    rx, ry, rz = (radians(seconds / 3600) for seconds in TURNS)
    grown = 1 + GROWTH * 1e-6
    return (
        MOVES[0] + grown * x - rz * y + ry * z,
        MOVES[1] + rz * x + grown * y - rx * z,
        MOVES[2] - ry * x + rx * y + grown * z,
    )


def _geographic(
    at: tuple[float, float, float], ellipsoid: tuple[float, float]
) -> tuple[float, float]:
    a, b = ellipsoid
    x, y, z = at
    squared = (a * a - b * b) / (a * a)
    aside = hypot(x, y)
    latitude = atan2(z, aside * (1 - squared))
    for _ in range(10):  # each round is about a hundred times closer
        nu = a / sqrt(1 - squared * sin(latitude) ** 2)
        latitude = atan2(z + squared * nu * sin(latitude), aside)
    return latitude, atan2(y, x)
