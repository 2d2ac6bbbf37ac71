"""What moderators do in Discord: `/lessons`, and the notices they get."""
