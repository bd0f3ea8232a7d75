"""What may not stand in a payment's reference: no bank details are kept."""

import re

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")
_FIGURES = re.compile(r"\d{8,}")


def looks_like_account(reference: str) -> bool:
    """Say whether a text holds what looks like an account or card number: an IBAN, or eight figures or more in a row."""
    packed = re.sub(r"[\s.\-]", "", reference.upper())
    return bool(_IBAN.search(packed) or _FIGURES.search(packed))
