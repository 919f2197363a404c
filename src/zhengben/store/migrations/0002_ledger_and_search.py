"""The ledger cannot be rewritten and the search index exists, on both databases."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    """CREATE TRIGGER store_event_no_update BEFORE UPDATE ON store_event
       BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    """CREATE TRIGGER store_event_no_delete BEFORE DELETE ON store_event
       BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    """CREATE VIRTUAL TABLE store_search USING fts5(grams, tokenize='ascii', detail='full')""",
]
POSTGRESQL = [
    """CREATE FUNCTION store_event_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$""",
    """CREATE TRIGGER store_event_no_change BEFORE UPDATE OR DELETE ON store_event
       FOR EACH ROW EXECUTE FUNCTION store_event_append_only()""",
    """CREATE TRIGGER store_event_no_truncate BEFORE TRUNCATE ON store_event
       FOR EACH STATEMENT EXECUTE FUNCTION store_event_append_only()""",
    """CREATE TABLE store_search (lead_id bigint PRIMARY KEY, grams tsvector NOT NULL)""",
    """CREATE INDEX store_search_grams ON store_search USING gin (grams) WITH (fastupdate = on)""",
]


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create what Django's models cannot say."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)
    apps.get_model("store", "LedgerHead").objects.create(id=1)


class Migration(migrations.Migration):
    """The rules that SQL holds: a ledger nobody rewrites, and the search index."""
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=False)]
