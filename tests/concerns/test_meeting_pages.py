"""Agendas and minutes by hand: what a host, staff, an official, a neighbour and a stranger see and do."""

import pytest
import time_machine

from engage.concerns.models import MinutesItem
from engage.core import db
from engage.events.models import Event
from engage.events.rules import State
from tests import factories as make
from tests.concerns.staging import DAY, Stage, held
from tests.conftest import NOW
from tests.statements import counted


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


# --- the agenda -------------------------------------------------------------------------------------


def test_a_host_makes_an_agenda_and_everybody_reads_it(app, client):
    stage = Stage(app)
    plan = f"my/events/{stage.id}/agenda"
    assert "The marsh path is dark" in stage.host.get(plan)
    stage.host.post(f"{plan}/items", version=0, title_en="Welcome", title_ar="أهلا وسهلا", minutes=5, speaker="Amina")
    stage.host.post(f"{plan}/concerns", version=stage.version, concerns=str(stage.concern.id))
    first, second = stage.items
    stage.host.post(f"{plan}/items/{second.id}/arrange", version=stage.version, to="up")
    assert client.get(f"/en/events/{stage.slug}/agenda").status_code == 404
    assert "Papers of this meeting" not in client.get(f"/en/events/{stage.slug}").text
    stage.host.post(f"{plan}/publish", version=stage.version)
    page = client.get(f"/ar/events/{stage.slug}/agenda").text
    assert page.index("The marsh path") < page.index("أهلا وسهلا")
    assert '<bdi lang="en" dir="ltr">The marsh path is dark at night.</bdi>' in page
    assert f"/en/events/{stage.slug}/agenda" in client.get(f"/en/events/{stage.slug}").text
    assert first.id != second.id


def test_an_overfull_agenda_is_told_kindly(app):
    stage = Stage(app)
    make.agenda(stage.event, items=())
    make.agenda_item(stage.event, minutes=200)
    page = stage.host.get(f"my/events/{stage.id}/agenda")
    assert "200 minutes planned." in page
    assert "50 minutes more than the meeting lasts" in page


@pytest.mark.parametrize(("fields", "said"), [
    ({"title_en": "", "minutes": "5"}, "Please write it in at least one language."),
    ({"title_en": "Tea", "minutes": "0"}, "from 1 to 480"), ({"title_en": "Tea", "minutes": "9" * 40}, "from 1 to 480"),
    ({"title_en": "Tea", "minutes": ""}, "Please fill this in."),
])
def test_bad_items_keep_what_was_typed(app, fields, said):
    stage = Stage(app)
    sent = {"version": "0", "speaker": "Kept", **fields}
    answer = stage.host.client.post(f"/en/my/events/{stage.id}/agenda/items", data=sent)
    assert answer.status_code in (409, 422)
    assert said in answer.text
    assert "Kept" in answer.text
    assert stage.items == []


def test_which_concerns_is_asked_beside_them(app):
    stage = Stage(app)
    answer = stage.host.client.post(f"/en/my/events/{stage.id}/agenda/concerns", data={"version": "0"})
    assert 'id="concerns-wrong">Please choose at least one concern.' in answer.text


def test_a_stale_page_says_so_and_can_be_sent_again(app):
    stage = Stage(app)
    plan = f"my/events/{stage.id}/agenda"
    stage.host.post(f"{plan}/items", version=0, title_en="One", minutes=5)
    answer = stage.staff.post(f"{plan}/items", version=0, title_en="Two", minutes=5, status=409)
    assert "Somebody changed this a moment ago" in answer.text
    assert 'value="Two"' in answer.text
    assert f'name="version" type="hidden" value="{stage.version}"' in answer.text


@pytest.mark.parametrize("name", ["staff_elsewhere", "official", "stranger"])
@pytest.mark.parametrize("page", ["agenda", "agenda/sheet", "minutes"])
def test_papers_being_made_are_nobody_elses(app, name, page):
    stage = Stage(app)
    stage.browsers[name].get(f"my/events/{stage.id}/{page}", status=404)
    stage.browsers[name].post(f"my/events/{stage.id}/agenda/items", version=0, title_en="X", minutes=5, status=404)
    assert stage.items == []


