"""What the bot says: replies and walkthroughs. Pure: no clock, no database, no network."""
