"""Every column that could hold personal data says what for and until when, or that it can't."""

from pathlib import Path

import pytest
from sqlalchemy import JSON, String, Uuid

import engage.app
from engage.core.db import Base, Encrypted, LocalizedText, Personal

PRIVACY = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()

# Text that is about no person: codes, states, what a city or a programme says of itself.
PLAIN = {
    "account_tickets": {"purpose"},
    "action_items": {"form_key", "what", "department", "state", "outcome", "locale"},
    "action_notes": {"locale"},
    "addresses": {"channel"},
    "agenda_items": {"title"},
    "city": {
        "name", "zone", "country", "region", "locales", "spoken", "contact_email", "contact_phone", "contact_address",
        "legal_notice", "privacy",
    },
    "concern_steps": {"step", "words"},
    "concern_voices": {"locale", "code_hash"},
    "concerns": {"step", "form_key", "hidden_for", "hidden_language"},
    "consents": {"purpose", "locale"},
    "consultations": {"slug", "form_key", "title", "question", "theme_ids", "state", "conclusion"},
    "documents": {"kind", "locale", "body"},
    "event_languages": {"code", "use"},
    "event_people": {"role", "acceptance"},
    "events": {"slug", "state", "title", "description", "food", "zone", "minors", "cancel_reason", "papers"},
    "feedback_tickets": {"sheet"},
    "funding_agreements": {"locale"},
    "funding_applications": {"state", "locale", "languages", "access", "decline_reasons"},
    "funding_budget_lines": {"kind"},
    "funding_files": {"kind", "form_key", "content_type"},
    "funding_notes": {"locale"},
    "funding_payments": {"form_key", "direction"},
    "funding_receipts": {"form_key", "kind"},
    "funding_reports": {"locale"},
    "funding_reviews": {"state", "scores"},
    "funding_rounds": {
        "slug", "state", "name", "call", "help", "zone", "currency", "pay_mode", "questions", "criteria",
    },
    "grants": {"role"},
    "guest_notes": {"form_key", "audience", "reach"},
    "invitations": {"locale"},
    "referrals": {"locale"},
    "ledger": {"kind", "by_kind", "details"},
    "neighbourhoods": {"code", "name", "geometry", "outline"},
    "opt_outs": {"topic"},
    "outbox": {"about", "kind", "facts", "thread", "topic", "state", "message_id", "problem"},
    "people": {"locale", "channel", "password_hash"},
    "programmes": {
        "slug", "kit", "sign", "name", "summary", "description", "host_guide", "who_may_propose", "place_kind",
        "sign_up_mode", "reminders", "questions",
    },
    "publication_holds": {"reason"},
    "rankings": {"form_key", "locale"},
    "registrations": {"form_key", "code", "state", "locale"},
    "series": {"form_key", "slug", "title", "zone", "rule"},
    "sign_ins": {"token_hash"},
    "subscriptions": {"locale", "language"},
    "themes": {"name"},
    "venues": {"name", "address", "transport"},
    "walk_ins": {"form_key", "language"},
    "address_looks": {"by_kind"},
}


def _columns():
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, (String, JSON, Encrypted, LocalizedText)) and not isinstance(column.type, Uuid):
                yield column


def _declared():
    return [column for table in Base.metadata.sorted_tables for column in table.columns if "personal" in column.info]


@pytest.mark.parametrize("column", list(_columns()), ids=str)
def test_a_column_of_text_is_declared_or_plain(column):
    is_plain = column.name in PLAIN.get(column.table.name, ())
    assert ("personal" in column.info) != is_plain, "declare it with info=personal(purpose, keep), or list it as plain"


@pytest.mark.parametrize("column", [column for column in _columns() if isinstance(column.type, Encrypted)], ids=str)
def test_what_is_encrypted_is_personal(column):
    assert "personal" in column.info


@pytest.mark.parametrize("column", _declared(), ids=str)
def test_the_privacy_page_tells_of_it(column):
    promise: Personal = column.info["personal"]
    assert promise.purpose in PRIVACY
    assert promise.keep in PRIVACY


def test_the_nightly_jobs_keep_the_promises():
    names = {job.name for job in engage.app.jobs()}
    features = {mapper.class_.__module__.split(".")[1] for mapper in Base.registry.mappers
                if any("personal" in column.info for column in mapper.local_table.columns)}
    assert {f"{feature}.forget" for feature in features} <= names
