"""Every screen × everybody, generated from the URL map: nobody sees what is not theirs, nothing breaks."""

import pytest
import time_machine

from engage.app import create_app
from engage.core import db, ledger
from engage.core.access import mark_of
from tests.conftest import NOW
from tests.trust import world as worlds

RULES = list(create_app().url_map.iter_rules())
GETS = [rule for rule in RULES if "GET" in rule.methods]
# Says 503 by right: tests make their tables without migrations, and this page asks whether those have run.
UNREADY = {"api.ready"}
POSTS = [rule for rule in RULES if "POST" in rule.methods]


@pytest.fixture
def world(app):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with time_machine.travel(NOW, tick=False):
        yield worlds.build(app)
    app.config["PROPAGATE_EXCEPTIONS"] = None


def _path(app, rule, world):
    values = {name: world.value(rule.endpoint, name) for name in rule.arguments}
    assert None not in values.values(), f"tests/trust/world.py knows no value for {sorted(rule.arguments)}"
    return app.url_map.bind("localhost").build(rule.endpoint, values)


@pytest.mark.parametrize("rule", GETS, ids=lambda rule: rule.endpoint)
def test_opening_a_page(app, world, rule):
    mark = mark_of(app.view_functions[rule.endpoint])
    answers = {role: world.clients[role].get(_path(app, rule, world)) for role in worlds.ROLES}
    for role, answer in answers.items():
        assert answer.status_code < 500 or rule.endpoint in UNREADY, f"{role} broke {rule.endpoint}"
        if mark.kind == "signed_in" and role not in worlds.SIGNED_IN:
            assert answer.status_code in (302, 303), f"{role} must sign in first"
        if mark.kind == "signed_in" and mark.roles and role in ("stranger", "host"):
            assert answer.status_code in (403, 404), f"{role} has no business at {rule.endpoint}"
        if mark.kind == "public":
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("rule", POSTS, ids=lambda rule: rule.endpoint)
def test_sending_an_empty_form(app, world, rule):
    mark = mark_of(app.view_functions[rule.endpoint])
    for role in worlds.ROLES:
        answer = world.clients[role].post(_path(app, rule, world))
        assert answer.status_code < 500, f"{role} broke {rule.endpoint}"
        if mark.kind == "by_link" and role == "nobody":
            assert answer.status_code == 404
        if mark.kind == "signed_in" and mark.roles and role in ("stranger", "host"):
            assert answer.status_code in (403, 404)


@pytest.mark.parametrize("rule", POSTS, ids=lambda rule: rule.endpoint)
def test_a_form_without_its_token_does_nothing(app, world, rule):
    app.config["WTF_CSRF_ENABLED"] = True
    facts = _facts()
    try:
        for role in worlds.ROLES if rule.endpoint not in WITHOUT_TOKEN else ():
            answer = world.clients[role].post(_path(app, rule, world))
            assert answer.status_code < 500
        assert _facts() == facts, "something happened without a token"
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


# One-click unsubscribe is posted by mail programs, which have no token (RFC 8058); its signature stands for it.
WITHOUT_TOKEN = {"messages.unsubscribe"}


def _facts():
    return db.session().query(ledger.Entry).count()
