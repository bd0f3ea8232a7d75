"""Personal links: an HMAC over (purpose, public id, revocation number).

Nothing is stored: any later letter can build the same link again, and raising one number ends
every copy. A feature offers a purpose by a `LinkKind`; `core.pages` exchanges the link for a
cookie by redirect, so the signature leaves the address bar and no GET ever acts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from engage.core import secrets


@dataclass(frozen=True)
class LinkKind:
    """What a purpose opens: how to find its revocation number (None: no such thing), and where
    the holder is sent, an endpoint with the name of its id parameter."""

    purpose: str
    revocation: Callable[[UUID], int | None]
    endpoint: str
    parameter: str


KINDS: dict[str, LinkKind] = {}


def offer(kind: LinkKind) -> None:
    """Take up a purpose of a feature."""
    KINDS[kind.purpose] = kind


def sign(purpose: str, public_id: UUID, revocation: int) -> str:
    """Return the signature part of a personal link."""
    return secrets.sign(f"{purpose}:{public_id}:{revocation}")


def is_valid(purpose: str, public_id: UUID, revocation: int, signature: str) -> bool:
    """Say whether a personal link is genuine and not ended."""
    return secrets.is_signed(f"{purpose}:{public_id}:{revocation}", signature)
