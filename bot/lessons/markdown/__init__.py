"""Markdown and HTML, and what Discord shows of them."""
