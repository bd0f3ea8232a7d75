"""What happened around feedback. That somebody answered is no fact: it is recorded nowhere."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.facts import Everyday


@dataclass(frozen=True)
class SheetsPrinted(Everyday):
    event_id: UUID
    codes: int
