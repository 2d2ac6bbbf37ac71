"""Recognizes what people say who do what an answer told them: "will try that, thanks", "mach ich gleich"."""

from __future__ import annotations

import re

from bot.search.words.sayings import one_of

# All words are written as `fold` leaves them.
_DOES = one_of(
    """
    (try|test|do|check)( (it|that|this|both|those|them))?( out)?
    give (it|that|this) a (try|go|shot)
    (have|take) a look( at (it|that|this))?
    look into (it|that|this)
    report back
    let (you|u) know
    """
)
_LATER = (
    "( (now|today|tonight|tomorrow|tmrw|later|first|next|soon|and report back|and let (you|u)( all| guys)? know"
    "|(when|once|as soon as) (i'?m|i am|i get) (home|back|there|off work)|after (work|school|class|dinner|lunch)"
    "|at home|in a (bit|sec|minute)))*"
)
_GLEICH = "( (es|das|mir|mal|gleich|jetzt|heute|morgen|dann|sofort|so|auch|nachher|spater|direkt))*( an| aus)?"
_LUEGO = "( (ahora|ahorita|luego|hoy|manana|despues|mas tarde))*"
# "Und was werde ich machen", "y qué vamos a hacer" and "are you going to test it" ask.
_ASKED = "(?<!was )(?<!que )(?<!are you )"
INTENTIONS = re.compile(
    rf"\b{_ASKED}"
    + one_of(
        rf"""
        ((i|we)('?ll| will)|(i'?m |we'?re )?(gonna|going to)|i'?mma|ima|let me|lemme|will)
            ( (just|definitely|def|go|quickly))? {_DOES}{_LATER}
        trying( (it|that|this))?( out)?( right)?(?= now){_LATER}

        ((mach|test|schau|guck)(en?)?|(probier|versuch)(en?|e?'?s)?) (ich|wir){_GLEICH}
        ich ((mach|test|schau|guck|probier|versuch)e?'?s|(mach|probier|versuch)e? (es|das)){_GLEICH}
        (ich )?werde?( (ich|es|das|mir|mal|gleich|jetzt|heute|morgen|dann|so|auch))*
            (machen|probieren|ausprobieren|versuchen|testen)
        habe? ich( (das|es|jetzt|gerade|eben))* gemacht

        ((lo|la) )?(voy|vamos) a (probar|intentar|hacer|mirar|revisar)(lo|la)?{_LUEGO}
        (lo|la) (intentare|probare|hare|mirare|revisare|intento|pruebo){_LUEGO}
        """
    )
    + r"\b"
)
