"""Fields refuse what they were not asked for, and give back what was typed, cut where it was too long."""

import pytest
from werkzeug.datastructures import MultiDict

from engage.core.fields import Choice, Choices, Form, Number, Optional, Text, needed
from engage.core.text import clean


class Meal(Form):
    class Meta(Form.Meta):
        csrf = False

    dish = Choice("Dish", choices=[("soup", "Soup"), ("rice", "Rice")])
    drink = Choice("Drink", choices=[("", "None"), ("tea", "Tea")])
    sweet = Choice("Sweet", choices=[("cake", "Cake")], validators=[Optional()])
    table = Choice("Table", choices=[("1", "One")], coerce=int, validators=[needed("Which table?")])
    with_it = Choices("With it", choices=[("1", "Bread")], coerce=int)
    called = Text("Name", longest=10)
    people = Number("People", most=9)


def _sent(app, **typed):
    with app.test_request_context():
        form = Meal(MultiDict({"dish": "soup", "table": "1", **typed}))
        form.validate()
        return form


@pytest.mark.parametrize("typed, refused", [
    ({}, None),
    ({"dish": ""}, "dish"),
    ({"dish": "stone"}, "dish"),
    ({"drink": ""}, None),
    ({"drink": "ink"}, "drink"),
    ({"sweet": ""}, None),
    ({"sweet": "salt"}, "sweet"),
    ({"table": "2"}, "table"),
    ({"table": "two"}, "table"),
    ({"with_it": "butter"}, "with_it"),
])
def test_a_choice_is_one_of_its_list(app, typed, refused):
    assert set(_sent(app, **typed).errors) == ({refused} if refused else set())


def test_nothing_sent_is_no_choice(app):
    with app.test_request_context():
        form = Meal(MultiDict({"called": "Noor"}))
        assert not form.validate()
        assert set(form.errors) == {"dish", "table"}
        assert form.table.errors == ["Which table?"]


def test_what_is_far_too_long_comes_back_cut(app):
    form = _sent(app, called="x" * 1_000_000, people="9" * 1_000_000, dish="y" * 1_000_000)
    assert form.called.data == "x" * 10
    assert set(form.errors) == {"called", "people", "dish"}
    assert len(form.people()) < 300


@pytest.mark.parametrize("typed, kept", [
    ("a\0b\x85c\x1fd\x7f", "ab c d"), ("one\r\ntwo\rthree", "one two three"), ("\u202eevil\u2069", "evil"), ("x\ud800y", "xy"),
])
def test_one_line_of_text_is_cleaned(typed, kept):
    assert clean(typed) == kept


def test_long_text_keeps_its_lines():
    assert clean("one\r\ntwo\rthree\ttab\x0b\x85", is_long=True) == "one\ntwo\nthree\ttab"
