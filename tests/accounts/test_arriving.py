"""Coming in: register, prove, sign in by link and by password, choose a new password."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts import actions, queries
from engage.accounts.models import Consent, Contact, Person, SignIn, Ticket
from engage.accounts.rules import TicketPurpose
from engage.core import db, pages
from engage.core.access import CLOCK, Actor
from engage.core.refusal import NotFound
from engage.messages.models import OutboxLetter
from tests.accounts.signing import sign_in
from tests.conftest import NOW

PASSWORD = "three old bridges"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False) as travel:
        yield travel


@pytest.fixture
def amina(app):
    with db.transaction():
        actions.install_documents(by=CLOCK, now=NOW)
        person_id = actions.create_account(
            email="amina@example.org", called="Amina", password=PASSWORD, locale="en", by=CLOCK, now=NOW
        )
    return queries.person(person_id)


REGISTRATION = {"called": "Noor", "email": "noor@example.org", "language": "fr", "conduct": "y", "privacy": "y"}


def letters():
    return db.session().scalars(select(OutboxLetter).order_by(OutboxLetter.created_at)).all()


def kinds():
    return [letter.kind for letter in letters()]


def open_letter(client):
    """Open the newest letter's link, as its reader would; return where it leads."""
    ticket = db.session().scalars(select(Ticket).where(Ticket.used_at.is_(None))).all()[-1]
    answer = client.get(pages.link("ticket", ticket.id, 0, "en").removeprefix("https://engage.test"))
    assert answer.status_code == 302
    assert str(ticket.id) in answer.location
    return answer.location


def is_signed_in(client):
    return client.get("/en/account").status_code == 200


def test_register_and_prove(client, amina):
    answer = client.post("/fr/register", data=REGISTRATION)
    assert (answer.status_code, answer.location) == (303, "/fr/sign-in/sent")
    assert kinds() == ["accounts.prove"]
    url = open_letter(client)
    assert "Noor" in client.get(url).text
    assert not is_signed_in(client), "opening a link acts on nothing"
    assert client.post(url).status_code == 303
    assert is_signed_in(client)
    noor = db.session().scalars(select(Person).join(Contact).where(Contact.proven_at == NOW).order_by(Person.called)).all()
    assert {person.called for person in noor} == {"Amina", "Noor"}
    agreed = {(consent.purpose, consent.version) for consent in db.session().scalars(select(Consent))}
    assert agreed == {("conduct", 1), ("privacy", 1)}


def test_register_asks_for_agreement(client, amina):
    answer = client.post("/en/register", data={"called": "Noor", "email": "noor@example.org", "language": "fr"})
    assert answer.status_code == 422
    assert "We ask everybody who comes to agree to this." in answer.text
    assert 'value="noor@example.org"' in answer.text


def test_proving_sets_the_password_chosen_there(client, amina):
    client.post("/en/register", data=REGISTRATION)
    url = open_letter(client)
    assert "at least 10 characters" in client.post(url, data={"password": "short"}).text
    assert client.post(url, data={"password": "nine red boats", "own_device": "y"}).status_code == 303
    assert actions.holder_by_password(email="NOOR@example.org", password="nine red boats", by=CLOCK, now=NOW)


def test_a_second_claim_falls_away_with_proof(client, amina):
    for name in ("Stranger", "Noor"):
        client.post("/en/register", data={**REGISTRATION, "called": name})
    client.post(open_letter(client))
    assert len(db.session().scalars(select(Person)).all()) == 2


@pytest.mark.parametrize("path, prefix, extra", [
    ("/en/register", "", REGISTRATION),
    ("/en/sign-in/link", "link-", {}),
    ("/en/forgotten", "", {}),
])
def test_known_and_unknown_addresses_get_the_same_answer(client, amina, path, prefix, extra):
    answers = []
    for email in ("amina@example.org", "nobody@example.org"):
        answer = client.post(path, data={**extra, f"{prefix}email": email})
        answers.append((answer.status_code, answer.location, answer.text, sorted(answer.headers.keys())))
    assert answers[0] == answers[1]
    assert len(letters()) == 2, "each is told by letter"
    assert len({letter.address_id for letter in letters()}) == 2


def test_a_wrong_password_and_an_unknown_address_look_alike(client, amina):
    def text_for(email):
        data = {"word-email": email, "word-password": "three new bridges"}
        answer = client.post("/en/sign-in", data=data)
        assert answer.status_code == 422
        return answer.text.replace(email, "")

    assert text_for("amina@example.org") == text_for("nobody@example.org")


def test_unknown_addresses_cost_a_hash_too(client, amina, monkeypatch):
    tries = []

    class Counting:
        def verify(self, password_hash, password):
            tries.append(password_hash)
            return False

    monkeypatch.setattr("engage.accounts.adapters._hasher", Counting())
    monkeypatch.setattr("engage.accounts.adapters._nobodys_hash", lambda: "nobody's")
    for email in ("amina@example.org", "nobody@example.org", "no address"):
        actions.holder_by_password(email=email, password="three new bridges", by=CLOCK, now=NOW)
    assert len(tries) == 3
    assert tries[1:] == ["nobody's", "nobody's"]


