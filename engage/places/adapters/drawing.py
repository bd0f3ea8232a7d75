"""Draw a city's neighbourhoods as one light map.

Positions are projected (equirectangular, true at the city's middle latitude) into one common
frame of whole units. Borders are cut where three areas meet and thinned piece by piece, so that
neighbours keep one common line: Douglas and Peucker, "Algorithms for the reduction of the number of
points required to represent a digitized line", Cartographica 10 (1973).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from engage.places.rules import Polygon, Position

Key = TypeVar("Key", bound=Hashable)
Point = tuple[int, int]
Loop = list[Point]  # a ring without its last point, which is its first

FRAME = 600  # units of the longer side
FINENESS = 8  # borders are compared on a grid this many times finer than the map's units
SMALLEST_ISLAND = 6  # twice its area in square units, for each unit of tolerance
LIGHT = 9_000  # characters of path data in all: under 4 KB compressed
NEAR = 0.5  # of the fine grid: distances closer than this count as the same
TOLERANCES = (0.6, 0.9, 1.3, 1.9, 2.8, 4.0, 6.0, 9.0, 14.0, 20.0)  # units; the first that is light enough


@dataclass(frozen=True)
class Outline:
    """One area as it is drawn: path data, where its number stands, how much room is there, how far it reaches."""

    path: str
    label_x: int
    label_y: int
    label_room: int
    right: int
    bottom: int


def draw(shapes: Mapping[Key, list[Polygon]]) -> dict[Key, Outline]:
    """Return the outlines of areas in one frame, thinned until the whole map is light."""
    fine = _projected(shapes) if shapes else {}
    nodes = _nodes(loop for loops in fine.values() for loop in loops)
    drawn: dict[Key, list[Loop]] = {}
    for tolerance in TOLERANCES:
        fine = {key: [_thin(loop, nodes, tolerance * FINENESS) for loop in loops] for key, loops in fine.items()}
        drawn = {key: _visible(loops, tolerance) for key, loops in fine.items()}
        if sum(len(_path(loops)) for loops in drawn.values()) <= LIGHT:
            break
    return {key: _outline(loops) for key, loops in drawn.items()}


# --- projection ----------------------------------------------------------------------------------


def _projected(shapes: Mapping[Key, list[Polygon]]) -> dict[Key, list[Loop]]:
    """Return every ring as whole points on the fine grid, y growing downwards."""
    positions = [position for polygons in shapes.values() for polygon in polygons for ring in polygon for position in ring]
    place = _projection(positions)
    return {
        key: [loop for polygon in polygons for ring in polygon if (loop := _without_repeats(map(place, ring)))]
        for key, polygons in shapes.items()
    }


def _projection(positions: Sequence[Position]) -> Callable[[Position], Point]:
    is_split = max(x for x, _ in positions) - min(x for x, _ in positions) > 180  # noqa: PLR2004 - across the date line
    unwrap: Callable[[float], float] = (lambda x: x % 360) if is_split else (lambda x: x)
    west, east = min(unwrap(x) for x, _ in positions), max(unwrap(x) for x, _ in positions)
    south, north = min(y for _, y in positions), max(y for _, y in positions)
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.01)
    scale = FRAME * FINENESS / max((east - west) * squeeze, north - south, 1e-9)
    return lambda position: (round((unwrap(position[0]) - west) * squeeze * scale), round((north - position[1]) * scale))


def _without_repeats(points: Iterable[Point]) -> Loop:
    loop: Loop = []
    for point in points:
        if not loop or loop[-1] != point:
            loop.append(point)
    return loop[:-1] if len(loop) > 1 and loop[0] == loop[-1] else loop


# --- thinning ------------------------------------------------------------------------------------


def _nodes(loops: Iterable[Loop]) -> set[Point]:
    """Return the points where borders part: those with other than two neighbours among all rings."""
    neighbours: defaultdict[Point, set[Point]] = defaultdict(set)
    for loop in loops:
        for one, other in pairwise([*loop, loop[0]]):
            neighbours[one].add(other)
            neighbours[other].add(one)
    return {point for point, others in neighbours.items() if len(others) != 2}  # noqa: PLR2004


def _visible(loops: list[Loop], tolerance: float) -> list[Loop]:
    """Return an area's rings on the map's own grid; islands too small to see are dropped, but not the last."""
    placed = [_on_map(loop) for loop in loops]
    visible = [loop for loop in placed if abs(_doubled_area(loop)) >= SMALLEST_ISLAND * tolerance]
    return visible or [max(placed, key=lambda loop: (abs(_doubled_area(loop)), len(loop)))]


def _thin(loop: Loop, nodes: set[Point], tolerance: float) -> Loop:
    turned = _turned(loop, nodes)
    cuts = [index for index, point in enumerate(turned) if point in nodes] or [0]
    if len(cuts) == 1:  # nobody's border but its own: two halves, so that it keeps its extent
        cuts.append(max(range(len(turned)), key=lambda index: math.dist(turned[cuts[0]], turned[index])))
    thin: Loop = []
    for start, end in pairwise([*sorted(set(cuts)), len(turned)]):
        thin += _thin_line([*turned, turned[0]][start : end + 1], tolerance)[:-1]
    return thin


def _turned(loop: Loop, nodes: set[Point]) -> Loop:
    """Return a ring so that it begins at a node, or at its least point: the same from either side."""
    start = loop.index(min([point for point in loop if point in nodes] or loop))
    return loop[start:] + loop[:start]


def _thin_line(line: Loop, tolerance: float) -> Loop:
    """Thin one border, the same whichever way it is walked (Douglas-Peucker, without recursion)."""
    walked = line if line[0] <= line[-1] else line[::-1]
    kept, spans = {0, len(walked) - 1}, [(0, len(walked) - 1)]
    while spans:
        first, last = spans.pop()
        far, away = _farthest(walked, first, last)
        if away > tolerance:
            kept.add(far)
            spans += [(first, far), (far, last)]
    thin = [walked[index] for index in sorted(kept)]
    return thin if walked is line else thin[::-1]


def _farthest(line: Loop, first: int, last: int) -> tuple[int, float]:
    """Return the point farthest from the line between two; of several, the middlemost, so that a
    border like a saw is halved each time and not cut tooth by tooth."""
    middle = (first + last) / 2
    far, away = first, 0.0
    for index in range(first + 1, last):
        distance = _distance(line[index], line[first], line[last])
        is_tie = abs(distance - away) < NEAR and abs(index - middle) < abs(far - middle)
        if distance > away + NEAR or is_tie:
            far, away = index, distance
    return far, away


def _distance(point: tuple[float, float], start: Point, end: Point) -> float:
    """Return how far a point is from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
    return math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))


