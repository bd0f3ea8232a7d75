"""Agendas, minutes and action items by hand: what a host, staff, an owner, a neighbour and a stranger see and do."""

from datetime import timedelta

import pytest
import time_machine

from engage.concerns.models import ActionItem, MinutesItem
from engage.concerns.queries import agendas, minutes
from engage.concerns.rules.meeting import ActionState
from engage.core import db
from engage.core.access import Role
from engage.core.text import Localized
from engage.events.models import Event
from engage.events.rules import PersonRole, State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.funding.browsing import Browser
from tests.statements import counted

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


class Stage:
    """A meeting, and a browser for each of those who might open its pages."""

    def __init__(self, app, starts_at=NOW + 20 * DAY):
        area, elsewhere = make.neighbourhood("Here"), make.neighbourhood("There")
        self.area = area
        self.event = make.event("Town hall", area=area, starts_at=starts_at)
        self.id, self.slug = self.event.id, self.event.slug
        self.concern = make.raised(neighbourhood_id=area.id)
        self.browsers = {}
        for name in ("host", "staff", "staff_elsewhere", "official", "stranger"):
            person = make.person(name)
            self.browsers[name] = Browser(app.test_client(), person)
            sign_in(self.browsers[name].client, person)
        make.event_person(self.event, self.host.person)
        make.event_person(self.event, self.official.person, role=PersonRole.OFFICIAL)
        make.grant(self.staff.person, Role.STAFF, area)
        make.grant(self.staff_elsewhere.person, Role.STAFF, elsewhere)

    def __getattr__(self, name):
        return self.browsers[name]

    @property
    def items(self):
        db.session().rollback()
        return agendas.items(self.id)

    @property
    def version(self):
        db.session().rollback()
        found = agendas.of(self.id)
        return found.version if found else 0


def _held(app, said="The lamps are old."):
    stage = Stage(app, NOW - DAY)
    make.agenda(stage.event, items=())
    make.agenda_item(stage.event, concern_id=stage.concern.id)
    if said:
        make.minutes_item(stage.items[0], said=Localized.of("en", said))
    return stage


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
    stage = _held(app, said="")
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
    stage = _held(app, said="Ann wrote this.")
    item = stage.items[0]
    answer = stage.host.post(f"my/events/{stage.id}/minutes/{item.id}", version=0, said_en="Ben wrote that.", status=409)
    assert "What is saved now" in answer.text
    assert "Ann wrote this." in answer.text
    assert ">\r\nBen wrote that.</textarea>" in answer.text or "Ben wrote that.</textarea>" in answer.text
    assert 'name="version" type="hidden" value="1"' in answer.text
    db.session().rollback()
    assert db.session().get(MinutesItem, item.id).said.texts == {"en": "Ann wrote this."}


def test_officials_read_what_was_published(app):
    stage = _held(app)
    path = f"my/events/{stage.id}/minutes/version/1"
    stage.official.get(path, status=404)
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    assert "The lamps are old." in stage.official.get(path)
    stage.stranger.get(path, status=404)
    stage.official.get(f"my/events/{stage.id}/minutes/version/2", status=404)


@pytest.mark.parametrize("state", sorted({State.DRAFT, State.SUBMITTED, State.DECLINED}))
def test_what_is_not_public_has_no_public_papers(app, client, state):
    stage = _held(app)
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    with db.transaction() as session:
        session.get(Event, stage.id).state = state
    assert client.get(f"/en/events/{stage.slug}/minutes").status_code == 404


# --- action items -----------------------------------------------------------------------------------

TASK = {"what_en": "Mend the lights", "who": "Odile", "department": "Highways", "email": "", "due_on": "2027-03-01"}


def _form_key(page):
    return page.split('name="key" type="hidden" value="')[1].split('"')[0]


def _act(stage, status=None, **fields):
    path = f"desk/meetings/{stage.id}/items/{stage.items[0].id}/action"
    return stage.staff.post(path, status=status, key=_form_key(stage.staff.get(path)), **{**TASK, **fields})


def test_staff_say_who_does_what_and_everybody_sees_it_with_the_minutes(app, client):
    stage = _held(app)
    assert "Mend the lights" in _act(stage).text
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    page = client.get(f"/en/events/{stage.slug}/minutes").text
    assert "Mend the lights" in page
    assert "Highways" in page
    assert "1 March 2027" in page
    assert "Odile" not in page


