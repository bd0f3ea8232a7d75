"""What a city's shapes and venues may be. Knows no file, database, request, clock or language.

Shapes are GeoJSON's (RFC 7946): polygons are lists of rings, rings lists of positions, a position
is longitude and latitude in degrees (WGS 84).
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

LARGEST_FILE = 5 * 1024 * 1024  # bytes
MOST_FEATURES = 5_000
LONGEST_CODE, LONGEST_NAME = 40, 120
SHORTEST_RING = 4  # three corners, and the first again
_CODE = re.compile(r"\w[\w .:-]*")

Position = tuple[float, float]
Ring = list[Position]
Polygon = list[Ring]


class Reason(StrEnum):
    """Why a file of neighbourhoods, or a venue, is refused."""

    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    NOT_A_COLLECTION = "not_a_collection"
    NO_FEATURES = "no_features"
    TOO_MANY_FEATURES = "too_many_features"
    # With the feature's number, counted from one.
    NOT_A_FEATURE = "not_a_feature"
    CODE_MISSING = "code_missing"
    CODE_WRONG = "code_wrong"
    CODE_TWICE = "code_twice"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    PARENT_WRONG = "parent_wrong"
    PARENT_UNCLEAR = "parent_unclear"
    PARENT_IN_A_CIRCLE = "parent_in_a_circle"
    SHAPE_MISSING = "shape_missing"
    SHAPE_UNKNOWN = "shape_unknown"
    RING_TOO_SHORT = "ring_too_short"
    RING_OPEN = "ring_open"
    NOT_A_POSITION = "not_a_position"
    OFF_THE_GLOBE = "off_the_globe"

    VENUE_THERE = "venue_there"


def is_code(code: str) -> bool:
    """Say whether a code can stand in a URL: letters and digits of any script, dots, colons, hyphens, spaces."""
    return len(code) <= LONGEST_CODE and bool(_CODE.fullmatch(code))


def position_problem(position: object) -> Reason | None:
    """Say what is wrong with longitude and latitude (an altitude may follow), or None."""
    if not isinstance(position, list) or not 2 <= len(position) <= 4:  # noqa: PLR2004 - RFC 7946, 3.1.1
        return Reason.NOT_A_POSITION
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in position):
        return Reason.NOT_A_POSITION
    longitude, latitude = position[:2]
    is_on_globe = -180 <= longitude <= 180 and -90 <= latitude <= 90  # noqa: PLR2004 - degrees; never true of NaN
    return None if is_on_globe else Reason.OFF_THE_GLOBE


def ring_problem(ring: object) -> Reason | None:
    """Say what is wrong with a ring, or None."""
    if not isinstance(ring, list):
        return Reason.SHAPE_UNKNOWN
    if len(ring) < SHORTEST_RING:
        return Reason.RING_TOO_SHORT
    for position in ring:
        if problem := position_problem(position):
            return problem
    return None if ring[0][:2] == ring[-1][:2] else Reason.RING_OPEN


def shape_problem(geometry: object) -> Reason | None:
    """Say what is wrong with a Polygon or MultiPolygon, or None."""
    if geometry is None:
        return Reason.SHAPE_MISSING
    polygons = _polygons(geometry)
    if polygons is None or not all(isinstance(polygon, list) for polygon in polygons):
        return Reason.SHAPE_UNKNOWN
    if not polygons or not all(polygons):
        return Reason.SHAPE_MISSING
    rings = (ring for polygon in polygons for ring in polygon)
    problems = (ring_problem(ring) for ring in rings)
    return next((problem for problem in problems if problem), None)


def _polygons(geometry: object) -> list[Any] | None:
    if not isinstance(geometry, dict) or not isinstance(coordinates := geometry.get("coordinates"), list):
        return None
    if geometry.get("type") == "Polygon":
        return [coordinates]
    return coordinates if geometry.get("type") == "MultiPolygon" else None


def polygons(geometry: Mapping[str, object]) -> list[Polygon]:
    """Return the polygons of a shape that has no problem, altitudes left out."""
    found: Any = _polygons(geometry) or []
    return [[[(float(x), float(y)) for x, y, *_ in ring] for ring in polygon] for polygon in found]


def first_in_circle(parents: Mapping[str, str | None]) -> str | None:
    """Return a code whose parents lead back to itself, or None."""
    settled: set[str] = set()
    for start in parents:
        way: set[str] = set()
        code: str | None = start
        while code is not None and code not in settled:
            if code in way:
                return code
            way.add(code)
            code = parents.get(code)
        settled |= way
    return None
