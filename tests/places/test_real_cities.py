"""Real cities import whole. They are read from the folder that ENGAGE_TEST_PLACES names."""

import gzip
import os
from pathlib import Path

import pytest

from engage.core import db
from engage.core.access import CLOCK
from engage.places import actions, queries
from tests.conftest import NOW

CITIES = sorted(Path(os.environ["ENGAGE_TEST_PLACES"]).glob("*.geojson")) if "ENGAGE_TEST_PLACES" in os.environ else []
EXPECTED = {
    "luton-wards": (19, "E05002198", "Dallow", None),
    "nyc-community-districts": (59 + 5, "101", "Manhattan Community District 1", "Manhattan"),
    "strasbourg-eurometropole-communes": (29, "67296", "Mittelhausbergen", None),
}


def take(file):
    with db.transaction():
        return actions.import_neighbourhoods(content=file.read_bytes(), by=CLOCK, now=NOW)


if CITIES:  # without them there is nothing to test

    @pytest.mark.parametrize("file", CITIES, ids=lambda file: file.stem)
    @pytest.mark.usefixtures("app")
    def test_a_real_city_imports_whole_and_twice_is_the_same(file):
        areas, code, name, parent = EXPECTED[file.stem]
        assert (take(file).created, take(file).unchanged, len(queries.all_neighbourhoods())) == (areas, areas, areas)
        known = queries.neighbourhood(code)
        assert known.name == name
        assert parent is None or queries.area(known.parent_id).name == parent

    @pytest.mark.parametrize("file", CITIES, ids=lambda file: file.stem)
    @pytest.mark.usefixtures("app")
    def test_the_map_of_a_real_city_is_light(file):
        take(file)
        outlines = "".join(area.outline or "" for area in queries.all_neighbourhoods())
        assert len(gzip.compress(outlines.encode(), 6)) < 4_500
