"""The ways a mail leaves: over SMTP, or into a folder as a file.

A carrier either takes a mail, or says whether trying again makes sense: `Delay`, `Refusal`.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

import structlog

from engage.config import MailServer
from engage.messages.adapters.mime import POLICY
from engage.messages.rules import Problem

log = structlog.get_logger()

SECONDS = 20.0  # for one answer of a mail server; a whole delivery stays within a lease
PERMANENT = 500  # from here on an SMTP code means never


class Delay(Exception):
    """The mail could not leave now; later it may."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Refusal(Delay):
    """The mail will never be taken."""


class Carrier(Protocol):
    def carry(self, mail: EmailMessage, *, sender: str, to: str) -> None:
        """Hand a mail over. Raises Delay, Refusal."""


@contextmanager
def carrier(server: MailServer) -> Iterator[Carrier]:
    """Return the way mails leave here, for the length of one round."""
    if server.folder is not None:
        yield Folder(server.folder)
        return
    smtp = Smtp(server)
    try:
        yield smtp
    finally:
        smtp.close()


class Folder:
    """One `.eml` file a mail, named by its Message-ID: carried twice it is still one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, mail: EmailMessage, *, sender: str, to: str) -> None:
        target = self._folder / f"{mail['Message-ID'].strip('<>').replace('/', '_')}.eml"
        partial = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(mail.as_bytes(policy=POLICY.clone(utf8=True)))
            partial.replace(target)
        except OSError as error:
            raise Delay(Problem.CONNECTION) from error


class Smtp:
    """One connection to a mail server, made when first needed. A server that can't be reached is not
    asked again within the round: what is left waits for the next."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None
        self._is_down = False

    def carry(self, mail: EmailMessage, *, sender: str, to: str) -> None:
        smtp = self._connected()
        try:
            smtp.send_message(mail, from_addr=sender, to_addrs=[to])
        except smtplib.SMTPNotSupportedError as error:
            raise Refusal(Problem.SCRIPT) from error
        except smtplib.SMTPRecipientsRefused as error:
            raise _verdict(error.recipients[to][0]) from error
        except smtplib.SMTPDataError as error:
            raise _verdict(error.smtp_code) from error
        except smtplib.SMTPResponseException as error:  # of the sender, the greeting: about us, not about this mail
            log.exception("mail_server_refuses_us", code=error.smtp_code)
            raise Delay(Problem.SENDER) from error
        except (smtplib.SMTPException, OSError) as error:  # it broke off: whether it took the mail, nobody knows
            self.close()
            raise Delay(Problem.CONNECTION) from error

    def close(self) -> None:
        """End the connection politely, if there is one."""
        if self._open is not None:
            try:
                self._open.quit()
            except (smtplib.SMTPException, OSError):
                self._open.close()
        self._open = None

    def _connected(self) -> smtplib.SMTP:
        if self._is_down:
            raise Delay(Problem.CONNECTION)
        if self._open is not None and not _is_alive(self._open):
            self.close()
        if self._open is None:
            self._open = self._connect()
        return self._open

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        try:
            return _greeted(server)
        except smtplib.SMTPAuthenticationError as error:
            self._is_down = True
            log.exception("mail_server_refuses_us", code=error.smtp_code)
            raise Delay(Problem.SENDER) from error
        except (smtplib.SMTPException, OSError) as error:
            self._is_down = True
            log.warning("mail_server_unreachable", host=server.host, error=type(error).__name__)
            raise Delay(Problem.CONNECTION) from error


def _greeted(server: MailServer) -> smtplib.SMTP:
    """Return a connection ready for mails: encrypted and signed in, as configured."""
    context = ssl.create_default_context()
    if server.tls:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        if server.starttls:
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _is_alive(smtp: smtplib.SMTP) -> bool:
    """Say whether a server kept the connection over a pause; many hang up after some mails."""
    try:
        return smtp.noop()[0] == 250  # noqa: PLR2004 - the SMTP code for fine
    except (smtplib.SMTPException, OSError):
        return False


def _verdict(code: int) -> Delay:
    return Refusal(Problem.BOUNCED) if code >= PERMANENT else Delay(Problem.LATER)
