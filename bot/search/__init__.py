"""Which entry a question means. Pure."""
