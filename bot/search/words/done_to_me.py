"""Recognizes who tells what others did to them, and asks nothing: "I got kicked", "someone changed my name"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OTHERS = (
    r"(?:someone|somebody|they|he|she"
    r"|(?:a|an|another|some|the|this) (?:mods?|moderator|admin|member|player|user|guy|dude|person))"
)
_DONE_TO_ME = re.compile(
    r"\b(?:(?:i|we) (?:(?:just|also) )?(?:was|were|got|get|keep getting|have been) (?:just |being )?\w+ed"
    rf"|{_OTHERS} (?:(?:just|has|always) )?(?:(?:keeps|is|are) \w+ing|\w+(?:(?<!e)ed|s)) (?:me|us|my|our)"
    r"|ich wurde (?:\w+ ){0,3}ge\w+(?:t|en)|(?:jemand|er|sie) hat (?:mich|mir|mein\w*)\b.*"
    r"|(?:(?:alguien|el|ella) (?:me|nos) ha|(?:me|nos) han)\b.*)\b"
)


def done_to_me(tokens: Sequence[str]) -> Sequence[str]:
    """Those of a text's words that tell what others did to its author: "someone changed my"; none if none do."""
    found = _DONE_TO_ME.search(" ".join(tokens))
    return found[0].split() if found else ()
