"""Recognizes what people say who do what an answer told them: "will try that, thanks", "mach ich gleich"."""

from __future__ import annotations

import re

# All words are written as `fold` leaves them.
_ENGLISH = (
    r"(?:(?:(?:i|we)(?:'?ll| will)|(?:i'?m |we'?re )?(?:gonna|going to)|i'?mma|ima|let me|lemme|will)"
    r"(?: (?:just|definitely|def|go|quickly))?"
    r" (?:(?:try|test|do|check)(?: (?:it|that|this|both|those|them))?(?: out)?"
    r"|give (?:it|that|this) a (?:try|go|shot)|(?:have|take) a look(?: at (?:it|that|this))?"
    r"|look into (?:it|that|this)|report back|let you know)"
    r"|trying(?: (?:it|that|this))?(?: out)?(?: right)?(?= now))"
    r"(?: (?:now|today|tonight|tomorrow|later|first|next|soon|and report back))*"
)
_GERMAN = (
    r"(?:(?:(?:mach|test|schau|guck)(?:en?)?|(?:probier|versuch)(?:en?|e?'?s)?) (?:ich|wir)"
    r"|ich (?:(?:mach|test|schau|guck|probier|versuch)e?'?s|(?:mach|probier|versuch)e? (?:es|das)))"
    r"(?: (?:es|das|mir|mal|gleich|jetzt|heute|morgen|dann|sofort|so|auch|nachher|spater|direkt))*(?: an| aus)?"
    r"|(?:ich )?werde?(?: (?:ich|es|das|mir|mal|gleich|jetzt|heute|morgen|dann|so|auch))*"
    r" (?:machen|probieren|ausprobieren|versuchen|testen)"
    r"|habe? ich(?: (?:das|es|jetzt|gerade|eben))* gemacht"
)
_SPANISH = (
    r"(?:(?:(?:lo|la) )?(?:voy|vamos) a (?:probar|intentar|hacer|mirar|revisar)(?:lo|la)?"
    r"|(?:lo|la) (?:intentare|probare|hare|mirare|revisare|intento|pruebo))"
    r"(?: (?:ahora|ahorita|luego|hoy|manana|despues|mas tarde))*"
)
# "Und was werde ich machen", "y qué vamos a hacer" and "are you going to test it" ask.
_ASKED = "(?<!was )(?<!que )(?<!are you )"
INTENTIONS = re.compile(rf"\b{_ASKED}(?:{_ENGLISH}|{_GERMAN}|{_SPANISH})\b")
