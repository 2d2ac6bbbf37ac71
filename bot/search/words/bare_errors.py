"""Recognizes a message that says only that something fails, but not what: "error", "it doesn't work"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.search.words.small_words import SMALL_WORDS
from bot.search.words.wording import typed_words, words

LONGEST = 100  # characters; whoever writes more says more
MOST = 20  # words

_FAILS = frozenset(
    """
    error errors err exception exceptions traceback tracebacks bug bugs issue issues problem problems fail fails
    failed failing failure crash crashes crashed crashing broken
    fehler fehlermeldung fehlermeldungen problem probleme kaputt absturz abgesturzt
    errores fallo fallos falla problema problemas excepcion roto
    """.split()
)
_NOT_WORKING = re.compile(
    r"\b(?:(?:not|never|nothing|cannot|no longer) (?:really |even )?"
    r"(?:work|works|working|worked|run|running|fix|fixed|solve|solved)"
    r"|still nothing|no (?:change|difference|success)"
    r"|(?:(?:das|es|der|die|mein|meine|nichts) )?(?:geht|funktioniert|lauft|klappt)(?:s|'s| es| das)?"
    r"(?: (?:einfach|immer|mehr|noch|gar|uberhaupt|leider|bei mir|irgendwie|trotzdem|auch|so))*"
    r" (?:nicht|nix)(?: mehr)?"
    r"|nichts (?:geht|funktioniert)|immer noch nichts?"
    r"|hat(?:'?s)?(?: (?:das|es|alles|leider|bei mir|immer|noch|auch|so|irgendwie))* (?:nicht|nichts|nix)"
    r" (?:geklappt|funktioniert|gebracht|geholfen)"
    r"|(?:no|tampoco) (?:me |te |nos |le )?(?:ha )?"
    r"(?:funciona|funciono|funcionado|sirve|sirvio|servido|anda|corre|va|sale|salio|salido|resulta|resulto)"
    r"|nada funciona|sin funcionar|sig(?:ue|o)(?: todo)? igual|sin (?:exito|suerte)"
    r"|no (?:hubo|hay) (?:suerte|manera))\b"
)
# "No problem" reports none.
_NONE = re.compile(
    r"\b(?:no|without|keine?|kein|ohne|ningun|sin) (?:error|problem|issue|bug|fehler|fallo)|\bno hay problema"
)
_ARTICLE = "(?:the|an?|der|die|das|eine?|el|la|una?)"
# "What is a bug" and "das Problem oder der Problem" ask about the word. "What is the problem" does not.
_ABOUT_THE_WORD = re.compile(
    r"what (?:is an?|are(?: the)?) \w+|what does (?:an? )?\w+ mean"
    r"|was (?:ist eine?|sind(?: die)?|(?:heisst|bedeutet)(?: eine?)?) \w+"
    r"|que (?:es una?|son(?: l[ao]s)?|significa(?: una?)?) \w+"
    rf"|.*\b{_ARTICLE} (\w+) (?:or|oder|o) {_ARTICLE} \1"
)
# Words beside them that do not say what fails.
_BESIDE = frozenset(
    """
    message messages code program script app terminal console computer pc red big long weird strange same still
    again keep keeps kept come comes came shows show showing gives giving says saying appear appears see seeing
    throw throws throwing everything always not no now nope tried did already
    code programm skript rot rote roter riesig komisch komische komischer immer wieder noch kommt kommen zeigt
    bekomme bekommen kriege krieg erscheint neu neuer neue gerade nicht gleiche gleicher gleichen selbe selben
    probiert ausprobiert versucht gemacht
    codigo programa mensaje rojo raro sale salen aparece aparecen sigue sigo siempre otra vez dando no todavia aun
    leider probe probado intente intentado hice hecho nada y
    """.split()
)


@lru_cache(maxsize=16)  # one message is looked at several times
def says_only_that_it_fails(text: str) -> bool:
    """Whether a message reports an error, but not which, so that nobody could help."""
    if len(text) > LONGEST:
        return False
    said = " ".join(words(text, MOST))
    if "y" in typed_words(text):  # it is also a chat spelling of "why"
        said = said.replace("why", "y")
    if _NONE.search(said) or _ABOUT_THE_WORD.fullmatch(said):
        return False
    rest, times = _NOT_WORKING.subn(" ", said)
    told = rest.split()
    return (times > 0 or not _FAILS.isdisjoint(told)) and all(
        word in SMALL_WORDS or word in _FAILS or word in _BESIDE for word in told
    )
