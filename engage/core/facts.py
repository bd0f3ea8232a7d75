"""What sort of thing a fact says: each fact of a feature is one of these, so that a new one can't be left out of a search."""

from typing import Any, ClassVar


class Fact:
    """Something that happened: a frozen dataclass; its UUID fields name whom and what it is about."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class RoleChange(Fact):
    """Somebody may do more or less than before."""


class Decision(Fact):
    """Staff or a host settled, changed or told something that others go by."""


class Export(Fact):
    """Somebody took data along as a file."""


class Everyday(Fact):
    """All else: what residents do, what the site does by itself, and work that settles nothing yet."""
