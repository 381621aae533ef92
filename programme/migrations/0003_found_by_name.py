"""Columns to find people by, and their values for the rows that are there."""

import programme.people.derived
from django.db import migrations

from programme.people.names import digits_of, keys_of

MADE = {
    "Identity": ("search_keys", keys_of, ("given_names", "family_name", "known_as", "other_names")),
    "Child": ("search_keys", keys_of, ("given_names", "family_name")),
    "SafeContact": ("digits", digits_of, ("number",)),
}


def fill(apps, schema_editor):
    """They say nothing new, so neither version nor history is written."""
    for name, (column, make, made_of) in MADE.items():
        model = apps.get_model("programme", name)
        if schema_editor.connection.vendor == "postgresql":
            # The owner reads past row security until the wall is raised again, after migrating.
            schema_editor.execute(f"ALTER TABLE {model._meta.db_table} NO FORCE ROW LEVEL SECURITY")
        rows = list(model._base_manager.all())
        for row in rows:
            setattr(row, column, make(*(getattr(row, one) for one in made_of)))
        model._base_manager.bulk_update(rows, [column], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0002_the_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='child',
            name='search_keys',
            field=programme.people.derived.DerivedField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='historicalchild',
            name='search_keys',
            field=programme.people.derived.DerivedField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='historicalidentity',
            name='search_keys',
            field=programme.people.derived.DerivedField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='historicalsafecontact',
            name='digits',
            field=programme.people.derived.DerivedField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='identity',
            name='search_keys',
            field=programme.people.derived.DerivedField(blank=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='safecontact',
            name='digits',
            field=programme.people.derived.DerivedField(blank=True, default='', editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
