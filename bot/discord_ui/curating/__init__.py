"""What moderators do in Discord: `/lessons`, and what they are told."""
