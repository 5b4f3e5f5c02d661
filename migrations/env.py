"""Alembic environment: runs on the connection that `inboxd.store.migrate` hands over."""

from alembic import context

from inboxd.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    user_module_prefix="schema.",
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
