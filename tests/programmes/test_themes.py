"""Priority themes: of a programme, of a neighbourhood; ordered, at most thirty, and never forgotten once they were there."""

import pytest
import time_machine

from engage.core import db, ledger
from engage.core.access import NOBODY, Role
from engage.core.refusal import NotAllowed, NotFound, Refused
from engage.core.text import Localized
from engage.programmes import actions, queries, rules
from engage.programmes.rules import Reason
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def frozen(app):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dallow(app):
    return make.neighbourhood("Dallow")


def named(*names):
    return [(None, Localized.of("en", name)) for name in names]


def change(area, themes, by=None, seen=None):
    with db.transaction():
        seen = rules.fingerprint(queries.every_theme(neighbourhood_id=area.id)) if seen is None else seen
        by = by or make.actor(None, Role.STAFF, areas=[area])
        actions.change_area_themes(neighbourhood_id=area.id, seen=seen, themes=themes, by=by, now=NOW)


def kept(area):
    db.session().expire_all()
    return [theme.name.shown("en").text for theme in queries.themes_of_area(area.id)]


def test_staff_name_and_order_what_matters_in_their_neighbourhood(dallow):
    change(dallow, named("Crime", "Environment"))
    first, second = queries.themes_of_area(dallow.id)
    change(dallow, [(second.id, second.name), *named("Youth"), (first.id, Localized.of("en", "Safety"))])
    assert kept(dallow) == ["Environment", "Youth", "Safety"]
    assert {entry.kind for entry in ledger.history(dallow.id)} == {"programmes.AreaThemesChanged"}


def test_what_is_left_out_is_offered_no_more_and_can_come_back(dallow):
    change(dallow, named("Crime", "Environment"))
    crime, environment = queries.themes_of_area(dallow.id)
    change(dallow, [(environment.id, environment.name), (crime.id, Localized({}, "en"))])
    assert kept(dallow) == ["Environment"]
    assert queries.theme(crime.id).name.shown("en").text == "Crime", "it keeps its name for what hangs on it"
    change(dallow, [(environment.id, environment.name), (crime.id, crime.name)])
    assert kept(dallow) == ["Environment", "Crime"]


def test_others_change_nothing(dallow):
    elsewhere = make.actor(None, Role.STAFF, areas=[make.neighbourhood("Saints")])
    for by in (NOBODY, elsewhere, make.actor(None, Role.REVIEWER)):
        with pytest.raises(NotAllowed):
            change(dallow, named("Crime"), by=by)
    assert kept(dallow) == []


def test_the_second_of_two_is_told(dallow):
    seen = rules.fingerprint([])
    change(dallow, named("Crime"), seen=seen)
    with pytest.raises(Refused) as refused:
        change(dallow, named("Environment"), seen=seen)
    assert refused.value.reason == Reason.CHANGED_MEANWHILE
    assert kept(dallow) == ["Crime"]


def test_thirty_at_most_and_no_retired_one_counts(dallow):
    change(dallow, named(*map(str, range(30))))
    with pytest.raises(Refused) as refused:
        change(dallow, [*((theme.id, theme.name) for theme in queries.themes_of_area(dallow.id)), *named("one more")])
    assert refused.value.reason == Reason.TOO_MANY_THEMES
    change(dallow, named(*(f"new {number}" for number in range(30))))
    assert len(kept(dallow)) == 30


def test_a_neighbourhood_that_is_none():
    somewhere = type("Area", (), {"id": make.event().id})
    with pytest.raises(NotFound):
        change(somewhere, named("Crime"), by=make.actor(None, Role.ADMINISTRATOR), seen=rules.fingerprint([]))


# --- the pages -----------------------------------------------------------------------------------------


def somebody(client, *roles, area=None):
    person = make.person("Rosa")
    for role in roles:
        make.grant(person, role, area=area)
    sign_in(client, person)


def sent(area, **fields):
    version = rules.fingerprint(queries.every_theme(neighbourhood_id=area.id))
    return {"version": str(version), **fields}


def test_the_page_names_ticks_off_and_ticks_on(client, dallow):
    somebody(client, Role.STAFF, area=dallow)
    url = f"/en/desk/themes/{dallow.id}"
    assert client.post(url, data=sent(dallow, name_0_en="Crime", name_0_ar="الجريمة", name_1_en="Youth")).status_code == 303
    crime, youth = queries.themes_of_area(dallow.id)
    keys = {"key_0": str(crime.id), "name_0_en": "Crime", "key_1": str(youth.id), "name_1_en": "Youth", "used_1": "y"}
    assert client.post(url, data=sent(dallow, **keys)).status_code == 303
    assert kept(dallow) == ["Youth"]
    page = client.get(url).text
    assert "Not offered any more" in page
    keys = {"key_0": str(youth.id), "name_0_en": "Youth", "key_1": str(crime.id), "name_1_en": "Crime"}
    keys |= {"used_0": "y", "used_1": "y"}
    assert client.post(url, data=sent(dallow, **keys)).status_code == 303
    assert kept(dallow) == ["Youth", "Crime"]


def test_two_of_one_name_are_pointed_at(client, dallow):
    somebody(client, Role.STAFF, area=dallow)
    names = sent(dallow, name_0_en="Crime", name_1_en="crime", name_1_fr="Vol")
    answer = client.post(f"/en/desk/themes/{dallow.id}", data=names)
    assert answer.status_code == 422
    assert 'id="name_1_en-wrong">Another theme is called the same.' in answer.text
    assert 'value="Vol"' in answer.text
    assert kept(dallow) == []


def test_who_was_slower_finds_the_form_as_it_was_and_is_told(client, dallow):
    somebody(client, Role.STAFF, area=dallow)
    old = sent(dallow, name_0_en="Water")
    change(dallow, named("Crime"))
    answer = client.post(f"/en/desk/themes/{dallow.id}", data=old)
    assert answer.status_code == 409
    assert 'value="Water"' in answer.text
    assert kept(dallow) == ["Crime"]


def test_staff_see_the_neighbourhoods_they_work_for(client, dallow):
    saints = make.neighbourhood("Saints")
    somebody(client, Role.STAFF, area=dallow)
    index = client.get("/en/desk/themes").text
    assert f"/en/desk/themes/{dallow.id}" in index
    assert str(saints.id) not in index
    assert client.get(f"/en/desk/themes/{saints.id}").status_code == 404
    assert client.post(f"/en/desk/themes/{saints.id}", data={}).status_code == 404
    assert client.get(f"/en/desk/themes/{make.event().id}").status_code == 404


def test_a_resident_has_no_themes_to_edit(client, dallow):
    somebody(client)
    assert client.get(f"/en/desk/themes/{dallow.id}").status_code == 403
