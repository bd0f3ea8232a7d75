"""What happened to reminders."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.facts import Everyday


@dataclass(frozen=True)
class ToldByHand(Everyday):
    """Staff told somebody by other means what no letter could."""

    subject_id: UUID  # a meeting, or what they are to do
    address_id: UUID
