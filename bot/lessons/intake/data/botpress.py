"""Reads Botpress' questions and answers as the same data as `intents.json` has."""

from __future__ import annotations

from bot.lessons.intake.data.nodes import Data, Map, Scalar, folded, scalars


def from_botpress(data: Data) -> tuple[Map, list[tuple[str, Scalar]]] | None:
    """Intents with patterns and responses in one language each, and all other texts; None for other data."""
    found = data.get("qnas") if isinstance(data, Map) else data
    listed = found if isinstance(found, list) else []
    qnas = [each.get("data") for each in listed if isinstance(each, Map)]
    if not any(isinstance(each, Map) and _is_qna(each) for each in qnas):
        return None
    made: list[Data] = [_intent(each) for each in qnas if isinstance(each, Map)]
    used = {id(text) for each in made for __, text in scalars(each)}
    return Map([(Scalar("intents", 1), made)]), [pair for pair in scalars(data) if id(pair[1]) not in used]


def _is_qna(data: Map) -> bool:
    return all(isinstance(data.get(key), Map | list) for key in ("questions", "answers"))


def _intent(data: Map) -> Map:
    said = data.get("answers")
    pairs_of_language = said.pairs if isinstance(said, Map) else []
    languages = [key for key, value in pairs_of_language if any(text.strip() for __, text in scalars(value))]
    pairs: list[tuple[Scalar, Data]] = [
        (Scalar(name, data.line), _in_language(data.get(key), languages[0] if languages else ""))
        for name, key in (("patterns", "questions"), ("responses", "answers"))
    ]
    return Map([*pairs, *((key, value) for key, value in data.pairs if folded(key) == "enabled")])


def _in_language(texts: Data | None, language: str) -> Data:
    found = texts.get(language.casefold()) if isinstance(texts, Map) else texts
    return [text for __, text in scalars(found)] if found is not None else []
