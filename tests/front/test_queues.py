"""Each line of the desk counts what its page lists, for whoever looks: an administrator, staff here, staff elsewhere."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import Contact
from engage.core import db
from engage.core.access import Role
from engage.events.models import ReviewNote
from engage.events.rules import State as EventState
from engage.funding.rules.states import State as FundingState
from engage.messages.models import Address, OutboxLetter
from engage.messages.rules import Channel
from engage.messages.rules import State as LetterState
from engage.places.models import Neighbourhood
from engage.programmes.rules import SignUpMode
from engage.registrations.actions.entering import as_text
from engage.registrations.models import RegistrationNeeds
from engage.registrations.rules import Need, State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.statements import counted
from tests.trust import pages

# What waits in each of the two neighbourhoods, by the end of the address and the list's id.
HERE, ELSEWHERE = 2, 1
EACH = {
    "/desk/proposals#proposals", "/desk/proposals#answered", "/desk/proposals#undecided", "/desk/proposals#unhosted",
    "/desk/requests#waiting", "/desk/unreached#waiting", "/desk/funding#to-decide", "/desk/funding/reports#waiting",
    "/desk/concerns#waiting", "/desk/actions/overdue#waiting",
}


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def city(app):
    """Two neighbourhoods in which everything there is waits for staff, and somebody who works for each."""
    people = {}
    with db.transaction():
        areas = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
        host = make.person("Hana")
        for area, number in zip(areas, (HERE, ELSEWHERE), strict=True):
            people[area.name] = make.person(area.name)
            make.grant(people[area.name], Role.STAFF, area=area)
            _wait(area, host, number)
        people["administrator"] = make.person("Ada")
        make.grant(people["administrator"], Role.ADMINISTRATOR)
    return people


def _wait(area, host, number):
    for each in range(number):
        _proposals(area, host)
        _guests(area, party_size=each + 1)
        _funding(area, host)
        make.concern(neighbourhood_id=area.id)
        make.action_item(neighbourhood_id=area.id, due_on=NOW.date() - timedelta(days=1))


def _proposals(area, host):
    make.event_person(make.event(area=area, state=EventState.SUBMITTED, submitted_at=NOW, published_at=None), host)
    answered = make.event(area=area, state=EventState.CHANGES_REQUESTED, submitted_at=NOW, published_at=None)
    make.event_person(answered, host)
    make.keep(ReviewNote(event_id=answered.id, author_id=host.id, body="It is changed.", at=NOW))
    make.event(area=area, starts_at=NOW + timedelta(days=2), least_guests=9)
    make.event_person(make.event(area=area), None, called="")


def _guests(area, party_size):
    dinner = make.event(area=area, of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES))
    make.registration(dinner, State.REQUESTED, party_size)
    make.registration(make.event(area=area, starts_at=NOW - timedelta(days=9)), State.REQUESTED)  # too late to answer
    lost = make.registration(dinner)
    make.keep(OutboxLetter(
        about=f"lost:{lost.id}", kind="place_confirmed", facts={"registration_id": str(lost.id)}, address_id=lost.address_id,
        subject_id=dinner.id, state=LetterState.REFUSED, not_before=NOW, expires_at=NOW + timedelta(days=9),
        next_try_at=NOW, message_id=f"<{lost.id}@example.org>", problem="bounced", created_at=NOW,
    ))


def _funding(area, host):
    round_ = make.funding_round()
    for state in (FundingState.SUBMITTED, FundingState.REPORTED, FundingState.SETTLED, FundingState.DECLINED):
        dinner = make.event(area=area, state=EventState.DRAFT, published_at=None)
        make.event_person(dinner, host)
        make.application(round_, host, at=dinner, state=state)


def shown(app, person):
    """What the desk says of each queue, and how many rows the list has that it leads to."""
    client = app.test_client()
    sign_in(client, person)
    desk = pages.read(client.get("/en/desk").text)
    found = {}
    for link in (link for links in desk.every("ul") if links.get("class") == "queues" for link in links.every("a")):
        number = int(next(link.every("b")).text)
        path, _, anchor = link.get("href").partition("#")
        page = pages.read(client.get(path).text)
        listed = next(element for element in page.every() if element.get("id") == anchor)
        rows = [child for child in listed.children if isinstance(child, pages.Element) and child.tag in ("li", "tr")]
        found[link.get("href").removeprefix("/en")] = (number, len(rows))
    return found


@pytest.mark.parametrize("who, waiting", [("Dallow", HERE), ("Saints", ELSEWHERE), ("administrator", HERE + ELSEWHERE)])
def test_the_number_is_that_of_the_rows(app, city, who, waiting):
    found = shown(app, city[who])
    assert {line: numbers for line, numbers in found.items() if line in EACH} == dict.fromkeys(EACH, (waiting, waiting))
    assert all(number == rows for number, rows in found.values())


def test_reviewers_coaches_and_who_calls_count_their_own(app):
    with db.transaction():
        person, host, area = make.person("Vera"), make.person("Hana"), make.neighbourhood()
        for role in (Role.REVIEWER, Role.COACH, Role.STAFF):
            make.grant(person, role)
        number = make.address("+442079460000", Channel.PHONE)
        make.keep(Contact(person_id=host.id, address_id=number.id, is_main=False, created_at=NOW))
        round_ = make.funding_round()
        for number, state in enumerate((FundingState.SUBMITTED, FundingState.IN_REVIEW, FundingState.AWARDED)):
            dinner = make.event(area=area, state=EventState.DRAFT, published_at=None)
            found = make.application(round_, host, at=dinner, state=state, coach_id=person.id)
            make.review(found, person, state="done" if number else "asked")
    found = shown(app, person)
    assert found["/desk/funding/reviews#to-read"] == (1, 1)
    assert found["/desk/funding/coaching#to-contact"] == (1, 1)
    assert found["/desk/people#phones"] == (1, 1)


def test_numbers_are_called_where_people_are_known_and_by_all_where_nobody_knows_them(app, city):
    with db.transaction():
        here = db.session().scalars(select(Neighbourhood).where(Neighbourhood.name == "Dallow")).one()
        host, guest, new = make.person("Hanif"), make.person("Gül"), make.person("Nia")
        make.event_person(make.event(area=here), host)
        make.registration(make.event(area=here), to=db.session().get(Address, make.contact(guest).address_id))
        for number, person in enumerate((host, guest, new)):
            phone = make.address(f"+44207946000{number}", Channel.PHONE)
            contact = make.keep(Contact(person_id=person.id, address_id=phone.id, is_main=False, created_at=NOW))
            person.phone_id = contact.id
    for who, count in (("Dallow", 3), ("administrator", 3), ("Saints", 1)):
        assert shown(app, city[who])["/desk/people#phones"] == (count, count), who
    client = app.test_client()
    sign_in(client, city["Saints"])
    assert "+442079460000" not in client.get(f"/en/desk/people/{host.id}").text
    assert client.post(f"/en/desk/people/{host.id}/phones/{host.phone_id}/prove").status_code == 403


@pytest.mark.parametrize("path", ["/en/desk", "/en/desk/unreached"])
def test_it_asks_the_same_where_one_of_each_waits_and_where_three_do(client, path):
    with db.transaction():
        area, host, person = make.neighbourhood(), make.person("Hana"), make.person("Rosa")
        make.grant(person, Role.STAFF, area=area)
        _wait(area, host, 1)
    sign_in(client, person)
    client.get(path)
    with counted() as one:
        client.get(path)
    with db.transaction():
        _wait(area, host, 2)
    with counted() as three:
        client.get(path)
    assert len(one) == len(three), three


# --- the week ----------------------------------------------------------------------------------------


def busy_week(area, number):
    for _ in range(number):
        event = make.event(
            area=area, starts_at=NOW + timedelta(days=2), capacity=4, of=make.programme(sign_up_mode=SignUpMode.HOST_APPROVES)
        )
        seated = make.registration(event, party_size=3)
        make.keep(needs_of(seated))
        make.registration(event, State.WAITING, 2)
        make.registration(event, State.REQUESTED)


def needs_of(registration):
    return RegistrationNeeds(registration_id=registration.id, value=as_text({Need.HALAL: "", Need.OTHER: "A quiet seat"}))


def test_the_week_shows_each_meeting_with_its_numbers(client):
    with db.transaction():
        area = make.neighbourhood()
        busy_week(area, 1)
        make.event("Under way", area=area, starts_at=NOW - timedelta(hours=1))
        make.event("Over", area=area, starts_at=NOW - timedelta(hours=9))
        person = make.person("Rosa")
        make.grant(person, Role.STAFF, area=area)
    sign_in(client, person)
    text = " ".join(pages.read(client.get("/en/desk").text).text.split())
    for said in ("3 of 4 places taken", "2 people waiting", "1 request", "Halal 1", "1 wish in their own words", "Under way"):
        assert said in text
    assert "Over" not in text


def test_the_week_asks_the_same_of_one_meeting_and_of_three(client):
    with db.transaction():
        area, person = make.neighbourhood(), make.person("Rosa")
        make.grant(person, Role.STAFF, area=area)
        busy_week(area, 1)
    sign_in(client, person)
    client.get("/en/desk")
    with counted() as one:
        client.get("/en/desk")
    with db.transaction():
        busy_week(area, 2)
    with counted() as three:
        client.get("/en/desk")
    assert len(one) == len(three)


# --- where staff begin -------------------------------------------------------------------------------


def test_the_desk_says_where_to_begin(client):
    with db.transaction():
        person, area = make.person("Rosa"), make.neighbourhood()
        make.grant(person, Role.STAFF, area=area)
        mine, other = make.event(area=area), make.event()
    sign_in(client, person)
    page = pages.read(client.get("/en/desk").text)
    first = next(link for link in page.every("a") if link.get("class", "").strip() == "button")
    assert (first.text, first.get("href")) == ("Schedule a meeting", "/en/desk/events/new")
    listed = client.get(next(link.get("href") for link in page.every("a") if link.text == "Sign somebody up")).text
    assert f"/en/host/events/{mine.id}/guests/new" in listed
    assert str(other.id) not in listed


@pytest.mark.parametrize("roles, home", [((), "/en/my"), ((Role.STAFF,), "/en/desk"), ((Role.COACH,), "/en/desk")])
def test_who_works_here_lands_on_the_desk(client, roles, home):
    with db.transaction():
        person = make.person("Rosa")
        for role in roles:
            make.grant(person, role)
    sign_in(client, person)
    assert client.get("/en/sign-in").location == home
