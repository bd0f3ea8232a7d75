"""The ledger of money: what may be entered, and what is to be paid or to come back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engage.funding.rules.reasons import Reason


class Direction(StrEnum):
    OUT = "out"  # to the host
    BACK = "back"  # from the host


@dataclass(frozen=True)
class Balance:
    """An application's money, in minor units. `owed` is what it should come to in the end."""

    owed: int
    paid: int
    returned: int

    @property
    def net(self) -> int:
        return self.paid - self.returned

    @property
    def to_pay(self) -> int:
        return max(self.owed - self.net, 0)

    @property
    def to_return(self) -> int:
        return max(self.net - self.owed, 0)


def balance(owed: int, entries: Iterable[tuple[Direction, int]]) -> Balance:
    """Return where an application's money stands; counter-entries carry negative amounts."""
    kept = list(entries)
    return Balance(
        owed,
        paid=sum(amount for direction, amount in kept if direction == Direction.OUT),
        returned=sum(amount for direction, amount in kept if direction == Direction.BACK),
    )


def payment_refusal(direction: Direction, amount: int, balance: Balance, on: date, today: date) -> Reason | None:
    """Say why a payment can't be entered, or None if it can."""
    if on > today:
        return Reason.PAID_IN_THE_FUTURE
    if direction == Direction.OUT and balance.net + amount > balance.owed:
        return Reason.MORE_THAN_AWARDED
    return Reason.MORE_THAN_PAID if direction == Direction.BACK and amount > balance.net else None
