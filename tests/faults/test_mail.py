"""Bad mail servers and dying workers: every letter ends, and none is sent twice where that can be known."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from engage.core import db
from engage.messages import actions, jobs, queries, rules
from engage.messages.actions import Outcome
from engage.messages.models import OutboxLetter
from engage.messages.rules import Channel, State
from tests import factories as make
from tests.conftest import NOW
from tests.faults import mail_server
from tests.faults.mail_server import GOOD, Handler
from tests.messages.support import offer_kinds, only, post

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def kinds(app, monkeypatch):
    offer_kinds(app, monkeypatch)


@pytest.fixture
def serve(app, monkeypatch):
    """Return a function that sets up a server with the given answers for this test."""
    open_servers = []

    def start(*args, **values):
        server = mail_server.running(app, monkeypatch, Handler(*args), **values)
        open_servers.append(server)
        return server.__enter__()

    yield start
    for server in open_servers:
        server.__exit__(None, None, None)


def ends(about="a"):
    letter = only(about)
    return letter.state, letter.problem, letter.tries


def test_accepted(app, serve):
    server = serve()
    letter = post()
    assert jobs.deliver(NOW) == 1
    assert server.taken == [(letter.message_id, True)]
    assert ends() == (State.SENT, "", 1)
    assert jobs.deliver(NOW + MINUTE) == 0


def test_not_now_then_accepted(app, serve):
    server = serve(["451 busy", GOOD])
    letter = post()
    jobs.deliver(NOW)
    assert ends() == (State.DUE, "later", 1)
    assert timedelta(seconds=25) < only().next_try_at - NOW < timedelta(seconds=40)
    assert jobs.deliver(NOW) == 0  # not before its pause is over
    jobs.deliver(NOW + MINUTE)
    assert ends() == (State.SENT, "", 2)
    assert server.taken == [(letter.message_id, True)]


@pytest.mark.parametrize("answers", [(["550 no such person"],), ([GOOD], ["554 no"])])
def test_never(app, serve, answers):
    serve(*answers)
    post(subject_id=(event_id := uuid4()))
    jobs.deliver(NOW)
    assert ends() == (State.REFUSED, "bounced", 1)
    assert [(lost.problem, lost.state) for lost in queries.unreached(event_id)] == [("bounced", State.REFUSED)]
    assert jobs.deliver(NOW + DAY) == 0


def test_one_bad_address_does_not_keep_the_others(app, serve):
    serve(["550 no", GOOD])
    to = post("a").address_id
    post("b", to=to, not_before=NOW + timedelta(seconds=1))
    jobs.deliver(NOW + MINUTE)
    assert (ends("a")[0], ends("b")[0]) == (State.REFUSED, State.SENT)


def test_nobody_listens(app, monkeypatch):
    mail_server.send_to(app, monkeypatch, mail_server.free_port())
    to = post("a", subject_id=(event_id := uuid4())).address_id
    post("b", to=to)
    jobs.deliver(NOW)
    assert (ends("a"), ends("b")) == ((State.DUE, "connection", 1), (State.DUE, "connection", 1))
    assert [lost.state for lost in queries.unreached(event_id)] == [State.DUE]


def test_retries_end_when_the_letter_is_pointless(app, monkeypatch):
    mail_server.send_to(app, monkeypatch, mail_server.free_port())
    letter, pauses, at = post(expires_at=NOW + timedelta(hours=6)), [], NOW
    while only().state == State.DUE:
        jobs.deliver(at)
        pauses.append(only().next_try_at - at)
        at = max(only().next_try_at, at + timedelta(seconds=1))
    assert pauses[0] < pauses[2] < pauses[4]
    assert ends()[:2] == (State.EXPIRED, "connection")
    assert only().ended_at - letter.expires_at < MINUTE


def test_a_server_that_does_not_take_us_is_a_matter_of_settings(app, serve, monkeypatch):
    server = serve()

    async def refuse(server, session, envelope, address, options):
        return "550 we don't know you"

    monkeypatch.setattr(Handler, "handle_MAIL", refuse, raising=False)
    post()
    jobs.deliver(NOW)
    assert ends() == (State.DUE, "sender", 1)
    assert server.taken == []


def test_the_server_dies_after_the_mail(app, serve):
    """Whether it took the mail, nobody knows: the next try carries the same Message-ID, so that the
    recipient's server can see that it is one."""
    server = serve([GOOD], [None, GOOD])
    letter = post()
    jobs.deliver(NOW)
    assert ends() == (State.DUE, "connection", 1)
    jobs.deliver(NOW + MINUTE)
    assert ends()[0] == State.SENT
    assert server.taken == [(letter.message_id, False), (letter.message_id, True)]


def test_a_server_that_hangs_up_between_two_mails(app, serve):
    server = serve(timeout=0.05)
    to = post("a").address_id
    post("b", to=to)
    jobs.deliver(NOW)
    assert (ends("a"), ends("b"), len(server.taken)) == ((State.SENT, "", 1), (State.SENT, "", 1), 2)


