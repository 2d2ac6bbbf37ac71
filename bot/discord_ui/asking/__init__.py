"""Questions and answers: how members ask, what they see, and how they rate it."""
