"""Reasons of places in the reader's language."""

from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.ledger import Names
from engage.core.refusal import Wording
from engage.places.rules import Reason


def _code_wrong(number: int, most: int) -> str:
    return _(
        "Feature %(number)s: a code has at most %(most)s letters, digits, dots, colons, hyphens and spaces.",
        number=number, most=most,
    )


def _code_twice(number: int, first: int, code: str) -> str:
    return _("Feature %(number)s has the same code as feature %(first)s: “%(code)s”.", number=number, first=first, code=code)


def _parent_unclear(number: int, parent: str) -> str:
    return _(
        "Feature %(number)s: it is not clear which area its parent “%(parent)s” is. Please give the parent's code.",
        number=number, parent=parent,
    )


_OF_FEATURES: Wording = {
    Reason.NOT_A_FEATURE: lambda number: _("Feature %(number)s is not a GeoJSON feature with properties.", number=number),
    Reason.CODE_MISSING: lambda number: _("Feature %(number)s has no code.", number=number),
    Reason.NAME_MISSING: lambda number: _("Feature %(number)s has no name.", number=number),
    Reason.PARENT_IN_A_CIRCLE: lambda number: _("Feature %(number)s: its parents lead back to itself.", number=number),
    Reason.SHAPE_MISSING: lambda number: _("Feature %(number)s has no shape.", number=number),
    Reason.SHAPE_UNKNOWN: lambda number: _("Feature %(number)s: its shape must be a Polygon or a MultiPolygon.", number=number),
    Reason.RING_TOO_SHORT: lambda number: _("Feature %(number)s has a ring of fewer than four points.", number=number),
    Reason.RING_OPEN: lambda number: _("Feature %(number)s has a ring that does not end where it begins.", number=number),
    Reason.NOT_A_POSITION: lambda number: _(
        "Feature %(number)s has a point that is not two numbers, longitude and latitude.", number=number
    ),
    Reason.OFF_THE_GLOBE: lambda number: _(
        "Feature %(number)s has a point off the globe. Coordinates must be longitude and latitude in degrees (WGS 84).",
        number=number,
    ),
}

WORDING: Wording = {
    Reason.TOO_LARGE: lambda megabytes: _(
        "This file is larger than %(megabytes)s MB. Please simplify the shapes.", megabytes=megabytes
    ),
    Reason.NOT_JSON: lambda: _("This file is not JSON."),
    Reason.TOO_DEEP: lambda: _("This file is nested too deeply to be read."),
    Reason.NOT_A_COLLECTION: lambda: _("This file is JSON, but not a GeoJSON FeatureCollection."),
    Reason.NO_FEATURES: lambda: _("This file has no features."),
    Reason.TOO_MANY_FEATURES: lambda most: _("This file has more than %(most)s features.", most=most),
    Reason.CODE_WRONG: _code_wrong,
    Reason.CODE_TWICE: _code_twice,
    Reason.NAME_TOO_LONG: lambda number, most: _(
        "Feature %(number)s: its name is longer than %(most)s characters.", number=number, most=most
    ),
    Reason.PARENT_WRONG: lambda number, most: _(
        "Feature %(number)s: its parent must be a code or a name of at most %(most)s characters.", number=number, most=most
    ),
    Reason.PARENT_UNCLEAR: _parent_unclear,
    **_OF_FEATURES,
    Reason.VENUE_THERE: lambda: _("A venue of this name at this address is there already."),
}

# What the ledger calls each fact.
FACTS: Names = {
    "NeighbourhoodsImported": _l("Neighbourhoods imported"),
    "NeighbourhoodRenamed": _l("Neighbourhood renamed"),
    "VenueAdded": _l("Venue added"),
    "VenueChanged": _l("Venue changed"),
    "VenueClosed": _l("Venue closed"),
    "VenueReopened": _l("Venue open again"),
}
