"""What a host still has to do before a funded dinner may be public."""

from dataclasses import dataclass
from enum import StrEnum

HOLD_DECISION = "funding_decision"  # publication holds, by code: nothing is decided yet
HOLD_CONDITIONS = "funding_conditions"  # awarded, and something is still to do
HOLD_TRAINING = "host_training"  # begun by somebody who is trained later: stays, funded or not, until they are


class Condition(StrEnum):
    TRAINING = "training"
    AGREEMENT = "agreement"
    CO_HOST = "co_host"  # who was asked has said yes


@dataclass(frozen=True)
class Conditions:
    """A round's conditions for one application, and which of them are met."""

    asked: frozenset[Condition]
    met: frozenset[Condition]

    @property
    def open(self) -> frozenset[Condition]:
        return self.asked - self.met

    @property
    def are_met(self) -> bool:
        return not self.open
