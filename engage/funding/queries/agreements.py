"""What somebody accepted, and what there is to accept."""

from uuid import UUID

from sqlalchemy import select

from engage.accounts import queries as accounts
from engage.accounts.models import Document
from engage.accounts.rules import DocumentKind
from engage.core import db, i18n
from engage.funding.models import Agreement


def of(application_id: UUID) -> Agreement | None:
    """Return the acceptance of the newest version that was accepted for an application."""
    accepted = select(Agreement).where(Agreement.application_id == application_id)
    return db.session().scalars(accepted.order_by(Agreement.version.desc())).first()


def in_force() -> Document | None:
    """Return the funding agreement in force, in the reader's language or else another."""
    return accounts.current_documents(DocumentKind.FUNDING, i18n.locale())


def version_of(version: int, locale: str) -> Document | None:
    """Return the text of a version as it was read in a language."""
    wanted = select(Document).where(Document.kind == DocumentKind.FUNDING, Document.version == version)
    return db.session().scalars(wanted.where(Document.locale == locale)).one_or_none()
