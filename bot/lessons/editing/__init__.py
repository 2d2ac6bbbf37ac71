"""Edits of lesson files: what is changed is replaced in the text, and every other byte stays."""
