"""Amounts: whole numbers of a currency's minor unit, read as people type them."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

MOST = 10**11  # a thousand million of most currencies: more is a slip of the finger
_GROUPS = "'’ \u00a0\u202f\u066c"  # what stands between thousands besides comma and point
_SIGNS = {"$": "USD", "£": "GBP", "€": "EUR"}


class Wrong(StrEnum):
    """What is wrong with a typed amount."""

    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_MUCH = "too_much"
    TOO_FINE = "too_fine"  # more decimals than the currency has
    OTHER_CURRENCY = "other_currency"


def read(typed: str, currency: str, digits: int = 2) -> int | Wrong:
    """Return an amount in minor units from what somebody typed: "12,50", "1 250.00", "€ 7", "١٢٫٥".

    A comma or point is a decimal sign where at most `digits` figures follow the last one, and stands
    between thousands where exactly three do.
    """
    number, said = _without_currency(unicodedata.normalize("NFKC", typed).strip())
    if said and said != currency:
        return Wrong.OTHER_CURRENCY
    number = "".join(_figure(letter) for letter in number if letter not in _GROUPS)
    if re.match(r"[-−–]", number):
        return Wrong.NEGATIVE
    if not re.fullmatch(r"\d[\d.,]*|[.,]\d+", number):
        return Wrong.NOT_A_NUMBER
    return _in_minor_units(number, digits)


def _without_currency(typed: str) -> tuple[str, str]:
    """Return a number without the sign or code before or behind it, and the currency that named."""
    found = re.fullmatch(r"([A-Za-z]{3}(?![A-Za-z])|[$£€])?\s*(.*?)\s*((?<![A-Za-z])[A-Za-z]{3}|[$£€])?", typed, re.DOTALL)
    before, number, behind = found.groups() if found else (None, typed, None)
    said = (before or behind or "").upper()
    return number, _SIGNS.get(said, said)


def _figure(letter: str) -> str:
    """Return an Arabic decimal sign or any script's figure as ours."""
    if letter == "\u066b":
        return ","
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def _in_minor_units(number: str, digits: int) -> int | Wrong:
    whole, fraction = _split(number, digits)
    if fraction is None:
        return Wrong.NOT_A_NUMBER
    if len(fraction) > digits:
        return Wrong.TOO_FINE
    if len(whole) > len(str(MOST)):
        return Wrong.TOO_MUCH
    amount = int(whole or "0") * 10**digits + int(fraction.ljust(digits, "0") or "0")
    return amount if amount <= MOST else Wrong.TOO_MUCH


def _split(number: str, digits: int) -> tuple[str, str | None]:
    """Return the figures before and behind the decimal sign; None behind where the signs make no sense."""
    head, sign, tail = re.fullmatch(r"(.*?)(?:([.,])(\d*))?", number).groups()  # type: ignore[union-attr]
    if sign is None:
        return head, ""
    others = {",", "."} & set(head) - {sign}
    is_group = len(tail) == 3 and digits != 3 and not others and head not in ("", "0")  # noqa: PLR2004 - thousands
    if sign in head and not is_group:
        return "", None  # the same sign for both
    first, *groups = re.split(r"[.,]", f"{head}{sign}{tail}" if is_group else head)
    if any(len(group) != 3 for group in groups) or (groups and not 1 <= len(first) <= 3):  # noqa: PLR2004 - thousands
        return "", None
    return first + "".join(groups), "" if is_group else tail


def adds_up(lines: Iterable[int], total: int) -> bool:
    """Say whether budget lines come to the total that was asked for."""
    return sum(lines) == total
