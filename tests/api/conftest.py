"""Databases for the tests of the interface."""

from databases import cluster, record, templates

__all__ = ["cluster", "record", "templates"]
