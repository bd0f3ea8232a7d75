"""A city becomes one light map: in one frame, true to its form, neighbours without gaps."""

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.places.adapters import drawing
from tests.places.shapes import square


def polygon(*rings):
    return [[[tuple(position) for position in ring] for ring in rings]]


def corners(path):
    """The points of path data, as whole numbers."""
    x = y = 0
    found = []
    for command, numbers in re.findall(r"([mlz])([^mlz]*)", path):
        steps = [int(number) for number in re.findall(r"-?\d+", numbers)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
        if command == "z":
            x, y = found[0]
    return found


def test_all_areas_share_one_frame_as_wide_as_they_are_together():
    drawn = drawing.draw({"west": polygon(square(0)), "east": polygon(square(1))})
    assert set(corners(drawn["west"].path)) & set(corners(drawn["east"].path)), "neighbours share their border"
    assert (drawn["west"].right, drawn["east"].right) == (300, 600)


def test_a_degree_of_longitude_is_shorter_away_from_the_equator():
    drawn = drawing.draw({"north": polygon([[0, 59], [2, 59], [2, 61], [0, 61], [0, 59]])})["north"]
    assert drawn.bottom == drawing.FRAME
    assert drawn.right == pytest.approx(drawing.FRAME / 2, abs=1)  # cos 60° is a half


def test_north_is_up():
    drawn = drawing.draw({"south": polygon(square(0, 0)), "north": polygon(square(0, 1))})
    assert drawn["north"].bottom < drawn["south"].bottom


def test_a_city_across_the_date_line_stays_in_one_piece():
    drawn = drawing.draw({
        "west": polygon([[179, 0], [180, 0], [180, 1], [179, 1], [179, 0]]),
        "east": polygon([[-180, 0], [-179, 0], [-179, 1], [-180, 1], [-180, 0]]),
    })
    assert drawn["east"].right == 2 * drawn["west"].right == drawing.FRAME


def test_islands_that_vanish_are_dropped_but_the_largest_stays():
    speck, dot = square(5, 5, side=0.00002), square(7, 7, side=0.00001)
    drawn = drawing.draw({"main": polygon(square(0, 0)) + polygon(speck), "specks": polygon(speck) + polygon(dot)})
    assert drawn["main"].path.count("m") == 1
    assert drawn["specks"].path.count("m") == 1


def test_the_number_stands_inside_even_where_the_middle_is_outside():
    horseshoe = [[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [3, 1], [3, 9], [0, 9], [0, 0]]
    drawn = drawing.draw({"bay": polygon(horseshoe)})["bay"]
    assert 0 < drawn.label_x < drawing.FRAME / 3
    assert drawn.label_room > 60


def _wavy(points):
    """A border between two areas with many small waves."""
    return [[0.01 + 0.00001 * (index % 2), 0.02 * index / points] for index in range(points + 1)]


def test_neighbours_keep_one_common_line_when_it_is_thinned():
    border = _wavy(3000)
    west, east = [[0, 0], *border, [0, 0.02], [0, 0]], [[0.02, 0], *border, [0.02, 0.02], [0.02, 0]]
    drawn = drawing.draw({"west": polygon(west), "east": polygon(east)})
    inner = [{point for point in corners(area.path) if 250 < point[0] < 350} for area in drawn.values()]
    assert inner[0] == inner[1]
    assert len(drawn["west"].path) < 200


def test_a_detailed_city_is_thinned_until_it_is_light():
    shapes = {}
    for column in range(12):
        for row in range(12):
            x, y = column * 0.01, row * 0.01
            bumpy = [[x + 0.0001 * (step % 7), y + step * 0.00005] for step in range(200)]
            corner = [x + 0.01, y + 0.01]
            shapes[column, row] = polygon([corner, [x, y + 0.01], *bumpy[::-1], [x + 0.01, y], corner])
    paths = "".join(area.path for area in drawing.draw(shapes).values())
    assert len(gzip.compress(paths.encode(), 6)) < 6_000


DEGREES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
RINGS = st.lists(DEGREES, min_size=3, max_size=8).map(lambda ring: [*ring, ring[0]])


POLYGONS = st.lists(st.lists(RINGS, min_size=1, max_size=2), min_size=1, max_size=2)


@given(st.dictionaries(st.text(max_size=2), POLYGONS, min_size=1, max_size=4))
def test_any_shapes_can_be_drawn_within_the_frame(shapes):
    for area in drawing.draw(shapes).values():
        assert re.fullmatch(r"(m-?\d+[ -]\d+(l[-\d ]+)?z)+", area.path)
        assert 0 <= area.right <= drawing.FRAME
        assert 0 <= area.bottom <= drawing.FRAME
