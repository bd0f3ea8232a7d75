"""What comes after a dinner: report, files, receipts; and the ledger of money."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from engage.core.db import Base, HasId, Instant, personal
from engage.funding.models.applications import MONEY
from engage.funding.models.rounds import Money
from engage.funding.rules.applying import BudgetKind
from engage.funding.rules.paying import Direction
from engage.funding.rules.reporting import FileKind


class Report(Base):
    """What a host tells of a dinner, saved as it is written."""

    __tablename__ = "funding_reports"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(10))  # the language it is written in
    people: Mapped[int | None]  # at the table, where the host corrects what check-in counted
    people_why: Mapped[str] = mapped_column(String(400), default="", info=personal("what came of the money", MONEY))
    talked: Mapped[str] = mapped_column(default="", info=personal("what came of the money", MONEY))
    outcome: Mapped[str] = mapped_column(default="", info=personal("what came of the money", MONEY))
    quote: Mapped[str] = mapped_column(String(400), default="", info=personal("showing what was funded", MONEY))
    may_publish_quote: Mapped[bool] = mapped_column(default=False)
    has_no_receipts: Mapped[bool] = mapped_column(default=False)  # nothing was spent
    is_quote_hidden: Mapped[bool] = mapped_column(default=False)  # by staff
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)


class File(HasId, Base):
    """A picture or PDF of a report. Its content is read only where it is sent."""

    __tablename__ = "funding_files"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id", ondelete="CASCADE"), index=True)
    kind: Mapped[FileKind] = mapped_column(String(10))
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120), info=personal("finding a file again", MONEY))
    content_type: Mapped[str] = mapped_column(String(40))  # what its content is, never what it was called
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, info=personal("what came of the money", MONEY)))
    has_consent: Mapped[bool] = mapped_column(default=False)  # of those shown in a photo
    added_at: Mapped[datetime] = mapped_column(Instant)


class Receipt(HasId, Base):
    """Something that was bought: an amount, perhaps with a picture of the paper."""

    __tablename__ = "funding_receipts"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id", ondelete="CASCADE"), index=True)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[BudgetKind] = mapped_column(String(20))
    amount: Mapped[int] = mapped_column(Money)
    note: Mapped[str] = mapped_column(String(200), default="", info=personal("what was bought", MONEY))
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("funding_files.id", ondelete="SET NULL"))
    approved: Mapped[int | None] = mapped_column(Money)
    approved_note: Mapped[str] = mapped_column(String(200), default="", info=personal("what was bought", MONEY))
    added_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("approved IS NULL OR (0 <= approved AND approved <= amount)", name="approved"),
    )


class Payment(HasId, Base):
    """One line of the money's ledger. Nothing is edited: a wrong one is answered by a counter-entry."""

    __tablename__ = "funding_payments"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("funding_applications.id"), index=True)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    on: Mapped[date]
    amount: Mapped[int] = mapped_column(Money)  # negative only in a counter-entry
    direction: Mapped[Direction] = mapped_column(String(4))
    reference: Mapped[str] = mapped_column(String(80), default="", info=personal("accounts of public money", MONEY))
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("funding_payments.id"), unique=True)
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        CheckConstraint("(corrects_id IS NULL) = (amount > 0)", name="amount"),
        CheckConstraint("amount <> 0", name="something"),
    )
