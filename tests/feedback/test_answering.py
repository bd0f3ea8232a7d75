"""Saying how it was: by link, by paper, twice, in another language, with hostile text."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db, pages
from engage.events.rules import State as EventState
from engage.feedback import queries
from engage.feedback.models import Answer, Ticket
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.factories import feedback as made

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def event(app):
    of = make.programme(questions=made.QUESTIONS)
    return make.event(starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR, of=of, state=EventState.HELD, closed_at=NOW)


@pytest.fixture
def ticket(event):
    return made.ticket(event, make.registration(event))


def path(ticket_id, locale="en"):
    return f"/{locale}/feedback/{ticket_id}"


def follow(client, ticket, locale="en"):
    """Open the link of a letter, as its holder does."""
    url = pages.link("feedback", ticket.id, ticket.revocation, locale)
    return client.get(url.removeprefix("https://engage.test"), follow_redirects=True)


def answers():
    db.session().rollback()
    return [answer.answers for answer in db.session().scalars(select(Answer))]


def test_the_link_leads_to_the_questions(client, ticket):
    page = follow(client, ticket).text
    for words in ("Did people listen to you?", "Not at all", "Very much", "Would you come again?", "What was good?"):
        assert words in page
    assert answers() == []


def test_an_answer_is_thanked_and_kept(client, ticket):
    follow(client, ticket)
    said = {"question-heard": "5", "question-again": "yes", "question-words": "Good soup"}
    assert "Your answers have arrived" in client.post(path(ticket.id), data=said, follow_redirects=True).text
    assert answers() == [{"heard": 5, "again": "yes", "words": {"text": "Good soup", "lang": "en"}}]


def test_back_and_double_click_are_thanked(client, ticket):
    ticket_id = ticket.id
    url = pages.link("feedback", ticket_id, 0, "en").removeprefix("https://engage.test")
    follow(client, ticket)
    for _ in range(2):
        client.post(path(ticket_id), data={"question-heard": "5"})
    again = client.post(path(ticket_id), data={"question-heard": "1"})
    assert (again.status_code, "Already answered, thank you" in again.text) == (200, True)
    assert "Already answered, thank you" in client.get(path(ticket_id)).text
    assert "Already answered, thank you" in client.get(url, follow_redirects=True).text
    assert answers() == [{"heard": 5}]


def test_nothing_said_is_asked_again(client, ticket):
    follow(client, ticket)
    response = client.post(path(ticket.id), data={"question-words": "  "})
    assert response.status_code == 409
    assert "Please answer at least one question." in response.text
    assert db.session().scalar(select(Ticket.id)) is not None


def test_without_the_link_nobody_comes_in(client, ticket):
    assert client.get(path(ticket.id)).status_code == 404
    assert client.post(path(ticket.id), data={"question-heard": "1"}).status_code == 404
    sign_in(client, make.person("Omar"))
    assert client.get(path(ticket.id)).status_code == 403
    assert client.post(path(ticket.id), data={"question-heard": "1"}).status_code == 403
    assert answers() == []


def test_in_the_readers_language_and_marked_where_not(client, ticket):
    page = follow(client, ticket, "ar").text
    assert "هل استمعوا إليكم؟" in page
    assert '<span lang="en" dir="ltr">Would you come again?</span>' in page
    client.post(path(ticket.id, "ar"), data={"question-words": "طعام جيد"})
    assert answers() == [{"words": {"text": "طعام جيد", "lang": "ar"}}]


@pytest.mark.parametrize(("said", "status"), [
    ({"question-heard": "6"}, 422), ({"question-heard": "x\x00"}, 422), ({"question-again": "perhaps"}, 422),
    ({"question-words": "x" * 1_000_000}, 422), ({"question-words": "<svg onload=alert(1)> {{7*7}} \u202e"}, 303),
    ({"question-words": "\ud800"}, 303), ({"question-heard": "3", "unknown": "1"}, 303),
])
def test_hostile_answers(client, ticket, said, status):
    follow(client, ticket)
    data = {name: value.encode("utf-8", "surrogatepass") for name, value in said.items()}
    response = client.post(path(ticket.id), data=data)
    assert response.status_code == status
    assert "<svg onload" not in response.text


def test_a_code_from_paper_leads_to_the_language_of_who_scans_it(client, event):
    made.ticket(event, sheet="ABCDEFGHJK")
    answer = client.get("/f/ABCDEFGHJK", headers={"Accept-Language": "ar,en;q=0.5"})
    assert answer.location == "/ar/f/ABCDEFGHJK"


def test_a_code_from_paper_works_once_however_it_is_typed(client, event):
    made.ticket(event, sheet="ABCDEFGHJK")
    assert "Did people listen to you?" in client.get("/en/f/abcde-fghjk").text
    said = client.post("/fr/f/abcde-fghjk", data={"question-words": "Bonne soupe"}, follow_redirects=True)
    assert said.status_code == 200
    assert answers() == [{"words": {"text": "Bonne soupe", "lang": "fr"}}]
    assert "Already answered, thank you" in client.get("/en/f/ABCDEFGHJK").text
    assert "Already answered, thank you" in client.post("/en/f/ABCDEFGHJK", data={"question-heard": "1"}).text


def test_before_the_event_begins_the_paper_waits(client, app):
    event = make.event(starts_at=NOW + HOUR, of=make.programme(questions=made.QUESTIONS))
    made.ticket(event, sheet="ABCDEFGHJK")
    assert "The meeting has not begun." in client.get("/en/f/ABCDEFGHJK").text
    assert client.post("/en/f/ABCDEFGHJK", data={"question-heard": "1"}).status_code == 409


def test_guessing_codes_is_slowed(client, app):
    statuses = [client.get(f"/en/f/WRNGCKDE{number:02}").status_code for number in range(61)]
    assert (statuses[0], statuses[-1]) == (200, 429)


def test_a_hall_behind_one_network_is_not_slowed(client, event):
    made.ticket(event, sheet="ABCDEFGHJK")
    assert {client.get("/en/f/ABCDEFGHJK").status_code for _ in range(70)} == {200}


def test_an_answer_tells_the_cookie_nothing_more(client, ticket):
    """The browser keeps its link, which is spent, and a token; nothing of the answer."""
    follow(client, ticket)
    client.post(path(ticket.id), data={"question-heard": "5"})
    with client.session_transaction() as session:
        assert set(session) <= {"links", "csrf_token", "_permanent"}
    assert queries.answer_count(ticket_event()) == 1


def ticket_event():
    return db.session().scalars(select(Answer.event_id)).one()
