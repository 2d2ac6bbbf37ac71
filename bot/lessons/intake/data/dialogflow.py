"""Reads Dialogflow's intents as the same data as `intents.json` has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePath

from bot.lessons.intake.data.nodes import Data, Map, Scalar, folded, scalars

_PHRASES = ("usersays", "trainingphrases")


# `hours_usersays_en.json` has the phrases of `hours.json`.
_OF_PHRASES = re.compile(r"(?P<intent>.+)_usersays_(?P<language>[a-z]{2,3}(?:-[a-z]+)?)", re.IGNORECASE)


def dialogflow_intents(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """The files of intents that Dialogflow exported, each with the files of its phrases."""
    files = [path for path in paths if path.suffix.lower() == ".json"]
    intents: dict[str, list[Path]] = {}
    for path in files:
        if not _OF_PHRASES.fullmatch(path.stem):
            intents.setdefault(path.stem, []).append(path)
    found: dict[Path, list[Path]] = {}
    for path in files:
        named = _OF_PHRASES.fullmatch(path.stem)
        same = intents.get(named["intent"], []) if named else []
        # Files that are uploaded one by one are in folders of their own.
        beside = [each for each in same if each.parent == path.parent] or (same if len(same) == 1 else [])
        if beside:
            found.setdefault(beside[0], []).append(path)
    return found


def with_phrases(intent: Data | None, phrases: Mapping[str, Data | None]) -> Data | None:
    """An intent with the phrases of its other files, by their names. Those in the answer's language come first."""
    if not isinstance(intent, Map):
        return [each for each in (intent, *phrases.values()) if each is not None]
    languages = (each.casefold() for key, each in scalars(intent) if folded(key) in ("lang", "language"))
    language = next(languages, "")

    def is_other(file: str) -> bool:
        named = _OF_PHRASES.fullmatch(PurePath(file).stem)
        return named is None or named["language"].casefold() != language

    found = [phrases[file] for file in sorted(phrases, key=is_other)]
    said = [one for each in found if each is not None for one in (each if isinstance(each, list) else [each])]
    return Map([*intent.pairs, (Scalar("userSays", intent.line), said)])


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
            patterns.append(Scalar(text, parts[0].line, parts[0].file))
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
