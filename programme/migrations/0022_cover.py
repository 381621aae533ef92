"""A stand-in says for which worker, and which were arranged together."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0021_pauses_and_closed_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaltimedgrant',
            name='cover_id',
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicaltimedgrant',
            name='worker',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programme.worker'),
        ),
        migrations.AddField(
            model_name='timedgrant',
            name='cover_id',
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='timedgrant',
            name='worker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.worker'),
        ),
        migrations.AddConstraint(
            model_name='timedgrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'stand_in'), ('worker__isnull', False)), models.Q(models.Q(('kind', 'stand_in'), _negated=True), ('worker', None)), _connector='OR'), name='programme_timedgrant_stands_in_for_a_worker'),
        ),
    ]
