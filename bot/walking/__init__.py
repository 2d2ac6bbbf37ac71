"""Leads learners through scenarios and remembers where they stand: alone, together, and days later."""
