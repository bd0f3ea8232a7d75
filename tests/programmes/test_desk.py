"""Administrators set how formats work, all languages side by side; staff look; others see nothing."""

import re
from uuid import UUID

import pytest
import time_machine

from engage.core import db
from engage.core.access import CLOCK, Role
from engage.core.text import Localized
from engage.programmes import actions, queries
from engage.programmes.models import Programme
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.statements import counted

INDEX = "/en/desk/programmes"
PAGES = ("settings", "texts", "reminders", "questions", "themes")


@pytest.fixture(autouse=True)
def frozen(app):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dinner(app):
    return install()


@pytest.fixture
def administrator(client):
    return somebody(client, Role.ADMINISTRATOR)


def install(kit="dialogue_dinner"):
    with db.transaction():
        return actions.install_kit(kit=kit, by=CLOCK, now=NOW).id


def somebody(client, *roles, area=None):
    person = make.person("Rosa")
    for role in roles:
        make.grant(person, role, area)
    sign_in(client, person)
    return client


def kept(programme_id):
    db.session().expire_all()
    return db.session().get(Programme, programme_id)


def typed(client, programme_id, page):
    """What a browser would send back if nothing was touched."""
    html = client.get(f"{INDEX}/{programme_id}/{page}").text
    form = re.search(r'<form method="post" novalidate>.*?</form>', html, re.DOTALL)[0]
    values = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'{attribute}="([^"]*)"', tag) for attribute in ("name", "value"))
        if "checked" in tag or not re.search('type="(checkbox|radio)"', tag):
            values[name[1]] = _plain(value[1] if value else "y")
    for name, body in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        values[name] = _plain(body)
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', body) or re.search(r'<option value="([^"]*)"', body)
        values[name] = chosen[1]
    return values


def _plain(text):
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text.strip("\r\n")


def send(client, programme_id, page, **changed):
    values = {**typed(client, programme_id, page), **changed}
    whole = {name: value for name, value in values.items() if value is not None}
    return client.post(f"{INDEX}/{programme_id}/{page}", data=whole)


@pytest.mark.parametrize("page", PAGES)
def test_saving_untouched_changes_nothing(administrator, page):
    programme_id = install("neighbourhood_meeting")
    before = {column.name: getattr(kept(programme_id), column.name) for column in Programme.__table__.columns}
    themes = [theme.name for theme in queries.themes(programme_id)]
    assert send(administrator, programme_id, page).status_code == 303
    after = {column.name: getattr(kept(programme_id), column.name) for column in Programme.__table__.columns}
    before.pop("version"), after.pop("version")
    assert after == before
    assert [theme.name for theme in queries.themes(programme_id)] == themes


def test_settings_are_saved(administrator, dinner):
    changed = {"most_guests": "14", "least_guests": "", "who_may_propose": "anyone", "is_reviewed": None}
    answer = send(administrator, dinner, "settings", **changed)
    assert answer.status_code == 303
    after = kept(dinner)
    assert (after.most_guests, after.least_guests, after.who_may_propose, after.is_reviewed) == (14, None, "anyone", False)


@pytest.mark.parametrize("changed, status, said", [
    ({"most_guests": "9"}, 409, 'id="most_guests-wrong">There can&#39;t be fewer places than the least number'),
    ({"party_limit": "51"}, 422, "whole number from 1 to 50"),
    ({"hold_minutes": ""}, 422, "Please fill this in."),
    ({"hold_minutes": "ten"}, 422, "whole number from 5 to 1440"),
    ({"who_may_propose": "everybody"}, 422, ""),
    ({"sign": "<svg onload>"}, 422, ""),
])
def test_settings_that_make_no_sense_are_said_and_nothing_is_saved(administrator, dinner, changed, status, said):
    answer = send(administrator, dinner, "settings", decide_days="5", **changed)
    assert answer.status_code == status
    assert said in answer.text
    assert 'value="5"' in answer.text, "the rest of the form is kept"
    assert kept(dinner).version == 1


