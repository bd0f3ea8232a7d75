"""The outside of accounts: password hashes, zones and regions, documents that come with Engage."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from zoneinfo import available_timezones

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from babel.core import get_global
from holidays import country_holidays

from engage.core import secrets

DOCUMENTS = Path(__file__).parent / "documents"

# OWASP's least for argon2id: 19 MiB a try, so that many at once don't fill a small machine's memory.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hash_password(password: str) -> str:
    return _hasher.hash(password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hash_password(secrets.new_token())


def is_password(password_hash: str | None, password: str) -> bool:
    """Say whether a password is right; as much work where there is none to compare with."""
    try:
        return _hasher.verify(password_hash or _nobodys_hash(), password) and password_hash is not None
    except VerificationError:
        return False


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Return the IANA zones this machine knows."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Return the countries of ISO 3166, by two letters."""
    return frozenset(code for code in get_global("territory_zones") if len(code) == 2)  # noqa: PLR2004 - ISO 3166-1 alpha-2


@lru_cache(maxsize=32)
def regions(country: str) -> dict[str, str]:
    """Return the parts of a country that have public holidays of their own, with their names, by name."""
    try:
        known = country_holidays(country)
    except NotImplementedError:  # no such country, or none that anybody has listed
        return {}
    named = {code: _name_of(code, known.get_subdivision_aliases().get(code, ())) for code in known.subdivisions}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _name_of(code: str, aliases: Sequence[str]) -> str:
    """Return the first of a region's names that is no abbreviation."""
    return next((name for name in aliases if not name.isupper()), code)


def first_texts(kind: str) -> dict[str, str]:
    """Return the text of a document that a new city starts from, by language."""
    files = DOCUMENTS.glob(f"{kind}.*.md")
    return {file.name.split(".")[1]: file.read_text("utf-8").strip() for file in files}
