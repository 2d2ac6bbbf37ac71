"""The database: questions and votes, walks and reminders, drafts and revisions, settings of servers."""

from bot.store.without_orm import leave_out_orm

leave_out_orm()  # before the files here import SQLAlchemy
