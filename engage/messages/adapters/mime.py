"""What a mail is on the wire: headers and parts, as RFC 5322, 2369, 3834 and 8058 want them."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any
from uuid import uuid4

from engage.core import pages, text


class _Policy(EmailPolicy):
    """The standard policy, but for addresses in angle brackets: folding would tear or encode a long one."""

    def fold(self, name: str, value: Any) -> str:
        return self._whole(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        whole = self._whole(name, value)
        return whole.encode("ascii") if whole else super().fold_binary(name, value)

    def _whole(self, name: str, value: Any) -> str | None:
        return f"{name}: {value}{self.linesep}" if name.lower() == "list-unsubscribe" else None


POLICY = _Policy(linesep="\r\n")


@dataclass(frozen=True)
class Part:
    """A file that goes with a mail."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Mail:
    """All that goes into one mail."""

    message_id: str
    to: str
    sender_name: str
    sender: str
    subject: str
    locale: str
    text: str
    html: str
    date: datetime
    parts: tuple[Part, ...] = ()
    reply_to: str | None = None
    unsubscribe_url: str | None = None


def new_message_id(now: datetime) -> str:
    """Return a Message-ID (RFC 5322) that sorts by time, under the sender's domain."""
    domain = pages.settings().mail_from.rpartition("@")[2] or "localhost"
    return f"<{now:%Y%m%d%H%M%S}.{uuid4().hex}@{domain}>"


def message(mail: Mail) -> EmailMessage:
    """Return a mail as it is sent: text, HTML and calendar entry of the same, then what is attached."""
    made = EmailMessage(policy=POLICY)
    made["From"] = Address(display_name=text.clean(mail.sender_name), addr_spec=mail.sender)
    made["To"] = mail.to
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.date)
    made["Message-ID"] = mail.message_id
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    if mail.reply_to:
        made["Reply-To"] = mail.reply_to
    if mail.unsubscribe_url:
        made["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(mail.text)
    made.add_alternative(mail.html, subtype="html")
    for part in mail.parts:
        if _kind(part).subtype == "calendar":
            _show_in_calendar(made, part)
    for part in mail.parts:
        _attach(made, part)
    made["Content-Language"] = mail.locale  # last: adding parts hands all headers of content down to the first
    return made


def _kind(part: Part) -> Any:
    return POLICY.header_factory("content-type", part.content_type)


def _show_in_calendar(made: EmailMessage, part: Part) -> None:
    """Say the same once more as a calendar entry (RFC 6047): Outlook looks for one among the alternatives and
    shows it above the letter. The file beside them is for everybody else."""
    params = {name: value for name, value in _kind(part).params.items() if name != "charset"}
    made.add_alternative(part.content.decode(), subtype="calendar", params=params)


def _attach(made: EmailMessage, part: Part) -> None:
    kind = _kind(part)
    made.add_attachment(
        part.content, maintype=kind.maintype, subtype=kind.subtype, filename=part.name, params=dict(kind.params),
    )
