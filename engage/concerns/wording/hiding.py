"""Why a concern is hidden: as staff choose it, and as its author reads it in their own language."""

from collections.abc import Mapping
from typing import Any

from engage.concerns.rules.hiding import Ground
from engage.core.i18n import lazy_gettext as _l

GROUNDS: Mapping[Ground, Any] = {
    Ground.PERSON: _l("It names or exposes somebody"),
    Ground.INSULT: _l("It insults or threatens somebody"),
    Ground.ADVERT: _l("It is advertising"),
    Ground.OFF_TOPIC: _l("It is not about the neighbourhood or the city"),
    Ground.OTHER: _l("Something else"),
}
TOLD: Mapping[Ground, Any] = {
    Ground.PERSON: _l(
        "It names somebody, or shows who is meant. We protect people who are talked about and can't answer here."
    ),
    Ground.INSULT: _l("It insults or threatens somebody. We want everybody to feel safe to speak up here."),
    Ground.ADVERT: _l("It advertises something. This place is kept for what residents want the city to hear."),
    Ground.OFF_TOPIC: _l("It is not about life in the neighbourhood or the city, so the city has no answer to give."),
    Ground.OTHER: _l("It does not keep to the code of conduct."),
}
