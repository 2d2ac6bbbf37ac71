"""Recognizes a message that says only that something fails, but not what: "error", "it doesn't work"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.search.words.sayings import one_of
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
    r"\b"
    + one_of(
        r"""
        (not|never|nothing|cannot|no longer) (really |even )?(work|works|working|worked|run|running|fix|fixed
            |solve|solved)
        still nothing
        no (change|difference|success)

        ((das|es|der|die|mein|meine|nichts) )?(geht|funktioniert|lauft|klappt)(s|'s| es| das)?
            ( (einfach|immer|mehr|noch|gar|uberhaupt|leider|bei mir|irgendwie|trotzdem|auch|so))*
            (nicht|nix)( mehr)?
        nichts (geht|funktioniert)
        immer noch nichts?
        hat('?s)?( (das|es|alles|leider|bei mir|immer|noch|auch|so|irgendwie))* (nicht|nichts|nix)
            (geklappt|funktioniert|gebracht|geholfen)

        (no|tampoco) (me |te |nos |le )?(ha )?(funciona|funciono|funcionado|sirve|sirvio|servido|anda|corre|va
            |sale|salio|salido|resulta|resulto)
        nada funciona
        sin funcionar
        sig(ue|o)( todo)? igual
        sin (exito|suerte)
        no (hubo|hay) (suerte|manera)
        """
    )
    + r"\b"
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
