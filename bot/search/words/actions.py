"""Finds the action that a question asks for: "install" in "how do I install docker"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.words.small_words import BEFORE_VERBS, DETERMINERS, OPENING_WORDS, QUESTION_VERBS, QUESTION_WORDS

# Small words that are an object all the same: "how do I block someone".
_SOMEBODY = frozenset("someone somebody anyone".split())


def action_in(tokens: Sequence[str]) -> str:
    """The first content word of "how do I …" or "how to …" if another one, or "somebody", follows; else ''."""
    at = next((n for n, word in enumerate(tokens) if word not in OPENING_WORDS), 0)
    if at < 2 or tokens[at - 1] not in BEFORE_VERBS or tokens[0] not in QUESTION_WORDS | QUESTION_VERBS:
        return ""
    has_object = any(word not in OPENING_WORDS or word in _SOMEBODY for word in tokens[at + 1 :])
    return tokens[at] if has_object else ""


def order_in(tokens: Sequence[str]) -> str:
    """The first word of an order such as "restart my kernel", if it is a content word; else ''."""
    is_order = len(tokens) > 2 and tokens[0] not in OPENING_WORDS and tokens[1] in DETERMINERS
    return tokens[0] if is_order else ""


def asks_how_or_orders(tokens: Sequence[str]) -> bool:
    """Whether a question asks how to do something, or orders it, and not whether, when or why it is done."""
    return tokens[0] == "how" or bool(order_in(tokens))
