"""Times and learners that the tests of this folder share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 22, 21, 30, 15, 123456, tzinfo=UTC)
DAY = timedelta(days=1)

MIA = 2**63 - 1  # the largest id that Discord can ever give
TOM = 80351110224678912
