"""Every table. The migrations make them; a test compares the two."""

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
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
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
    """A time with its zone, read in UTC. SQLite keeps no zone, so a time without one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


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
    # Discord numbers the messages: PostgreSQL would make a sequence here.
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
    UniqueConstraint("learner", "scenario", "days"),
    # A button in an old message names its reminder: no other one may ever get that id.
    sqlite_autoincrement=True,
)
