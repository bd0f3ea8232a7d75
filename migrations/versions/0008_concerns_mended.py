"""Concerns: hidden for a ground that is translated"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('concerns', sa.Column('hidden_for', sa.String(length=12), nullable=True))
    op.add_column('concerns', sa.Column('hidden_language', sa.String(length=10), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('concerns', schema=None) as batch_op:
        batch_op.drop_column('hidden_language')
        batch_op.drop_column('hidden_for')
