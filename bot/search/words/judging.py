"""Words with which people judge an answer. They count both as small talk and as remarks on the answer.

All words are written as `fold` leaves them: without accents, ß as ss.
"""

from __future__ import annotations

# Words that say that an answer helped, unless there is a "no" beside them.
HELPED = "helped geholfen ayudado ayudo servido sirvio"
AGREES = "great klar stimmt verstanden verstehe kapiert claro entendi entiendo"
NO = "no nope nein nee"
USELESS = "useless inutil"
HELP = "help ayuda"
# Words that judge an answer only beside others.
BESIDE = "answer bad best bot good helpful one really so too very antwort hilft mal war respuesta nada"
