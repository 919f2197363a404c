"""Databases for the tests of the record."""

from databases import cluster, record, templates

__all__ = ["cluster", "record", "templates"]
