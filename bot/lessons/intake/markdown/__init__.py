"""Reads Markdown of any flavor: `reader.py` calls the others."""
