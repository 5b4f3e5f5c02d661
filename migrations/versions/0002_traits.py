"""traits of reports, for suggesting duplicates

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('trait',
    sa.Column('key', sa.String(length=320), nullable=False),
    sa.Column('report', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['report'], ['report.number'], name=op.f('fk_trait_report_report')),
    sa.PrimaryKeyConstraint('key', 'report', name=op.f('pk_trait'))
    )
    with op.batch_alter_table('trait', schema=None) as batch_op:
        batch_op.create_index('ix_trait_report', ['report'], unique=False)
