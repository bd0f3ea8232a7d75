"""Ending a kind of letter: by a mail reader's own button, on the page, and for nobody else."""

from datetime import timedelta

import pytest

from engage.core import db, pages
from engage.messages import jobs, letters, queries
from engage.messages.rules import State, Topic
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.messages.support import only, post

pytestmark = pytest.mark.usefixtures("kinds")


@pytest.fixture
def address(app):
    return make.address()


def url_of(address, topic=Topic.REMINDERS, locale="en"):
    return letters.unsubscribe_url(address, topic, locale).removeprefix("https://engage.test")


def test_looking_changes_nothing(client, address):
    page = client.get(url_of(address))
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert queries.opted_out(address.id) == frozenset()


def test_one_click_needs_no_cookie_and_no_token(app, address):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = app.test_client(use_cookies=False).post(url_of(address), data={"List-Unsubscribe": "One-Click"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 200
    assert queries.opted_out(address.id) == {Topic.REMINDERS}


def test_what_was_waiting_is_not_sent(client, address):
    post(kind="test.reminder", to=address.id, not_before=NOW + timedelta(hours=1))
    post("must", to=address.id)
    client.post(url_of(address))
    jobs.deliver(NOW + timedelta(hours=2))
    assert (only().state, only().problem, only("must").state) == (State.CANCELLED, "opted_out", State.SENT)


@pytest.mark.parametrize("broken", ["signature", "topic", "address"])
def test_a_broken_link_opens_nothing(client, address, broken):
    other = make.address()
    url = url_of(address)
    url = {
        "signature": url[:-2] + "xx",
        "topic": url.replace("/reminders/", "/everything/"),
        "address": url.replace(str(address.id), str(other.id)),
    }[broken]
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
    assert queries.opted_out(address.id) | queries.opted_out(other.id) == frozenset()


def test_the_page_speaks_the_letters_language(client, address):
    assert 'dir="rtl"' in client.get(url_of(address, locale="ar")).text


def choices(client, address, locale="en"):
    link = pages.link("unsubscribe", address.id, address.revocation, locale).removeprefix("https://engage.test")
    return client.get(link, follow_redirects=True)


def test_choosing_letters_by_link(client, address):
    page = choices(client, address)
    assert page.text.count("checked") == len(Topic)
    answer = client.post(f"/en/letters/{address.id}", data={"wanted": ["news"]})
    assert answer.status_code == 303
    assert queries.opted_out(address.id) == frozenset(Topic) - {Topic.NEWS}
    client.post(f"/en/letters/{address.id}", data={"wanted": list(Topic)})
    assert queries.opted_out(address.id) == frozenset()


def test_a_wrong_choice_is_said(client, address):
    choices(client, address)
    assert client.post(f"/en/letters/{address.id}", data={"wanted": ["everything"]}).status_code == 422


def test_owner_neighbour_and_stranger(app, address):
    with db.transaction():
        owner, neighbour = make.person(), make.person()
        contact = make.contact(owner, "owner@example.org")
        owned = contact.address_id
    answers = {}
    for who, person in (("owner", owner), ("neighbour", neighbour), ("stranger", None)):
        client = app.test_client()
        if person:
            sign_in(client, person)
        answers[who] = client.get(f"/en/letters/{owned}").status_code
    assert answers == {"owner": 200, "neighbour": 403, "stranger": 404}
