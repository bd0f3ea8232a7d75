"""Series of meetings"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('series',
    sa.Column('form_key', sa.String(length=64), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('rule', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_series_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series')),
    sa.UniqueConstraint('form_key', name=op.f('uq_series_form_key')),
    sa.UniqueConstraint('slug', name=op.f('uq_series_slug'))
    )
    # Columns are dropped and added anew, never a table: to drop one cascades on SQLite.
    op.drop_index('ix_events_series_id', table_name='events')
    op.drop_column('events', 'series_id')  # it meant nothing until now
    for table in ('events', 'subscriptions'):
        column = sa.Column('series_id', sa.Uuid(), sa.ForeignKey('series.id', name=f'fk_{table}_series_id'), nullable=True)
        op.add_column(table, column, inline_references=True)
        op.create_index(f'ix_{table}_series_id', table, ['series_id'], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM subscriptions WHERE series_id IS NOT NULL")  # without it they would be of everything
    for table in ('events', 'subscriptions'):
        op.drop_index(f'ix_{table}_series_id', table_name=table)
    op.drop_column('subscriptions', 'series_id')
    op.drop_column('events', 'series_id')
    op.add_column('events', sa.Column('series_id', sa.Uuid(), nullable=True))
    op.create_index('ix_events_series_id', 'events', ['series_id'], unique=False)
    op.drop_table('series')
