"""Raised in Arabic at sign-up, on the agenda, answered, acted on, done: its author is told in Arabic at each step."""

from datetime import timedelta

import pytest
import time_machine

from engage.concerns.actions import moving, supporting, tending
from engage.concerns.queries import concerns, voices
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core.access import Role
from engage.core.refusal import NotAllowed, Refused
from engage.core.text import Localized
from engage.messages import actions as messages
from engage.messages.queries import opted_out
from engage.messages.rules import Topic
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.concerns.saying import ARABIC, do, holder, letters, raised
from tests.conftest import NOW
from tests.funding.browsing import Browser

LAMP = Localized({"en": "A lamp in May.", "ar": "مصباح في مايو."}, "en")


@pytest.fixture
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff(app):
    return make.actor(make.person("Sam"), Role.STAFF)


@pytest.fixture
def noor(app):
    """An author who writes Arabic, has proven her address, and has signed up for a meeting."""
    event = make.event("Town hall", area=make.neighbourhood())
    found = raised(ARABIC, email="noor@example.org", language="ar", locale="ar", event_id=event.id)
    do(supporting.confirm, voice_id=found.voice_id, by=holder(found.voice_id))
    return found, event


def step(concern_id, to, by, **values):
    do(lambda now: moving.move(concerns.locked(concern_id), to, by=by, now=now, **values))


def test_told_in_arabic_at_every_step(noor, staff):
    found, event = noor
    step(found.concern_id, Step.ON_AGENDA, staff, event_id=event.id)
    step(found.concern_id, Step.ANSWERED, staff, words=LAMP)
    step(found.concern_id, Step.IN_ACTION, staff, words=LAMP)
    step(found.concern_id, Step.DONE, staff, words=LAMP)
    told = letters("step")
    assert [letter.locale for letter in told] == ["ar"] * 4
    assert sum("مصباح في مايو." in letter.text for letter in told) == 3
    assert sum(f"/ar/events/{event.slug}" in letter.html for letter in told) == 1
    assert all(ARABIC in letter.text and 'dir="rtl"' in letter.html for letter in told)
    assert len({letter.subject for letter in told}) == 4


def test_one_letter_for_each_address_and_step_after_joining(noor, staff):
    found, _event = noor
    other = raised("No light", email="noor@example.org", locale="ar", by=staff)
    do(supporting.confirm, voice_id=other.voice_id, by=holder(other.voice_id))
    do(tending.merge, concern_id=other.concern_id, into_id=found.concern_id, by=staff)
    step(found.concern_id, Step.ANSWERED, staff, words=LAMP)
    assert len(letters("step")) == 1


def test_what_is_done_about_one_that_was_joined_is_done_about_the_one_that_stands(noor, staff):
    found, _event = noor
    other = make.concern()
    do(tending.merge, concern_id=found.concern_id, into_id=other.id, by=staff)
    step(found.concern_id, Step.ANSWERED, staff, words=LAMP)
    assert concerns.all_locked([other.id])[0].step == Step.ANSWERED
    assert len(letters("step")) == 1


def test_who_ends_the_letters_gets_none_and_still_counts(noor, staff):
    found, _event = noor
    do(supporting.end, voice_id=found.voice_id, by=holder(found.voice_id))
    step(found.concern_id, Step.ANSWERED, staff, words=LAMP)
    assert letters("step") == []
    assert len(voices.of_concern(found.concern_id)) == 1


def test_a_letter_not_sent_yet_is_not_sent_once_they_are_ended(noor, staff):
    found, _event = noor
    step(found.concern_id, Step.ANSWERED, staff, words=LAMP)
    do(supporting.end, voice_id=found.voice_id, by=holder(found.voice_id))
    assert letters("step") == []


def test_an_unproven_address_is_told_nothing(staff):
    found = raised(email="noor@example.org")
    step(found.concern_id, Step.ANSWERED, staff, words=LAMP)
    assert letters("step") == []


def test_steps_are_not_taken_back(noor, staff):
    found, _event = noor
    step(found.concern_id, Step.DONE, staff, words=LAMP)
    with pytest.raises(Refused) as refused:
        step(found.concern_id, Step.RAISED, staff)
    assert refused.value.reason == Reason.NOT_AT_THIS_STEP


# --- this matters to me too --------------------------------------------------------------------------


def support(concern_id, by=None, email="", now=NOW):
    return do(supporting.support, concern_id=concern_id, email=email, locale="en", by=by or make.actor(), now=now)


def test_somebody_signed_in_counts_once(app):
    concern, person = make.concern(), make.person("Sami")
    contact = make.contact(person, "sami@example.org")
    sami = make.actor(person, addresses=frozenset({contact.address_id}))
    assert support(concern.id, sami)
    with pytest.raises(Refused) as refused:
        support(concern.id, sami)
    assert refused.value.reason == Reason.ALREADY_COUNTED
    assert len(voices.of_concern(concern.id)) == 1


def test_an_address_counts_once_proven_and_asking_again_shows_nothing(app):
    concern = make.concern()
    assert not support(concern.id, email="sami@example.org")
    [voice] = voices.of_concern(concern.id)
    assert voice.proven_at is None
    do(supporting.confirm, voice_id=voice.id, by=holder(voice.id))
    assert not support(concern.id, email="Sami@Example.org", now=NOW + timedelta(hours=1))
    assert len(voices.of_concern(concern.id)) == 1
    assert "counts already" in letters("proof")[-1].text


def test_who_sends_an_address_is_asked_to_look_at_their_letters(client, at_noon):
    concern, browser = make.concern(), Browser(client, None)
    page = browser.post(f"concerns/{concern.id}/me-too", email="sami@example.org").text
    assert "Only then does it count." in page
    assert "<form" not in page.partition("<main")[2]


def test_who_is_signed_in_comes_to_their_own_page_and_is_not_asked_twice(client, at_noon):
    concern, person = make.concern(), make.person("Sami")
    make.contact(person, "sami@example.org")
    sign_in(client, person)
    browser = Browser(client, person)
    assert "What matters to you too" in browser.post(f"concerns/{concern.id}/me-too").text
    page = browser.get(f"concerns/{concern.id}/me-too")
    assert "You have said so before" in page
    assert "Yes, it matters to me" not in page


def test_a_stranger_neither_confirms_nor_ends(app):
    concern = make.concern()
    support(concern.id, email="sami@example.org")
    [voice] = voices.of_concern(concern.id)
    for act in (supporting.confirm, supporting.end):
        with pytest.raises(NotAllowed):
            do(act, voice_id=voice.id, by=make.actor(make.person("Eve")))


def test_saying_it_was_not_me_leaves_nothing(app):
    concern = make.concern()
    support(concern.id, email="sami@example.org")
    [voice] = voices.of_concern(concern.id)
    do(supporting.end, voice_id=voice.id, by=holder(voice.id))
    assert voices.of_concern(concern.id) == []


def test_confirming_begins_letters_that_were_ended_by_topic(app):
    concern, address = make.concern(), make.address("sami@example.org")
    support(concern.id, email="sami@example.org")
    theirs = make.actor(links=frozenset({("unsubscribe", address.id)}))
    do(messages.end_topic, address_id=address.id, topic=Topic.CONCERNS, by=theirs)
    [voice] = voices.of_concern(concern.id)
    do(supporting.confirm, voice_id=voice.id, by=holder(voice.id))
    assert Topic.CONCERNS not in opted_out(address.id)
