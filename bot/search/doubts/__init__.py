"""Finds what speaks against an entry as the answer to a question, however well its words fit."""
