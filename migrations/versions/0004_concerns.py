"""Concerns"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('consultations',
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('neighbourhood_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('question', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('most_ranked', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('conclusion', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('1 <= most_ranked AND most_ranked <= 10', name=op.f('ck_consultations_most_ranked')),
    sa.ForeignKeyConstraint(['neighbourhood_id'], ['neighbourhoods.id'], name=op.f('fk_consultations_neighbourhood_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_consultations_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultations')),
    sa.UniqueConstraint('slug', name=op.f('uq_consultations_slug'))
    )
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultations_neighbourhood_id'), ['neighbourhood_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultations_programme_id'), ['programme_id'], unique=False)

    op.create_table('priorities',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('theme_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('firsts', sa.Integer(), nullable=False),
    sa.Column('rankings', sa.Integer(), nullable=False),
    sa.Column('concerns', sa.Integer(), nullable=False),
    sa.CheckConstraint('position >= 1', name=op.f('ck_priorities_position')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_priorities_consultation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_priorities_theme_id')),
    sa.PrimaryKeyConstraint('consultation_id', 'theme_id', name=op.f('pk_priorities'))
    )
    op.create_table('agendas',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_agendas_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_agendas'))
    )
    op.create_table('concerns',
    sa.Column('programme_id', sa.Uuid(), nullable=True),
    sa.Column('neighbourhood_id', sa.Uuid(), nullable=True),
    sa.Column('event_id', sa.Uuid(), nullable=True),
    sa.Column('theme_id', sa.Uuid(), nullable=True),
    sa.Column('body', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('summary', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('step', sa.String(length=12), nullable=False),
    sa.Column('form_key', sa.String(length=64), nullable=False),
    sa.Column('merged_into_id', sa.Uuid(), nullable=True),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_reason', sa.String(length=500), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_concerns_event_id')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['concerns.id'], name=op.f('fk_concerns_merged_into_id')),
    sa.ForeignKeyConstraint(['neighbourhood_id'], ['neighbourhoods.id'], name=op.f('fk_concerns_neighbourhood_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programmes.id'], name=op.f('fk_concerns_programme_id')),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_concerns_theme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concerns')),
    sa.UniqueConstraint('form_key', name=op.f('uq_concerns_form_key'))
    )
    with op.batch_alter_table('concerns', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_concerns_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concerns_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concerns_neighbourhood_id'), ['neighbourhood_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concerns_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index('ix_concerns_step_raised_at', ['step', 'raised_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_concerns_theme_id'), ['theme_id'], unique=False)

    op.create_table('minutes_versions',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('correction', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_minutes_versions_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['published_by'], ['people.id'], name=op.f('fk_minutes_versions_published_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes_versions')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_minutes_versions_event_id_number'))
    )
    op.create_table('rankings',
    sa.Column('consultation_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('address_id', sa.Uuid(), nullable=True),
    sa.Column('event_id', sa.Uuid(), nullable=True),
    sa.Column('form_key', sa.String(length=80), nullable=False),
    sa.Column('theme_ids', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('asked_ids', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('locale', sa.String(length=10), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proven_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revocation', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_rankings_address_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_rankings_consultation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_rankings_event_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_rankings_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rankings')),
    sa.UniqueConstraint('consultation_id', 'address_id', name=op.f('uq_rankings_consultation_id_address_id')),
    sa.UniqueConstraint('consultation_id', 'person_id', name=op.f('uq_rankings_consultation_id_person_id')),
    sa.UniqueConstraint('form_key', name=op.f('uq_rankings_form_key'))
    )
    with op.batch_alter_table('rankings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rankings_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('agenda_items',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('concern_id', sa.Uuid(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('speaker', sa.String(length=120), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_agenda_items_minutes')),
    sa.ForeignKeyConstraint(['concern_id'], ['concerns.id'], name=op.f('fk_agenda_items_concern_id')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_agenda_items_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_items')),
    sa.UniqueConstraint('event_id', 'concern_id', name=op.f('uq_agenda_items_event_id_concern_id'))
    )
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_items_concern_id'), ['concern_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_items_event_id'), ['event_id'], unique=False)

    op.create_table('concerns_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concerns_version'))
    )
    op.create_table('concern_steps',
    sa.Column('concern_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=True),
    sa.Column('words', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['concern_id'], ['concerns.id'], name=op.f('fk_concern_steps_concern_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_concern_steps_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concern_steps'))
    )
    with op.batch_alter_table('concern_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_concern_steps_concern_id'), ['concern_id'], unique=False)

    op.create_table('concern_voices',
    sa.Column('concern_id', sa.Uuid(), nullable=False),
    sa.Column('is_author', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('address_id', sa.Uuid(), nullable=True),
    sa.Column('code_hash', sa.String(length=64), nullable=True),
    sa.Column('merged_from_id', sa.Uuid(), nullable=True),
    sa.Column('locale', sa.String(length=10), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proven_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revocation', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_concern_voices_address_id')),
    sa.ForeignKeyConstraint(['concern_id'], ['concerns.id'], name=op.f('fk_concern_voices_concern_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['merged_from_id'], ['concerns.id'], name=op.f('fk_concern_voices_merged_from_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_concern_voices_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concern_voices')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_concern_voices_code_hash')),
    sa.UniqueConstraint('concern_id', 'address_id', name=op.f('uq_concern_voices_concern_id_address_id')),
    sa.UniqueConstraint('concern_id', 'person_id', name=op.f('uq_concern_voices_concern_id_person_id'))
    )
    with op.batch_alter_table('concern_voices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_concern_voices_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concern_voices_concern_id'), ['concern_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concern_voices_person_id'), ['person_id'], unique=False)

    op.create_table('action_items',
    sa.Column('form_key', sa.String(length=64), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=True),
    sa.Column('agenda_item_id', sa.Uuid(), nullable=True),
    sa.Column('concern_id', sa.Uuid(), nullable=True),
    sa.Column('neighbourhood_id', sa.Uuid(), nullable=True),
    sa.Column('what', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('department', sa.String(length=120), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('address_id', sa.Uuid(), nullable=True),
    sa.Column('locale', sa.String(length=10), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('outcome', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revocation', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_action_items_address_id')),
    sa.ForeignKeyConstraint(['agenda_item_id'], ['agenda_items.id'], name=op.f('fk_action_items_agenda_item_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['concern_id'], ['concerns.id'], name=op.f('fk_action_items_concern_id')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_action_items_event_id')),
    sa.ForeignKeyConstraint(['neighbourhood_id'], ['neighbourhoods.id'], name=op.f('fk_action_items_neighbourhood_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_action_items_owner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_items')),
    sa.UniqueConstraint('form_key', name=op.f('uq_action_items_form_key'))
    )
    with op.batch_alter_table('action_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_items_address_id'), ['address_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_items_agenda_item_id'), ['agenda_item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_items_concern_id'), ['concern_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_items_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_items_neighbourhood_id'), ['neighbourhood_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_items_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index('ix_action_items_state_due_on', ['state', 'due_on'], unique=False)

    op.create_table('action_notes',
    sa.Column('action_item_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=True),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('locale', sa.String(length=10), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['action_item_id'], ['action_items.id'], name=op.f('fk_action_notes_action_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_action_notes_author_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_notes'))
    )
    with op.batch_alter_table('action_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_notes_action_item_id'), ['action_item_id'], unique=False)

    op.create_table('minutes_items',
    sa.Column('agenda_item_id', sa.Uuid(), nullable=False),
    sa.Column('said', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('decision', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agenda_item_id'], ['agenda_items.id'], name=op.f('fk_minutes_items_agenda_item_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agenda_item_id', name=op.f('pk_minutes_items'))
    )
    papers = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('papers', papers, nullable=False, server_default='[]'))

    with op.batch_alter_table('city', schema=None) as batch_op:
        batch_op.add_column(sa.Column('overdue_staff_days', sa.Integer(), nullable=False, server_default='7'))
        batch_op.add_column(sa.Column('overdue_public_days', sa.Integer(), nullable=False, server_default='14'))



def downgrade() -> None:
    with op.batch_alter_table('city', schema=None) as batch_op:
        batch_op.drop_column('overdue_public_days')
        batch_op.drop_column('overdue_staff_days')

    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_column('papers')

    op.drop_table('minutes_items')
    with op.batch_alter_table('action_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_notes_action_item_id'))

    op.drop_table('action_notes')
    with op.batch_alter_table('action_items', schema=None) as batch_op:
        batch_op.drop_index('ix_action_items_state_due_on')
        batch_op.drop_index(batch_op.f('ix_action_items_owner_id'))
        batch_op.drop_index(batch_op.f('ix_action_items_neighbourhood_id'))
        batch_op.drop_index(batch_op.f('ix_action_items_event_id'))
        batch_op.drop_index(batch_op.f('ix_action_items_concern_id'))
        batch_op.drop_index(batch_op.f('ix_action_items_agenda_item_id'))
        batch_op.drop_index(batch_op.f('ix_action_items_address_id'))

    op.drop_table('action_items')
    with op.batch_alter_table('concern_voices', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concern_voices_person_id'))
        batch_op.drop_index(batch_op.f('ix_concern_voices_concern_id'))
        batch_op.drop_index(batch_op.f('ix_concern_voices_address_id'))

    op.drop_table('concern_voices')
    with op.batch_alter_table('concern_steps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concern_steps_concern_id'))

    op.drop_table('concern_steps')
    op.drop_table('concerns_version')
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_items_event_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_items_concern_id'))

    op.drop_table('agenda_items')
    with op.batch_alter_table('rankings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rankings_consultation_id'))

    op.drop_table('rankings')
    op.drop_table('minutes_versions')
    with op.batch_alter_table('concerns', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concerns_theme_id'))
        batch_op.drop_index('ix_concerns_step_raised_at')
        batch_op.drop_index(batch_op.f('ix_concerns_programme_id'))
        batch_op.drop_index(batch_op.f('ix_concerns_neighbourhood_id'))
        batch_op.drop_index(batch_op.f('ix_concerns_merged_into_id'))
        batch_op.drop_index(batch_op.f('ix_concerns_event_id'))

    op.drop_table('concerns')
    op.drop_table('agendas')
    op.drop_table('priorities')
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultations_programme_id'))
        batch_op.drop_index(batch_op.f('ix_consultations_neighbourhood_id'))

    op.drop_table('consultations')
