"""Action items by hand: what staff, an owner, a neighbour and a stranger see and do."""

import pytest
import time_machine

from engage.concerns.models import ActionItem
from engage.concerns.queries import minutes
from engage.concerns.rules.meeting import ActionState
from engage.core import db, tokens
from engage.core.text import Localized
from tests import factories as make
from tests.concerns.staging import DAY, held
from tests.conftest import NOW
from tests.statements import counted


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


TASK = {"what_en": "Mend the lights", "who": "Odile", "department": "Highways", "email": "", "due_on": "2027-03-01"}


def _form_key(page):
    return page.split('name="key" type="hidden" value="')[1].split('"')[0]


def _act(stage, status=None, **fields):
    path = f"desk/meetings/{stage.id}/items/{stage.items[0].id}/action"
    return stage.staff.post(path, status=status, key=_form_key(stage.staff.get(path)), **{**TASK, **fields})


def test_staff_say_who_does_what_and_everybody_sees_it_with_the_minutes(app, client):
    stage = held(app)
    assert "Mend the lights" in _act(stage).text
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    page = client.get(f"/en/events/{stage.slug}/minutes").text
    assert "Mend the lights" in page
    assert "Highways" in page
    assert "1 March 2027" in page
    assert "Odile" not in page


@pytest.mark.parametrize(("fields", "status", "said"), [
    ({"due_on": ""}, 422, "An action item needs a day."), ({"due_on": "2020-01-01"}, 409, "This day has gone by."),
    ({"due_on": "2099-01-01"}, 409, "many years ahead"), ({"due_on": "99999-01-01"}, 422, "This is not a day in the calendar."),
    ({"what_en": ""}, 409, "at least one language"), ({"email": "odile"}, 422, "does not look like an email address"),
])
def test_bad_action_items_write_nothing(app, fields, status, said):
    stage = held(app)
    answer = _act(stage, status=status, **fields)
    assert said in answer.text
    assert "Highways" in answer.text
    db.session().rollback()
    assert db.session().query(ActionItem).count() == 0


def test_the_desk_counts_what_its_page_shows(app):
    stage = held(app)
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
    stage = held(app)
    for _ in range(number):
        make.action_item(stage.items[0], neighbourhood_id=stage.area.id)
    stage.staff.get("desk/actions")
    with counted() as statements:
        stage.staff.get("desk/actions")
    assert len(statements) == 4


def test_staff_put_off_and_end_an_action_item(app):
    stage = held(app)
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
    stage = held(app)
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
    stage = held(app)
    item = stage.items[0]
    make.action_item(item, what=Localized.of("en", "A little late"), due_on=(NOW - 14 * DAY).date())
    stage.staff.post(f"my/events/{stage.id}/minutes/publish")
    assert "Overdue" not in client.get(f"/en/events/{stage.slug}/minutes").text
    with time_machine.travel(NOW + DAY, tick=False):
        assert "Overdue" in client.get(f"/en/events/{stage.slug}/minutes").text
    assert len(minutes.actions(stage.id)) == 1


def test_staff_take_off_who_leaves_and_the_link_opens_nothing_any_more(app):
    stage = held(app)
    _act(stage, email="odile@example.org")
    action = db.session().query(ActionItem).one()
    page = stage.staff.get(f"desk/actions/{action.id}")
    assert "odile@example.org" in page
    link = tokens.sign("action", action.id, action.revocation)
    owner = app.test_client()
    assert owner.get(f"/en/link/action/{action.id}/{link}", follow_redirects=True).status_code == 200
    assert owner.get(f"/en/my/actions/{action.id}").status_code == 200
    sent = {**TASK, "version": str(action.version), "let_go": "y"}
    page = stage.staff.post(f"desk/actions/{action.id}/task", **sent).text
    assert "odile@example.org" not in page
    assert "Nobody: please give an address" in page
    assert "let_go" not in page
    assert owner.get(f"/en/my/actions/{action.id}").status_code in {403, 404}
    assert "Mend the lights" not in owner.get(f"/en/link/action/{action.id}/{link}", follow_redirects=True).text
