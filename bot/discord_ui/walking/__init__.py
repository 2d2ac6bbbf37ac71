"""Walkthroughs in Discord: a learner's own, shared ones, and reminders."""
