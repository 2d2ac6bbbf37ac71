"""What all parts of `discord_ui` are built from. It imports none of them."""
