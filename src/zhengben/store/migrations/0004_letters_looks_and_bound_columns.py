"""Further letters to one addressee, looks by people, and events that name the columns they set.

`Event.sets` is nullable and has no default on purpose: SQLite then adds the column in place. Any other way it copies
the table to a new one, and the triggers that keep the ledger append-only would be gone with the old one.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters of further kinds, looks by people, and columns that the ledger binds."""
    dependencies = [("store", "0003_app_prints")]

    operations = [
        migrations.AddField(model_name="event", name="sets", field=models.JSONField(null=True)),
        migrations.AddField(
            model_name="recheck", name="by", field=models.CharField(blank=True, default="", max_length=120)
        ),
        migrations.RemoveConstraint(model_name="notice", name="one_notice_an_addressee"),
        migrations.AddField(
            model_name="notice", name="purpose", field=models.CharField(default="complaint", max_length=16)
        ),
        migrations.AddField(model_name="notice", name="level", field=models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            model_name="notice",
            name="about",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="later", to="store.notice"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("case", "round", "channel", "addressee", "purpose", "level"), name="one_notice_an_addressee"
            ),
        ),
    ]
