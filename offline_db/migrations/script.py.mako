"""${message}

Revision: ${up_revision}. Follows: ${down_revision | comma,n}. There is no way down: a backup is made before.
"""

# Rebuilding cases or outbox needs op.batch_alter_table(…, table_kwargs={"sqlite_autoincrement": True}): Alembic does
# not see AUTOINCREMENT, and without it numbers would be given again.
import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
