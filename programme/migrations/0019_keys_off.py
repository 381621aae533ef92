"""Whether somebody switched the keys off is kept with the account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0018_group_sessions")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="keys_off_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
