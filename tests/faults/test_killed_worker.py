"""A worker process is killed while the mail server holds its letter; another one finishes the work."""

import asyncio
import os
import subprocess
import sys
import threading
from datetime import timedelta

from engage.messages import jobs, rules
from engage.messages.rules import State
from tests.faults import mail_server
from tests.faults.mail_server import Handler
from tests.reminders.support import confirmed, keys, meeting

WORKER = """
import os, sys
from datetime import datetime
from engage.app import create_app
from engage.config import load
from engage.messages import jobs
app = create_app(load(os.environ))
with app.app_context():
    jobs.deliver(datetime.fromisoformat(sys.argv[1]))
"""


class Slow(Handler):
    """Takes the first mail into its hands and says nothing until the sender is dead."""

    def __init__(self):
        super().__init__()
        self.has_mail, self.may_go_on = threading.Event(), threading.Event()
        self.seen = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - as aiosmtpd calls it
        self.seen.append(mail_server._header(envelope.content, b"Message-ID"))
        self.has_mail.set()
        while not self.may_go_on.is_set():  # noqa: ASYNC110 - set from another thread
            await asyncio.sleep(0.02)
        return await super().handle_DATA(server, session, envelope)


def test_a_killed_worker_leaves_no_letter_behind(app, monkeypatch):
    event = meeting()
    confirmed(event)
    due = event.starts_at - timedelta(days=7)
    with mail_server.running(app, monkeypatch, Slow()) as server:
        worker = subprocess.Popen([sys.executable, "-c", WORKER, due.isoformat()], env={
            **os.environ, "ENGAGE_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "ENGAGE_BASE_URL": "https://engage.test",
            "ENGAGE_SMTP_URL": f"smtp://127.0.0.1:{app.extensions['engage_config'].mail.port}",
        })
        try:
            assert server.has_mail.wait(timeout=60)
        finally:
            worker.kill()
            worker.wait()
        server.may_go_on.set()
        assert keys(State.CLAIMED) == ["week"]
        jobs.deliver(due + rules.LEASE - timedelta(minutes=1))
        assert keys(State.SENT) == []
        jobs.deliver(due + rules.LEASE + timedelta(minutes=1))
    assert keys(State.SENT) == ["week"]
    assert len(set(server.seen)) == 1  # the same Message-ID, by which the other side knows it is one
