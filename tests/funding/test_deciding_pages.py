"""Reading, judging and deciding on pages, each as the one whose page it is."""

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.events import queries as events
from engage.funding.queries import applications, rounds
from engage.funding.rules.states import State
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.funding.browsing import Browser
from tests.statements import counted

SCORES = {"score_bridges": "4", "score_plan": "2", "whole": "Warm and clear."}


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


def _browser(app, name, role=None, area=None, locale="en"):
    person = make.person(name, locale=locale)
    make.contact(person)
    if role:
        make.grant(person, role, area)
    client = app.test_client()
    sign_in(client, person)
    return Browser(client, person, locale)


@pytest.fixture
def staff(app):
    return _browser(app, "Sam", Role.STAFF)


@pytest.fixture
def ada(app):
    return _browser(app, "Ada", Role.REVIEWER)


@pytest.fixture
def ben(app):
    return _browser(app, "Ben", Role.REVIEWER)


@pytest.fixture
def host(app):
    return _browser(app, "Marisol", locale="es")


@pytest.fixture
def found(host):
    return make.application(make.funding_round(hides_names=True), host.person, state=State.SUBMITTED, organisation="Los Unidos")


def _ask(staff, found, *readers):
    for reader in readers:
        staff.post(f"desk/funding/application/{found.id}/reviewers", person=str(reader.person.id))


def test_it_is_read_once_two_people_are_asked(staff, ada, ben, found):
    _ask(staff, found, ada)
    assert applications.one(found.id).state == State.SUBMITTED
    _ask(staff, found, ben)
    assert applications.one(found.id).state == State.IN_REVIEW


def test_a_reviewer_sees_neither_who_asks_nor_what_others_think(staff, ada, ben, found):
    _ask(staff, found, ada, ben)
    ada.post(f"desk/funding/review/{found.id}", **SCORES)
    page = ben.get(f"desk/funding/review/{found.id}")
    assert "We never met." in page
    for hidden in ("Marisol", "Los Unidos", "Dinner in Dallow", "Warm and clear.", str(found.event_id)):
        assert hidden not in page, hidden
    assert "Marisol" not in ben.get("desk/funding/reviews")
    ben.post(f"desk/funding/review/{found.id}", score_bridges="3", score_plan="3")
    assert "Warm and clear." in ben.get(f"desk/funding/review/{found.id}")


def test_points_are_needed_for_everything_and_the_words_stay(staff, ada, ben, found):
    _ask(staff, found, ada, ben)
    page = ada.post(f"desk/funding/review/{found.id}", status=422, score_bridges="4", whole="Warm and clear.").text
    assert 'id="score_plan-wrong"' in page
    assert "Warm and clear." in page


def test_who_stands_back_judges_and_decides_no_more(staff, ada, ben, found, app):
    second = _browser(app, "Second", Role.STAFF)
    _ask(staff, found, ada, second)
    second.post(f"desk/funding/review/{found.id}/conflict", reason="My cousin.")
    second.get(f"desk/funding/review/{found.id}", status=404)
    second.post(f"desk/funding/application/{found.id}/decline", status=404, **{"decline-reasons": ["other"]})


@pytest.mark.parametrize("way", ["host", "co_host", "organisation"])
def test_nobody_judges_their_own(staff, app, found, way):
    near = _browser(app, "Near", Role.REVIEWER)
    if way == "host":
        found = make.application(make.funding_round(), near.person, state=State.SUBMITTED)
    elif way == "co_host":
        make.event_person(applications.one(found.id).event, near.person, role="co_host", acceptance="invited")
    else:
        make.application(make.funding_round(), near.person, organisation="LOS UNIDOS")
    staff.post(f"desk/funding/application/{found.id}/reviewers", status=409, person=str(near.person.id))


def test_an_award_can_be_less_with_a_note_and_moves_the_rounds_money(staff, ada, ben, found, host):
    _ask(staff, found, ada, ben)
    staff.post(f"desk/funding/application/{found.id}/award", status=409, **{"award-amount": "80"})
    for reader in (ada, ben):
        reader.post(f"desk/funding/review/{found.id}", **SCORES)
    staff.post(f"desk/funding/application/{found.id}/award", status=409, **{"award-amount": "120"})
    less = {"award-amount": "80", "award-note": "We leave out the flowers."}
    staff.post(f"desk/funding/application/{found.id}/award", **less)
    application = applications.one(found.id)
    assert (application.state, application.award) == (State.AWARDED, 8_000)
    assert rounds.one(found.round_id).awarded == 8_000
    assert events.holds(found.event_id) == ["funding_conditions"]
    assert "We leave out the flowers." in host.get(f"my/funding/{found.id}")
    staff.post(f"desk/funding/application/{found.id}/award", status=409, **{"award-amount": "80"})
    assert rounds.one(found.round_id).awarded == 8_000


