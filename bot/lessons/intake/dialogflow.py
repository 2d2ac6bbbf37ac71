"""Reads Dialogflow's intents as the same data as `intents.json` has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bot.lessons.intake.data import Data, Map, Scalar, folded, scalars

_PHRASES = ("usersays", "trainingphrases")


def from_dialogflow(data: Data) -> tuple[Map, list[tuple[str, Scalar]]] | None:
    """Intents with a tag, patterns and responses, and all other texts by their keys; None for other data."""
    found = data.get("intents") if isinstance(data, Map) else data
    intents = found if isinstance(found, list) else [data]
    if not any(isinstance(each, Map) and each.get(*_PHRASES) is not None for each in intents):
        return None
    used: set[int] = set()
    made: list[Data] = [_intent(each, used) for each in intents if isinstance(each, Map)]
    rest = [pair for pair in scalars(data) if id(pair[1]) not in used]
    return Map([(Scalar("intents", 1), made)]), rest


def _intent(intent: Map, used: set[int]) -> Map:
    tag = intent.get("displayname", "name")
    patterns: list[Data] = []
    for phrase in _list(intent.get(*_PHRASES)):
        parts = _texts(phrase.get("data", "parts") if isinstance(phrase, Map) else phrase)
        used.update(map(id, parts))
        if text := " ".join("".join(parts).split()):
            patterns.append(Scalar(text, parts[0].line))
    responses = [
        text for text in chain(_texts(intent.get("responses")), _texts(intent.get("messages"))) if text.strip()
    ]
    used.update(map(id, responses))
    pairs: list[tuple[Scalar, Data]] = [
        (Scalar("patterns", intent.line), patterns),
        (Scalar("responses", intent.line), list[Data](responses)),
    ]
    if isinstance(tag, Scalar):
        used.add(id(tag))
        pairs.append((Scalar("tag", tag.line), tag))
    return Map(pairs)


def _list(data: Data | None) -> list[Data]:
    return data if isinstance(data, list) else []


def _texts(data: Data | None) -> list[Scalar]:
    """The texts that people say or read, without the data beside them."""
    found: Iterator[tuple[str, Scalar]] = scalars(data) if data is not None else iter(())
    return [each for key, each in found if folded(key) in ("", "text", "speech")]
