"""The lesson files: read, checked, watched, and edited in place."""
