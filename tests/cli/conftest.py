"""Databases for commands that read the record."""

from databases import cluster, record, templates

__all__ = ["cluster", "record", "templates"]
