"""Recognizes messages that ask for a story or a walkthrough: "tell me the story with the two versions"."""

from __future__ import annotations

import re

from bot.search.words.small_words import content_words
from bot.search.words.wording import fold, words

LONGEST = 200  # characters

_WALKTHROUGH = re.compile(
    r"\b(?:story|stories|walk ?throughs?|scenarios?|exercises?"
    r"|geschichten?|szenarios?|szenarien|ubung(?:en)?|historias?|escenarios?|ejercicios?|recorridos?)\b"
)
_WALK_ME_THROUGH = re.compile(r"\bwalk (?:me|us) through\b")
# Words with which people ask for a story. They need not be in the story itself.
_REQUEST = re.compile(
    r"\b(?:tell|show|give|open|start|play|want|would|see|hear|do|take|know|let|go|one|was|remember|problem"
    r"|erzahle?|zeige?|offne|starte?|mochte|gibt|mir|uns|den|dem|der|die|das|mit|uber|von|vom|eine?"
    r"|cuenta(?:me)?|muestra(?:me)?|abre|quiero|hay|el|la|los|las|un|una|con|sobre|de|del|donde)\b"
)
# Words beside these and the small ones that only say that a walkthrough is wanted.
_WANTED = frozenset(
    """looking find need try practice other another more new good nice short interactive list available
    suche such ne brauche gute guten gutes andere anderen anderes neue weitere verfugbar
    algun alguna busco buscar necesito otro otra otros otras mas nuevo nueva buen buena""".split()
)
_ASKS_HOW = re.compile(
    r"\W*(?:how|why|wie|warum|como|por que|(?:what is|whats|what's) an?|was ist eine?|que es una?)\b"
)
# "In the story, why does he delete it" asks something else.
_TAKES_PLACE = re.compile(r"\W*(?:in|during|from|im|aus|wahrend|en|durante)\b")


def story_in(text: str) -> str | None:
    """The words that say which story or walkthrough a message asks for; None if it asks for none."""
    said = fold(text[: LONGEST + 1])
    if len(said) > LONGEST or _ASKS_HOW.match(said):
        return None
    wanted, times = _WALKTHROUGH.subn(" ", said)
    wanted, more = _WALK_ME_THROUGH.subn(" ", wanted)
    return _REQUEST.sub(" ", wanted) if times + more else None


def walkthrough_in(text: str) -> str | None:
    """The topic of a message that only asks for a walkthrough; None for any other message.

    "Is there a walkthrough on docker" -> "docker", and so does "a docker walkthrough".
    """
    said = fold(text[: LONGEST + 1])
    found = _WALKTHROUGH.search(said)
    if not found or len(said) > LONGEST or _ASKS_HOW.match(said) or _TAKES_PLACE.match(said):
        return None
    *before, kind = words(said[: found.start()], LONGEST) or [""]
    if not _WANTED.issuperset(content_words(words(_REQUEST.sub(" ", " ".join(before)), LONGEST))):
        return None
    kind = "" if kind in _WANTED else kind
    return _REQUEST.sub(" ", f"{kind} {said[found.end() :]}")
