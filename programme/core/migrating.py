"""Making many tables at once in a migration."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Many tables of one web of relations, made from their final state.

    Django works the whole web out anew after each table and each constraint; for a hundred tables
    that all point at users that is a minute. Here it is worked out once.
    """

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations
        self.names = [step.name_lower for step in operations if isinstance(step, CreateModel)]
        strange = {_table_of(step) for step in operations} - set(self.names)
        if strange:
            raise ValueError(f"Not created here, so not to be changed here: {sorted(strange)}")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Adds every model to the state, leaving the models to be rendered afterwards."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Makes each table with its columns, constraints and indexes as they finally are."""
        for model in self._created(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Takes the tables away."""
        for model in reversed(self._created(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """What the command line says of it."""
        return f"Create {len(self.names)} tables together"

    def _created(self, app_label: str, state: ProjectState) -> list[Any]:
        return [state.apps.get_model(app_label, name) for name in self.names]


def _table_of(step: Operation) -> str:
    """The model a step makes or changes."""
    name = getattr(step, "model_name_lower", None) or getattr(step, "model_name", None)
    return str(name or getattr(step, "name", "")).lower()
