"""Finds the questions of a source that were in its last import, even if they were edited or moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.lessons.lesson import Entry, Item, Scenario
from bot.progress import in_steps

# The least similarity, in percent, of a question and of its answer that were edited in places.
_ALIKE = 60
# An answer of fewer words, such as "Yes.", says nothing about its question.
_TELLING = 5
# At most so many items are compared with each other, so that a completely different source does not take minutes.
_MOST_COMPARED = 1_000


def match(new: Sequence[Item], old: Mapping[str, Item]) -> dict[str, str]:
    """For each item of `new` that was in `old`, its new id with its old one.

    Items match by the same question, else by an answer that only they have, else by the similarity of both. A
    scenario also matches one that has its title in its story, where imports left it in earlier versions.
    """
    found: dict[str, str] = {}
    _match_asked(new, old, found)
    _match_told(new, old, found)
    _match_titled(new, old, found)
    _match_alike(new, old, found)
    return found


def _asked(item: Item) -> str:
    return _folded(item.question if isinstance(item, Entry) else item.title)


def _told(item: Item) -> str:
    return _folded(item.answer if isinstance(item, Entry) else item.story)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _match_asked(new: Sequence[Item], old: Mapping[str, Item], found: dict[str, str]) -> None:
    waiting: dict[tuple[type[Item], str], list[str]] = defaultdict(list)
    for id_, item in old.items():
        waiting[type(item), _asked(item)].append(id_)
    for item in new:
        if ids := waiting[type(item), _asked(item)]:
            # If several are equal, the one with the same id, else the first.
            id_ = item.id if item.id in ids else ids[0]
            ids.remove(id_)
            found[item.id] = id_


def _match_told(new: Sequence[Item], old: Mapping[str, Item], found: dict[str, str]) -> None:
    now, then = _by_answer((each.id, each) for each in new), _by_answer(old.items())
    taken = set(found.values())
    for answer in now.keys() & then.keys():
        if len(now[answer]) == len(then[answer]) == 1 and len(answer[1].split()) >= _TELLING:
            [id_], [before] = now[answer], then[answer]
            if id_ not in found and before not in taken:
                found[id_] = before


def _match_titled(new: Sequence[Item], old: Mapping[str, Item], found: dict[str, str]) -> None:
    taken = set(found.values())
    stories = {_told(each): id_ for id_, each in old.items() if isinstance(each, Scenario) and id_ not in taken}
    for item in new:
        if isinstance(item, Scenario) and item.id not in found:
            id_ = stories.pop(f"{_asked(item)} {_told(item)}", None)
            if id_:
                found[item.id] = id_


def _by_answer(items: Iterable[tuple[str, Item]]) -> dict[tuple[type[Item], str], list[str]]:
    found: dict[tuple[type[Item], str], list[str]] = defaultdict(list)
    for id_, item in items:
        found[type(item), _told(item)].append(id_)
    return found


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
