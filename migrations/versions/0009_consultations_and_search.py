"""Consultations: one for each form, themes numbered once people choose. Concerns: their words as a search compares them"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engage.core.text import folded

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
CONSULTATIONS = sa.table(
    'consultations', sa.column('id', sa.Uuid()), sa.column('programme_id', sa.Uuid()), sa.column('neighbourhood_id', sa.Uuid()),
    sa.column('state', sa.String()), sa.column('form_key', sa.String()), sa.column('theme_ids', JSON),
)
THEMES = sa.table(
    'themes', sa.column('id', sa.Uuid()), sa.column('programme_id', sa.Uuid()), sa.column('neighbourhood_id', sa.Uuid()),
    sa.column('position', sa.Integer()), sa.column('is_retired', sa.Boolean()),
)
CONCERNS = sa.table(
    'concerns', sa.column('id', sa.Uuid()), sa.column('body', JSON), sa.column('summary', JSON), sa.column('place', sa.String()),
    sa.column('folded', sa.Text()),
)


def upgrade() -> None:
    op.add_column('consultations', sa.Column('form_key', sa.String(length=64), nullable=True))
    op.add_column('consultations', sa.Column('theme_ids', JSON, nullable=False, server_default='[]'))
    number_themes()
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.alter_column('form_key', existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_consultations_form_key'), ['form_key'])
    op.add_column('concerns', sa.Column('folded', sa.Text(), nullable=False, server_default=''))
    fold_words()


def fold_words() -> None:
    """Write what a search compares beside the words of each concern, some at a time, as the code of today compares them."""
    connection, last = op.get_bind(), None
    while rows := connection.execute(_next_words(last)).all():
        for row in rows:
            texts = [text for words in (row.body, row.summary) if words for text in words['texts'].values()]
            values = {'folded': folded('\n'.join([*texts, row.place]))}
            connection.execute(sa.update(CONCERNS).where(CONCERNS.c.id == row.id).values(**values))
        last = rows[-1].id


def _next_words(last: UUID | None) -> sa.Select[Any]:
    wanted = sa.select(CONCERNS).order_by(CONCERNS.c.id).limit(500)
    return wanted if last is None else wanted.where(CONCERNS.c.id > last)


def number_themes() -> None:
    """Number the themes of consultations that people have chosen in as they were shown today: the programme's first."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(CONSULTATIONS)).all():
        of = THEMES.c.programme_id == row.programme_id
        if row.neighbourhood_id is not None:
            of = sa.or_(of, THEMES.c.neighbourhood_id == row.neighbourhood_id)
        order = THEMES.c.programme_id.is_(None), THEMES.c.position, THEMES.c.id
        offered = sa.select(THEMES.c.id).where(of, THEMES.c.is_retired.is_(False)).order_by(*order)
        numbered = [str(theme) for theme in connection.scalars(offered)] if row.state != 'collecting' else []
        values = {'form_key': f'before-{row.id}', 'theme_ids': numbered}
        connection.execute(sa.update(CONSULTATIONS).where(CONSULTATIONS.c.id == row.id).values(**values))


def downgrade() -> None:
    op.drop_column('concerns', 'folded')
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_consultations_form_key'), type_='unique')
        batch_op.drop_column('theme_ids')
        batch_op.drop_column('form_key')
