"""What is in a mail, and that nobody's name can change what it is."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from engage.core import city, db, i18n
from engage.core.text import FIRST_STRONG_ISOLATE, POP_ISOLATE
from engage.messages import adapters, jobs, letters
from engage.messages.letters import Attachment, Letter, LetterKind
from engage.messages.rules import State
from tests.conftest import NOW
from tests.messages.support import greeting, only, post

pytestmark = pytest.mark.usefixtures("kinds")


@pytest.fixture
def mailbox(app):
    """The folder that letters are carried to, empty."""
    folder = app.extensions["engage_config"].mail.folder
    for file in folder.glob("*"):
        file.unlink()
    return folder


def sent(mailbox):
    """The one mail that has left."""
    [file] = mailbox.iterdir()
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def deliver(mailbox, **values):
    post(**values)
    assert jobs.deliver(NOW) == 1
    return sent(mailbox)


def test_a_mail_says_who_writes_in_what_language(app, mailbox):
    with db.transaction():
        city.change(name="Strasbourg", contact_email="bonjour@example.org", contact_phone="+33 3 88 60 90 90")
    mail = deliver(mailbox)
    assert (mail["From"].addresses[0].display_name, mail["To"], mail["Reply-To"]) == (
        "Strasbourg", "amina@example.org", "bonjour@example.org",
    )
    assert (mail["Content-Language"], mail["Auto-Submitted"], mail["Message-ID"]) == ("en", "auto-generated", only().message_id)
    assert mail["Date"].datetime - NOW < timedelta(seconds=5)
    assert mail.get_content_type() == "multipart/alternative"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,)).get_content()
        assert "+33 3 88 60 90 90" in body
        assert "bonjour@example.org" in body


def test_a_letter_without_topic_has_no_unsubscribe(app, mailbox):
    mail = deliver(mailbox)
    assert mail["List-Unsubscribe"] is None
    assert "/letters/" not in mail.as_string()


def test_one_click_unsubscribe(app, mailbox):
    mail = deliver(mailbox, kind="test.reminder")
    url = mail["List-Unsubscribe"].strip("<>")
    assert url.startswith("https://engage.test/en/letters/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in mail.get_body(("plain",)).get_content()
    assert url in mail.get_body(("html",)).get_content()


def test_long_addresses_are_not_torn_by_folding(app, mailbox):
    deliver(mailbox, kind="test.reminder")
    [file] = mailbox.iterdir()
    lines = file.read_bytes().split(b"\r\n")
    assert any(line.startswith(b"List-Unsubscribe: <https://") and line.endswith(b">") for line in lines)


def test_a_hebrew_name_in_an_english_subject(app, mailbox):
    mail = deliver(mailbox, facts={"name": "נועה"})
    assert mail["Subject"] == f"Hello {FIRST_STRONG_ISOLATE}נועה{POP_ISOLATE}, 5 pm"
    assert "<bdi>נועה</bdi>" in mail.get_body(("html",)).get_content()


def test_a_letter_from_right_to_left(app, mailbox):
    mail = deliver(mailbox, facts={"locale": "ar", "name": "Peter"})
    html = mail.get_body(("html",)).get_content()
    assert mail["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in html
    assert 'align="right"' in html
    assert 'align="left"' not in html


def test_a_language_the_city_no_longer_offers(app, mailbox):
    mail = deliver(mailbox, kind="test.reminder", facts={"locale": "sv"})
    assert mail["Content-Language"] == "en"
    assert "/en/letters/" in mail["List-Unsubscribe"]


@pytest.mark.parametrize("name", [
    "Amina\r\nBcc: all@example.org", "Amina\u2028Bcc: all@example.org", "Amina\x01\x1b[31m", "=?utf-8?q?x?=", "A" * 3000,
])
def test_a_name_can_not_forge_a_header(app, mailbox, name):
    mail = deliver(mailbox, facts={"name": name})
    assert mail["Bcc"] is None
    assert mail["To"] == "amina@example.org"
    assert "\n" not in mail["Subject"]
    assert mail["Subject"].startswith("Hello ")


def test_a_name_is_no_html(app, mailbox):
    html = deliver(mailbox, facts={"name": "<svg onload=x>"}).get_body(("html",)).get_content()
    assert "&lt;svg onload=x&gt;" in html
    assert "<svg" not in html


def test_nothing_in_a_mail_is_fetched_from_anywhere(app, mailbox):
    html = deliver(mailbox).get_body(("html",)).get_content()
    assert not any(word in html for word in ("src=", "@import", "url(", "<link", "<script"))


def test_the_parts_of_a_letter(app, mailbox):
    mail = deliver(mailbox)
    html, text = (mail.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert 'href="https://engage.test/x"' in html
    assert "Come:\nhttps://engage.test/x" in text.replace("\r\n", "\n")
    assert "When" in html
    assert "Where" not in html  # an empty fact is left out


def test_a_calendar_entry_goes_along(app, mailbox, monkeypatch):
    entry = Attachment("invite.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; method=REQUEST; charset=utf-8")
    kind = LetterKind(lambda *_: Letter("en", "greeting", {"name": "Amina"}, (entry,)))
    monkeypatch.setitem(letters.KINDS, "test.greeting", kind)
    mail = deliver(mailbox)
    [part] = mail.iter_attachments()
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert part.get_filename() == "invite.ics"
    [whole, _] = mail.iter_parts()
    shown = [(each.get_content_type(), each.get_param("method")) for each in whole.iter_parts()]
    assert shown == [("text/plain", None), ("text/html", None), ("text/calendar", "REQUEST")]
    assert part.get_payload(decode=True) == entry.content


def test_an_address_in_another_script(app, mailbox):
    from tests import factories as make  # noqa: PLC0415
    mail = deliver(mailbox, to=make.address("أمينة@example.org").id)
    assert mail["To"] == "أمينة@example.org"


def test_two_features_can_not_use_one_name(app):
    with pytest.raises(ValueError, match="two letters"):
        letters.offer({"test.greeting": LetterKind(greeting)})


def test_a_subject_is_needed(app):
    with pytest.raises(ValueError, match="subject"):
        letters.write(Letter("en", "bare", {}))


def test_staff_read_a_letter_in_their_own_language(app):
    written = letters.write(Letter("ar", "greeting", {"name": "Noor"}), locale="en")
    assert (written.locale, i18n.locale()) == ("en", "en")
    assert written.subject.startswith("Hello ")


def test_message_ids_are_of_our_domain_and_all_different(app):
    made = {adapters.new_message_id(NOW) for _ in range(50)}
    assert len(made) == 50
    assert all(one.endswith("@localhost>") for one in made)


def test_a_letter_that_can_not_be_written_keeps_nobody_else_from_theirs(app, mailbox):
    to = post("broken", facts={"is_broken": True}).address_id
    post("fine", to=to)
    jobs.deliver(NOW)
    assert (only("broken").state, only("broken").problem, only("broken").tries) == (State.DUE, "writing", 1)
    assert only("fine").state == State.SENT
    jobs.deliver(NOW + timedelta(days=2))
    assert only("broken").state == State.EXPIRED
