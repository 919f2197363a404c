"""The record: Django models, migrations, queries. The only room that knows the database."""
