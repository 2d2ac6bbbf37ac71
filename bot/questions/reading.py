"""Whether a message in a channel reads as a question that somebody asks everybody."""

from __future__ import annotations

import re

LONGEST = 300  # characters; what is longer tells a story, and is for people
FEWEST_WORDS = 3

_BEGINS = re.compile(
    r"(?:hey|hi|hello|ok|so|and|but|please|pls)?[\s,]*"
    r"(?:how|what|whats|why|when|where|which|who|can|could|does|do|did|is|are|should|would|will|has|have|any)\b",
    re.IGNORECASE,
)


def reads_as_question(text: str) -> bool:
    """A line with a question mark at its end, or that begins as questions do; no quote, no code, no list."""
    said = text.strip()
    if len(said) > LONGEST or "\n" in said or said.startswith((">", "-", "`", "*", "#")) or "```" in said:
        return False
    if len(said.split()) < FEWEST_WORDS:
        return False
    return said.endswith("?") or bool(_BEGINS.match(said))
