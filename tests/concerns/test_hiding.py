"""Staff hide what breaks the code of conduct: its author reads why in their own language."""

import re

import pytest
import time_machine

from engage.concerns.actions import tending
from engage.concerns.models import Concern
from engage.concerns.rules.hiding import Ground, hiding_refusal
from engage.concerns.rules.reasons import Reason
from engage.concerns.wording import hiding as wording
from engage.core import db
from engage.core.access import Role
from engage.core.ledger import Entry
from engage.core.refusal import Refused
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.concerns.saying import do, letters
from tests.conftest import NOW
from tests.funding.browsing import Browser

TOLD = {
    "en": "It insults or threatens somebody.", "fr": "insulte ou menace", "es": "Insulta o amenaza", "ar": "إساءة أو تهديد",
}


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here(app):
    return make.neighbourhood("Dallow")


@pytest.fixture
def staff(here):
    person = make.person("Sam")
    make.grant(person, Role.STAFF, here)
    return person


@pytest.fixture
def concern(here):
    return make.concern(area=here)


def hide(concern, here, ground=Ground.INSULT, **words):
    do(tending.hide, concern_id=concern.id, ground=ground, by=make.actor(make.person(), Role.STAFF, areas=[here]), **words)


@pytest.mark.parametrize("ground", list(Ground))
@pytest.mark.parametrize("words", ["", "It shows a door number."])
def test_what_says_nothing_alone_needs_words(ground, words):
    assert hiding_refusal(ground, words) == (Reason.WHY_MISSING if ground == Ground.OTHER and not words else None)


def test_every_ground_has_its_words():
    assert set(wording.GROUNDS) == set(wording.TOLD) == set(Ground)


@pytest.mark.parametrize("locale", list(TOLD))
def test_its_author_reads_why_in_their_language_and_staffs_words_in_theirs(app, here, concern, locale):
    person = make.person("Noor", locale=locale)
    voice = make.voice(concern, by=person, to=make.address("noor@example.org"), is_author=True, locale=locale)
    hide(concern, here, words="Pas de noms.", language="fr")
    letter, = letters("hidden")
    client = app.test_client()
    sign_in(client, person)
    page = Browser(client, person, locale).get(f"my/concerns/{voice.id}")
    for text in (letter.text, letter.html, page):
        assert TOLD[locale] in text
        assert "Pas de noms." in text
    for text in (letter.html, page):
        assert bool(re.search('lang="fr"[^>]*>Pas de noms.', text)) == (locale != "fr")


def test_what_was_hidden_in_words_alone_still_says_them(client, here, concern, staff):
    voice = make.voice(concern, by=staff, to=make.address("noor@example.org"), is_author=True)
    hide(concern, here)
    with db.transaction():
        kept = db.session().get(Concern, concern.id)
        kept.hidden_for, kept.hidden_reason = None, "It names a neighbour."
    letter, = letters("hidden")
    sign_in(client, staff)
    browser = Browser(client, staff)
    pages = browser.get(f"my/concerns/{voice.id}"), browser.get(f"desk/concerns/{concern.id}")
    for text in (letter.text, letter.html, *pages):
        assert "It names a neighbour." in text
        assert "Written in" not in text
        assert "insults" not in text


def test_chosen_on_its_page_and_shown_there(client, here, concern, staff):
    sign_in(client, staff)
    browser, page = Browser(client, staff), f"desk/concerns/{concern.id}"
    assert "choose one of the list" in browser.post(f"{page}/hide", status=422, words="Why not?", language="en").text
    assert "your own words: the author" in browser.post(f"{page}/hide", status=409, ground="other", language="en").text
    assert db.session().get(Concern, concern.id).hidden_at is None
    browser.post(f"{page}/hide", ground="other", words="Ne convient pas ici.", language="fr")
    shown = browser.get(page)
    assert "It does not keep to the code of conduct." in shown
    assert '<p class="lines" dir="auto" lang="fr">Ne convient pas ici.</p>' in shown
    browser.post(f"{page}/show")
    db.session().rollback()
    kept = db.session().get(Concern, concern.id)
    assert (kept.hidden_at, kept.hidden_for, kept.hidden_reason, kept.hidden_language) == (None, None, "", "")


def test_the_ledger_keeps_the_ground_never_the_words(here, concern):
    hide(concern, here, words="Amina lives there.", language="en")
    entry = db.session().query(Entry).filter_by(kind="concerns.ConcernHidden").one()
    assert entry.details == {"concern_id": str(concern.id), "reason": "insult"}


def test_other_without_words_hides_nothing(here, concern):
    with pytest.raises(Refused) as refused:
        hide(concern, here, Ground.OTHER)
    assert refused.value.reason == Reason.WHY_MISSING
    assert (db.session().get(Concern, concern.id).hidden_at, letters()) == (None, [])
