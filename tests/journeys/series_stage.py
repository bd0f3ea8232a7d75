"""What is there before the story of a series begins: halls in Dallow, Saints and Biscot, on real ground where it is known."""

import os
from pathlib import Path

from engage.core import db
from engage.core.access import CLOCK
from engage.core.text import Localized
from engage.places import actions as places
from tests.journeys import stage

HALLS = {"Library": "Dallow", "Saints Hall": "Saints", "Biscot Hall": "Biscot"}


def build(locale):
    """Found the city of all stories with two halls more: Luton's own wards where ENGAGE_TEST_PLACES has them."""
    wards = Path(os.environ.get("ENGAGE_TEST_PLACES", "/nowhere")) / "luton-wards.geojson"
    built = stage.build(locale, wards.read_bytes() if wards.exists() else None)
    with db.transaction():
        for name in list(HALLS)[1:]:
            hall = {
                "name": name, "address": "1 High Road", "neighbourhood_id": stage.named(HALLS[name]).id, "is_step_free": True,
                "has_hearing_loop": False, "transport": Localized.of("en", ""),
            }
            places.add_venue(venue=hall, by=CLOCK, now=stage.START)
    return built
