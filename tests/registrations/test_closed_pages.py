"""A closed meeting's pages: for who is invited, who has a place, who runs it; and for nobody else."""

import re
from datetime import timedelta

import pytest
import time_machine

from engage.core import db, ledger, secrets, tokens
from engage.core.access import Role
from engage.registrations import actions, queries
from engage.registrations.letters import about
from engage.registrations.rules import State
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.registrations.helpers import Statements, prove, rows
from tests.registrations.test_sign_up_page import filled

TITLE = "Round table"


@pytest.fixture(autouse=True)
def frozen(app):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def event(app):
    return make.event(TITLE, of=make.programme(is_closed=True))


@pytest.fixture
def staff(app):
    person = make.person("Rosa")
    make.grant(person, Role.STAFF)
    return person


@pytest.fixture
def meeting_with_staff(event, staff):
    return event, staff


def page_of(event, rest=""):
    return f"/en/host/events/{event.id}/invitations{rest}"


def invite(event, by, **values):
    given = {"form_key": secrets.new_token(), "called": "Noor", "email": "", "locale": "en", "last_day": None, **values}
    with db.transaction():
        return actions.invite(event_id=event.id, by=make.actor(by, Role.STAFF), now=NOW, **given)


def link_to(invitation_id):
    return f"/en/link/invitation/{invitation_id}/{tokens.sign('invitation', invitation_id, 0)}"


def test_an_invitation_leads_in_to_a_place_and_back(app, client, event, staff):
    opened = client.get(link_to(invitation_id := invite(event, staff)))
    assert opened.location == f"/en/invitations/{invitation_id}"
    page = client.get(opened.location)
    assert TITLE in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert 'content="noindex"' in page.text
    join = f"{opened.location}/join"
    assert f'href="{join}"' in page.text
    assert client.get(join).status_code == 200
    assert client.post(join, data=filled()).location == f"{join}/sent"
    assert f'href="{opened.location}"' in client.get(f"{join}/sent").text
    [row] = rows(event)
    prove(row.id)
    with client.session_transaction() as session:
        session["links"] = {**session["links"], f"place:{row.id}": 0}
    assert client.get(opened.location).location == f"/en/my/places/{row.id}"
    place = client.get(f"/en/my/places/{row.id}").text
    assert f'href="/en/my/places/{row.id}/meeting"' in place
    assert TITLE in client.get(f"/en/my/places/{row.id}/meeting").text


def test_for_everybody_else_it_does_not_exist(app, event, staff):
    invitation_id = invite(event, staff)
    stranger, elsewhere = make.person(), make.person()
    make.grant(elsewhere, Role.STAFF, area=make.neighbourhood())
    for person in (None, stranger, elsewhere):
        client = app.test_client()
        sign_in(client, person) if person else None
        for path in (f"/en/events/{event.slug}", f"/en/events/{event.slug}.ics", f"/en/events/{event.slug}/join",
                     f"/en/events/{event.slug}/join/sent", f"/en/invitations/{invitation_id}",
                     f"/en/invitations/{invitation_id}/join", f"/en/invitations/{invitation_id}/join/sent"):
            assert client.get(path).status_code == 404, path
        for path in (page_of(event), f"/en/my/events/{event.id}/page", page_of(event, f"/{invitation_id}/paper")):
            assert client.get(path).status_code in ((302, 404) if person is None else (404,)), path
        assert client.post(page_of(event), data={"called": "Eve"}).status_code in (401, 404)


@pytest.mark.parametrize("used, said", [(True, "This invitation has been used"), (False, "This invitation has ended")])
def test_an_invitation_that_is_over_says_so_kindly_and_nothing_else(client, event, staff, used, said):
    invitation_id = invite(event, staff)
    client.get(link_to(invitation_id))
    with db.transaction():
        if used:
            queries.invitation(invitation_id).registration_id = make.registration(event).id
        else:
            actions.revoke(invitation_id=invitation_id, by=make.actor(staff, Role.STAFF), now=NOW)
    page = client.get(f"/en/invitations/{invitation_id}")
    assert page.status_code == 410
    assert said in page.text
    assert TITLE not in page.text
    again = client.post(f"/en/invitations/{invitation_id}/join", data=filled())
    assert again.status_code == 409
    assert "This invitation has ended or was used already." in again.text


def test_a_made_up_link_opens_a_page_that_helps(client, event, staff):
    answer = client.get(f"/en/link/invitation/{invite(event, staff)}/{'x' * 32}")
    assert answer.status_code == 404
    assert "This link no longer works" in answer.text


