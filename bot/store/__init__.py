"""The database: questions and votes, walks and reminders, drafts and revisions, settings of servers."""
