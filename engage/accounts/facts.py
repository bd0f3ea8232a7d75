"""What happened to an account."""

from dataclasses import dataclass
from uuid import UUID

from engage.core.access import Role
from engage.core.facts import Decision, Everyday, RoleChange


@dataclass(frozen=True)
class AccountOpened(Everyday):
    """Somebody has proven an address and has an account from now on."""

    person_id: UUID


@dataclass(frozen=True)
class SignInChanged(Everyday):
    """How somebody signs in or is reached is different: "password", "email", "channel"."""

    person_id: UUID
    what: str


@dataclass(frozen=True)
class AddressChanged(Everyday):
    """Somebody has proven a new address: what was the old one's is the new one's from now on."""

    person_id: UUID
    old_id: UUID
    new_id: UUID


@dataclass(frozen=True)
class SignedOutEverywhere(Everyday):
    """All sessions of a person but perhaps the one they used have been ended."""

    person_id: UUID


@dataclass(frozen=True)
class PersonDeleted(Everyday):
    """Somebody has left: name and contacts are gone, features above forget what was theirs.

    Recorded once for each address that was theirs, so that what they did without signing in is found.
    """

    person_id: UUID
    address_id: UUID | None = None


@dataclass(frozen=True)
class RoleGranted(RoleChange):
    """An administrator has given somebody a role."""

    person_id: UUID
    grant_id: UUID
    role: Role
    area_id: UUID | None


@dataclass(frozen=True)
class RoleEnded(RoleChange):
    """An administrator has taken a role back."""

    person_id: UUID
    grant_id: UUID
    role: Role


@dataclass(frozen=True)
class PersonTrained(Everyday):
    """Staff have noted a training, or taken the note back (`on` is empty)."""

    person_id: UUID
    on: str
    until: str


@dataclass(frozen=True)
class PhoneProven(Everyday):
    """Staff have called a number and found its holder."""

    person_id: UUID


@dataclass(frozen=True)
class DocumentPublished(Decision):
    """A new version of the code of conduct or privacy notice holds."""

    kind: str
    version: int


@dataclass(frozen=True)
class CityChanged(Decision):
    """An administrator has edited the city's settings; `what` names them."""

    what: str
