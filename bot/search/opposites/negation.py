"""Finds which words of a question say what is not wanted: after "do not", "without", "instead of", "undo" …"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.search.opposites.opposite_words import THE, is_done
from bot.search.words.small_words import SMALL_WORDS

WITHOUT = frozenset("without ohne sin".split())
FROM = frozenset("from von desde".split())
AVOID = frozenset("avoid avoiding skip skipping prevent preventing vermeiden evitar".split())
# "Keep it from starting", "stop pip from upgrading".
_KEEP = frozenset("keep keeps stop stops prevent prevents block hinder".split())
_INSTEAD = tuple(
    tuple(each.split()) for each in ("instead of", "rather than", "anstatt", "statt", "en vez de", "en lugar de")
)
_OPENS_INSTEAD = frozenset(each[0] for each in _INSTEAD)
# "I would rather upgrade it than uninstall it."
_THAN = {"than": frozenset({"rather", "sooner"}), "als": frozenset({"lieber", "eher"})}
_NONE = frozenset("kein keine keinen keinem".split())
PLAIN_NOT = frozenset("not nicht no".split())
NOT = PLAIN_NOT | {"never"} | _NONE
# "How do I not …" means the opposite; "why can I not …" and "it does not …" describe a problem.
_BEFORE_NOT = (
    ("how", "do", "i"),
    ("how", "to"),
    ("how", "can", "i"),
    ("but",),
    ("and",),
    ("to",),
    ("want",),
    ("aber",),
    ("und",),
    ("como",),
    ("para",),
    ("quiero",),
)
_AFTER_NOT = (("want", "to"), ("want",), ("to",), ("quiero",), ("quiere",))
_SHOULD = frozenset("should must".split())
# Before "not", these say that something is not so. "Make it again, not delete it" has none of them.
_SAYS_SO = SMALL_WORDS - frozenset(
    "a about again all also an and else for from in into it my on or please them this to".split()
)
_JOINS = frozenset("but and or aber und oder pero y o".split())
# "I said do not delete it", "wait no, do not delete it".
_SAID = frozenset(
    """said says say told tells tell asked asks mentioned wrote gesagt sagt sagte dije dice dijo
    please no nope nah nein wait hey stop ok okay so bitte warte espera""".split()
)
_BUT = frozenset("but sondern sino".split())
_ONLY = frozenset("only just nur bloss solo solamente".split())
_BEFORE_A_THING = THE | frozenset("from of in for aus von dem des de del en".split())
_ENDS = frozenset(
    """and or but how when what why where if because then so while in on for at only just can could should
    und oder aber wenn wie was nur sondern mochte kann y o pero cuando como que solo sino puedo quiero
    i ich yo""".split()
)
# Before infinitives: "das venv nicht löschen", "no borrar el venv". With these, they describe a problem.
_INFINITIVES = {"nicht": ("en",), "no": ("ar", "er", "ir", "arlo", "arla", "erlo", "erla", "irlo", "irla")}
_CANNOT = {
    "nicht": frozenset("kann kannst konnen konnt konnte konnten lasst warum".split()),
    "no": frozenset("puedo puede pueden puedes podemos pude por".split()),
}
_BEFORE_ANOTHER = frozenset("not nicht than als".split())
_DEFINITE = frozenset("the my der die das den dem el la los las".split())
_TELL = frozenset("tell telling show showing explain explaining digas".split())
_HOW = frozenset("how wie como".split())
_AT_MOST = 3  # content words that are negated
_ENDS_THING = _ENDS | frozenset("from to of with without before after when that which".split())
_NO = frozenset("nah nope nein".split())
_NO_AFTER_QUESTION = re.compile(r"\?\s*no\b", re.IGNORECASE)
# "The opposite of", "lo contrario de".
OPPOSITE = frozenset("opposite reverse contrary inverse gegenteil contrario".split())
OF = frozenset("of to von de".split())
UNDO = frozenset("undo undoing abort aborting cancel canceling cancelling revert ruckgangig deshacer".split())
_BACKWARDS = frozenset("reverse umkehren revertir".split())  # undo only "it": "reverse a list"
_IT = frozenset("it that this them das es eso esto".split())
_MISTAKEN = frozenset("mistake accident".split())
_WANTS = frozenset("want need wish will wollen mochte mochten brauche".split())
_STAYS = frozenset("be have get stay keep".split())  # "not have the sheet locked"
_REMOVE = frozenset(
    """remove removing delete deleting revoke withdraw restore restoring drop lift hide
    quit skip clear""".split()
)
_QUITS = frozenset("dejar dejo dejamos deja".split())  # "dejar de ignorar"
_TURNS_ROUND = OPPOSITE | UNDO | _BACKWARDS | _QUITS
_TURNS_ROUND |= frozenset("longer stop mistake accident accidentally".split())

NEGATING = WITHOUT | AVOID | NOT | _NO | {"instead", "rather", "anstatt", "statt", "vez", "lugar"}
MAY_NEGATE = NEGATING | FROM | _REMOVE | _THAN.keys() | _TURNS_ROUND
WHY = "why"
_BEGINS = (MAY_NEGATE - _REMOVE) | _OPENS_INSTEAD


def may_negate(tokens: Iterable[str]) -> bool:
    """Whether one of these words says that something is not wanted, or not so: "not", "without", "instead"."""
    return not NEGATING.isdisjoint(tokens)


def may_negate_or_undo(tokens: Iterable[str]) -> bool:
    """Whether one of these words may say that something is not wanted, or to be undone."""
    return not MAY_NEGATE.isdisjoint(tokens)


class Negated(NamedTuple):
    """The places of words that say what is not wanted, and of the word that says so.

    If it `is_undone`, words that tell what has been done count, too: "I muted it, how do I reverse that". If it
    `is_elsewhere`, the same is wanted of something else: "I do not want to leave the server, only the channel".
    """

    places: range
    by: int
    is_undone: bool = False
    is_elsewhere: bool = False


def negated(
    tokens: Sequence[str], verbs: Collection[int], as_written: str = "", actions: Collection[int] = ()
) -> Iterator[Negated]:
    """What is negated in a text.

    `verbs` are the places of words that have an opposite, and `actions` those of what lessons say how to do.
    """
    if MAY_NEGATE.isdisjoint(tokens):
        return
    for n, word in enumerate(tokens):
        if word in _BEGINS:
            yield from _negated_by(tokens, n, verbs, as_written, actions)


def _negated_by(
    tokens: Sequence[str], n: int, verbs: Collection[int], as_written: str, actions: Collection[int]
) -> Iterator[Negated]:
    """What the word at this place negates."""
    word = tokens[n]
    if word in WITHOUT or word in AVOID or (word in FROM and _is_kept(tokens, n)):
        yield Negated(_span(tokens, n + 1), n)
    elif word in _TURNS_ROUND and (undone := list(_undone_at(tokens, n))):
        yield from undone
    elif word == "no" and _wants_none(tokens, n):
        yield Negated(_span(tokens, n + 1), n)
    elif word in _NO or (word == "no" and _takes_back(tokens, n, as_written)):
        # "Delete it? No, just leave it."
        if any(each < n for each in verbs) and any(each > n for each in verbs):
            yield Negated(range(n), n)
    elif word in NOT:
        if places := _after_not(tokens, n, verbs, {*verbs, *actions}):
            is_state = tokens[places.start] in _STAYS
            yield Negated(places, n, is_state, _goes_on_elsewhere(tokens, places.stop))
    elif size := _instead(tokens, n):
        yield Negated(_span(tokens, n + size), n)
    is_comparison = word == "than" and tokens[n - 1].endswith("er")
    if not is_comparison and word in _BEFORE_ANOTHER and _is_another(tokens, n + 1) and any(m < n for m in verbs):
        yield Negated(_span(tokens, n + 1), n, is_elsewhere=True)


def _undone_at(tokens: Sequence[str], n: int) -> Iterator[Negated]:
    """What the word at this place says is to be undone, or no more the case."""
    word = tokens[n]
    if word in _MISTAKEN and tokens[max(0, n - 1) : n] == ["by"]:
        yield from (Negated(range(m, m + 1), n, is_undone=True) for m in _mistaken(tokens, n))
    elif word in _QUITS and tokens[n + 1 : n + 2] == ["de"]:
        yield Negated(range(n + 2, min(n + 3, len(tokens))), n, is_undone=True)
    elif undone := _undone(tokens, n):
        yield Negated(undone, n, is_undone=True)


def is_refused(tokens: Sequence[str], n: int) -> bool:
    """Whether the "not" at this place says what somebody does not want: "I do not want to get messages"."""
    return tokens[n] in NOT and (
        tokens[n] in _NONE
        or tokens[n + 1 : n + 2] in (["want"], ["quiero"])
        or _wants_none(tokens, n)
        or tokens[max(0, n - 1) : n] in (["want"], ["to"])
    )


def _wants_none(tokens: Sequence[str], n: int) -> bool:
    """Whether the "no" at this place says what somebody does not want: "no more mails", "no mails for me"."""
    return tokens[n] == "no" and (tokens[n + 1 : n + 2] == ["more"] or tokens[n + 2 : n + 4] == ["for", "me"])


def _after_not(tokens: Sequence[str], n: int, verbs: Collection[int], actions: Collection[int]) -> range | None:
    """What the "not" at this place says not to do; None if it describes a problem."""
    is_last = n > 1 and n + 2 == len(tokens) and n + 1 in verbs and tokens[n - 1] not in SMALL_WORDS
    if is_last and WHY not in tokens:
        return range(n + 1, n + 2)  # "make it public, not private"
    # "Not X but Y".
    but = next((m for m in range(n + 2, min(n + 7, len(tokens))) if tokens[m] in _BUT), None)
    if but:
        return range(n + 1, but)
    then = min((each for each in actions if each > n + 1), default=None)
    if _begins_an_order(tokens, n):
        # "Do not open the file" can also be a problem, and "do not you …" asks.
        is_told = n > 1 and tokens[n - 1] == "do" and tokens[n - 2] in _SAID
        does = n and tokens[n - 1] == "do" and tokens[n + 1 : n + 2] != [] and tokens[n + 1] not in SMALL_WORDS
        is_verb = n + 1 in verbs or does
        if then and (is_verb or n + 1 in actions):
            return range(n + 1, then)  # "do not delete it, just leave it"
        if is_told or (is_verb and n + 1 not in verbs):
            return _span(tokens, n + 1) or None
    if tokens[n] in _NONE:
        return None if _WANTS.isdisjoint(tokens[:n]) else _span(tokens, n + 1) or None
    before = tokens[n - 1] if n else ""
    if (
        _is_imperative(tokens, n)
        or any(tuple(tokens[max(0, n - len(each)) : n]) == each for each in _BEFORE_NOT)
        or (n + 1 in actions and (n - 2 if before == "do" else n - 1) in actions)
        or (n + 1 in actions and before not in _SAYS_SO and any(each < n for each in actions))
        or (before in _SHOULD and (n + 1 in verbs or tokens[n + 1 : n + 2] == ["be"]))
    ):
        return _span(tokens, n + 1) or None
    if any(tuple(tokens[n + 1 : n + 1 + len(each)]) == each for each in _AFTER_NOT):
        return _span(tokens, n + 2) or None
    if n and tokens[n + 1 : n + 3] == ["how", "to"]:
        return _span(tokens, n + 1) or None
    if tokens[n + 1 : n + 2] in (["me"], ["nos"]) and tokens[n + 2 : n + 3] and tokens[n + 2] in _TELL:
        return _span(tokens, n + 2)
    if n + 1 in verbs and tokens[n] in _CANNOT and _CANNOT[tokens[n]].isdisjoint(tokens):
        is_told = tokens[max(0, n - 1) : n] == ["que"]
        return range(n + 1, n + 2) if is_told or tokens[n + 1].endswith(_INFINITIVES[tokens[n]]) else None
    return None


def _begins_an_order(tokens: Sequence[str], n: int) -> bool:
    """Whether "do not", "never" or "not" at this place begins an order: at the beginning, or after "I said"."""
    if tokens[n] == "no":
        return False  # "No, leave it"
    begin = n - 1 if tokens[max(0, n - 1) : n] == ["do"] else n
    return begin == 0 or tokens[begin - 1] in _SAID or (begin < n and tokens[begin - 1] in _JOINS)


def _is_imperative(tokens: Sequence[str], n: int) -> bool:
    """Whether the "not" at this place forbids: "do not delete it", unlike "I do not delete it"."""
    return (
        tokens[max(0, n - 1) : n] == ["do"]
        and tokens[n + 2 : n + 3] in (["it"], ["them"])
        and (n < 2 or tokens[n - 2] in _JOINS or tokens[n - 2] not in SMALL_WORDS | {"why", "when", "where"})
    )


def _goes_on_elsewhere(tokens: Sequence[str], n: int) -> bool:
    """Whether the same is wanted of something else: "…, only the channel", unlike "…, only mute it"."""
    return n + 1 < len(tokens) and tokens[n] in _ONLY and tokens[n + 1] in _BEFORE_A_THING


def _is_another(tokens: Sequence[str], n: int) -> bool:
    """Whether a thing begins at this place: "leave the channel, not the server", "… rather than the server"."""
    return n < len(tokens) and tokens[n] in _DEFINITE and tokens[n - 2] not in SMALL_WORDS


def _takes_back(tokens: Sequence[str], n: int, as_written: str) -> bool:
    """Whether the "no" at this place takes back what was said: "pin it? no, unpin it"."""
    return (
        tokens[n + 1 : n + 3] == ["i", "mean"]
        or tokens[max(0, n - 1) : n] == ["wait"]
        or _NO_AFTER_QUESTION.search(as_written) is not None
    )


def _undone(tokens: Sequence[str], n: int) -> range | None:
    """What is to be undone, by "undo", "no longer" or "the opposite of" at this place; None if nothing is."""
    word, after = tokens[n], tokens[n + 1] if n + 1 < len(tokens) else ""
    is_last = SMALL_WORDS.issuperset(tokens[n + 1 :])
    if word == "stop":
        if after in _TELL:
            return _span(tokens, n + 1)
        # Only the verb: "stop peeing inside" is no question for the outside.
        return range(n + 1, n + 2) if after.endswith("ing") else None
    if word == "accidentally":
        return range(n + 1, min(n + 2, len(tokens))) or None
    if word == "longer":
        return _span(tokens, n + 1) if after in _WANTS else None
    if word in OPPOSITE and after in OF:
        return _span(tokens, n + 2)
    # "How do I undo it", "how do I do the reverse": what was said before is to be undone.
    if (word in OPPOSITE and is_last and tokens[max(0, n - 1) : n] and tokens[n - 1] in THE | {"lo"}) or (
        word in UNDO | _BACKWARDS and is_last and (after in _IT or (word in UNDO and not after))
    ):
        return range(n)
    return _span(tokens, n + 1) if word in UNDO and after not in _IT else None


def _mistaken(tokens: Sequence[str], end: int) -> Iterator[int]:
    """What somebody did by mistake: "I muted somebody by mistake" asks how to undo that."""
    return (n for n in range(1, end) if is_done(tokens[n]))


def removed(tokens: Sequence[str], unwanted: Collection[int]) -> Iterator[int]:
    """The places of what is to be removed: "the role", and "the role that I claimed".

    What is not to be removed has its verb at an `unwanted` place.
    """
    if not _REMOVE.isdisjoint(tokens):
        for n, word in enumerate(tokens):
            if word in _REMOVE and n not in unwanted:
                places = _object(tokens, n)
                yield from places
                yield from _place_left(tokens, places.stop)


def _place_left(tokens: Sequence[str], n: int) -> Iterator[int]:
    """The place of what something is removed from, from this place on: "staging" in "from the staging"."""
    if tokens[n : n + 1] and tokens[n] in FROM:
        yield next((m for m in range(n + 1, min(n + 3, len(tokens))) if tokens[m] not in THE), n)


def _object(tokens: Sequence[str], n: int) -> range:
    """The object of the verb at this place, with what somebody did to it."""
    end, left = n + 1, 2
    while end < len(tokens) and left and tokens[end] not in _ENDS_THING:
        left -= tokens[end] not in SMALL_WORDS
        end += 1
    who = next((m for m in range(end, min(end + 2, len(tokens))) if tokens[m] in {"i", "we"}), None)
    if who:
        end = min(who + 2 + (tokens[who + 1 : who + 2] in (["have"], ["did"])), len(tokens))
    return range(n + 1, end)


def _instead(tokens: Sequence[str], n: int) -> int:
    """How many words of "instead of" or the like begin at this place; 0 if it is something else."""
    if tokens[n] in _THAN:
        is_choice = not _THAN[tokens[n]].isdisjoint(tokens[:n]) and tokens[n - 1] not in _THAN[tokens[n]]
        return 1 if is_choice else 0
    if tokens[n] not in _OPENS_INSTEAD:
        return 0
    return next((len(each) for each in _INSTEAD if tuple(tokens[n : n + len(each)]) == each), 0)


def _is_kept(tokens: Sequence[str], n: int) -> bool:
    """Whether the "from" at this place says what something is kept from: "keep pip from upgrading it"."""
    return tokens[n + 1 : n + 2] != [] and tokens[n + 1].endswith("ing") and not _KEEP.isdisjoint(tokens[:n])


def _span(tokens: Sequence[str], begin: int) -> range:
    """The range of negated words from this place on: to a word that ends it, or `_AT_MOST` content words."""
    # "Not how to delete it", and "do not tell me how to delete it".
    end = begin
    while end < len(tokens) and (tokens[end] in _TELL or (end > begin and tokens[end] in SMALL_WORDS - _HOW)):
        end += 1
    is_how = tokens[end : end + 1] != [] and tokens[end] in _HOW
    left, end = _AT_MOST, end + 1 if is_how else begin
    while end < len(tokens) and tokens[end] not in _ENDS and left:
        left -= tokens[end] not in SMALL_WORDS
        end += 1
    return range(begin, end)
