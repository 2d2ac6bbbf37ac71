"""What the bot knows: reads and writes lesson files only."""