def test_a_server_that_speaks_no_other_script(app, serve):
    serve(enable_SMTPUTF8=False)
    post(to=make.address("أمينة@example.org").id)
    jobs.deliver(NOW)
    assert ends()[:2] == (State.REFUSED, "script")


def test_another_script_is_carried_where_it_can_be(app, serve):
    serve()
    post(to=make.address("أمينة@example.org").id)
    jobs.deliver(NOW)
    assert ends()[0] == State.SENT


def test_staff_call_who_has_only_a_phone(app, serve):
    server = serve()
    post(to=make.address("+441582546000", channel=Channel.PHONE).id)
    jobs.deliver(NOW)
    assert (ends()[:2], server.taken) == ((State.REFUSED, "phone"), [])


def test_a_letter_that_lost_its_cause(app, serve):
    server = serve()
    post(facts={"is_gone": True})
    jobs.deliver(NOW)
    assert (ends()[0], server.taken) == (State.CANCELLED, [])


def test_a_letter_whose_time_is_over(app, serve):
    server = serve()
    post(expires_at=NOW + MINUTE)
    jobs.deliver(NOW + MINUTE)
    assert (ends()[0], server.taken) == (State.EXPIRED, [])


def test_not_before_its_time(app, serve):
    serve()
    post(not_before=NOW + MINUTE)
    assert (jobs.deliver(NOW), jobs.deliver(NOW + MINUTE)) == (0, 1)


def test_no_transaction_is_open_while_the_server_is_spoken_to(app, monkeypatch):
    seen = []

    class Watching:
        def carry(self, mail, *, sender, to):
            seen.append((db.is_open(), db.session().in_transaction()))

    monkeypatch.setattr("engage.messages.adapters.carriers.Folder", lambda _: Watching())
    post()
    jobs.deliver(NOW)
    assert seen == [(False, False)]


def claim_one(now=NOW):
    lease = uuid4()
    with db.transaction():
        [letter_id] = actions.claim(lease=lease, now=now, limit=10)
        assert actions.begin_try(letter_id=letter_id, lease=lease, now=now)
    return letter_id, lease


def test_a_worker_that_dies_while_sending(app, serve):
    server = serve()
    letter = post()
    claim_one()  # and never comes back
    assert jobs.deliver(NOW + rules.LEASE - MINUTE) == 0
    assert jobs.deliver(NOW + rules.LEASE + MINUTE) == 1
    assert server.taken == [(letter.message_id, True)]
    assert ends() == (State.SENT, "", 2)


def test_a_worker_that_comes_back_too_late_changes_nothing(app, serve):
    serve()
    post()
    letter_id, lease = claim_one()
    later = NOW + rules.LEASE + MINUTE
    claim_one(later)
    with db.transaction():
        assert not actions.begin_try(letter_id=letter_id, lease=lease, now=later)
        assert not actions.conclude(letter_id=letter_id, lease=lease, outcome=Outcome(State.REFUSED), now=later)
    assert ends()[0] == State.CLAIMED


# --- races, with their control ---------------------------------------------------------------------

LETTERS, WORKERS = 30, 3


def race(app):
    """Let several workers deliver the same letters at the same time."""
    to = make.address().id
    for number in range(LETTERS):
        post(f"letter {number}", to=to)
    start, problems = threading.Barrier(WORKERS), []

    def work():
        with app.app_context():
            start.wait()
            try:
                jobs.deliver(NOW)
            except Exception as error:  # noqa: BLE001 - shown by the test's own assertion
                problems.append(error)

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert problems == []


def test_several_workers_send_each_letter_once(app, serve):
    server = serve()
    race(app)
    assert sorted(server.counts.values()) == [1] * LETTERS
    db.session().rollback()
    assert set(db.session().scalars(select(OutboxLetter.state))) == {State.SENT}


def test_control_without_the_claim_letters_are_sent_twice(app, serve, monkeypatch):
    """The race above is real: workers that look first and mark afterwards do send twice."""
    server = serve()
    looked = threading.Barrier(WORKERS)

    def look(*, lease, now, limit):
        found = list(db.session().scalars(select(OutboxLetter.id).where(OutboxLetter.state == State.DUE)))
        db.session().rollback()
        if found:
            looked.wait(timeout=20)
        return found

    def mark(*, letter_id, lease, outcome, now):
        db.session().execute(update(OutboxLetter).where(OutboxLetter.id == letter_id).values(state=outcome.state))
        return True

    monkeypatch.setattr(jobs, "_claimed", lambda lease, now: look(lease=lease, now=now, limit=LETTERS))
    monkeypatch.setattr(actions, "begin_try", lambda **_: True)
    monkeypatch.setattr(actions, "conclude", mark)
    race(app)
    assert max(server.counts.values()) == WORKERS


def test_two_at_once_post_one_letter(app):
    to = make.address().id
    start = threading.Barrier(WORKERS)

    def work():
        with app.app_context(), db.transaction():
            start.wait() if db.session().get_bind().dialect.name == "postgresql" else None
            actions.post(about="one", kind="test.greeting", to=to, facts={}, now=NOW, expires_at=NOW + DAY)

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert only("one").state == State.DUE
