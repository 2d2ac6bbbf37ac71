"""Walkthroughs: each learner's own, those shared in a channel, and the reminders that follow."""