@pytest.mark.parametrize(("fields", "said"), [
    ({"due_on": ""}, "An action item needs a day."), ({"due_on": "2020-01-01"}, "This day has gone by."),
    ({"due_on": "2099-01-01"}, "many years ahead"), ({"due_on": "99999-01-01"}, "This is not a day in the calendar."),
    ({"what_en": ""}, "at least one language"), ({"email": "odile"}, "does not look like an email address"),
])
def test_bad_action_items_write_nothing(app, fields, said):
    stage = _held(app)
    answer = _act(stage, status=422 if said[:2] in ("An", "Th") and "gone" not in said else 409, **fields)
    assert said in answer.text
    assert "Highways" in answer.text
    db.session().rollback()
    assert db.session().query(ActionItem).count() == 0


def test_the_desk_counts_what_its_page_shows(app):
    stage = _held(app)
    for days, area in ((1, stage.area), (9, stage.area), (3, make.neighbourhood("Else")), (-4, stage.area)):
        make.action_item(neighbourhood_id=area.id, due_on=(NOW - days * DAY).date(), what=Localized.of("en", f"{days} late"))
    assert "<b>2</b><span>Action items overdue</span>" in stage.staff.get("desk")
    page = stage.staff.get("desk/actions/overdue")
    assert page.index("9 late") < page.index("1 late")
    assert "3 late" not in page
    assert "-4 late" not in page
    assert "-4 late" in stage.staff.get("desk/actions")
    assert "Nothing fits" in stage.staff.get("desk/actions?state=done")
    assert "9 late" in stage.staff.get("desk/actions?department=Highways&state=overdue")
    stage.host.get("desk/actions", status=403)


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_the_same_however_long_it_is(app, number):
    stage = _held(app)
    for _ in range(number):
        make.action_item(stage.items[0], neighbourhood_id=stage.area.id)
    stage.staff.get("desk/actions")
    with counted() as statements:
        stage.staff.get("desk/actions")
    assert len(statements) == 4


def test_staff_put_off_and_end_an_action_item(app):
    stage = _held(app)
    action = make.action_item(stage.items[0], neighbourhood_id=stage.area.id).id
    page = f"desk/actions/{action}"
    stage.staff_elsewhere.get(page, status=404)
    assert "Please write a few words." in stage.staff.post(f"{page}/day", version=1, due_on="2027-05-01", status=422).text
    shown = stage.staff.post(f"{page}/day", version=1, due_on="2027-05-01", reason="The lamps come later.").text
    assert "The lamps come later." in shown
    assert "put off to" in shown
    assert "in at least one language" in stage.staff.post(f"{page}/done", status=409).text
    stage.staff.post(f"{page}/done", **{"done-outcome_en": "New lamps."})
    db.session().rollback()
    assert db.session().get(ActionItem, action).state == ActionState.DONE


def test_an_owner_without_an_account_says_how_it_stands(app, client):
    stage = _held(app)
    action = make.action_item(stage.items[0], address_id=make.address("odile@example.org").id).id
    path = f"/en/my/actions/{action}"
    assert client.get(path).status_code == 404
    with client.session_transaction() as session:
        session["links"] = {f"action:{action}": 0}
    assert "Is it done?" in client.get(path).text
    assert client.post(f"{path}/report", data={"body": "Ordered."}).status_code == 303
    assert client.post(f"{path}/done", data={"outcome_en": ""}).status_code == 409
    assert client.post(f"{path}/done", data={"outcome_en": "Mended."}).status_code == 303
    assert "Mended." in client.get(path).text
    stage.stranger.get(f"my/actions/{action}", status=404)


def test_what_is_very_late_is_so_for_everybody(app, client):
    stage = _held(app)
    item = stage.items[0]
    make.action_item(item, what=Localized.of("en", "A little late"), due_on=(NOW - 14 * DAY).date())
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    assert "Overdue" not in client.get(f"/en/events/{stage.slug}/minutes").text
    with time_machine.travel(NOW + DAY, tick=False):
        assert "Overdue" in client.get(f"/en/events/{stage.slug}/minutes").text
    assert len(minutes.actions(stage.id)) == 1