def test_the_sheet_for_notes_has_every_item(app):
    stage = Stage(app)
    make.agenda(stage.event, items=("One", "Two"))
    page = stage.host.get(f"my/events/{stage.id}/agenda/sheet")
    assert page.count('class="noted"') == 2


@pytest.mark.parametrize("number", [1, 3])
def test_two_statements_are_all(app, client, number):
    stage = Stage(app, NOW - DAY)
    with db.transaction() as session:
        session.get(Event, stage.id).papers = ["agenda", "minutes"]
    make.agenda(stage.event, items=(), is_published=True)
    for _ in range(number):
        item = make.agenda_item(stage.event, concern_id=make.raised(neighbourhood_id=stage.area.id).id)
        make.minutes_item(item)
        for _ in range(number):
            make.action_item(item)
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    for path in ("", "/agenda", "/minutes", "/minutes/1"):
        client.get(f"/en/events/{stage.slug}{path}")
        with counted() as statements:
            answer = client.get(f"/en/events/{stage.slug}{path}")
        assert answer.status_code == 200
        assert len(statements) <= 2, path
        with counted() as statements:
            again = client.get(f"/en/events/{stage.slug}{path}", headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, len(statements)) == (304, 1)
        assert "Set-Cookie" not in answer.headers


# --- minutes ----------------------------------------------------------------------------------------


def test_minutes_are_written_published_and_corrected(app, client):
    stage = held(app, said="")
    item = stage.items[0]
    page = f"my/events/{stage.id}/minutes"
    decided = {"decision_en": "In spring.", "decision_fr": "Au printemps."}
    stage.host.post(f"{page}/{item.id}", version=0, said_en="Much was said.", **decided)
    assert client.get(f"/en/events/{stage.slug}/minutes").status_code == 404
    stage.host.post(f"{page}/publish", status=404)
    stage.staff.post(f"{page}/publish")
    first = client.get(f"/fr/events/{stage.slug}/minutes")
    assert "Au printemps." in first.text
    assert '<p class="lines" lang="en" dir="ltr">Much was said.</p>' in first.text
    stage.staff.post(f"{page}/{item.id}", version=1, said_en="Much was said.", decision_en="In summer.")
    assert "Please say what was corrected" in stage.staff.post(f"{page}/publish", status=409).text
    stage.staff.post(f"{page}/publish", correction_en="Summer, not spring.")
    second = client.get(f"/en/events/{stage.slug}/minutes").text
    assert "In summer." in second
    assert "Summer, not spring." in second
    old = client.get(f"/en/events/{stage.slug}/minutes/1").text
    assert "In spring." in old
    assert "This is an old version." in old
    assert client.get(f"/en/events/{stage.slug}/minutes/3").status_code == 404


def test_the_second_who_types_sees_both_and_loses_nothing(app):
    stage = held(app, said="Ann wrote this.")
    item = stage.items[0]
    answer = stage.host.post(f"my/events/{stage.id}/minutes/{item.id}", version=0, said_en="Ben wrote that.", status=409)
    assert "What is saved now" in answer.text
    assert "Ann wrote this." in answer.text
    assert ">\r\nBen wrote that.</textarea>" in answer.text or "Ben wrote that.</textarea>" in answer.text
    assert 'name="version" type="hidden" value="1"' in answer.text
    db.session().rollback()
    assert db.session().get(MinutesItem, item.id).said.texts == {"en": "Ann wrote this."}


def test_officials_read_what_was_published(app):
    stage = held(app)
    path = f"my/events/{stage.id}/minutes/version/1"
    stage.official.get(path, status=404)
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    assert "The lamps are old." in stage.official.get(path)
    stage.stranger.get(path, status=404)
    stage.official.get(f"my/events/{stage.id}/minutes/version/2", status=404)


@pytest.mark.parametrize("state", sorted({State.DRAFT, State.SUBMITTED, State.DECLINED}))
def test_what_is_not_public_has_no_public_papers(app, client, state):
    stage = held(app)
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    with db.transaction() as session:
        session.get(Event, stage.id).state = state
    assert client.get(f"/en/events/{stage.slug}/minutes").status_code == 404
