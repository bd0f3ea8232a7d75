"""Letters for tests of the outbox: a kind that says hello, and a way to post it."""

from datetime import timedelta

from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select

from engage.core import db
from engage.messages import actions, letters
from engage.messages.letters import Letter, LetterKind
from engage.messages.models import OutboxLetter
from engage.messages.rules import Topic
from tests import factories as make
from tests.conftest import NOW

TEMPLATES = {
    "greeting.txt": '{% extends "messages/mail/base.txt" %}{% from "messages/mail/parts.txt" import button %}'
    '{% block subject %}{{ _("Hello %(name)s", name=name | isolate) }}, 5 pm{% endblock %}'
    '{% block body %}Dear {{ name }}\n\n{{ button("Come", "https://engage.test/x") }}{% endblock %}',
    "greeting.html": '{% extends "messages/mail/base.html" %}'
    '{% from "messages/mail/parts.html" import bdi, button, facts, note, p %}'
    "{% block title %}Dear {{ bdi(name) }}{% endblock %}"
    '{% block body %}{{ p("Come.") }}{{ facts([("When", "today"), ("Where", "")]) }}{{ note("Bring a chair.") }}'
    '{{ button("Come", "https://engage.test/x") }}{% endblock %}',
    "bare.txt": "No subject here.",
    "bare.html": "",
}


def greeting(facts, now):
    """A letter that loses its cause when its facts say so."""
    if facts.get("is_gone"):
        return None
    template = "bare" if facts.get("is_broken") else "greeting"
    return Letter(facts.get("locale", "en"), template, {"name": facts.get("name", "Amina")})


KINDS = {"test.greeting": LetterKind(greeting), "test.reminder": LetterKind(greeting, Topic.REMINDERS)}


def offer_kinds(app, monkeypatch):
    for name, kind in KINDS.items():
        monkeypatch.setitem(letters.KINDS, name, kind)
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([DictLoader(TEMPLATES), app.jinja_env.loader]))


def post(about="a", kind="test.greeting", to=None, **values):
    facts = values.pop("facts", {})
    with db.transaction():
        to = to or make.address("amina@example.org").id
        actions.post(**{
            "about": about, "kind": kind, "to": to, "facts": facts, "now": NOW, "expires_at": NOW + timedelta(days=1), **values,
        })
    return only(about)


def only(about="a"):
    """The letter as it is in the database now."""
    db.session().rollback()
    return db.session().scalars(select(OutboxLetter).where(OutboxLetter.about == about)).one()
