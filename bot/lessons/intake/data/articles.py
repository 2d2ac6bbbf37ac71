"""Turns articles of help centres and WordPress into records, without the comments below them."""

from __future__ import annotations

from bot.language.words import _
from bot.lessons.intake.data.keys import ARTICLE_KEYS, ARTICLE_KINDS, ARTICLE_LISTS, REPLIES_KEYS, TEXT_KEYS
from bot.lessons.intake.data.nodes import Data, Map, Scalar, folded, scalars
from bot.lessons.intake.data.record_shapes import is_accepted, nodes_in
from bot.lessons.intake.material import Unplaced


def articles_as_records(data: Data, key: str = "") -> tuple[Data, list[Unplaced]]:
    """The same data with its articles as records; and their comments, which are no part of the answer.

    The names of those who commented are left out. `key` is what the data stands under.
    """
    comments: list[Unplaced] = []
    return _as_record(data, key, comments), comments


def _as_record(data: Data, key: str, comments: list[Unplaced]) -> Data:
    if isinstance(data, list):
        return [_as_record(each, key, comments) for each in data]
    if not isinstance(data, Map):
        return data
    is_article = _is_article(data, key)
    pairs: list[tuple[Scalar, Data]] = []
    for name, value in data.pairs:
        if is_article and folded(name) in REPLIES_KEYS and nodes_in(value):
            comments += map(_as_comment, nodes_in(value))
        elif isinstance(rendered := _rendered(value), Scalar) and folded(name) in ("title", "content"):
            pairs.append((name, rendered))
            if isinstance(value, Map) and value.get("protected") == "true":
                pairs.append((Scalar("password protected", name.line, name.file), Scalar("true", name.line)))
        else:
            pairs.append((name, _as_record(value, name, comments)))
    return Map(pairs)


def _is_article(data: Map, key: str) -> bool:
    """Whether a map is an article, as it says itself, or as the list says that it is in."""
    if any(
        is_accepted(each) for name, value in data.pairs if folded(name) in REPLIES_KEYS for each in nodes_in(value)
    ):
        return False
    kind = data.get("type", "post type", "type of", "kind", "content type")
    is_called = isinstance(kind, Scalar) and folded(kind) in ARTICLE_KINDS
    return is_called or folded(key) in ARTICLE_LISTS or data.get(*ARTICLE_KEYS) is not None


def _as_comment(comment: Data) -> Unplaced:
    said = comment.get(*TEXT_KEYS, "comment", "message") if isinstance(comment, Map) else comment
    texts = [each for __, each in scalars(comment if said is None else _rendered(said) or said)]
    first = texts[0] if texts else Scalar("", 1)
    return Unplaced(first.line, first, _("a comment below an article, which is no part of it"), first.file)


def _rendered(value: Data) -> Data | None:
    """The text of a field of WordPress: `{"rendered": "<p>…</p>", "protected": false}`."""
    return value.get("rendered") if isinstance(value, Map) else None
