"""Consultations in the cities of these tests: one to open, and in the wide city one for every form."""

from engage.concerns.rules.consulting import ConsultationState
from tests import factories as make
from tests.factories.consulting import consultation, ranking, theme

# What stands for parameters of these screens where others of the same name stand for something else.
SLUGS = ("concerns.consultation", "concerns.rank", "concerns.consultation_thanks")


def rows(area):
    """A consultation of a neighbourhood in which people choose: values for paths, by parameter."""
    found, one = _asked(area, "asked")
    row = ranking(found, one, address_id=make.address("canary.ranked@example.org").id)
    return {"consultation_id": found.id, "ranking_id": row.id, **{(endpoint, "slug"): found.slug for endpoint in SLUGS}}


def more(area):
    """Consultations at each point of their life, and a ranking that waits for its reader; returns its link."""
    for state in ConsultationState:
        found, _one = _asked(area, f"asked-{state}", state=state)
        make.event(f"Meeting {state}", of=None, area=area, programme_id=found.programme_id)
    found, one = _asked(area, "asked-again")
    row = ranking(
        found, address_id=make.address("canary.asked@example.org").id, proven_at=None, asked_ids=[str(one.id)],
    )
    return [("ranking", row.id)]


def _asked(area, slug, **values):
    of = make.programme(slug=f"way-of-{slug}")
    first, *_others = [theme(of, name) for name in ("Crime", "Parks", "Youth")]
    return consultation(of, slug=slug, neighbourhood_id=area.id, **values), first
