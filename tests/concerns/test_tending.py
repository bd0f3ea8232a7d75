"""Staff of the area tend concerns; staff elsewhere, residents and strangers don't."""

import pytest
import time_machine

from engage.concerns.actions import following, tending
from engage.concerns.models import ActionItem, Concern, Voice
from engage.concerns.queries import tending as queries
from engage.concerns.queries import voices
from engage.concerns.queries.tending import Filters
from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db
from engage.core.access import Role
from engage.core.refusal import NotAllowed, Refused
from engage.core.text import Localized
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.concerns.saying import do, letters
from tests.conftest import NOW
from tests.funding.browsing import Browser
from tests.statements import counted

WORDS = Localized.of("en", "We put up a lamp.")


@pytest.fixture
def here(app):
    return make.neighbourhood("Dallow")


@pytest.fixture
def staff(here):
    return make.actor(make.person("Sam"), Role.STAFF, areas=[here])


@pytest.fixture
def elsewhere(app):
    return make.actor(make.person("Eve"), Role.STAFF, areas=[make.neighbourhood("Saints")])


@pytest.fixture
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def acts(concern, into):
    return [
        (tending.sort, {"theme_id": None, "neighbourhood_id": None}), (tending.summarise, {"words": WORDS}),
        (tending.answer, {"words": WORDS}), (tending.finish, {"words": WORDS}), (tending.hide, {"ground": Ground.PERSON}),
        (tending.show_again, {}), (tending.merge, {"into_id": into.id}),
    ]


def test_nobody_but_staff_of_the_area_tends(here, elsewhere):
    concern, into = make.concern(area=here), make.concern(area=here)
    for by in (elsewhere, make.actor(make.person("Noor")), make.actor(), make.actor(links=frozenset({("voice", concern.id)}))):
        for act, values in acts(concern, into):
            with pytest.raises(NotAllowed):
                do(act, concern_id=concern.id, by=by, **values)


def test_what_is_the_whole_citys_is_for_who_works_for_all_of_it(staff):
    concern = make.concern()
    with pytest.raises(NotAllowed):
        do(tending.answer, concern_id=concern.id, words=WORDS, by=staff)
    do(tending.answer, concern_id=concern.id, words=WORDS, by=make.actor(make.person(), Role.STAFF))
    assert db.session().get(Concern, concern.id).step == Step.ANSWERED


def test_what_is_done_about_it_follows_to_another_neighbourhood(here, staff):
    saints, concern = make.neighbourhood("Saints"), make.concern(area=here)
    theirs = make.action_item(concern_id=concern.id, neighbourhood_id=here.id)
    whole_city = make.action_item(concern_id=concern.id)
    do(tending.sort, concern_id=concern.id, theme_id=None, neighbourhood_id=saints.id, by=staff)
    db.session().rollback()
    areas = [db.session().get(ActionItem, action.id).neighbourhood_id for action in (theirs, whole_city)]
    assert areas == [saints.id, None]


def test_who_is_in_both_counts_once_and_codes_lead_to_the_one_that_stands(here, staff):
    one, two = make.concern("It is dark.", area=here), make.concern("No light.", area=here)
    noor, sami = make.address("noor@example.org"), make.address("sami@example.org")
    code = "ABCDEFGHJKMN"
    make.voice(one, is_author=True, proven_at=None, code_hash=voices.code_hash(code))
    make.voice(one, to=noor)
    make.voice(two, to=noor, is_author=True)
    make.voice(two, to=sami)
    do(tending.merge, concern_id=one.id, into_id=two.id, by=staff)
    assert [voice.address_id for voice in voices.of_concern(two.id) if voice.address_id == noor.id] == [noor.id]
    assert len(voices.of_concern(two.id)) == 3
    found = voices.by_code(code)
    assert (found.concern_id, found.merged_from_id) == (two.id, one.id)
    assert [letter.subject for letter in letters("merged")] == ["Others have said the same as you"]


@pytest.mark.parametrize("around, reason", [
    ("itself", Reason.INTO_ITSELF), ("circle", Reason.IN_A_CIRCLE), ("hidden", Reason.INTO_HIDDEN),
    ("merged", Reason.INTO_MERGED),
])
def test_joining_says_why_it_can_not_be(here, staff, around, reason):
    one, two, three = (make.concern(area=here) for _ in range(3))
    if around == "circle":
        do(tending.merge, concern_id=two.id, into_id=one.id, by=staff)
    if around == "hidden":
        do(tending.hide, concern_id=two.id, ground=Ground.PERSON, by=staff)
    if around == "merged":
        do(tending.merge, concern_id=two.id, into_id=three.id, by=staff)
    with pytest.raises(Refused) as refused:
        do(tending.merge, concern_id=one.id, into_id=one.id if around == "itself" else two.id, by=staff)
    assert refused.value.reason == reason
    assert db.session().get(Concern, one.id).merged_into_id is None


