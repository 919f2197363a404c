"""Databases for the tests of the server."""

from databases import cluster, record, templates

__all__ = ["cluster", "record", "templates"]
