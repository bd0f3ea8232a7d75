"""The code of conduct, the privacy notice, who agreed to which; the city's settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from engage.accounts import adapters, facts, policy, queries
from engage.accounts.models import Consent, Document
from engage.accounts.rules import DocumentKind, Reason
from engage.core import city, db, i18n, ledger
from engage.core.access import NOBODY, Actor
from engage.core.refusal import Refused, require


def agree(*, address_id: UUID, purpose: str, now: datetime, locale: str | None = None, by: Actor = NOBODY) -> None:
    """Keep what the holder of an address agreed to: the version in force, and the language it was read in.

    What is no document of its own ("needs") is part of the privacy notice. Agreeing twice to the
    same changes nothing.
    """
    code = locale or i18n.locale()
    kind = purpose if purpose in set(DocumentKind) else DocumentKind.PRIVACY
    shown = queries.current_documents(kind, code)
    version, language = (shown.version, shown.locale) if shown else (0, code)
    given = {(consent.purpose, consent.version, consent.locale) for consent in queries.consents(address_id)}
    if (purpose, version, language) not in given:
        db.session().add(Consent(address_id=address_id, purpose=purpose, version=version, locale=language, at=now))
        db.session().flush()


def take_along(*, old: UUID, new: UUID) -> None:
    """Keep what somebody agreed to as proof, though their address is another one now."""
    db.session().execute(update(Consent).where(Consent.address_id == old).values(address_id=new))


def publish_document(*, kind: DocumentKind, texts: Mapping[str, str], by: Actor, now: datetime) -> int:
    """Let a new version hold, in the languages it is written in; return its number.

    Raises NotAllowed, Refused where nothing is written. Texts like those in force make no version.
    """
    require(policy.may_edit_city(by))
    written = {locale: text for locale, text in texts.items() if text}
    if not written:
        raise Refused(Reason.NOTHING_WRITTEN)
    current = queries.document_texts(kind)
    version = current[0].version if current else 0
    if written == {document.locale: document.body for document in current}:
        return version
    for locale, text in written.items():
        db.session().add(Document(kind=kind, version=version + 1, locale=locale, body=text, published_at=now))
    db.session().flush()
    ledger.record(facts.DocumentPublished(kind, version + 1), by=by)
    return version + 1


def install_documents(*, by: Actor, now: datetime) -> None:
    """Give a new city documents to start from; what a city has published stays. Safe to repeat."""
    for kind in DocumentKind:
        if not queries.document_texts(kind):
            publish_document(kind=kind, texts=adapters.first_texts(kind), by=by, now=now)


def change_city(*, by: Actor, now: datetime, **values: Any) -> None:
    """Edit the city's settings; pages follow within seconds."""
    require(policy.may_edit_city(by))
    city.change(**values)
    ledger.record(facts.CityChanged(", ".join(sorted(values))), by=by)