def test_who_is_declined_reads_why_and_what_helps(staff, found, host):
    staff.post(f"desk/funding/application/{found.id}/decline", status=409)
    staff.post(f"desk/funding/application/{found.id}/decline", **{"decline-reasons": ["own_circle"], "decline-note": "Sorry!"})
    page = host.get(f"my/funding/{found.id}")
    assert "Sorry!" in page
    assert applications.one(found.id).decline_reasons == ["own_circle"]
    assert events.holds(found.event_id) == []
    assert [letter.facts["state"] for letter in db.session().scalars(select(OutboxLetter))] == ["declined"]


def test_changes_are_asked_for_and_it_comes_back_to_those_who_read(staff, ada, ben, found, host):
    _ask(staff, found, ada, ben)
    staff.post(f"desk/funding/application/{found.id}/changes", **{"changes-note": "Which place?"})
    host.post(f"my/funding/{found.id}/write/people", why="Porque sí.", who="Todos.", reach="Mercado.")
    host.post(f"my/funding/{found.id}/write/check")
    assert applications.one(found.id).state == State.IN_REVIEW
    assert _told(found)[-2:] == [State.CHANGES_REQUESTED, State.IN_REVIEW], "one letter, about where it is now"
    history = host.get(f"my/funding/{found.id}").partition("<details><summary>")[2]
    assert "Which place?" in history, "the line says why"


def _told(found):
    letters = db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "funding.moved"))
    mine = [letter for letter in letters if letter.facts["application_id"] == str(found.id)]
    return [letter.facts["state"] for letter in sorted(mine, key=lambda letter: int(letter.about.split(":")[2]))]


def test_many_are_decided_with_one_confirmation_or_not_at_all(staff, ada, ben, app):
    round_ = make.funding_round(budget=25_000)
    found = [make.application(round_, state=State.IN_REVIEW) for _ in range(3)]
    for application in found:
        for reader in (ada, ben):
            make.review(application, reader.person, state="done", scores={"bridges": 5, "plan": 5})
    chosen = [str(application.id) for application in found]
    page = staff.post(f"desk/funding/{round_.id}/bulk", status=200, application=chosen, decision="award").text
    assert "$300.00" in page
    amounts = {f"amount_{application.id}": "100" for application in found}
    staff.post(f"desk/funding/{round_.id}/bulk", status=409, application=chosen, decision="award", confirmed="1", **amounts)
    assert {applications.one(application.id).state for application in found} == {State.IN_REVIEW}
    amounts[f"amount_{found[0].id}"] = "50"
    less = {"application": chosen, "decision": "award", "confirmed": "1", **amounts}
    staff.post(f"desk/funding/{round_.id}/bulk", status=409, **less)
    staff.post(f"desk/funding/{round_.id}/bulk", note="One of you gets half.", **less)
    assert rounds.one(round_.id).awarded == 25_000


def test_the_board_orders_and_narrows_and_asks_no_more_for_more_rows(staff, ada, app):
    round_ = make.funding_round()
    areas = [make.neighbourhood(name) for name in ("Dallow", "Saints")]
    for number, area in enumerate(areas, 1):
        dinner = make.event(f"Dinner {number}", area=area, state="draft", programme_id=_programme(round_))
        one = make.application(round_, state=State.IN_REVIEW, at=dinner)
        make.review(one, ada.person, state="done", scores={"bridges": number, "plan": number})
    make.application(round_, state=State.SUBMITTED)
    with counted() as before:
        page = staff.get(f"desk/funding/{round_.id}?sort=score")
    assert page.index("Dinner 2") < page.index("Dinner 1")
    page = staff.get(f"desk/funding/{round_.id}?area={areas[0].id}")
    assert "Dinner 1" in page
    assert "Dinner 2" not in page
    for _ in range(4):
        make.application(round_, state=State.SUBMITTED)
    with counted() as after:
        staff.get(f"desk/funding/{round_.id}?sort=score")
    assert len(after) <= len(before)


def test_staff_who_judge_see_no_points_on_the_board_before_their_own(staff, ada, app):
    round_ = make.funding_round()
    one = make.application(round_, state=State.IN_REVIEW)
    make.review(one, ada.person, state="done", scores={"bridges": 4, "plan": 4})
    assert ">4.0<" in staff.get(f"desk/funding/{round_.id}")
    mine = make.review(one, staff.person)
    assert ">4.0<" not in staff.get(f"desk/funding/{round_.id}")
    mine.state, mine.scores = "done", {"bridges": 2, "plan": 2}
    db.session().commit()
    assert ">3.0<" in staff.get(f"desk/funding/{round_.id}")


def _programme(round_):
    return round_.programmes[0].programme_id


def test_staff_of_one_neighbourhood_see_theirs_alone(app):
    dallow, saints = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    round_ = make.funding_round()
    for area in (dallow, saints):
        make.application(round_, state=State.SUBMITTED, at=make.event(
            f"Dinner in {area.name}", area=area, state="draft", programme_id=_programme(round_)
        ))
    page = _browser(app, "Sam", Role.STAFF, dallow).get(f"desk/funding/{round_.id}")
    assert "Dinner in Dallow" in page
    assert "Dinner in Saints" not in page
