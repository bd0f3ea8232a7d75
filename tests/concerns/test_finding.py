"""Staff find concerns by their words, in any script, page by page."""

import re
from datetime import timedelta

import pytest
import time_machine

from engage.concerns.actions import raising, tending
from engage.concerns.models import Concern
from engage.concerns.queries import tending as queries
from engage.concerns.queries.tending import Filters
from engage.concerns.rules.steps import Step
from engage.core import db
from engage.core.access import Role
from engage.core.text import Localized
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.concerns.saying import ARABIC, do, given
from tests.conftest import NOW
from tests.funding.browsing import Browser
from tests.statements import counted


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here(app):
    return make.neighbourhood("Dallow")


@pytest.fixture
def staff(here):
    return make.actor(make.person("Sam"), Role.STAFF, areas=[here])


def found(staff, **filters):
    return [concern.body.texts[concern.body.source] for concern, _number in queries.listed(Filters(**filters), staff)]


@pytest.mark.parametrize("filters, bodies", [
    ({"words": "مظلم"}, [ARABIC]), ({"words": "LAMP"}, [ARABIC]), ({"language": "ar"}, [ARABIC]),
    ({"words": "noise night"}, []), ({"words": "noise"}, ["Noise"]), ({"language": "fr"}, []),
    ({"which": "answered"}, ["Answered"]), ({"which": "every", "words": "nothing"}, []),
])
def test_words_are_found_in_any_script_and_in_translations(here, staff, filters, bodies):
    make.concern(ARABIC, area=here, language="ar", summary=Localized.of("en", "No lamp."))
    make.concern("Noise", area=here)
    make.concern("Answered", area=here, step=Step.ANSWERED)
    assert found(staff, **filters) == bodies


@pytest.mark.parametrize("said, typed", [
    ("L’école n’est pas éclairée.", "ECOLE l'école"), ("Straße", "STRASSE"), ("İstanbul sokağı", "istanbul SOKAGI"),
    ("أمام المدرسةِ", "امام المدرسه"), ("إلى المستشفى", "الي المستشفي"), ("مـــدرسة", "مدرسة"), ("غرفة ٣", "3"),
    ("Rue du Cœur", "coeur"), ("Ｗｉｄｅ", "wide"), ("Θόρυβος τη νύχτα", "θορυβοσ"), ("100% dark", "100%"), ("a_b", "A_b"),
    ("either/or", "/"), (r"back\slash", "\\"), ("it's \"dark\"", "it’s"), ("Niño", "nino"), ("ΓΏΝΙΑ", "γωνια"),
])
def test_case_accents_and_hands_of_writing_are_all_the_same(here, staff, said, typed):
    make.concern(said, area=here)
    make.concern("Something else", area=here)
    assert found(staff, words=typed) == [said]


@pytest.mark.parametrize("typed", ["%", "_", "s%e", "\\", "\u0651", "a.c"])
def test_a_sign_stands_for_nothing_but_itself(here, staff, typed):
    make.concern("Something else", area=here)
    is_nothing = typed == "\u0651"  # a vowel sign alone narrows nothing
    assert len(found(staff, words=typed)) == is_nothing


def test_what_is_found_changes_with_the_words(here, staff):
    sent = given("الشارع مظلم", neighbourhood_id=here.id, place="Biscot Road")
    raised = do(raising.raise_concern, given=sent, by=make.actor())
    assert len(found(staff, words="biscot")) == 1
    assert found(staff, words="dark") == []
    do(tending.summarise, concern_id=raised.concern_id, words=Localized.of("en", "It is dark."), by=staff)
    assert len(found(staff, words="dark شارع")) == 1
    do(tending.summarise, concern_id=raised.concern_id, words=Localized({}, "en"), by=staff)
    assert found(staff, words="dark") == []


def walk(browser, wanted):
    """Turn all pages of the list as a reader does, and return what they show."""
    page, shown = browser.get(f"desk/concerns?{wanted}"), []
    while True:
        shown += re.findall(r"Concern (\d+)", page)
        following = re.search(r'class="pages"><a class="button quiet" href="/en/([^"]+)"', page)
        if following is None:
            return [int(number) for number in shown]
        page = browser.get(following[1].replace("&amp;", "&"))


@pytest.fixture
def browser(client, here):
    person = make.person("Sam")
    make.grant(person, Role.STAFF, here)
    sign_in(client, person)
    return Browser(client, person)


@pytest.mark.parametrize("which, is_falling", [("unanswered", False), ("every", True)])
def test_every_page_can_be_turned_to(browser, here, monkeypatch, which, is_falling):
    monkeypatch.setattr(queries, "ON_A_PAGE", 2)
    for number in range(5):
        make.concern(f"Concern {number}", area=here, raised_at=NOW + timedelta(minutes=number // 2))  # some at the same time
        make.concern("Another", area=here)
    shown = walk(browser, f"which={which}&words=concern")
    assert sorted(shown) == [0, 1, 2, 3, 4]
    minutes = [number // 2 for number in shown]
    assert minutes == sorted(minutes, reverse=is_falling)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(browser, here, number):
    for turn in range(number):
        make.concern(f"Concern {turn}", area=here, summary=Localized.of("en", "Dark."))
    browser.get("desk/concerns")
    with counted() as statements:
        assert sorted(walk(browser, "words=concern+dark")) == list(range(number))
    assert len(statements) == 3
    assert not any("folded" in str(statement).partition("FROM")[0] for statement in statements)


def test_many_are_counted_whole(browser, here):
    with db.transaction() as session:
        session.add_all(Concern(
            body=Localized.of("en", f"Concern {turn}"), form_key=f"many-concerns-{turn:06}", raised_at=NOW,
            neighbourhood_id=here.id,
        ) for turn in range(2101))
    assert "2101 concerns" in browser.get("desk/concerns?words=CONCERN")
