"""What happened in funding."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.facts import Decision, Everyday, Export


@dataclass(frozen=True)
class RoundMade(Everyday):
    round_id: UUID


@dataclass(frozen=True)
class RoundChanged(Everyday):
    """Staff edited a round; `what` names the part."""

    round_id: UUID
    what: str


@dataclass(frozen=True)
class RoundPublished(Decision):
    round_id: UUID


@dataclass(frozen=True)
class RoundEnded(Decision):
    round_id: UUID


@dataclass(frozen=True)
class ApplicationMoved(Decision):
    """An application is in another state; `note_id` is the `Note` that says why, where somebody did."""

    application_id: UUID
    round_id: UUID
    event_id: UUID
    state: str
    note_id: UUID | None = None


@dataclass(frozen=True)
class NoteWritten(Everyday):
    """Host or staff wrote about an application."""

    application_id: UUID
    note_id: UUID


@dataclass(frozen=True)
class ReviewerAsked(Everyday):
    application_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ReviewerTakenOff(Everyday):
    application_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ReviewGiven(Everyday):
    application_id: UUID
    review_id: UUID


@dataclass(frozen=True)
class ConflictDeclared(Everyday):
    application_id: UUID
    review_id: UUID


@dataclass(frozen=True)
class AgreementAccepted(Everyday):
    application_id: UUID
    version: int


@dataclass(frozen=True)
class CoachChosen(Decision):
    application_id: UUID
    person_id: UUID | None


@dataclass(frozen=True)
class CoachWrote(Everyday):
    application_id: UUID


@dataclass(frozen=True)
class FileAdded(Everyday):
    application_id: UUID
    file_id: UUID


@dataclass(frozen=True)
class FileRemoved(Everyday):
    application_id: UUID
    file_id: UUID


@dataclass(frozen=True)
class ReceiptJudged(Decision):
    application_id: UUID
    receipt_id: UUID
    approved: int


@dataclass(frozen=True)
class QuoteHidden(Decision):
    application_id: UUID
    is_hidden: bool


@dataclass(frozen=True)
class PaymentEntered(Everyday):
    application_id: UUID
    payment_id: UUID
    direction: str
    amount: int


@dataclass(frozen=True)
class PaymentCorrected(Everyday):
    application_id: UUID
    payment_id: UUID
    corrects_id: UUID


@dataclass(frozen=True)
class PaymentsExported(Export):
    """The round's money left the house as a file."""

    round_id: UUID
    form: str
