"""What must not get out, and what one person must not be able to do with another's address."""

import re

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.models import Contact
from engage.concerns.actions import following, raising, ranking, supporting, tending
from engage.concerns.actions.minutes import content
from engage.concerns.models import MinutesVersion, Ranking, Voice
from engage.concerns.queries import agendas, voices
from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db
from engage.core.access import CLOCK, Role
from engage.core.refusal import Refused
from tests import factories as make
from tests.concerns.saying import do, given, holder, raised
from tests.conftest import NOW
from tests.factories import consulting as asking

SECRET = "He hits her, at number 12."


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here(app):
    return make.neighbourhood("Dallow")


@pytest.fixture
def staff(here):
    return make.actor(make.person("Sam"), Role.STAFF, areas=[here])


def _voices(concern_id):
    db.session().rollback()
    return voices.of_concern(concern_id)


def _account(*emails):
    person = make.person("Noor")
    contacts = [make.contact(person, email) for email in emails]
    return make.actor(person, addresses=frozenset(contact.address_id for contact in contacts))


# --- somebody else's address -------------------------------------------------------------------------


def test_the_same_form_without_its_address_opens_nothing(app):
    client = app.test_client()
    page = client.get("/en/concerns/new").text
    sent = {"text": "Spam", "language": "en", "form_key": re.search(r'name="form_key"[^>]*value="([^"]+)"', page)[1]}
    for email in ("victim@example.org", ""):
        answer = client.post("/en/concerns/new", data={**sent, "email": email})
        assert answer.location.endswith("/raised"), "the way in is in the letter alone"
    [voice] = db.session().scalars(select(Voice))
    assert voice.proven_at is None


def test_an_anonymous_author_sees_the_code_again(app):
    sent = given()
    first, second = (do(raising.raise_concern, given=sent, by=make.actor()) for _ in range(2))
    assert first == second
    assert voices.by_code(first.code).id == first.voice_id


def test_links_to_an_old_address_end_when_somebody_moves(app):
    found = raised(email="old@example.org")
    voice = voices.voice(found.voice_id)
    new = make.address("new@example.org")
    with db.transaction():
        following.follow_person(old_id=voice.address_id, new_id=new.id, by=CLOCK)
    [moved] = _voices(found.concern_id)
    assert (moved.address_id, moved.revocation) == (new.id, 1)


# --- each person counts once -------------------------------------------------------------------------


def test_who_raised_it_signed_out_supports_it_signed_in(app):
    found = raised(email="noor@example.org")
    person, [voice] = make.person("Noor"), _voices(found.concern_id)
    make.keep(Contact(person_id=person.id, address_id=voice.address_id, proven_at=NOW, created_at=NOW, is_main=True))
    noor = make.actor(person, addresses=frozenset({voice.address_id}))
    assert do(supporting.support, concern_id=found.concern_id, email="", locale="en", by=noor)
    [voice] = _voices(found.concern_id)
    assert voice.is_author
    assert voice.proven_at is not None


def test_a_second_address_of_an_account_is_no_second_voice(app):
    concern = make.concern()
    noor = _account("one@example.org", "two@example.org")
    do(supporting.support, concern_id=concern.id, email="", locale="en", by=noor)
    do(supporting.support, concern_id=concern.id, email="two@example.org", locale="en", by=make.actor())
    unproven = next(voice for voice in _voices(concern.id) if voice.proven_at is None)
    do(supporting.confirm, voice_id=unproven.id, by=holder(unproven.id))
    assert [voice.id for voice in _voices(concern.id)] == [unproven.id], "the link just used goes on working"


def test_two_voices_of_one_account_become_one_when_it_moves(app):
    concern = make.concern()
    noor = _account("one@example.org")
    do(supporting.support, concern_id=concern.id, email="", locale="en", by=noor)
    old = _voices(concern.id)[0].address_id
    do(supporting.support, concern_id=concern.id, email="new@example.org", locale="en", by=make.actor())
    new = next(voice.address_id for voice in _voices(concern.id) if voice.address_id != old)
    with db.transaction():
        following.follow_person(old_id=old, new_id=new, by=CLOCK)
    [left] = _voices(concern.id)
    assert (left.person_id, left.address_id) == (noor.person_id, new)
    assert left.proven_at is not None


def test_what_is_done_is_raised_anew(app):
    concern = make.concern(step=Step.DONE)
    with pytest.raises(Refused) as refused:
        do(supporting.support, concern_id=concern.id, email="noor@example.org", locale="en", by=make.actor())
    assert refused.value.reason == Reason.IS_DONE
    assert "me-too" not in app.test_client().get(f"/en/concerns/{concern.id}").text


# --- closed doors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("concern_is_closed", "meeting_is_closed", "same", "fits"), [
    (False, False, False, True), (True, False, False, False), (False, True, False, False), (True, True, False, False),
    (True, True, True, True), (False, False, True, True),
])
def test_no_concern_passes_a_closed_door(here, concern_is_closed, meeting_is_closed, same, fits):
    of = make.programme(is_closed=concern_is_closed)
    event = make.event(of=of if same else make.programme(is_closed=meeting_is_closed), area=here)
    concern = make.concern(SECRET, area=here, programme_id=of.id)
    assert [found.concern.id for found in agendas.fitting(event)] == ([concern.id] if fits else [])


# --- what is hidden ----------------------------------------------------------------------------------


def test_a_hidden_concern_is_not_read_on_agendas_and_in_minutes(app, here, staff):
    event, concern = make.event(area=here), make.concern(SECRET, area=here)
    make.agenda(event, items=(), is_published=True)
    item = make.agenda_item(event, SECRET, concern_id=concern.id)
    make.keep(MinutesVersion(event_id=event.id, number=1, content=content([item], {}), published_at=NOW))
    pages = [f"/en/events/{event.slug}/{which}" for which in ("agenda", "minutes")]
    client = app.test_client()
    assert [SECRET in client.get(page).text for page in pages] == [True, True]
    do(tending.hide, concern_id=concern.id, ground=Ground.PERSON, by=staff)
    assert [SECRET in client.get(page).text for page in pages] == [False, False]
    do(tending.show_again, concern_id=concern.id, by=staff)
    assert [SECRET in client.get(page).text for page in pages] == [True, True]


def test_rankings_follow_a_new_address_that_has_ranked_too(app):
    asked, old, new = asking.consultation(), make.address("old@example.org"), make.address("new@example.org")
    proven = asking.ranking(asked, address_id=old.id, proven_at=NOW)
    asking.ranking(asked, address_id=new.id, proven_at=None)
    with db.transaction():
        ranking.follow_person(old_id=old.id, new_id=new.id, by=CLOCK)
    db.session().rollback()
    [left] = db.session().scalars(select(Ranking))
    assert (left.id, left.address_id) == (proven.id, new.id)