def test_what_was_joined_before_leads_on_in_one_step(here, staff):
    one, two, three = (make.concern(area=here) for _ in range(3))
    do(tending.merge, concern_id=one.id, into_id=two.id, by=staff)
    do(tending.merge, concern_id=two.id, into_id=three.id, by=staff)
    assert db.session().get(Concern, one.id).merged_into_id == three.id


def test_a_hidden_one_is_told_its_author_alone_and_waits_for_nothing(here, staff):
    concern = make.concern(area=here)
    make.voice(concern, to=make.address("noor@example.org"), is_author=True)
    make.voice(concern, to=make.address("sami@example.org"))
    do(tending.hide, concern_id=concern.id, ground=Ground.PERSON, by=staff)
    assert len(letters("hidden")) == 1
    for act, values in acts(concern, make.concern(area=here))[:4]:
        with pytest.raises(Refused) as refused:
            do(act, concern_id=concern.id, by=staff, **values)
        assert refused.value.reason == Reason.IS_HIDDEN


def test_the_queue_counts_what_the_page_lists(here, staff, elsewhere):
    make.concern(area=here)
    make.concern(area=here, step=Step.ON_AGENDA)
    make.concern(area=here, step=Step.ANSWERED)
    make.concern(area=here, hidden_at=NOW, hidden_reason="Names.")
    make.concern()
    for actor, number in ((staff, 2), (elsewhere, 0), (make.actor(make.person(), Role.ADMINISTRATOR), 3)):
        assert queries.count_unanswered(actor) == number
        assert len(queries.listed(Filters(), actor)) == number


# --- the screens -----------------------------------------------------------------------------------


@pytest.fixture
def browser(client, here):
    person = make.person("Sam")
    make.grant(person, Role.STAFF, here)
    sign_in(client, person)
    return Browser(client, person)


def test_answered_on_its_page(browser, here, at_noon):
    concern = make.concern(area=here)
    assert "1 concern<" in browser.get("desk/concerns")
    browser.post(f"desk/concerns/{concern.id}/answer", answer_en="A lamp in May.", answer_ar="مصباح في مايو.")
    assert "0 concerns<" in browser.get("desk/concerns")
    assert "A lamp in May." in browser.get(f"concerns/{concern.id}")


def test_an_answer_without_words_is_asked_for(browser, here, at_noon):
    concern = make.concern(area=here)
    page = browser.post(f"desk/concerns/{concern.id}/answer", status=409).text
    assert '<p class="wrong-text" id="answer_en-wrong">Please write it in at least one language.</p>' in page


def test_joining_in_a_circle_is_said_and_nothing_is_lost(browser, here, at_noon):
    one, two = make.concern(area=here), make.concern(area=here)
    assert "Please choose one." in browser.post(f"desk/concerns/{one.id}/join", status=422, into="").text
    assert "choose one of the list" in browser.post(f"desk/concerns/{one.id}/join", status=422, into=str(one.id)).text
    browser.post(f"desk/concerns/{one.id}/join", into=str(two.id))
    assert "part of another concern" in browser.get(f"desk/concerns/{one.id}")


def test_a_stranger_and_staff_elsewhere_find_nothing(app, here, at_noon):
    concern, eve, noor = make.concern(area=here), make.person("Eve"), make.person("Noor")
    make.grant(eve, Role.STAFF, make.neighbourhood("Saints"))
    for person, status in ((eve, 404), (noor, 403)):
        client = app.test_client()
        sign_in(client, person)
        browser = Browser(client, person)
        browser.get(f"desk/concerns/{concern.id}", status=status)
        browser.post(f"desk/concerns/{concern.id}/hide", status=status, ground="person")
    assert db.session().get(Concern, concern.id).hidden_at is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_however_long(browser, here, at_noon, number):
    for _ in range(number):
        make.voice(make.concern(area=here), to=make.address())
    browser.get("desk/concerns")
    with counted() as seen:
        browser.get("desk/concerns")
    assert len(seen) == 3, seen


def test_forgotten_people_leave_their_words(app, here):
    person, concern = make.person("Noor"), make.concern(area=here)
    make.voice(concern, by=person, is_author=True)
    make.voice(make.concern(area=here), by=person)
    with db.transaction():
        following.forget_person(person_id=person.id, address_id=None, by=make.actor(person))
    assert [(voice.concern_id, voice.person_id) for voice in db.session().query(Voice)] == [(concern.id, None)]


def test_voices_follow_to_a_new_address_and_become_one_where_both_spoke(app, here):
    old, new = make.address("old@example.org"), make.address("new@example.org")
    both, alone = make.concern(area=here), make.concern(area=here)
    make.voice(both, to=old, is_author=True)
    make.voice(both, to=new)
    make.voice(alone, to=old)
    with db.transaction():
        following.follow_person(old_id=old.id, new_id=new.id, by=make.actor())
    assert [(voice.address_id, voice.is_author) for voice in voices.of_concern(both.id)] == [(new.id, True)]
    assert [voice.address_id for voice in voices.of_concern(alone.id)] == [new.id]
