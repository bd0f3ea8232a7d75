"""A real SMTP server on this machine whose answers a test chooses."""

import dataclasses
import socket
from collections import Counter
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from engage.config import MailServer

GOOD = "250 fine"


class Handler:
    """Takes every mail and answers `at_rcpt` and `at_data` in turn, the last one for ever.

    An answer of None hangs up without a word, after the mail was taken.
    """

    def __init__(self, at_rcpt=(GOOD,), at_data=(GOOD,)):
        self.at_rcpt, self.at_data = list(at_rcpt), list(at_data)
        self.taken = []  # (Message-ID, whether the sender was told so)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - as aiosmtpd calls it
        answer = _next(self.at_rcpt)
        if answer == GOOD:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = _next(self.at_data)
        message_id = _header(envelope.content, b"Message-ID")
        if answer is None:
            self.taken.append((message_id, False))
            server.transport.close()
            return GOOD
        if answer == GOOD:
            self.taken.append((message_id, True))
        return answer

    @property
    def counts(self):
        """How often each mail was taken, by Message-ID."""
        return Counter(message_id for message_id, _ in self.taken)


def _next(answers):
    return answers.pop(0) if len(answers) > 1 else answers[0]


def _header(content, name):
    for line in content.split(b"\r\n"):
        if line.lower().startswith(name.lower() + b":"):
            return line.split(b":", 1)[1].strip().decode()
    return ""


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def send_to(app, monkeypatch, port, **values):
    """Have the app send its letters to a port of this machine."""
    mail = MailServer(kind="smtp", host="127.0.0.1", port=port, **values)
    monkeypatch.setitem(app.extensions, "engage_config", dataclasses.replace(app.extensions["engage_config"], mail=mail))


@contextmanager
def running(app, monkeypatch, handler, **values):
    server = Controller(handler, hostname="127.0.0.1", port=free_port(), **values)
    server.start()
    try:
        send_to(app, monkeypatch, server.port)
        yield handler
    finally:
        server.stop()
