"""Backups: the database and the lessons in one zip file, saved while the bot runs, and restored."""
