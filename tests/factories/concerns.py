from engage.concerns.models import Concern, ConcernStep, Voice
from engage.concerns.rules.steps import Step
from engage.core.text import Localized
from tests.conftest import NOW
from tests.factories.base import count, keep


def concern(body="The street is dark.", *, area=None, language="en", **values):
    """Raised just now, for all of the city unless an area is given, by nobody in particular."""
    row = keep(Concern(**{
        "body": Localized.of(language, body), "step": Step.RAISED, "form_key": f"concern-form-{next(count):06}",
        "raised_at": NOW, "version": 1, "neighbourhood_id": area.id if area else None, **values,
    }))
    keep(ConcernStep(concern_id=row.id, step=Step.RAISED, at=row.raised_at))
    return row


def voice(of, *, by=None, to=None, **values):
    """A proven voice of an account or an address; an anonymous one without either."""
    return keep(Voice(**{
        "concern_id": of.id, "person_id": by.id if by else None, "address_id": to.id if to else None, "locale": "en", "at": NOW,
        "proven_at": NOW, "revocation": 0, **values,
    }))
