"""For tests that edit generated lesson files."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, settings

from bot.lessons.document import Document, read_document
from tests.support.examples import examples

often = settings(
    deadline=None,
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(text: str) -> Document:
    return read_document("lesson.yaml", text.encode())


def comments(text: str) -> list[str]:
    """Every comment of a generated text with the blanks before it on its line."""
    return re.findall(r"[ \t]*# c\d+\.[^\r\n]*", text)
