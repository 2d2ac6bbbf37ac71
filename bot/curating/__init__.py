"""How lessons change: drafts, what they would change and where that tells, publishing, history, undo."""
