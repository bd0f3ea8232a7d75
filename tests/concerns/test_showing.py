"""What everybody sees of concerns ("You said, we did"), in their language, and what nobody does."""

import re

import pytest
import time_machine

from engage.concerns.actions import tending
from engage.concerns.actions.versions import grow_lists
from engage.concerns.models import ConcernStep
from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.steps import Step
from engage.core import city, db
from engage.core.access import Role
from engage.core.text import Localized
from engage.programmes.models import Theme
from tests import factories as make
from tests.concerns.saying import ARABIC, do
from tests.conftest import NOW
from tests.factories.consulting import theme
from tests.statements import counted


@pytest.fixture
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff(app):
    return make.actor(make.person("Sam"), Role.STAFF)


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return answer.text


def test_the_original_is_marked_and_a_translation_says_that_it_is_one(client, staff, at_noon):
    concern = make.concern(ARABIC, language="ar")
    assert f'dir="auto" lang="ar">{ARABIC}' in page(client, f"/en/concerns/{concern.id}")
    do(tending.summarise, concern_id=concern.id, words=Localized.of("en", "It is dark."), by=staff)
    shown = page(client, f"/en/concerns/{concern.id}")
    assert "It is dark." in shown
    assert "Translated or summarised by the city." in shown
    assert re.search(rf"<details>.*{ARABIC}.*</details>", shown, re.DOTALL)
    assert "It is dark." not in page(client, f"/ar/concerns/{concern.id}")


def test_hidden_is_not_found_and_merged_leads_on(client, staff, at_noon):
    hidden, one, two = (make.concern() for _ in range(3))
    do(tending.hide, concern_id=hidden.id, ground=Ground.PERSON, by=staff)
    do(tending.merge, concern_id=one.id, into_id=two.id, by=staff)
    for path in (f"concerns/{hidden.id}", f"concerns/{hidden.id}/me-too"):
        page(client, f"/en/{path}", 404)
    assert client.get(f"/en/concerns/{one.id}").location == f"/en/concerns/{two.id}"
    assert str(hidden.id) not in page(client, "/en/concerns")


def test_an_author_sees_why_it_is_hidden(app, client, staff, at_noon):
    concern = make.concern("The street")
    voice = make.voice(concern, is_author=True, proven_at=None)
    do(tending.hide, concern_id=concern.id, ground=Ground.PERSON, words="It names a neighbour.", language="en", by=staff)
    page(client, f"/en/my/concerns/{voice.id}", 404)
    with client.session_transaction() as session:
        session["links"] = {f"voice:{voice.id}": 0}
    shown = page(client, f"/en/my/concerns/{voice.id}")
    assert "The street" in shown
    assert "It names a neighbour." in shown


def test_numbers_filters_and_the_page_of_a_neighbourhood(client, at_noon):
    dallow, saints = make.neighbourhood("Dallow"), make.neighbourhood("Saints")
    make.concern("Dark", area=dallow)
    make.concern("Noise", area=dallow, step=Step.ANSWERED)
    make.concern("Bins", area=saints)
    shown = page(client, f"/en/concerns?area={dallow.code}")
    assert "You said, we did: <bdi>Dallow</bdi>" in shown
    assert ("Dark" in shown, "Noise" in shown, "Bins" in shown) == (True, True, False)
    assert re.findall(r'<td class="number">(\d+)</td>', shown) == ["1", "0", "1", "0", "0"]
    narrowed = page(client, f"/en/concerns?area={dallow.code}&step=answered")
    assert ("Dark" in narrowed, "Noise" in narrowed) == (False, True)
    assert f"/en/concerns?area={dallow.code}" in page(client, f"/en/neighbourhoods/{dallow.code}")
    page(client, "/en/concerns?area=nowhere&step=x&theme=y&page=-3&programme=z")


def _about(shown):
    table = shown.partition("What they are about")[2].partition("</table>")[0]
    return dict(re.findall(r'<span>(\w+)</span>.*?class="number">(\d+)', table, re.DOTALL))


def test_a_neighbourhood_and_a_programme_show_their_themes_with_numbers(client, at_noon):
    dallow, of = make.neighbourhood("Dallow"), make.programme()
    noise = make.keep(Theme(neighbourhood_id=dallow.id, name=Localized.of("en", "Noise"), position=1))
    make.keep(Theme(neighbourhood_id=dallow.id, name=Localized.of("en", "Bins"), position=2))
    crime = theme(of)
    make.keep(Theme(neighbourhood_id=dallow.id, name=Localized.of("en", "Gone"), is_retired=True))
    with db.transaction():
        city.change()
    board = f"/en/concerns?area={dallow.code}"
    assert _about(page(client, board)) == {"Noise": "0", "Bins": "0"}, "before anybody raised anything"
    make.concern(area=dallow, theme_id=noise.id)
    make.concern(area=dallow, theme_id=crime.id, programme_id=of.id)
    with db.transaction():
        grow_lists()
    assert _about(page(client, board)) == {"Noise": "1", "Crime": "1", "Bins": "0"}
    assert _about(page(client, f"/en/concerns?programme={of.slug}")) == {"Crime": "1"}
    there = page(client, f"/en/neighbourhoods/{dallow.code}")
    assert f"/en/concerns?theme={noise.id}&amp;area={dallow.code}" in there
    assert "Gone" not in there


@pytest.mark.parametrize("number", [1, 3])
def test_two_statements_however_many(client, at_noon, number):
    concern, *_others = (make.concern() for _ in range(number))
    for _ in range(number):
        make.voice(concern, to=make.address())
        make.keep(ConcernStep(concern_id=concern.id, step=Step.ON_AGENDA, at=NOW, event_id=make.event().id))
    for path in ("/en/concerns", f"/en/concerns/{concern.id}"):
        page(client, path)
        with counted() as seen:
            page(client, path)
        assert len(seen) == 2, seen


def test_unchanged_is_answered_without_rendering_and_changed_is_not(client, staff, at_noon):
    concern = make.concern()
    for path in ("/en/concerns", f"/en/concerns/{concern.id}"):
        first = client.get(path)
        known = {"If-None-Match": first.headers["ETag"]}
        with counted() as seen:
            assert client.get(path, headers=known).status_code == 304
        assert len(seen) == 1
        assert "Set-Cookie" not in first.headers
        do(tending.answer, concern_id=concern.id, words=Localized.of("en", f"See {path}"), by=staff)
        assert client.get(path, headers=known).status_code == 200
