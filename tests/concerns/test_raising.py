"""Somebody raises a concern: signed in, with an address, without a name; and nothing half written."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import func, select

from engage.concerns import jobs
from engage.concerns.actions import raising, supporting, tending
from engage.concerns.models import Concern, Voice
from engage.concerns.queries import voices
from engage.concerns.rules.reasons import Reason
from engage.core import db
from engage.core.access import Role
from engage.core.ledger import Entry
from engage.core.refusal import NotAllowed, Refused
from engage.core.text import Localized
from engage.events.rules import State
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.concerns.saying import ARABIC, do, given, holder, letters, raised
from tests.conftest import NOW
from tests.funding.browsing import Browser


def total(model=Concern):
    return db.session().scalar(select(func.count()).select_from(model))


@pytest.fixture
def amina(app):
    person = make.person("Amina")
    make.contact(person, "amina@example.org")
    return person


@pytest.fixture
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def test_an_address_is_asked_for_proof_and_counts_from_then_on(app):
    found = raised(email="noor@example.org")
    assert [letter.subject for letter in letters()] == ["Your concern: please confirm"]
    assert voices.heard(found.concern_id) == []
    do(supporting.confirm, voice_id=found.voice_id, by=holder(found.voice_id))
    assert [voice.id for voice in voices.heard(found.concern_id)] == [found.voice_id]


def test_nobody_else_proves_it(app, amina):
    found = raised(email="noor@example.org")
    with pytest.raises(NotAllowed):
        do(supporting.confirm, voice_id=found.voice_id, by=make.actor(amina))


def test_the_same_form_twice_is_one_concern_and_the_same_code(app):
    form = given()
    first, second = (do(raising.raise_concern, given=form, by=make.actor()) for _ in range(2))
    assert first == second
    assert first.code
    assert total() == 1


def test_without_a_name_nobody_is_written_down(app, amina):
    found = do(raising.raise_concern, given=given(), by=make.actor(amina))
    voice = db.session().get(Voice, found.voice_id)
    assert (voice.person_id, voice.address_id, voice.is_author) == (None, None, True)
    assert found.code not in voice.code_hash
    entry = db.session().scalars(select(Entry).where(Entry.kind == "concerns.ConcernRaised")).one()
    assert (entry.by_kind, entry.by_id) == ("nobody", None)


def test_a_meeting_brings_its_neighbourhood_and_programme(app):
    area = make.neighbourhood()
    event = make.event(area=area)
    concern = db.session().get(Concern, raised(event_id=event.id).concern_id)
    assert (concern.neighbourhood_id, concern.programme_id) == (area.id, event.programme_id)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_for_a_meeting_that_is_not_public_nothing_is_raised(app, state):
    event = make.event(state=state, published_at=None)
    with pytest.raises(Refused) as refused:
        raised(event_id=event.id)
    assert refused.value.reason == Reason.NO_SUCH_THING
    assert total() == 0


@pytest.mark.parametrize("values, reason", [
    ({"text": ""}, Reason.EMPTY),
    ({"theme_id": uuid4()}, Reason.NO_SUCH_THING),
    ({"neighbourhood_id": uuid4()}, Reason.NO_SUCH_THING),
])
def test_bad_input_writes_nothing(app, values, reason):
    with pytest.raises(Refused) as refused:
        raised(**values)
    assert refused.value.reason == reason
    assert (total(), total(Voice), total(OutboxLetter)) == (0, 0, 0)


def test_only_staff_of_the_area_type_in(app, amina):
    here, elsewhere = make.neighbourhood(), make.neighbourhood()
    event = make.event(area=here)
    for by in (make.actor(amina), make.actor(amina, Role.STAFF, areas=[elsewhere])):
        with pytest.raises(NotAllowed):
            do(raising.raise_concern, given=given(event_id=event.id), by=by, is_typed_in=True)
    do(raising.raise_concern, given=given(event_id=event.id), by=make.actor(amina, Role.STAFF, areas=[here]), is_typed_in=True)
    assert total() == 1


# --- the screens -----------------------------------------------------------------------------------


def key(page):
    return re.search(r'name="form_key"[^>]*value="([^"]+)"', page).group(1)


def test_raised_in_arabic_without_a_name_and_looked_up_by_code(app, client, at_noon):
    arabic = Browser(client, None, "ar")
    page = arabic.get("concerns/new")
    own = arabic.post("concerns/new", form_key=key(page), text=ARABIC, language="ar").text
    code = re.search(r'class="code" dir="ltr">([A-Z0-9-]+)<', own).group(1)
    assert ARABIC in own
    again = client.get(f"/ar/my/concerns/{db.session().scalars(select(Voice.id)).one()}").text
    assert code not in again
    elsewhere = app.test_client()
    found = elsewhere.post("/ar/concerns/look-up", data={"code": code.lower().replace("-", " ")}, follow_redirects=True)
    assert ARABIC in found.text
    assert code not in found.text


def test_a_wrong_code_is_said_beside_its_field(app, client, at_noon):
    page = Browser(client, None).post("concerns/look-up", status=404, code="NOTA-CODE-2345").text
    assert "We don&#39;t know this code" in page
    assert 'value="NOTA-CODE-2345"' in page


def test_too_many_codes_from_one_network_are_stopped(app, client, at_noon):
    answers = [client.post("/en/concerns/look-up", data={"code": f"TRY{number}"}).status_code for number in range(22)]
    assert answers[:20] == [404] * 20
    assert answers[-1] == 429


def test_an_own_address_counts_at_once(app, client, amina, at_noon):
    sign_in(client, amina)
    browser = Browser(client, amina)
    page = browser.get("concerns/new")
    assert 'value="amina@example.org"' in page
    browser.post("concerns/new", form_key=key(page), text="The street is dark.", language="en", email="amina@example.org",
                 wants_letters="y")
    assert [voice.person_id for voice in db.session().scalars(select(Voice))] == [amina.id]
    assert letters() == []
    assert "The street is dark." in browser.get("my")


def test_too_long_comes_back_cut_and_an_address_that_is_none_is_pointed_at(app, client, at_noon):
    browser = Browser(client, None)
    form = {"form_key": key(browser.get("concerns/new")), "language": "en"}
    page = browser.post("concerns/new", status=422, text="x" * 2100, email="noor", **form).text
    assert "has been cut to 2000 characters" in page
    assert "does not look like an email address" in page
    page = browser.post("concerns/new", status=422, text="The street", email="noor", **form).text
    assert "The street</textarea>" in page
    assert total() == 0


def test_a_flood_is_stopped(app, client, at_noon):
    browser = Browser(client, None)
    for number in range(30):
        browser.post("concerns/new", follow=False, form_key=f"key-of-this-flood-{number:03}", text="Again", language="en")
    browser.post("concerns/new", status=429, form_key="key-of-this-flood-031", text="Again", language="en")
    assert total() == 30


def test_the_page_after_signing_up_asks(app, client, at_noon):
    event = make.event()
    page = Browser(client, None).get(f"events/{event.slug}/join/sent")
    assert f"/en/concerns/new?event={event.slug}" in page


def test_staff_type_in_what_is_said_and_letters_are_in_that_language(app, client, at_noon):
    area = make.neighbourhood()
    event, staff = make.event(area=area), make.person("Sam")
    make.grant(staff, Role.STAFF, area)
    sign_in(client, staff)
    browser = Browser(client, staff)
    path = f"desk/events/{event.id}/concerns/new"
    browser.post(path, form_key=key(browser.get(path)), text=ARABIC, language="ar", email="noor@example.org")
    assert [voice.locale for voice in db.session().scalars(select(Voice))] == ["ar"]
    page = browser.post(path, form_key=key(browser.get(path)), text="No name", language="en").text
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", page)
    assert "2 concerns were raised for this meeting." in browser.get(f"my/events/{event.id}")


def test_staff_elsewhere_find_no_such_page(app, client, at_noon):
    event, staff = make.event(area=make.neighbourhood()), make.person("Sam")
    make.grant(staff, Role.STAFF, make.neighbourhood())
    sign_in(client, staff)
    Browser(client, staff).get(f"desk/events/{event.id}/concerns/new", status=404)


def test_what_was_never_proven_is_forgotten_and_the_words_stay(app):
    found = raised(email="noor@example.org")
    do(supporting.support, concern_id=found.concern_id, email="sami@example.org", locale="en", by=make.actor())
    jobs.forget(NOW + timedelta(days=8))
    assert [(voice.is_author, voice.address_id) for voice in db.session().scalars(select(Voice))] == [(True, None)]
    assert total() == 1


def test_ninety_days_after_it_is_done_addresses_are_let_go(app):
    found = raised(email="noor@example.org")
    do(supporting.confirm, voice_id=found.voice_id, by=holder(found.voice_id))
    staff = make.actor(make.person(), Role.STAFF)
    do(tending.finish, concern_id=found.concern_id, words=Localized.of("en", "A lamp."), by=staff)
    jobs.forget(NOW + timedelta(days=89))
    assert len(voices.heard(found.concern_id)) == 1
    jobs.forget(NOW + timedelta(days=91))
    assert voices.heard(found.concern_id) == []
