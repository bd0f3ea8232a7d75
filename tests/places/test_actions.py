"""An import is whole or nothing, an area keeps its identity by code; venues are kept by staff of their area."""

import pytest

from engage.core import city, db, ledger
from engage.core.access import CLOCK, NOBODY, Actor, Role
from engage.core.refusal import NotAllowed, NotFound, Refused
from engage.core.text import Localized
from engage.places import actions, facts, queries
from engage.places.actions import Summary
from engage.places.models import Neighbourhood, Venue
from engage.places.rules import Reason
from tests import factories as make
from tests.conftest import NOW
from tests.places.shapes import collection, feature, square, three

pytestmark = pytest.mark.usefixtures("app")


def take(content, by=CLOCK):
    with db.transaction():
        return actions.import_neighbourhoods(content=content, by=by, now=NOW)


def rows():
    return db.session().query(Neighbourhood).all()


def test_a_file_becomes_areas_with_shapes_and_parents():
    assert take(three()) == Summary(created=4, renamed=0, redrawn=0, unchanged=0, left=0)
    west, dallow = queries.neighbourhood("west"), queries.neighbourhood("A1")
    assert (west.outline, dallow.parent_id) == (None, west.id)
    assert dallow.outline.startswith("m")
    assert queries.with_below({west.id}) == {west.id, dallow.id, queries.neighbourhood("A2").id}


def test_twice_gives_no_duplicates():
    take(three())
    before = {row.code: row.id for row in rows()}
    assert take(three()) == Summary(created=0, renamed=0, redrawn=0, unchanged=4, left=0)
    assert {row.code: row.id for row in rows()} == before


def test_a_renamed_area_keeps_its_identity_and_the_ledger_tells():
    take(three())
    before = queries.neighbourhood("B1").id
    assert take(three().replace(b"Saints", b"All Saints")).renamed == 1
    assert queries.neighbourhood("B1").id == before
    renaming, *_ = ledger.history(before)
    assert renaming.details["new_name"] == "All Saints"


def test_an_area_that_moves_is_drawn_anew_with_all_others():
    take(three())
    before = queries.neighbourhood("A1").outline
    assert take(collection(feature("A1", "Dallow", square(), parent="West"), feature("C1", "Leagrave", square(9)))) == Summary(
        created=1, renamed=0, redrawn=0, unchanged=2, left=2,
    )
    assert queries.neighbourhood("A1").outline != before, "the frame is wider now"
    assert queries.neighbourhood("B1").outline, "what is not in the file stays"


def test_an_area_may_change_its_parent():
    take(three())
    assert take(three().replace(b'"parent": "West"', b'"parent": "B1"')).redrawn == 2
    assert queries.neighbourhood("A1").parent_id == queries.neighbourhood("B1").id


@pytest.mark.parametrize("broken", [
    b"{",
    collection(feature("A1", "Renamed"), feature("A9", "")),
    collection(feature("A1", "Renamed"), feature("A9", "Leagrave", square()[:2])),
])
def test_a_broken_file_changes_nothing(broken):
    take(three())
    version = city.city().version
    with pytest.raises(Refused):
        take(broken)
    assert {row.name for row in rows()} == {"West", "Dallow", "Biscot", "Saints"}
    assert city.city().version == version


def test_an_import_makes_public_pages_new():
    version = city.city().version
    take(three())
    assert city.city().version > version


@pytest.mark.parametrize("by, is_allowed", [
    (CLOCK, True), (make.actor(None, Role.ADMINISTRATOR), True), (make.actor(None, Role.STAFF), False), (NOBODY, False),
    (Actor(links=frozenset()), False),
])
def test_administrators_and_the_command_line_import(by, is_allowed):
    if is_allowed:
        assert take(three(), by).created == 4
        return
    with pytest.raises(NotAllowed):
        take(three(), by)


def test_an_administrator_of_one_area_may_not_draw_the_city():
    area = make.neighbourhood()
    with pytest.raises(NotAllowed):
        take(three(), make.actor(None, Role.ADMINISTRATOR, areas=[area]))


# --- venues ---------------------------------------------------------------------------------------

STAFF = make.actor(None, Role.STAFF)


def of(area, **values):
    return {
        "name": "Library", "address": "1 Dunstable Road", "neighbourhood_id": area.id,
        "is_step_free": True, "has_hearing_loop": False, "transport": Localized.of("en", "Bus 31"), **values,
    }


def add(area, by=STAFF, **values):
    with db.transaction():
        return actions.add_venue(venue=of(area, **values), by=by, now=NOW)


def change(venue, area, by=STAFF, **values):
    with db.transaction():
        actions.change_venue(venue_id=venue.id, venue=of(area, **values), by=by, now=NOW)


def test_a_venue_is_added_changed_closed_and_opened_again():
    area = make.neighbourhood()
    venue = add(area)
    change(venue, area, name="Old Library")
    with db.transaction():
        actions.close_venue(venue_id=venue.id, by=STAFF, now=NOW)
    assert (queries.venues(), [kept.name for kept in queries.venues(active=False)]) == ([], ["Old Library"])
    with db.transaction():
        actions.reopen_venue(venue_id=venue.id, by=STAFF, now=NOW)
    kinds = [entry.kind for entry in reversed(ledger.history(venue.id))]
    told = (facts.VenueAdded, facts.VenueChanged, facts.VenueClosed, facts.VenueReopened)
    assert kinds == [ledger.kind_of(fact) for fact in told]


def test_a_change_that_changes_nothing_is_no_news():
    area = make.neighbourhood()
    venue = add(area)
    change(venue, area)
    assert len(ledger.history(venue.id)) == 1


def test_the_same_venue_twice_is_refused():
    area = make.neighbourhood()
    first, other = add(area), add(area, name="Café")
    with pytest.raises(Refused) as refused:
        add(area)
    assert refused.value.reason == Reason.VENUE_THERE
    with pytest.raises(Refused):
        change(other, area)
    assert {venue.id for venue in db.session().query(Venue)} == {first.id, other.id}


def test_staff_keep_the_venues_of_their_areas_only():
    home, elsewhere = make.neighbourhood(), make.neighbourhood("Saints")
    local = make.actor(None, Role.STAFF, areas=[home])
    mine, theirs = add(home, by=local), add(elsewhere, name="Saints Hall")
    for forbidden in (
        lambda: add(elsewhere, by=local, name="Other"), lambda: change(theirs, home, by=local),
        lambda: change(mine, elsewhere, by=local, name="Moved"), lambda: add(home, by=NOBODY),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_a_venue_needs_an_area_there_is():
    gone = make.neighbourhood()
    with db.transaction() as session:
        session.delete(session.get(Neighbourhood, gone.id))
    queries.forget()
    with pytest.raises(NotFound):
        add(gone)


def test_areas_come_in_the_order_people_count():
    for name in ("District 10", "district 2", "Ålesund", "District 1"):
        make.neighbourhood(name)
    assert [area.name for area in queries.all_neighbourhoods()] == ["District 1", "district 2", "District 10", "Ålesund"]
