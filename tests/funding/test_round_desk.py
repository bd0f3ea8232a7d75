"""Staff begin a round and fill its parts on pages; others have no way in."""

import pytest
import time_machine

from engage.core import city, db
from engage.core.access import Role
from engage.funding.queries import rounds
from engage.funding.rules.rounds import RoundState
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.funding.browsing import Browser
from tests.statements import counted

PARTS = ("texts", "dates", "money", "who", "questions", "criteria", "conditions")


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW):
        yield


def _browser(app, role=None, area=None):
    person = make.person()
    make.contact(person)
    if role:
        make.grant(person, role, area)
    client = app.test_client()
    sign_in(client, person)
    return Browser(client, person)


@pytest.fixture
def staff(app):
    return _browser(app, Role.STAFF)


def _part(staff, found, part, status=None, **fields):
    version = fields.pop("version", rounds.one(found.id).version)
    return staff.post(f"desk/funding/{found.id}/edit/{part}", status, version=version, **fields)


@pytest.mark.parametrize("country, currency", [("GB", "GBP"), ("FR", "EUR"), ("NZ", "USD"), ("", "USD")])
def test_a_round_begins_in_the_currency_of_the_country_if_it_is_offered(staff, country, currency):
    with db.transaction():
        city.change(country=country)
    assert f'<option selected value="{currency}">' in staff.get("desk/funding/new")


def test_a_round_is_written_part_by_part_and_published(staff):
    kind = make.programme()
    staff.post("desk/funding/new", name="Spring dinners", currency="EUR")
    found = rounds.every()[0]
    assert "Being written" in staff.get("desk/funding")
    _part(staff, found, "texts", name_en="Spring dinners", call_en="We pay for food.", call_es="Pagamos la comida.")
    _part(staff, found, "dates", opens_on="2026-03-01", opens="09:00", closes_on="2026-04-01", closes="18:00")
    _part(staff, found, "money", currency="EUR", budget="1000", cap="150.50", pay_mode="split", advance_percent="40")
    _part(staff, found, "who", programmes=str(kind.id))
    _part(staff, found, "criteria", name_0_en="Bridges", meaning_0_en="Do they meet?", weight_0="3")
    _part(staff, found, "questions", text_0_en="What will you cook?", kind_0="text", is_required_0="y")
    numbers = {"nudge_before_days": "2", "first_nudge_days": "3", "last_nudge_days": "7", "lapse_days": "9"}
    _part(staff, found, "conditions", needs_training="y", least_reviews="3", report_days="10", **numbers)
    staff.post(f"desk/funding/{found.id}/publish")
    kept = rounds.one(found.id)
    assert (kept.state, kept.budget, kept.cap, kept.advance_percent) == (RoundState.PUBLISHED, 100_000, 15_050, 40)
    assert (kept.least_reviews, kept.needs_agreement, kept.questions[0]["is_required"]) == (3, False, True)
    assert kept.call.texts["es"] == "Pagamos la comida."
    assert (kept.criteria[0]["weight"], bool(kept.criteria[0]["key"])) == (3, True)


def test_what_cannot_be_is_refused_and_stays_typed(staff):
    found = make.funding_round(state=RoundState.DRAFT, needs_agreement=False)
    days = {"opens": "01:30", "closes_on": "2026-05-01", "closes": "18:00"}
    assert "does not exist" in _part(staff, found, "dates", 422, opens_on="2026-03-29", **days).text
    sums = {"currency": "USD", "pay_mode": "receipts", "advance_percent": "50"}
    answer = _part(staff, found, "money", 422, budget="-3", cap="77.25", **sums)
    assert 'value="77.25"' in answer.text
    assert _part(staff, found, "money", 409, version=7, budget="900", cap="77.25", **sums).status_code == 409
    assert rounds.one(found.id).cap == 15_000


def test_only_staff_of_its_neighbourhoods_get_in(app):
    here, there = make.neighbourhood(), make.neighbourhood()
    found = make.funding_round(areas=[here])
    insider, elsewhere, guest = _browser(app, Role.STAFF, here), _browser(app, Role.STAFF, there), _browser(app)
    for part in PARTS:
        insider.get(f"desk/funding/{found.id}/edit/{part}")
        elsewhere.get(f"desk/funding/{found.id}/edit/{part}", 404)
        guest.get(f"desk/funding/{found.id}/edit/{part}", 403)
    elsewhere.post(f"desk/funding/{found.id}/end", 404)
    assert rounds.one(found.id).state == RoundState.PUBLISHED
    insider.get(f"desk/funding/{found.id}/edit/nonsense", 404)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COACH])
def test_who_reads_or_coaches_sees_their_own_work_only(app, role):
    make.funding_round()
    page = _browser(app, role).get("desk/funding")
    assert "Spring 2027" not in page


def test_the_list_asks_no_more_for_more_rounds(staff):
    counts = []
    for more in (1, 2):
        for _number in range(more):
            make.funding_round(state=RoundState.DRAFT)
        staff.get("desk/funding")
        with counted() as seen:
            staff.get("desk/funding")
        counts.append(len(seen))
    assert counts[0] == counts[1], seen
