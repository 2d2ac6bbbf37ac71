"""How lessons change: drafts, their review and impact, publishing, history, undo."""
