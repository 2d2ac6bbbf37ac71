"""Questions whose answers are known, asked as members would: which replies are right."""
