"""What is newly stored goes into the indexes of names at once.

PostgreSQL would first put it on a list, which every search then reads through: with the list full,
half of the time of a search.
"""

from django.db import migrations

INDEXES = ("programme_identity_search_keys", "programme_child_search_keys")


def at_once(apps, schema_editor):
    _set(schema_editor, "SET (fastupdate = off)")
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"SELECT gin_clean_pending_list('{name}')")


def later(apps, schema_editor):
    _set(schema_editor, "RESET (fastupdate)")


def _set(schema_editor, how):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"ALTER INDEX {name} {how}")


class Migration(migrations.Migration):
    dependencies = [("programme", "0012_sights_by_outcome")]

    operations = [migrations.RunPython(at_once, later)]
