from engage.places import queries
from engage.places.models import Neighbourhood, Venue
from tests.factories.base import count, keep


def neighbourhood(name="Dallow", **values):
    queries.forget()
    return keep(Neighbourhood(**{"code": f"N{next(count)}", "name": name, **values}))


def venue(of=None, **values):
    of = of or neighbourhood()
    return keep(Venue(**{"name": "Town Hall", "address": "1 George Street", "neighbourhood_id": of.id, **values}))
