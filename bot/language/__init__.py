"""In which language the bot speaks; what it explains is in the words and the language of the lessons."""
