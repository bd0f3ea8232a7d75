"""What may not stand in a payment's reference: no bank details are kept."""

import re

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[\W_]?[A-Z0-9]){11,30}\b")  # ISO 13616, with or without gaps
_FIGURES = re.compile(r"\d{12,}")  # a day has eight, an order's number rarely more than ten


def looks_like_account(reference: str) -> bool:
    """Say whether a text holds what looks like an account or card number: an IBAN, or twelve figures or more in a row."""
    return bool(_IBAN.search(reference.upper()) or _FIGURES.search(re.sub(r"[\W_]", "", reference)))