def test_a_guest_who_has_left_no_longer_reads_of_it(client, event):
    place = make.registration(event, State.CANCELLED)
    with client.session_transaction() as session:
        session["links"] = {f"place:{place.id}": 0}
    assert client.get(f"/en/my/places/{place.id}/meeting").status_code == 404
    assert "Sign up again" not in client.get(f"/en/my/places/{place.id}").text


def test_of_an_open_meeting_a_place_leads_to_the_page_of_everybody(client):
    place = make.registration(event := make.event())
    with client.session_transaction() as session:
        session["links"] = {f"place:{place.id}": 0}
    assert client.get(f"/en/my/places/{place.id}/meeting").location == f"/en/events/{event.slug}"


# --- hosts and staff -------------------------------------------------------------------------------------


def test_staff_invite_on_paper_and_print_it(client, event, staff):
    sign_in(client, staff)
    assert "Nobody is invited yet." in client.get(page_of(event)).text
    key = re.search(r'name="form_key"[^>]*value="([^"]+)"', client.get(page_of(event)).text)[1]
    for _press in range(2):
        assert client.post(page_of(event), data={"form_key": key, "called": "Noor", "letter_in": "ar"}).status_code == 303
    [(invitation, _)] = queries.invitations_to(event.id)
    paper = client.get(page_of(event, f"/{invitation.id}/paper")).text
    assert 'lang="ar" dir="rtl"' in paper
    assert link_to(invitation.id).replace("/en/", "/ar/") in paper
    assert ledger.history(event.id)[0].kind == "registrations.InvitationPrinted"
    assert client.post(page_of(event, f"/{invitation.id}/revoke")).status_code == 303
    assert "Ended" in client.get(page_of(event)).text
    assert client.get(page_of(event, f"/{invitation.id}/paper")).status_code == 404


def test_the_link_of_a_letter_is_shown_to_nobody_but_its_reader(client, event, staff):
    invitation_id = invite(event, staff, email="noor@example.org")
    sign_in(client, staff)
    assert tokens.sign("invitation", invitation_id, 0) not in client.get(page_of(event)).text
    assert client.get(page_of(event, f"/{invitation_id}/paper")).status_code == 404


@pytest.mark.parametrize("sent, status, said", [
    ({"called": ""}, 422, "Please tell us a name."), ({"email": "noor@"}, 422, "does not look like an email address"),
    ({"last_day": "2026-02-31"}, 422, "not a day in the calendar"), ({"last_day": "2026-11-30"}, 409, "This day is over."),
    ({"email": "known@example.org"}, 409, "has an open invitation"),
    ({"letter_in": "xx"}, 422, "Please choose one of the list."),
])
def test_what_is_wrong_is_said_at_its_field_and_the_rest_kept(client, meeting_with_staff, sent, status, said):
    event, staff = meeting_with_staff
    invite(event, staff, email="known@example.org")
    sign_in(client, staff)
    answer = client.post(page_of(event), data={"called": "Layla", "email": "", "letter_in": "fr", "last_day": "", **sent})
    assert answer.status_code == status
    assert re.search(rf'class="wrong-text"[^>]*>[^<]*{said}', answer.text)
    assert sent.get("called") == "" or 'value="Layla"' in answer.text
    assert len(queries.invitations_to(event.id)) == 1


def test_the_meeting_s_own_page_counts_invitations(client, event, staff):
    sign_in(client, staff)
    assert "Nobody is invited yet." in client.get(f"/en/my/events/{event.id}").text
    invite(event, staff)
    page = client.get(f"/en/my/events/{event.id}").text
    assert "<dt>Can be used</dt><dd>1</dd>" in page
    assert f'href="/en/my/events/{event.id}/page"' in page
    assert TITLE in client.get(f"/en/my/events/{event.id}/page").text


def test_the_list_asks_the_same_of_one_and_of_three(client, event, staff):
    url = page_of(event)
    invite(event, staff, email="a@example.org")
    sign_in(client, staff)
    client.get(url)
    with Statements() as one:
        client.get(url)
    for name in ("b", "c"):
        invite(event, staff, email=f"{name}@example.org")
    with Statements() as three:
        client.get(url)
    assert len(one) == len(three) == 6, three


def test_letters_about_a_place_lead_to_one_s_own_page(event):
    place = about.load({"registration_id": str(make.registration(event).id)}, NOW + timedelta(hours=1))
    assert event.slug not in f"{place.event_url} {place.entry.url}"
    assert "/my/places/" in place.entry.url
