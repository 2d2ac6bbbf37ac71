"""What the bot says: replies and walkthroughs. Pure, no clock of its own."""
