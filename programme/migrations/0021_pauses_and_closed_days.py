"""A pause is looked at again, what ends says why, a programme has days off of its own."""

import uuid

import django.db.models.deletion
import simple_history.models
from django.db import migrations, models


def rules_by_kind(apps, schema_editor):
    """Rules that were never edited are put as they ship now; loading adds the rows beside them."""
    rules = apps.get_model("programme", "TimescaleRule").objects
    rules.filter(code__in=["T01", "T25"], calendar="bank_holidays").update(calendar="office_days")
    rules.filter(code="T22", kind="", count=24, unit="hours").update(
        count=5, unit="working_days", calendar="office_days"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0020_supervision_and_sign_off'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedDay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('stored_at', models.DateTimeField(auto_now_add=True)),
                ('package_id', models.CharField(blank=True, default='', editable=False, max_length=200)),
                ('day', models.DateField()),
                ('why', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['day'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HistoricalClosedDay',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('stored_at', models.DateTimeField(blank=True, editable=False)),
                ('package_id', models.CharField(blank=True, default='', editable=False, max_length=200)),
                ('history_user_id', models.UUIDField()),
                ('history_change_reason', models.TextField(null=True)),
                ('day', models.DateField()),
                ('why', models.CharField(max_length=200)),
                ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical closed day',
                'verbose_name_plural': 'historical closed days',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name='timescalerule',
            name='programme_timescale_once',
        ),
        migrations.AddField(
            model_name='historicalnextstep',
            name='ended_because',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='historicalnextstep',
            name='ended_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalpause',
            name='review_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='historicalplannedcontact',
            name='kind',
            field=models.CharField(blank=True, choices=[('crisis', 'A crisis or critical event'), ('statutory_visit', 'A statutory visit')], max_length=20),
        ),
        migrations.AddField(
            model_name='nextstep',
            name='ended_because',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='nextstep',
            name='ended_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pause',
            name='review_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='plannedcontact',
            name='kind',
            field=models.CharField(blank=True, choices=[('crisis', 'A crisis or critical event'), ('statutory_visit', 'A statutory visit')], max_length=20),
        ),
        migrations.AddField(
            model_name='timescalerule',
            name='kind',
            field=models.CharField(blank=True, choices=[('crisis', 'A crisis or critical event'), ('statutory_visit', 'A statutory visit')], default='', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='nextstep',
            constraint=models.CheckConstraint(condition=models.Q(('done_on', None), ('ended_on', None), _connector='OR'), name='programme_nextstep_done_or_ended'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('review_on', None), ('review_on__gte', models.F('from_date')), _connector='OR'), name='programme_pause_reviewed_after_start', violation_error_message='The review is before the pause begins.'),
        ),
        migrations.AddConstraint(
            model_name='timescalerule',
            constraint=models.UniqueConstraint(fields=('code', 'applies_to', 'jurisdiction', 'stage', 'kind', 'valid_from'), name='programme_timescale_once'),
        ),
        migrations.AddField(
            model_name='closedday',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closed_days', to='programme.programme'),
        ),
        migrations.AddField(
            model_name='historicalclosedday',
            name='programme',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programme.programme'),
        ),
        migrations.AddConstraint(
            model_name='closedday',
            constraint=models.UniqueConstraint(condition=models.Q(('package_id', ''), _negated=True), fields=('package_id',), name='programme_closedday_package_id_once'),
        ),
        migrations.AddConstraint(
            model_name='closedday',
            constraint=models.UniqueConstraint(fields=('programme', 'day'), name='programme_closed_day_once', violation_error_message='This day is on the list already.'),
        ),
        migrations.RunPython(rules_by_kind, migrations.RunPython.noop),
    ]
