"""What tests of consultations share."""

from sqlalchemy import select

from engage.concerns.models import Ranking
from engage.concerns.queries import consulting as queries
from engage.core import db
from tests.conftest import NOW


def themes(of):
    return {one.name.shown("en").text: one for one in queries.themes(of)}


def do(action, **values):
    with db.transaction():
        return action(now=NOW, **values)


def rows():
    return db.session().scalars(select(Ranking).order_by(Ranking.form_key)).all()


def points(of):
    found = {one.theme_id: one.points for one in queries.standings(of, queries.themes(of))}
    return {name: found[one.id] for name, one in themes(of).items() if found[one.id]}
