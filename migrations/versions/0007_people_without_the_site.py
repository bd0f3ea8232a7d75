"""People who don't use the site: letters in several languages, invitations"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

TEXT = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('referrals',
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('address_id', sa.Uuid(), nullable=False),
    sa.Column('partner', sa.Text(), nullable=False),
    sa.Column('locale', sa.String(length=10), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['address_id'], ['addresses.id'], name=op.f('fk_referrals_address_id')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_referrals_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referrals')),
    sa.UniqueConstraint('event_id', 'address_id', name=op.f('uq_referrals_event_id_address_id'))
    )
    with op.batch_alter_table('referrals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referrals_address_id'), ['address_id'], unique=False)
    _letters_in_several_languages()


def _letters_in_several_languages() -> None:
    """Let what was written in one language stand in that one, and each earlier letter be a form of its own."""
    op.add_column('guest_notes', sa.Column('form_key', sa.String(length=64), nullable=False, server_default=''))
    op.add_column('guest_notes', sa.Column('audience', sa.String(length=10), nullable=False, server_default='registered'))
    op.add_column('guest_notes', sa.Column('reach', sa.String(length=10), nullable=False, server_default='event'))
    op.execute('UPDATE guest_notes SET form_key = CAST(id AS VARCHAR(64))')
    if op.get_bind().dialect.name == 'postgresql':
        for column in ('subject', 'body'):
            op.execute(
                f"ALTER TABLE guest_notes ALTER COLUMN {column} TYPE JSONB"
                f" USING jsonb_build_object('source', locale, 'texts', jsonb_build_object(locale, {column}))"
            )
    else:
        for column in ('subject', 'body'):
            op.execute(f"UPDATE guest_notes SET {column} = json_object('source', locale, 'texts', json_object(locale, {column}))")
    with op.batch_alter_table('guest_notes', schema=None) as batch_op:
        if op.get_bind().dialect.name != 'postgresql':
            batch_op.alter_column('subject', type_=TEXT, existing_type=sa.String(length=120), existing_nullable=False)
            batch_op.alter_column('body', type_=TEXT, existing_type=sa.String(), existing_nullable=False)
        for column, length in (('form_key', 64), ('audience', 10), ('reach', 10)):
            batch_op.alter_column(column, server_default=None, existing_type=sa.String(length=length), existing_nullable=False)
        batch_op.drop_column('locale')
        batch_op.create_unique_constraint(batch_op.f('uq_guest_notes_event_id_form_key'), ['event_id', 'form_key'])


def downgrade() -> None:
    op.add_column('guest_notes', sa.Column('locale', sa.String(length=10), nullable=False, server_default='en'))
    op.execute("UPDATE guest_notes SET locale = " + _of('source'))
    is_postgresql = op.get_bind().dialect.name == 'postgresql'
    for column, kind in (('subject', 'VARCHAR(120)'), ('body', 'VARCHAR')):
        if is_postgresql:
            op.execute(f"ALTER TABLE guest_notes ALTER COLUMN {column} TYPE {kind} USING {column} -> 'texts' ->> ({column} ->> 'source')")
        else:
            op.execute(f"UPDATE guest_notes SET {column} = json_extract({column}, '$.texts.' || json_extract({column}, '$.source'))")
    with op.batch_alter_table('guest_notes', schema=None) as batch_op:
        if not is_postgresql:
            batch_op.alter_column('subject', type_=sa.String(length=120), existing_type=TEXT, existing_nullable=False)
            batch_op.alter_column('body', type_=sa.String(), existing_type=TEXT, existing_nullable=False)
        batch_op.drop_constraint(batch_op.f('uq_guest_notes_event_id_form_key'), type_='unique')
        for column in ('reach', 'audience', 'form_key'):
            batch_op.drop_column(column)
    op.drop_table('referrals')


def _of(part: str) -> str:
    if op.get_bind().dialect.name == 'postgresql':
        return f"subject ->> '{part}'"
    return f"json_extract(subject, '$.{part}')"
