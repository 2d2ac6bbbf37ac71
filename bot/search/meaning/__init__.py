"""Comparison by meaning: encoders that turn texts into vectors, and the nearness of a question to each entry."""
