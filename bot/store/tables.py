"""All tables. The migrations create them; a test checks that both agree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    Label,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A time with its time zone; read in UTC. SQLite stores no zone, so a time without one is an error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


walks = Table(
    "walks",
    metadata,
    Column("learner", BigInteger, primary_key=True),
    Column("scenario", String(32), primary_key=True),
    Column("progress", Text, nullable=False),
    Column("step", String(32), nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("learner", BigInteger, primary_key=True),
    Column("scenario", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("item", String(64), primary_key=True),
)

shared_walks = Table(
    "shared_walks",
    metadata,
    # The id comes from Discord. With autoincrement, PostgreSQL would create a sequence.
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", BigInteger, nullable=False),
    Column("starter", BigInteger, nullable=False),
    Column("scenario", String(32), nullable=False),
    Column("progress", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

shared_choices = Table(
    "shared_choices",
    metadata,
    Column("message", ForeignKey(shared_walks.c.message, ondelete="CASCADE"), primary_key=True),
    Column("learner", BigInteger, primary_key=True),
    Column("about", String(16), primary_key=True),
    Column("choice", String(64), nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learner", BigInteger, nullable=False),
    Column("scenario", String(32), nullable=False),
    Column("days", Integer, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    Column("state", String(8), nullable=False),
    Column("tried", Text, nullable=False, server_default=text("'[]'")),
    Column("language", String(16), nullable=False, server_default="en"),
    # When to send it again after a failed delivery.
    Column("again_at", Moment),
    # The process that claimed it.
    Column("sender", String(63)),
    UniqueConstraint("learner", "scenario", "days"),
    # Buttons of old reminders contain the id: it is never used again.
    sqlite_autoincrement=True,
)

# Published changes. The first row of each file is its baseline: the text it was first read with.
revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file", String(255), nullable=False),
    Column("part", String(32), key="item_id", nullable=False),
    Column("kind", String(16), nullable=False),
    Column("author", BigInteger, nullable=False),
    Column("author_name", String(100), nullable=False),
    Column("reason", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("state", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undoes", Integer),
    Column("draft", Integer),
    Index(None, "file", "id"),
    # Buttons that undo a revision contain the id: it is never used again.
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("moderator", BigInteger, nullable=False, index=True),
    Column("server", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("file", String(255), nullable=False),
    Column("part", String(32), key="item_id", nullable=False),
    Column("fields", Text, nullable=False),
    Column("base", String(64), nullable=False),
    Column("begun", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("undoes", Integer),
    Column("updated_at", Moment, nullable=False),
    # Whether nothing was typed since its form was opened.
    Column("untouched", Boolean, nullable=False, server_default=false()),
    # Buttons that publish a draft contain the id: it is never used again.
    sqlite_autoincrement=True,
)

# Questions of members, without the member.
questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("text", String(500), nullable=False),
    Column("context", String(500), nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("reply", String(16), nullable=False),
    Column("entry", String(65), nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("taken", String(65), nullable=False),
    Column("found", String(65), nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("settled", String(8), nullable=False, key="resolved"),
    Column("settled_by", String(100), nullable=False, index=True, key="resolved_by"),
    Column("follows", String(500), nullable=False, server_default=text("''")),
    # Buttons that rate an answer contain the id: it is never used again.
    sqlite_autoincrement=True,
)

# Which questions a draft answers. Rows are deleted with their question, not with their draft.
draft_questions = Table(
    "draft_questions",
    metadata,
    Column("question", ForeignKey(questions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("draft", Integer, primary_key=True, index=True),
)

# Who wants to be notified of an answer: with `inquiries`, the only table that connects a question with a member.
wanted = Table(
    "wanted",
    metadata,
    Column("question", ForeignKey(questions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("learner", BigInteger, primary_key=True, index=True),
    Column("state", String(8), nullable=False),
    # The process that claimed it.
    Column("sender", String(63)),
    # Whether they asked it themselves. Others are never shown its words.
    Column("asked", Boolean, nullable=False, server_default=false()),
)

# One vote for each member and question; the voter is a hash that does not reveal the member.
votes = Table(
    "votes",
    metadata,
    Column("question", ForeignKey(questions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("voter", String(32), primary_key=True),
    Column("helped", Boolean, nullable=False),
)

# The entry that a member showed a question to mean, or not to mean: by a suggestion, a 👍 or a 👎. The voter is a
# hash that differs for each entry, so that members can be counted but not traced.
meanings = Table(
    "meanings",
    metadata,
    Column("question", ForeignKey(questions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("passage", String(65), primary_key=True, index=True),
    Column("voter", String(32), primary_key=True),
    Column("meant", Boolean, nullable=False),
)

# What members propose for the lessons, until some time after moderators decided.
proposals = Table(
    "proposals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("entry", String(65), nullable=False),
    Column("question", String(200), nullable=False),
    Column("answer", Text, nullable=False),
    # The answer that a correction was made from.
    Column("before", Text, nullable=False),
    Column("note", String(500), nullable=False),
    # The member who proposed it, or 0.
    Column("proposer", BigInteger, nullable=False, index=True),
    Column("channel", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("decided_at", Moment),
    Column("reason", String(500), nullable=False),
    Column("draft", Integer, index=True),
    Column("tell", String(8), nullable=False),
    Column("sender", String(63)),
    # Buttons of a proposal contain the id: it is never used again.
    sqlite_autoincrement=True,
)

# Who wrote the message that an entry is made from: to ask them once whether they want to be named.
credits = Table(  # noqa: A001 -- the built-in is for Python's prompt
    "credits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("author", BigInteger, nullable=False, index=True),
    Column("server", BigInteger, nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=False, unique=True),
    Column("draft", Integer, nullable=False, index=True),
    Column("entry", String(32), nullable=False),
    Column("state", String(8), nullable=False),
    Column("at", Moment, nullable=False),
    # Buttons of the question contain the id: it is never used again.
    sqlite_autoincrement=True,
)

# What moderators see in the inbox channel of a server: one row for each card.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("item", String(64), nullable=False),
    Column("state", String(8), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("posted_at", Moment),
    Column("channel", BigInteger),
    Column("post", BigInteger),
    Column("message", BigInteger),
    # A digest of the card as it was last shown.
    Column("shown", String(32), nullable=False),
    # Who took the item, or ignored it.
    Column("moderator", BigInteger),
    Column("deed", String(8), nullable=False),
    Column("deed_at", Moment),
    UniqueConstraint("server", "kind", "item"),
    # Buttons of a card contain the id: it is never used again.
    sqlite_autoincrement=True,
)

# Who missed an answer, under a mark that differs for each cluster (`about`): so that members can be counted, but
# nobody can see what else one of them asked.
askers = Table(
    "askers",
    metadata,
    Column("question", ForeignKey(questions.c.id, ondelete="CASCADE"), primary_key=True),
    Column("asker", String(32), primary_key=True),
    Column("about", Integer, nullable=False, index=True),
)

# What a moderator asks a member who waits for an answer. `learner` is deleted once the member replied.
inquiries = Table(
    "inquiries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", ForeignKey(questions.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("learner", BigInteger),
    Column("text", String(500), nullable=False),
    Column("reply", String(500), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(8), nullable=False),
    Column("sender", String(63)),
    # The button below the message contains the id: it is never used again.
    sqlite_autoincrement=True,
)

servers = Table(
    "servers",
    metadata,
    Column("server", BigInteger, primary_key=True, autoincrement=False),
    Column("choices", Text, nullable=False),
)

# The lessons that a channel or category is about. The title is the one that the lesson had when it was chosen.
channel_lessons = Table(
    "channel_lessons",
    metadata,
    Column("server", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", BigInteger, primary_key=True, autoincrement=False),
    Column("file", String(255), primary_key=True),
    Column("title", Text, nullable=False),
)

# The servers whose moderators may edit the lessons.
homes = Table("homes", metadata, Column("server", BigInteger, primary_key=True, autoincrement=False))
# One row: when the bot last ran, and since when its clock has been steady.
clock = Table(
    "clock",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seen_at", Moment, nullable=False),
    Column("steady_since", Moment, nullable=False),
)

# The processes that run now; only with PostgreSQL. One whose time is over is taken for dead, and deleted.
processes = Table(
    "processes",
    metadata,
    Column("name", String(63), primary_key=True),
    Column("bot", BigInteger, nullable=False),
    Column("wants", String(16), nullable=False),
    Column("until", Moment, nullable=False),
)

# Which process runs a shard of how many. The lease of a shard ends with its process.
shards = Table(
    "shards",
    metadata,
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("total", Integer, nullable=False),
    Column("process", ForeignKey(processes.c.name, ondelete="CASCADE"), nullable=False),
)

# The pictures of published lessons; only with PostgreSQL.
pictures = Table(
    "pictures",
    metadata,
    Column("file", String(255), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# Numbers that grow when what is cached by all processes changes.
versions = Table(
    "versions",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
)


# By the names of the columns. `Any`: SQLAlchemy does not type the values of a row.
Row = dict[str, Any]
Rows = list[Row]


# `Any`: columns have different types.
def by_key(table: Table) -> list[Label[Any]]:
    """The columns by the names that the code uses; the database keeps a few older names."""
    return [column.label(column.key) for column in table.c]
