"""What happened in funding."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class RoundMade:
    round_id: UUID


@dataclass(frozen=True)
class RoundChanged:
    """Staff edited a round; `what` names the part."""

    round_id: UUID
    what: str


@dataclass(frozen=True)
class RoundPublished:
    round_id: UUID


@dataclass(frozen=True)
class RoundEnded:
    round_id: UUID


@dataclass(frozen=True)
class ApplicationMoved:
    """An application is in another state; `note_id` is the `Note` that says why, where somebody did."""

    application_id: UUID
    round_id: UUID
    event_id: UUID
    state: str
    note_id: UUID | None = None


@dataclass(frozen=True)
class NoteWritten:
    """Host or staff wrote about an application."""

    application_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class ReviewerAsked:
    application_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ReviewerTakenOff:
    application_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ReviewGiven:
    application_id: UUID
    review_id: UUID


@dataclass(frozen=True)
class ConflictDeclared:
    application_id: UUID
    review_id: UUID


@dataclass(frozen=True)
class AgreementAccepted:
    application_id: UUID
    version: int


@dataclass(frozen=True)
class CoachChosen:
    application_id: UUID
    person_id: UUID | None


@dataclass(frozen=True)
class CoachWrote:
    application_id: UUID


@dataclass(frozen=True)
class FileAdded:
    application_id: UUID
    file_id: UUID


@dataclass(frozen=True)
class FileRemoved:
    application_id: UUID
    file_id: UUID


@dataclass(frozen=True)
class ReceiptJudged:
    application_id: UUID
    receipt_id: UUID
    approved: int


@dataclass(frozen=True)
class QuoteHidden:
    application_id: UUID
    is_hidden: bool


@dataclass(frozen=True)
class PaymentEntered:
    application_id: UUID
    payment_id: UUID
    direction: str
    amount: int


@dataclass(frozen=True)
class PaymentCorrected:
    application_id: UUID
    payment_id: UUID
    corrects_id: UUID


@dataclass(frozen=True)
class PaymentsExported:
    """The round's money left the house as a file."""

    round_id: UUID
    form: str