def test_texts_are_edited_side_by_side_and_what_is_missing_is_shown(administrator, dinner):
    assert send(administrator, dinner, "texts", name_fr="Souper", summary_ar="").status_code == 303
    page = administrator.get(f"{INDEX}/{dinner}/texts").text
    assert kept(dinner).name.shown("fr").text == "Souper"
    assert "Arabic: One sentence" in page
    assert page.count("missing</span>") == 1
    assert "Arabic: 1 text is missing" in administrator.get(INDEX).text


def test_a_text_is_needed_in_at_least_one_language(administrator, dinner):
    answer = send(administrator, dinner, "texts", **{f"name_{code}": " " for code in ("en", "fr", "es", "ar")})
    assert (answer.status_code, "needed in at least one language" in answer.text) == (409, True)
    assert send(administrator, dinner, "texts", name_en="").status_code == 303
    assert kept(dinner).name.shown("en").is_other


def test_languages_the_site_no_longer_offers_keep_their_texts(administrator, dinner):
    with db.transaction():
        kept(dinner).name = Localized({"en": "Dinner", "de": "Abendessen"}, "de")
    send(administrator, dinner, "texts", name_en="Supper")
    assert kept(dinner).name == Localized({"de": "Abendessen", "en": "Supper"}, "de")


def test_two_administrators_at_once_the_second_is_told_and_may_save_again(administrator, dinner):
    old = typed(administrator, dinner, "texts")
    send(administrator, dinner, "texts", name_en="First")
    answer = administrator.post(f"{INDEX}/{dinner}/texts", data={**old, "name_en": "Second"})
    assert (answer.status_code, "Somebody else has changed this programme" in answer.text) == (409, True)
    assert 'value="Second"' in answer.text
    assert kept(dinner).name.shown("en").text == "First"
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)[1]
    again = {**old, "name_en": "Second", "version": version}
    assert administrator.post(f"{INDEX}/{dinner}/texts", data=again).status_code == 303
    assert kept(dinner).name.shown("en").text == "Second"


def test_reminders_are_added_changed_and_dropped(administrator, dinner):
    send(administrator, dinner, "reminders", kind_0="", amount_1="2", kind_4="hours_before", amount_4="5")
    assert kept(dinner).reminders == [
        {"key": "eve", "kind": "days_before", "days": 2, "at": "18:00"}, {"key": "soon", "kind": "hours_before", "hours": 2},
        {"key": "feedback", "kind": "morning_after", "at": "09:00"}, {"key": "own_1", "kind": "hours_before", "hours": 5},
    ]


@pytest.mark.parametrize("changed", [
    {"amount_0": ""}, {"kind_4": "hours_before"}, {"kind_4": "morning_after"}, {"at_1": "25:99"},
    {"kind_4": "hours_before", "amount_4": "2"}, {"kind_0": "sometimes"},
])
def test_reminders_that_can_t_be_followed_are_refused(administrator, dinner, changed):
    assert send(administrator, dinner, "reminders", **changed).status_code in (409, 422)
    assert kept(dinner).version == 1


def test_questions_keep_their_keys_when_others_go(administrator, dinner):
    send(
        administrator, dinner, "questions", drop_0="y", text_1_en="Did you meet anybody?", option_1_0_en="Yes, many",
        kind_5="choice", text_5_en="How did you come?", option_5_0_en="On foot", option_5_1_en="By bus",
    )
    questions = kept(dinner).questions
    assert [(question["key"], question["kind"]) for question in questions] == [
        ("met", "choice"), ("trust", "scale"), ("again", "choice"), ("words", "text"), ("own_1", "choice"),
    ]
    assert questions[0]["options"][0]["key"] == "several"
    assert questions[0]["options"][0]["text"]["texts"]["en"] == "Yes, many"
    assert [option["text"]["texts"]["en"] for option in questions[-1]["options"]] == ["On foot", "By bus"]


def test_a_question_needs_answers_to_choose_from(administrator, dinner):
    answer = send(administrator, dinner, "questions", kind_5="choice", text_5_en="How did you come?", option_5_0_en="On foot")
    assert (answer.status_code, "Question 6 needs from 2 to 10 answers" in answer.text) == (409, True)


