from contextlib import nullcontext

from engage.concerns.models import Consultation, Ranking
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.consulting import ConsultationState
from engage.core import city, db
from engage.core.text import Localized
from engage.programmes.models import Theme
from tests.conftest import NOW
from tests.factories.base import count, keep
from tests.factories.programmes import programme


def theme(of, name="Crime", **values):
    return keep(Theme(**{"programme_id": of.id, "name": Localized.of("en", name), "position": next(count), **values}))


def consultation(of=None, themes=("Crime", "Parks", "Youth", "Roads"), **values):
    """A consultation that lets people choose, for the whole city; `themes` are made for a programme of its own."""
    if of is None:
        of = programme()
        for name in themes:
            theme(of, name)
    name = f"consultation-{next(count)}"
    made = keep(Consultation(**{
        "programme_id": of.id, "slug": name, "form_key": name, "title": Localized.of("en", "What matters in Dallow?"),
        "question": Localized.of("en", "What should change first?"), "state": ConsultationState.RANKING, "opened_at": NOW,
        **values,
    }))
    with nullcontext() if db.is_open() else db.transaction():
        city.change()  # who lists them heeds it
        if made.state != ConsultationState.COLLECTING:
            made.theme_ids = [str(one.id) for one in queries.themes(made)]
    return made


def ranking(of, *themes, **values):
    """A ranking that counts."""
    return keep(Ranking(**{
        "consultation_id": of.id, "form_key": f"ranking-{next(count)}", "locale": "en", "at": NOW, "proven_at": NOW,
        "theme_ids": [str(one.id) for one in themes], **values,
    }))
