"""Reads JSON, YAML and tables: questions and answers that a program saved."""
