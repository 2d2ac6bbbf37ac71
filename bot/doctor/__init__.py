"""`lessonbot doctor`: looks at all that the bot needs, changes nothing, and says how to fix what is wrong."""
