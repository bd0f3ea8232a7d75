"""Formats ship as data: complete in four languages, and a wrong file is named with what is wrong."""

import json

import pytest

from engage.programmes import adapters
from engage.programmes.adapters import KITS, BrokenKit
from engage.programmes.rules import PlaceKind, Proposers, Sign, SignUpMode

LOCALES = {"en", "fr", "es", "ar"}


def texts(value):
    """Every text of a kit, as languages to words."""
    if isinstance(value, dict) and set(value) >= {"en"}:
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def test_kits_ship_in_the_order_they_are_shown():
    kits = adapters.kits()
    assert list(kits) == [
        "dialogue_dinner", "town_hall", "neighbourhood_meeting", "consultation_series", "host_training", "round_table",
    ]
    dinner, hall, meeting, consultation, training, _closed = kits.values()
    assert [kit for kit, columns in kits.items() if columns["is_closed"]] == ["round_table"]
    assert [theme.shown("en").text for theme in consultation["themes"]] == [
        "Violence against women and girls", "Crime", "Youth support", "Parenting support", "Environment",
        "Digital and social media",
    ]
    assert (dinner["least_guests"], dinner["most_guests"], dinner["sign"]) == (10, 12, Sign.TABLE)
    assert (dinner["place_kind"], dinner["sign_up_mode"], dinner["who_may_propose"]) == (
        PlaceKind.PRIVATE, SignUpMode.HOST_APPROVES, Proposers.TRAINED,
    )
    assert (hall["most_guests"], hall["sign_up_mode"], hall["sign"]) == (None, SignUpMode.OPEN, Sign.ROWS)
    assert (meeting["place_kind"], meeting["sign"]) == (PlaceKind.PUBLIC, Sign.CHAIN)
    assert (meeting["who_may_propose"], meeting["is_reviewed"]) == (Proposers.ANYONE, True)
    assert (training["who_may_propose"], training["sign_up_mode"]) == (Proposers.STAFF, SignUpMode.OPEN)


@pytest.mark.parametrize("kit", sorted(KITS.glob("*.json")), ids=lambda file: file.stem)
def test_every_text_is_there_in_every_language_with_the_same_parts(kit):
    found = list(texts(json.loads(kit.read_text())))
    assert len(found) > 10
    for text in found:
        assert set(text) == LOCALES
        assert len({(words.count("### "), words.count("\n- ")) for words in text.values()}) == 1, text["en"]


@pytest.mark.parametrize("kit", sorted(KITS.glob("*.json")), ids=lambda file: file.stem)
def test_reminders_and_questions_are_those_everybody_relies_on(kit):
    columns = adapters.read(kit)
    assert [rule["key"] for rule in columns["reminders"]] == ["week", "eve", "soon", "feedback"]
    assert [question["key"] for question in columns["questions"]] == ["heard", "met", "trust", "again", "words"]


@pytest.mark.parametrize("change, said", [
    ({"slug": None}, "slug is missing"), ({"colour": "red"}, "colour is not known"),
    ({"sign": "star"}, "'star' is not a valid Sign"),
    ({"name": {}}, "name needs a text"), ({"name": {"en": " "}}, "name needs a text"), ({"name": "Dinner"}, ""),
    ({"is_reviewed": "yes"}, "is_reviewed should be true or false"),
    ({"party_limit": True}, "party_limit should be a whole number"),
    ({"party_limit": None}, "party_limit should be a whole number"), ({"least_guests": 20}, "fewer than least"),
    ({"hold_minutes": 1}, "out of bounds"), ({"reminders": [{"key": "x"}]}, "reminder wrong {'number': 1}"),
    ({"questions": [{"key": "x", "kind": "guess", "text": {"en": "?"}}]}, "'guess' is not a valid QuestionKind"),
    ({"questions": [{"key": "x", "kind": "choice", "text": {"en": "?"}}]}, "question needs answers"),
    ({"questions": [7]}, ""), ({"themes": [{"en": ""}]}, "themes needs a text"),
])
def test_a_broken_kit_is_named_with_what_is_wrong(tmp_path, change, said):
    kit = json.loads((KITS / "dialogue_dinner.json").read_text()) | change
    file = tmp_path / "supper.json"
    file.write_text(json.dumps({name: value for name, value in kit.items() if not (name == "slug" and value is None)}))
    with pytest.raises(BrokenKit, match=r"supper\.json: ") as broken:
        adapters.read(file)
    assert said in str(broken.value)


@pytest.mark.parametrize("content", ["", "[]", "7", "{", "null"])
def test_a_file_that_is_no_kit_is_refused(tmp_path, content):
    file = tmp_path / "supper.json"
    file.write_text(content)
    with pytest.raises(BrokenKit):
        adapters.read(file)


def test_adding_a_format_is_adding_a_file(tmp_path):
    for file in KITS.glob("*.json"):
        (tmp_path / file.name).write_text(file.read_text())
    supper = json.loads((KITS / "dialogue_dinner.json").read_text()) | {"slug": "suppers", "position": 0}
    (tmp_path / "supper.json").write_text(json.dumps(supper))
    assert next(iter(adapters.kits(tmp_path))) == "supper"
