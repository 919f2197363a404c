"""Prints of the apps that were looked at before prints had rows of their own, so that kinship knows them too.

The facts of every look were kept from the first day, prints among them; here they are only written out. Nothing is
examined again, and a second run adds nothing.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from zhengben.detect.app_kinship import telling

LONGEST, BATCH = 200, 500


def write_out(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the prints of all kept sightings of apps, a few hundred rows at a time."""
    prints, sightings = apps.get_model("store", "AppPrint"), apps.get_model("store", "Sighting")
    alias, rows = schema_editor.connection.alias, []
    seen = sightings.objects.using(alias).filter(facts__app__prints__isnull=False)
    for lead, told in seen.values_list("lead_id", "facts__app__prints").iterator(chunk_size=BATCH):
        known = [one for one in told if isinstance(one, str) and telling(one)] if isinstance(told, list) else []
        rows += [prints(lead_id=lead, value=one[:LONGEST]) for one in dict.fromkeys(known)]
        if len(rows) >= BATCH:
            prints.objects.using(alias).bulk_create(rows, ignore_conflicts=True)
            rows = []
    prints.objects.using(alias).bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    """Write out the prints that earlier looks kept."""
    dependencies = [("store", "0004_letters_looks_and_bound_columns")]

    operations = [migrations.RunPython(write_out, migrations.RunPython.noop, elidable=True)]
