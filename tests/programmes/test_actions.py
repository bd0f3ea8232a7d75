"""Kits become programmes, administrators change them, and two at once are told."""

import pytest

from engage.core import city, db, ledger, secrets
from engage.core.access import CLOCK, NOBODY, Role
from engage.core.refusal import NotAllowed, NotFound, Refused
from engage.core.text import Localized
from engage.programmes import actions, adapters, queries
from engage.programmes.models import Programme
from engage.programmes.rules import Reason
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.test_races import race

pytestmark = pytest.mark.usefixtures("app")
ADMINISTRATOR = make.actor(None, Role.ADMINISTRATOR)


def install(kit="dialogue_dinner", by=CLOCK):
    with db.transaction():
        return actions.install_kit(kit=kit, by=by, now=NOW)


def start(kit="dialogue_dinner", form_key=""):
    with db.transaction():
        form_key = form_key or secrets.new_token()
        return actions.start_from_kit(kit=kit, form_key=form_key, by=ADMINISTRATOR, now=NOW)


def change(action, programme, by=ADMINISTRATOR, version=None, **values):
    with db.transaction():
        version = version or queries.programme(programme.id).version
        action(programme_id=programme.id, version=version, by=by, now=NOW, **values)


def kept(programme):
    db.session().expire_all()
    return queries.programme(programme.id)


@pytest.mark.parametrize("kit", list(adapters.kits()))
def test_every_kit_becomes_a_programme_once(kit):
    first, second = install(kit), install(kit)
    assert first.id == second.id
    assert kept(first).is_active
    assert kept(first).name.missing(("en", "fr", "es", "ar")) == []
    assert [programme.kit for programme in queries.active()] == [kit]


def test_installing_again_keeps_what_the_city_changed():
    programme = install()
    change(actions.change_texts, programme, texts={"name": Localized.of("en", "Supper")})
    install()
    assert kept(programme).name.shown("en").text == "Supper"


def test_the_same_form_again_and_many_at_once_are_one_programme(app):
    key = secrets.new_token()
    assert len({*race(app, [lambda: start(form_key=key).id] * 4), start(form_key=key).id}) == 1
    assert len(queries.every()) == 1


def test_one_more_of_a_kit_has_its_own_address_and_is_not_shown_yet():
    first, second, third = install(), start(), start()
    assert [kept(programme).slug for programme in (first, second, third)] == [
        "dialogue-dinners", "dialogue-dinners-2", "dialogue-dinners-3",
    ]
    assert queries.active() == [kept(first)]


def test_themes_of_a_kit_come_in_order():
    programme = install("neighbourhood_meeting")
    assert [theme.name.shown("en").text for theme in queries.themes(programme.id)] == [
        "Streets and safety", "Parks and play", "Getting around", "Living side by side",
    ]


def test_an_unknown_kit_is_not_found():
    with pytest.raises(NotFound):
        install("banquet")


@pytest.mark.parametrize("by", [NOBODY, make.actor(None, Role.STAFF), make.actor(None, Role.REVIEWER)])
def test_others_change_nothing(by):
    programme = install()
    for forbidden in (
        lambda: install(by=by),
        lambda: change(actions.change_settings, programme, by=by, settings={"position": 9}),
        lambda: change(actions.change_texts, programme, by=by, texts={}),
        lambda: change(actions.change_reminders, programme, by=by, reminders=[]),
        lambda: change(actions.change_questions, programme, by=by, questions=[]),
        *([] if by.is_staff() else [lambda: change(actions.change_themes, programme, by=by, themes=[])]),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    for action in (actions.end, actions.open_again):
        with pytest.raises(NotAllowed), db.transaction():
            action(programme_id=programme.id, by=by, now=NOW)
    assert kept(programme).version == 1


def test_a_change_is_told_to_ledger_and_public_pages():
    programme, version = install(), city.city().version
    settings = {"most_guests": 14, "party_limit": 3, "kit": "hacked", "slug": "hacked"}
    change(actions.change_settings, programme, settings=settings)
    after = kept(programme)
    assert (after.most_guests, after.party_limit, after.kit, after.slug) == (14, 3, "dialogue_dinner", "dialogue-dinners")
    assert ledger.history(programme.id)[0].details["what"] == "most_guests, party_limit"
    assert city.city().version > version


def test_a_change_that_changes_nothing_is_no_news():
    programme = install()
    change(actions.change_settings, programme, settings={"most_guests": 12})
    assert kept(programme).version == 1


def test_the_second_of_two_is_told_and_the_first_is_kept():
    programme = install()
    change(actions.change_settings, programme, version=1, settings={"most_guests": 14})
    with pytest.raises(Refused) as refused:
        change(actions.change_settings, programme, version=1, settings={"most_guests": 11})
    assert refused.value.reason == Reason.CHANGED_MEANWHILE
    assert kept(programme).most_guests == 14


@pytest.mark.parametrize("settings, reason", [
    ({"most_guests": 9}, Reason.FEWER_THAN_LEAST), ({"party_limit": 13}, Reason.PARTY_TOO_LARGE),
    ({"hold_minutes": 0}, Reason.OUT_OF_BOUNDS),
])
def test_settings_that_make_no_sense_are_refused(settings, reason):
    programme = install()
    with pytest.raises(Refused) as refused:
        change(actions.change_settings, programme, settings=settings)
    assert refused.value.reason == reason


def test_a_programme_needs_its_texts_in_at_least_one_language():
    programme = install()
    change(actions.change_texts, programme, texts={"host_guide": Localized({}, "en")})
    with pytest.raises(Refused) as refused:
        change(actions.change_texts, programme, texts={"summary": Localized({}, "en")})
    assert refused.value.reason == Reason.TEXT_MISSING


def test_themes_are_renamed_added_and_dropped():
    programme = install("neighbourhood_meeting")
    first, second, *_ = queries.themes(programme.id)
    new, nothing = (None, Localized.of("en", "Water")), (second.id, Localized({}, "en"))
    change(actions.change_themes, programme, themes=[new, nothing, (first.id, Localized.of("en", "Streets"))])
    db.session().expire_all()
    assert [theme.name.shown("en").text for theme in queries.themes(programme.id)] == ["Water", "Streets"]
    assert queries.themes(programme.id)[1].id == first.id


def test_a_programme_ends_and_opens_again():
    programme = install()
    for action, is_active in ((actions.end, False), (actions.end, False), (actions.open_again, True)):
        with db.transaction():
            action(programme_id=programme.id, by=ADMINISTRATOR, now=NOW)
        assert kept(programme).is_active is is_active
    assert [entry.kind for entry in ledger.history(programme.id)] == [
        "programmes.ProgrammeOpened", "programmes.ProgrammeEnded", "programmes.ProgrammeMade",
    ]
    assert db.session().query(Programme).count() == 1
