"""The bot as members see it (discord.py)."""
