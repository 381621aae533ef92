"""Indexes to find people by; SQLite, for trying out, looks at every row."""

from django.db import migrations

INDEXES = {
    "programme_identity_search_keys": (
        "programme_identity USING gin (string_to_array(search_keys, ' '))"
    ),
    "programme_child_search_keys": "programme_child USING gin (string_to_array(search_keys, ' '))",
    "programme_identity_number": (
        "programme_identity (upper(local_reference)) WHERE local_reference <> ''"
    ),
    "programme_identity_nhs": "programme_identity (nhs_number) WHERE nhs_number <> ''",
}


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, what in INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {name} ON {what}")


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_found_by_name")]

    operations = [migrations.RunPython(make, remove)]
