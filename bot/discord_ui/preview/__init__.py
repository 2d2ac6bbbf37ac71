"""The real bot in a browser: SimCord's local Discord in place of the one on the network."""
