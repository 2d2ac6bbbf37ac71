"""Reads reStructuredText."""
