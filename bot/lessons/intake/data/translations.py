"""Takes one language of records whose fields have their texts by language: `question: {en: …, de: …}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.words import _
from bot.lessons.intake.data.keys import ANSWER_KEYS, QUESTION_KEYS
from bot.lessons.intake.data.nodes import Data, Map, Scalar, folded
from bot.lessons.intake.material import Unplaced

_LANGUAGE = re.compile(r"[a-z]{2}(?:[ _-][a-z]{2})?", re.IGNORECASE)


def in_one_language(data: Data) -> tuple[Data, list[Unplaced]]:
    """The same data with the texts of its records in one language, and those in other languages."""
    others: list[Unplaced] = []
    return _chosen(data, others), others


def _chosen(data: Data, others: list[Unplaced]) -> Data:
    if isinstance(data, list):
        return [_chosen(each, others) for each in data]
    if not isinstance(data, Map):
        return data
    language = _language_of(data)
    if not language:
        return Map([(key, _chosen(value, others)) for key, value in data.pairs])
    pairs: list[tuple[Scalar, Data]] = []
    for key, value in data.pairs:
        texts = dict(_texts(value))
        if language in texts:
            pairs.append((key, texts.pop(language)))
        elif not texts:
            pairs.append((key, _chosen(value, others)))
        why = _("a text in another language: import it from a file of its own")
        others += [Unplaced(each.line, each, why, each.file) for each in texts.values() if each.strip()]
    return Map(pairs)


def _language_of(record: Map) -> str:
    """The first language that a question and its answer have; '' if this is no such record."""
    asked = _said(record, QUESTION_KEYS)
    answered = _said(record, ANSWER_KEYS)
    return next((each for each in asked if each in answered), "")


def _said(record: Map, keys: tuple[str, ...]) -> list[str]:
    named = next((value for key in keys if (value := record.get(key)) is not None), None)
    return [language for language, text in _texts(named) if text.strip()]


def _texts(value: Data | None) -> Iterator[tuple[str, Scalar]]:
    """The texts by their languages; nothing if this is something else."""
    pairs = value.pairs if isinstance(value, Map) else []
    texts = [(folded(key), text) for key, text in pairs if isinstance(text, Scalar) and _LANGUAGE.fullmatch(key)]
    if len(texts) == len(pairs):
        yield from texts
