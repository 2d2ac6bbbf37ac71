"""Walkthroughs: alone, together, and the reminder to come back."""
