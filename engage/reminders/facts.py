"""What happened to reminders."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ToldByHand:
    """Staff told somebody by other means what no letter could."""

    event_id: UUID
    address_id: UUID