def test_themes_are_added_and_dropped(administrator):
    programme_id = install("neighbourhood_meeting")
    empty = {f"name_0_{code}": "" for code in ("en", "fr", "es", "ar")}
    send(administrator, programme_id, "themes", **empty, name_4_en="Water")
    db.session().expire_all()
    assert [theme.name.shown("en").text for theme in queries.themes(programme_id)] == [
        "Parks and play", "Getting around", "Living side by side", "Water",
    ]


def test_a_new_programme_begins_as_a_kit_and_is_opened_when_ready(administrator, dinner):
    key = re.search(r'name="form_key"[^>]*value="([^"]+)"', administrator.get(INDEX).text)[1]
    answer, again = (administrator.post(INDEX, data={"kit": "dialogue_dinner", "form_key": key}) for _press in range(2))
    assert (answer.status_code, again.location) == (303, answer.location)
    assert len(queries.every()) == 2
    second = next(programme for programme in queries.every() if programme.id != dinner)
    assert str(second.id) in answer.headers["Location"]
    assert administrator.get(f"/en/ways/{second.slug}").status_code == 404
    administrator.post(f"{INDEX}/{second.id}/open")
    assert administrator.get(f"/en/ways/{second.slug}").status_code == 200
    administrator.post(f"{INDEX}/{second.id}/end")
    assert "Not shown" in administrator.get(INDEX).text


def test_an_unknown_kit_changes_nothing(administrator):
    assert administrator.post(INDEX, data={"kit": "../secrets"}).status_code == 303
    assert queries.every() == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("locale", ["en", "fr", "es", "ar"])
def test_every_screen_opens_in_every_language(administrator, dinner, locale, page):
    assert administrator.get(f"/{locale}/desk/programmes/{dinner}/{page}").status_code == 200


HOSTILE = [
    "x" * 1_000_000, "\x00", "\ud800", "\u202eevil", "a\r\nb: c", "<svg onload=alert(1)>", "{{7*7}}", "31 February",
    "-1", "1e9",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_no_text_breaks_a_screen(administrator, dinner, page, text):
    values = {name: text for name in typed(administrator, dinner, page) if name != "csrf_token"}
    values = {name: value.encode("utf-8", "surrogatepass") for name, value in values.items()}
    answer = administrator.post(f"{INDEX}/{dinner}/{page}", data={**dict(list(values.items())[:4]), "version": "1"})
    assert answer.status_code in (303, 409, 422)
    assert "<svg onload" not in answer.text


@pytest.mark.parametrize("roles, in_all, index, edit", [
    ((), True, 403, 403), ((Role.FACILITATOR,), True, 403, 403), ((Role.ADMINISTRATOR,), True, 200, 200),
    ((Role.STAFF,), True, 200, 403), ((Role.STAFF,), False, 200, 403), ((Role.ADMINISTRATOR,), False, 200, 403),
])
def test_administrators_of_the_city_edit_staff_look(client, roles, in_all, index, edit):
    dinner = install()
    somebody(client, *roles, area=None if in_all else make.neighbourhood())
    page = client.get(INDEX)
    assert page.status_code == index
    assert (f"{INDEX}/{dinner}/texts" in page.text) == (edit == 200)
    for name in PAGES:
        may = 200 if name == "themes" and in_all and Role.STAFF in roles else edit  # themes are all staff's
        assert client.get(f"{INDEX}/{dinner}/{name}").status_code == may
        assert client.post(f"{INDEX}/{dinner}/{name}", data={}).status_code in ((403,) if may == 403 else (303, 409, 422))
    for name in ("end", "open"):
        assert client.post(f"{INDEX}/{dinner}/{name}").status_code == (403 if edit == 403 else 303)


@pytest.mark.parametrize("path", [INDEX, f"{INDEX}/{UUID(int=0)}/texts"])
def test_who_is_not_signed_in_is_led_to_sign_in(client, path):
    assert client.get(path).status_code in (302, 303)


@pytest.mark.parametrize("programmes", [1, 3])
def test_the_list_needs_the_same_statements_however_many(client, programmes):
    for kit in ("dialogue_dinner", "town_hall", "neighbourhood_meeting")[:programmes]:
        install(kit)
    somebody(client, Role.ADMINISTRATOR)
    client.get(INDEX)
    with counted() as statements:
        client.get(INDEX)
    assert len(statements) == 3, statements
