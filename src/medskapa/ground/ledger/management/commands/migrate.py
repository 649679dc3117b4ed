"""`migrate`, with a short way for a new store: its tables are made as the models say today (decision 0031)."""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor

OURS = "medskapa."
PARTS = ("app_label", "plan", "check_unapplied", "fake", "prune")  # who asks for one of these does not ask for a whole store


class Command(migrate.Command):
    """What Django's own command does, but a new store does not go through every version that there was before today's."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises what Django's raises."""
        store = connections[options["database"]]
        executor = MigrationExecutor(store)
        known = {executor.recorder.Migration._meta.db_table}
        if not any(options.get(part) for part in PARTS) and known.issuperset(store.introspection.table_names()):
            _begin(store, executor)
        super().handle(*args, **options)


def _begin(store: BaseDatabaseWrapper, executor: MigrationExecutor) -> None:
    """In one transaction: the tables of all models, the rows that our migrations put in, and that every migration is done."""
    plan = [migration for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    executor.recorder.ensure_schema()
    with store.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(store):
                editor.create_model(model)
        for step in _steps_with_rows(plan):
            step.code(apps, editor)  # type: ignore[arg-type]  # the models of today are those of the last step
        for migration in plan:
            executor.record_migration(migration)  # type: ignore[arg-type, call-arg]  # as Django has it; the stubs lag behind


def _steps_with_rows(plan: list[Migration]) -> list[RunPython]:
    """The steps that put rows in, in their order; those that only move rows of older versions are marked elidable."""
    steps = [step for migration in plan if migration.__module__.startswith(OURS) for step in migration.operations]
    return [step for step in steps if isinstance(step, RunPython) and not step.elidable]
