"""Consultations: one for each form, themes numbered once people choose"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0008'
branch_labels = None
depends_on = None

CONSULTATIONS = sa.table(
    'consultations', sa.column('id', sa.Uuid()), sa.column('programme_id', sa.Uuid()), sa.column('neighbourhood_id', sa.Uuid()),
    sa.column('state', sa.String()), sa.column('form_key', sa.String()), sa.column('theme_ids', sa.JSON()),
)
THEMES = sa.table(
    'themes', sa.column('id', sa.Uuid()), sa.column('programme_id', sa.Uuid()), sa.column('neighbourhood_id', sa.Uuid()),
    sa.column('position', sa.Integer()), sa.column('is_retired', sa.Boolean()),
)


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
    op.add_column('consultations', sa.Column('form_key', sa.String(length=64), nullable=True))
    op.add_column('consultations', sa.Column('theme_ids', json, nullable=False, server_default='[]'))
    number_themes()
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.alter_column('form_key', existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_consultations_form_key'), ['form_key'])


def number_themes() -> None:
    """Number the themes of consultations that people have chosen in as they were shown today: the programme's first."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(CONSULTATIONS)).all():
        of = sa.or_(THEMES.c.programme_id == row.programme_id, THEMES.c.neighbourhood_id == row.neighbourhood_id)
        order = THEMES.c.programme_id.is_(None), THEMES.c.position, THEMES.c.id
        offered = sa.select(THEMES.c.id).where(of, THEMES.c.is_retired.is_(False)).order_by(*order)
        numbered = [str(theme) for theme in connection.scalars(offered)] if row.state != 'collecting' else []
        values = {'form_key': f'before-{row.id}', 'theme_ids': numbered}
        connection.execute(sa.update(CONSULTATIONS).where(CONSULTATIONS.c.id == row.id).values(**values))


def downgrade() -> None:
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_consultations_form_key'), type_='unique')
        batch_op.drop_column('theme_ids')
        batch_op.drop_column('form_key')
