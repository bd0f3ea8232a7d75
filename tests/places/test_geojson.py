"""A file of neighbourhoods is read as a whole, or refused with what is wrong and where."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.core.refusal import Refused
from engage.places import rules
from engage.places.adapters import geojson
from engage.places.rules import Reason
from tests.places.shapes import collection, feature, square, three

LINE = [[0, 0], [1, 1]]


def shaped(ring=None, **geometry):
    return feature("A2", "Biscot", geometry={"type": "Polygon", "coordinates": [ring or square()], **geometry})


def second(broken):
    """A file whose first feature is right and whose second is not."""
    return collection(feature(), broken)


BROKEN = [
    pytest.param(b"", Reason.NOT_JSON, None, id="empty"),
    pytest.param(b"\xff\xfe{}", Reason.NOT_JSON, None, id="not text"),
    pytest.param(b"code,name\n1,Dallow", Reason.NOT_JSON, None, id="a table"),
    pytest.param(three().replace(b"51.88", b"NaN", 1), Reason.NOT_JSON, None, id="NaN"),
    pytest.param(three().replace(b"51.88", b"-Infinity", 1), Reason.NOT_JSON, None, id="Infinity"),
    pytest.param(b"[" * 200_000, Reason.TOO_DEEP, None, id="too deep"),
    pytest.param(b" " * (rules.LARGEST_FILE + 1), Reason.TOO_LARGE, None, id="too large"),
    pytest.param(b"[]", Reason.NOT_A_COLLECTION, None, id="a list"),
    pytest.param(json.dumps(feature()).encode(), Reason.NOT_A_COLLECTION, None, id="one feature alone"),
    pytest.param(b'{"type": "FeatureCollection"}', Reason.NOT_A_COLLECTION, None, id="no list of features"),
    pytest.param(collection(), Reason.NO_FEATURES, None, id="no features"),
    pytest.param(collection(*[feature()] * 5001), Reason.TOO_MANY_FEATURES, None, id="too many"),
    pytest.param(second("Biscot"), Reason.NOT_A_FEATURE, 2, id="not a feature"),
    pytest.param(second({**feature(), "properties": None}), Reason.NOT_A_FEATURE, 2, id="no properties"),
    pytest.param(second(feature(None)), Reason.CODE_MISSING, 2, id="no code"),
    pytest.param(second(feature(True)), Reason.CODE_MISSING, 2, id="a code that is a truth"),
    pytest.param(second(feature(" \u202e ")), Reason.CODE_MISSING, 2, id="a blank code"),
    pytest.param(second(feature("x" * 41)), Reason.CODE_WRONG, 2, id="a long code"),
    pytest.param(second(feature("a/b")), Reason.CODE_WRONG, 2, id="a code with a slash"),
    pytest.param(second(feature("..")), Reason.CODE_WRONG, 2, id="a code that is a path"),
    pytest.param(second(feature()), Reason.CODE_TWICE, 2, id="the same code"),
    pytest.param(second(feature("A2", "")), Reason.NAME_MISSING, 2, id="no name"),
    pytest.param(second(feature("A2", 7)), Reason.NAME_MISSING, 2, id="a name that is a number"),
    pytest.param(second(feature("A2", "x" * 121)), Reason.NAME_TOO_LONG, 2, id="a long name"),
    pytest.param(second(feature("A2", parent=["A1"])), Reason.PARENT_WRONG, 2, id="a parent that is a list"),
    pytest.param(second(feature("A2", parent="x" * 121)), Reason.PARENT_WRONG, 2, id="a long parent"),
    pytest.param(second({**feature("A2"), "geometry": None}), Reason.SHAPE_MISSING, 2, id="no shape"),
    pytest.param(second(shaped(coordinates=[])), Reason.SHAPE_MISSING, 2, id="no rings"),
    pytest.param(second(shaped(type="MultiPolygon", coordinates=[[]])), Reason.SHAPE_MISSING, 2, id="an empty polygon"),
    pytest.param(second(shaped(type="Point", coordinates=[0, 0])), Reason.SHAPE_UNKNOWN, 2, id="a point"),
    pytest.param(second(shaped(type="MultiPolygon")), Reason.RING_TOO_SHORT, 2, id="brackets too few"),
    pytest.param(second(shaped(coordinates="0,0")), Reason.SHAPE_UNKNOWN, 2, id="coordinates as text"),
    pytest.param(second(shaped(coordinates=[7])), Reason.SHAPE_UNKNOWN, 2, id="a ring that is a number"),
    pytest.param(second(shaped(LINE)), Reason.RING_TOO_SHORT, 2, id="a ring of two points"),
    pytest.param(second(shaped(square()[:4])), Reason.RING_OPEN, 2, id="an open ring"),
    pytest.param(second(shaped([[0, 0], [0, True], [1, 1], [0, 0]])), Reason.NOT_A_POSITION, 2, id="a truth as a number"),
    pytest.param(second(shaped([[0, 0], [0, "1"], [1, 1], [0, 0]])), Reason.NOT_A_POSITION, 2, id="text as a number"),
    pytest.param(second(shaped([[0, 0], [0], [1, 1], [0, 0]])), Reason.NOT_A_POSITION, 2, id="half a position"),
    pytest.param(second(shaped([[0, 0], [181, 0], [1, 1], [0, 0]])), Reason.OFF_THE_GLOBE, 2, id="too far east"),
    pytest.param(second(shaped([[0, 0], [0, -91], [1, 1], [0, 0]])), Reason.OFF_THE_GLOBE, 2, id="too far south"),
    pytest.param(second(shaped([[504000, 222000], [1, 1], [1, 0], [504000, 222000]])), Reason.OFF_THE_GLOBE, 2, id="metres"),
    pytest.param(second(shaped()).replace(b"51.88", b"1e999"), Reason.OFF_THE_GLOBE, 1, id="too large a number"),
    pytest.param(second(feature("A2", parent="A2")), Reason.PARENT_IN_A_CIRCLE, 2, id="its own parent"),
    pytest.param(
        collection(feature("A1", parent="A2"), feature("A2", parent="A3"), feature("A3", parent="A1")),
        Reason.PARENT_IN_A_CIRCLE, 1, id="parents in a circle",
    ),
    pytest.param(
        collection(feature("A1", "Park"), feature("A2", "Park"), feature("A3", parent="Park")), Reason.PARENT_UNCLEAR, 3,
        id="two parents of one name",
    ),
    pytest.param(collection(feature("west"), feature(parent="West")), Reason.PARENT_UNCLEAR, 2, id="a made code that is taken"),
]


@pytest.mark.parametrize("content, reason, number", BROKEN)
def test_a_broken_file_is_refused_with_the_feature_and_what_is_wrong(content, reason, number):
    with pytest.raises(Refused) as refused:
        geojson.read(content)
    assert (refused.value.reason, refused.value.details.get("number")) == (reason, number)


def test_a_parent_that_is_no_feature_becomes_an_area_of_its_own():
    west, *others = geojson.read(three())
    assert (west.code, west.name, west.parent, west.geometry) == ("west", "West", None, None)
    assert [(place.code, place.parent) for place in others] == [("A1", "west"), ("A2", "west"), ("B1", None)]


def test_areas_may_be_numbered():
    file = collection(feature(1, "West"), feature(2, "Biscot", parent=1))
    assert [(place.code, place.parent) for place in geojson.read(file)] == [("1", None), ("2", "1")]


def test_a_parent_is_found_by_code_or_by_name():
    file = collection(feature("W", "West"), feature("A1", parent="W"), feature("A2", "Biscot", parent="West"))
    assert [place.parent for place in geojson.read(file)] == [None, "W", "W"]


@pytest.mark.parametrize("name, code", [
    ("Manhattan", "manhattan"), ("Île-de-Nord", "île-de-nord"), ("الحي القديم", "الحي-القديم"), ("!!!", "e84c538e"),
    ("A very long name of an area that nobody can keep", "a-very-long-name-of-an-area-tha-f8b7fa47"),
])
def test_an_area_known_by_its_name_alone_has_a_stable_code(name, code):
    assert geojson.parent_code(name) == code
    assert rules.is_code(code)


def test_numbers_may_be_codes_and_altitudes_are_left_out():
    ring = [[x, y, 120.5] for x, y in square()]
    place, = geojson.read(collection(feature(101, ring=ring)))
    assert place.code == "101"
    assert rules.polygons(place.geometry) == [[[tuple(position[:2]) for position in ring]]]


def test_names_are_cleaned():
    place, = geojson.read(collection(feature(name="Dal\u202elow\x00\ud800")))
    assert place.name == "Dallow"


NAMES = ["type", "features", "properties", "geometry", "coordinates", "code", "name", "parent"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(st.sampled_from(NAMES), inside, max_size=5), max_leaves=30,
)
ANY = JSON | st.text()
GEOMETRY = st.fixed_dictionaries({"type": st.sampled_from(["Polygon", "MultiPolygon", "Point"]), "coordinates": JSON})
FEATURE = st.fixed_dictionaries({
    "type": st.just("Feature"),
    "properties": st.fixed_dictionaries({"code": ANY, "name": ANY}, optional={"parent": ANY}),
    "geometry": GEOMETRY | JSON | st.just({"type": "Polygon", "coordinates": [square()]}),
})


@given(st.lists(FEATURE | JSON, max_size=4))
def test_whatever_a_file_holds_it_is_read_or_refused(features):
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    try:
        places = geojson.read(content)
    except Refused:
        return
    assert len({place.code for place in places}) == len(places)


@given(st.binary())
def test_no_bytes_break_the_reader(content):
    with pytest.raises(Refused):
        geojson.read(content)
