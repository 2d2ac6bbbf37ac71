"""Reads what a text wants and what it does not want: words and phrases that turn a question round."""
