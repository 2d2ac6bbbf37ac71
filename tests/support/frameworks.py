"""Three lessons about the same things, so that a question without a name fits all of them."""

from __future__ import annotations

import json
from pathlib import Path

NAMES = ("django", "fastapi", "flask")
BOTH = "How do I connect a database?"  # a question that each lesson answers


def write(folder: Path) -> Path:
    """Make the folder with a file for each."""
    folder.mkdir()
    for name in NAMES:
        title = name.title()
        entries = [
            {"id": f"{name}-install", "question": f"How do I install {title}?", "answer": f"Use pip for {name}."},
            {"id": f"{name}-database", "question": BOTH, "answer": f"{title} has settings for it."},
            {
                "id": f"{name}-test",
                "question": f"How do I test a view in {title}?",
                "answer": f"With {title}.",
            },
        ]
        (folder / f"{name}.yaml").write_text(json.dumps({"lesson": title, "entries": entries}), encoding="utf-8")
    return folder
