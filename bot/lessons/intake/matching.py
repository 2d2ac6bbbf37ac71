"""Finds the questions of a source that were in its last import, even if they were edited or moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.lessons.lesson import Entry, Item
from bot.progress import in_steps

# The least similarity, in percent, of a question and of its answer that were edited in places.
_ALIKE = 60
# At most so many items are compared with each other, so that a completely different source does not take minutes.
_MOST_COMPARED = 1_000


def match(new: Sequence[Item], old: Mapping[str, Item]) -> dict[str, str]:
    """For each item of `new` that was in `old`, its new id with its old one.

    Items match by the same question, else by the same answer, else by the similarity of both.
    """
    found: dict[str, str] = {}
    for key in (_asked, _told):
        _match_equal(new, old, key, found)
    _match_alike(new, old, found)
    return found


def _asked(item: Item) -> str:
    return _folded(item.question if isinstance(item, Entry) else item.title)


def _told(item: Item) -> str:
    return _folded(item.answer if isinstance(item, Entry) else item.story)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _match_equal(
    new: Sequence[Item], old: Mapping[str, Item], key: Callable[[Item], str], found: dict[str, str]
) -> None:
    waiting: dict[tuple[type[Item], str], list[str]] = defaultdict(list)
    taken = set(found.values())
    for id_, item in old.items():
        if id_ not in taken:
            waiting[type(item), key(item)].append(id_)
    for item in new:
        if item.id not in found and (ids := waiting[type(item), key(item)]):
            # If several are equal, the one with the same id, else the first.
            id_ = item.id if item.id in ids else ids[0]
            ids.remove(id_)
            found[item.id] = id_


def _match_alike(new: Sequence[Item], old: Mapping[str, Item], found: dict[str, str]) -> None:
    taken = set(found.values())
    left = {id_: item for id_, item in old.items() if id_ not in taken}
    rest = [each for each in new if each.id not in found][:_MOST_COMPARED]
    for item in in_steps(rest, "Comparing with the last import"):
        asked = {
            id_: _asked(each) for id_, each in list(left.items())[:_MOST_COMPARED] if type(each) is type(item)
        }
        close = process.extract(_asked(item), asked, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5)
        best = max(
            ((fuzz.ratio(_told(item), _told(left[id_]), score_cutoff=_ALIKE), id_) for _, _, id_ in close),
            default=(0.0, ""),
        )
        if best[0]:
            found[item.id] = best[1]
            del left[best[1]]
