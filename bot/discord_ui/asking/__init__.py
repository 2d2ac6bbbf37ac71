"""Questions and answers: how members ask, what they see, and what they say of it."""
