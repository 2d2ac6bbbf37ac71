"""What the bot remembers: where learners stand, what a channel chose, who wants a reminder."""