def test_password(client, amina):
    answer = client.post("/en/sign-in", data={"word-email": "Amina@Example.org", "word-password": PASSWORD})
    assert answer.status_code == 303
    assert is_signed_in(client)
    shared = db.session().scalars(select(SignIn)).one()
    assert shared.expires_at - NOW == timedelta(hours=2)


def test_sign_in_link_works_once_and_for_ten_minutes(client, amina, at_noon):
    client.post("/en/sign-in/link", data={"link-email": "amina@example.org"})
    url = open_letter(client)
    at_noon.shift(timedelta(minutes=10))
    assert client.get(url).status_code == 410
    at_noon.shift(timedelta(minutes=-1))
    assert client.post(url).status_code == 303
    assert is_signed_in(client)
    with client.session_transaction() as session:
        assert "links" not in session, "a spent link is not kept"
    assert client.post(url).status_code in (404, 410)


def test_who_never_opened_the_link_cannot_use_it(app, client, amina):
    client.post("/en/sign-in/link", data={"link-email": "amina@example.org"})
    url = open_letter(client)
    assert app.test_client().post(url).status_code == 404
    other = app.test_client()
    sign_in(other, amina)
    assert other.post(url).status_code == 404


def test_an_unproven_account_gets_its_proof_again(client, amina):
    client.post("/en/register", data=REGISTRATION)
    client.post("/en/sign-in/link", data={"link-email": "noor@example.org"})
    assert kinds() == ["accounts.prove", "accounts.prove"]


def test_new_password_ends_other_sessions(app, client, amina):
    thief = app.test_client()
    sign_in(thief, amina)
    client.post("/en/forgotten", data={"email": "amina@example.org"})
    url = open_letter(client)
    assert client.post(url, data={"password": "amina@example.org"}).status_code == 409
    assert client.post(url, data={"password": "four new bridges"}).status_code == 303
    assert is_signed_in(client)
    assert not is_signed_in(thief)
    assert not actions.holder_by_password(email="amina@example.org", password=PASSWORD, by=CLOCK, now=NOW)


def test_an_address_is_limited_and_a_library_is_not(client, amina):
    def ask(email):
        return client.post("/en/sign-in/link", data={"link-email": email}).status_code

    assert [ask("amina@example.org") for _ in range(6)] == [303] * 5 + [429]
    assert [ask(f"guest{number}@example.org") for number in range(20)] == [303] * 20


def test_a_network_is_limited(client, amina):
    answers = [
        client.post("/en/sign-in", data={"word-email": f"a{number}@example.org", "word-password": "guess"}).status_code
        for number in range(61)
    ]
    assert answers == [422] * 60 + [429]


def test_limits_tell_nothing_about_an_address(client, amina):
    def over(email):
        for _ in range(6):
            answer = client.post("/en/sign-in/link", data={"link-email": email})
        return answer.text.replace(email, "")

    assert over("amina@example.org") == over("nobody@example.org")


@pytest.mark.parametrize("target, leads", [
    ("/en/account/name", "/en/account/name"), ("//evil.example", "/en/my"), ("https://evil.example", "/en/my"),
    ("/\\evil.example", "/en/my"), ("/en/ok\r\nSet-Cookie: x", "/en/my"),
])
def test_next_stays_on_this_site(client, amina, target, leads):
    page = client.get("/en/sign-in", query_string={"next": target}).text
    carried = re.search(r'name="word-carried"[^>]* value="([^"]*)"', page)[1]
    data = {"word-email": "amina@example.org", "word-password": PASSWORD, "word-carried": carried}
    assert client.post("/en/sign-in", data=data).location in (leads, "/en/account")


@pytest.mark.parametrize("purpose", [TicketPurpose.SIGN_IN, TicketPurpose.RESET])
def test_links_are_bound_to_their_purpose(client, amina, purpose):
    with db.transaction():
        contact = queries.mail_contact(amina.id)
        other = TicketPurpose.RESET if purpose == TicketPurpose.SIGN_IN else TicketPurpose.SIGN_IN
        ticket = Ticket(purpose=other, contact_id=contact.id, expires_at=NOW + timedelta(hours=1))
        db.session().add(ticket)
    by = Actor(links=frozenset({("ticket", ticket.id)}))
    do = actions.enter_by_ticket if purpose == TicketPurpose.SIGN_IN else actions.confirm_address
    with pytest.raises(NotFound), db.transaction():
        do(ticket_id=ticket.id, by=by, now=NOW, **({"browser": actions.Browser()} if purpose == TicketPurpose.SIGN_IN else {}))
