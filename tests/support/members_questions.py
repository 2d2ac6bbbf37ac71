"""Questions as members type them, with the entries that answer them. No entry answers a third of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[1] / "search"


def _read(file: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.load((FOLDER / file).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return rows


ENGLISH = _read("members_questions.yaml")
# Questions in German and Spanish about English lessons.
FOREIGN = _read("members_questions_foreign.yaml")
QUESTIONS = [*ENGLISH, *FOREIGN]
