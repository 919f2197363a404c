"""Prints of apps by lead, for kinship."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The prints by which apps of one maker are linked."""
    dependencies = [
        ("store", "0002_ledger_and_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(db_index=True, max_length=200)),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prints", to="store.lead"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("lead", "value"), name="one_app_print_a_lead")],
            },
        ),
    ]
