"""Databases for the tests of the wiring."""

from databases import cluster, record, templates

__all__ = ["cluster", "record", "templates"]
