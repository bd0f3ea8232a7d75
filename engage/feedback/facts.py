"""What happened around feedback. That somebody answered is no fact: it is recorded nowhere."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SheetsPrinted:
    event_id: UUID
    codes: int
