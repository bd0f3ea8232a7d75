"""A series in the cities of these tests, with dates to come: values for paths, by parameter."""

from datetime import timedelta

from tests import factories as make
from tests.conftest import NOW


def rows(area):
    """A series with three dates at a public place; what stands for the parameters of its screens."""
    way = make.programme(slug="rounds", most_guests=None)
    series = make.series("Canary rounds", of=way, slug="rounds")
    venue = make.venue(area, name="Rounds Hall")
    for weeks in range(3, 6):
        make.event(
            "Canary rounds", of=way, area=area, venue_id=venue.id, series_id=series.id, starts_at=NOW + timedelta(weeks=weeks)
        )
    return {
        "series_id": series.id, ("events.series", "slug"): series.slug, ("api.series_feed", "slug"): series.slug,
        ("events_desk.alter", "what"): "time",
    }
