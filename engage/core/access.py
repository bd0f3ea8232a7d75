"""Who acts. Pure: knows neither HTTP nor database, so that policies may use it.

A screen is marked with exactly one of `public`, `signed_in` (perhaps for some roles only) and
`by_link`; a test fails on an unmarked route, `core.pages` enforces the mark.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

View = TypeVar("View", bound=Callable[..., object])


class Role(StrEnum):
    """What a city lets somebody do. A grant joins one to a scope and dates."""

    ADMINISTRATOR = "administrator"
    STAFF = "staff"
    FACILITATOR = "facilitator"
    REVIEWER = "reviewer"
    COACH = "coach"


@dataclass(frozen=True)
class Scope:
    """Where a role holds: the whole city (`areas` is None), or areas with all below them."""

    role: Role
    areas: frozenset[UUID] | None = None

    def covers(self, area: UUID | None) -> bool:
        return self.areas is None or area in self.areas


@dataclass(frozen=True)
class Actor:
    """Somebody acting: a person with roles, the holder of links, both, or the city's clock."""

    person_id: UUID | None = None
    scopes: tuple[Scope, ...] = ()
    links: frozenset[tuple[str, UUID]] = field(default_factory=frozenset)  # (purpose, public id)
    addresses: frozenset[UUID] = field(default_factory=frozenset)  # proven addresses of the person
    is_trained: bool = False
    is_clock: bool = False
    called: str = ""
    locale: str | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def has_role(self, *roles: Role, area: UUID | None = None, anywhere: bool = False) -> bool:
        """Say whether one of the roles holds for an area (None: the city as a whole).

        `anywhere` asks whether it holds for any area at all, as a menu does.
        """
        return any(scope.role in roles and (anywhere or scope.covers(area)) for scope in self.scopes)

    def is_staff(self, area: UUID | None = None) -> bool:
        """Say whether staff or administrator for an area, the city as a whole if none is given."""
        return self.has_role(Role.STAFF, Role.ADMINISTRATOR, area=area)

    @property
    def is_administrator(self) -> bool:
        return self.has_role(Role.ADMINISTRATOR)

    def areas(self, *roles: Role) -> frozenset[UUID] | None:
        """Return the areas in which one of the roles holds; None means all of the city."""
        found: set[UUID] = set()
        for scope in self.scopes:
            if scope.role in roles:
                if scope.areas is None:
                    return None
                found |= scope.areas
        return frozenset(found)

    def holds(self, purpose: str, public_id: UUID) -> bool:
        """Say whether this is the holder of a personal link."""
        return (purpose, public_id) in self.links


NOBODY = Actor()
CLOCK = Actor(is_clock=True)

_identify: ContextVar[Callable[[], Actor] | None] = ContextVar("identify", default=None)
_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def begin(identify: Callable[[], Actor]) -> None:
    """Start a request: who acts is found out only if somebody asks."""
    _identify.set(identify)
    _actor.set(None)


def actor() -> Actor:
    """Return who acts in this request."""
    known = _actor.get()
    if known is None:
        identify = _identify.get()
        known = identify() if identify else NOBODY
        _actor.set(known)
    return known


@dataclass(frozen=True)
class Mark:
    """What a screen asks of who opens it."""

    kind: str  # "public", "signed_in", "by_link"
    roles: tuple[Role, ...] = ()
    purpose: str = ""
    parameter: str = ""


def public(view: View) -> View:
    """Mark a screen that shows everybody the same and reads no cookie."""
    return _mark(view, Mark("public"))


def anyone(view: View) -> View:
    """Mark a screen open to everybody that may heed who is looking (forms, sign-in)."""
    return _mark(view, Mark("anyone"))


def signed_in(*roles: Role) -> Callable[[View], View]:
    """Mark a screen for people with an account, and one of the roles (anywhere) if some are given."""
    return lambda view: _mark(view, Mark("signed_in", roles=roles))


def by_link(purpose: str, parameter: str) -> Callable[[View], View]:
    """Mark a screen for the holder of the personal link whose id stands in a URL parameter.

    Signed-in people come in as well: the action's policy says whether it is theirs.
    """
    return lambda view: _mark(view, Mark("by_link", purpose=purpose, parameter=parameter))


def _mark(view: View, mark: Mark) -> View:
    view.__dict__["access_mark"] = mark
    return view


def mark_of(view: Callable[..., object]) -> Mark | None:
    """Return a screen's mark, if it has one."""
    return getattr(view, "access_mark", None)
