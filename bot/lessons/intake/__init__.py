"""Imports lessons from texts that a community already has.

Each format has a reader, which returns a `Source` (Source -> Section -> Pair, with line numbers). One writer
makes lessons of it, and reports everything that it could not use, with its line. `formats.py` lists the readers:
to add a format, add a file with its reader, and a line there.
"""
