"""Closed programmes, invitations, themes of neighbourhoods"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('programmes', sa.Column('is_closed', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('themes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('neighbourhood_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('is_retired', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.alter_column('programme_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_themes_neighbourhood_id'), 'neighbourhoods', ['neighbourhood_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_themes_of_one'), '(programme_id IS NULL) <> (neighbourhood_id IS NULL)')
        batch_op.create_index(batch_op.f('ix_themes_neighbourhood_id'), ['neighbourhood_id'], unique=False)

    op.create_table('invitations',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('address_id', sa.Uuid(), nullable=True),
    sa.Column('called', sa.Text(), nullable=False),
    sa.Column('locale', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('registration_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_invitations_address_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_invitations_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_invitations_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registration_id'], ['registrations.id'], name=op.f('fk_invitations_registration_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('registration_id', name=op.f('uq_invitations_registration_id'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitations_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_event_id'), ['event_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitations_event_id'))
        batch_op.drop_index(batch_op.f('ix_invitations_address_id'))

    op.drop_table('invitations')
    op.execute('DELETE FROM themes WHERE programme_id IS NULL')
    with op.batch_alter_table('themes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_themes_neighbourhood_id'))
        batch_op.drop_constraint(batch_op.f('ck_themes_of_one'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_themes_neighbourhood_id'), type_='foreignkey')
        batch_op.alter_column('programme_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column('is_retired')
        batch_op.drop_column('neighbourhood_id')

    op.drop_column('programmes', 'is_closed')