def _on_map(loop: Loop) -> Loop:
    return _without_repeats((round(x / FINENESS), round(y / FINENESS)) for x, y in [*loop, loop[0]])


def _doubled_area(loop: Loop) -> int:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*loop, loop[0]]))


# --- outlines ------------------------------------------------------------------------------------


def _outline(loops: list[Loop]) -> Outline:
    points = [point for loop in loops for point in loop]
    x, y, room = _roomiest(max(loops, key=lambda loop: abs(_doubled_area(loop))))
    return Outline(_path(loops), x, y, room, max(x for x, _ in points), max(y for _, y in points))


def _path(loops: list[Loop]) -> str:
    """Return rings as SVG path data: relative, with no more signs and spaces than needed."""
    data = ""
    here = (0, 0)
    for loop in loops:
        data += _steps("m", [loop[0]], here) + _steps("l", loop[1:], loop[0]) + "z"
        here = loop[0]
    return data


def _steps(command: str, points: Loop, here: Point) -> str:
    data = ""
    for point in points:
        for number in (point[0] - here[0], point[1] - here[1]):
            data += f" {number}" if data and number >= 0 else f"{number}"
        here = point
    return command + data if data else ""


def _roomiest(loop: Loop) -> tuple[int, int, int]:
    """Return the point of a coarse grid farthest from all edges, with that distance: there a number fits."""
    left, top = min(x for x, _ in loop), min(y for _, y in loop)
    wide, high = max(x for x, _ in loop) - left, max(y for _, y in loop) - top
    grid = ((left + wide * i / 16, top + high * j / 16) for i in range(1, 16) for j in range(1, 16))
    inside = [(x, y) for x, y in grid if _is_inside(x, y, loop)] or [(left + wide / 2, top + high / 2)]
    x, y = max(inside, key=lambda point: _room(point, loop))
    return round(x), round(y), int(_room((x, y), loop))


def _room(point: tuple[float, float], loop: Loop) -> float:
    return min(_distance(point, start, end) for start, end in pairwise([*loop, loop[0]]))


def _is_inside(x: float, y: float, loop: Loop) -> bool:
    """Say whether a point lies in a ring: a ray from it crosses the border an odd number of times."""
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*loop, loop[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1
