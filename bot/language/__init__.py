"""The languages of the bot's own texts. Lessons stay in the language they were written in."""
