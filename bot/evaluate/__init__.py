"""Evaluates the search: asks questions whose answers are known, and counts the right replies."""
