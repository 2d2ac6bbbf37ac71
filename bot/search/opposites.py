"""Finds questions and entries that are opposites, by leave and enter, "without", "instead of", "not X but Y" …

The turns of a text are the things that it is about, each with a sign, YES or NO. "Leave" is `enter` with NO, and
"without pip" is `pip` with NO. A question and an entry are opposites if the entry has only the other sign.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from Stemmer import Stemmer

from bot.search.features import hash_of
from bot.search.foreign_verbs import forms_of
from bot.search.small_words import SMALL_WORDS

YES, NO = 1, 2
LEFT_OUT = "= "  # prefix for the stem of a word that has no opposite, but can be left out ("without pip")
NEGATED = "! "  # prefix for a turn that a question says by negating its opposite: "not upgrade"
TITLE = "# "  # prefix for a turn of an entry's own question, without its phrasings
CACHED = 50_000
# The factor for the score of entries that say the opposite; and, for a question in another language, of those that
# agree in their own question, and of those that agree in a phrasing.
OPPOSITE = 0.85
AGREES_IN_TITLE, AGREES = 1.1, 1.05
MAX_TURNED = 20  # words of a text

# A side / its opposite. A word can be in several lines. A hyphen divides a verb from its particle.
_PAIRS = """
    enter activate get-in get-into get-inside go-into go-in betreten aktivieren reinkommen
        entrar ingresar acceder activar
        / leave exit deactivate quit get-out escape verlassen deaktivieren rauskommen salir salgo desactivar
    start begin launch starten anfangen iniciar empezar arrancar
        / stop end finish quit terminate kill abort stoppen beenden parar terminar detener
    open offnen abrir / close schliessen cerrar
    create add make-a make-an make-new make-my make-the make-one build
        erstellen anlegen erzeugen hinzufugen crear anadir agregar
        / remove delete erase destroy wipe get-rid loschen entfernen loswerden borrar eliminar quitar
    install installieren instalar / uninstall deinstallieren desinstalar
    enable activate turn-on switch-on put-on einschalten anschalten aktivieren encender activar
        / disable deactivate turn-off switch-off ausschalten abschalten deaktivieren apagar desactivar
    increase raise turn-up erhohen aumentar / decrease reduce lower turn-down senken verringern reducir disminuir
    upgrade aktualisieren actualizar / downgrade
    upload hochladen subir / download herunterladen runterladen bajar descargar
    import importieren importar / export exportieren exportar
    encode / decode
    encrypt verschlusseln cifrar / decrypt entschlusseln descifrar
    serialize / deserialize
    buy kaufen comprar / sell verkaufen vender
    show zeigen mostrar / hide verstecken ausblenden ocultar
    read lesen leer / write schreiben escribir
    login log-in sign-in signin anmelden / logout log-out sign-out signout abmelden
    allow erlauben permitir / forbid verbieten prohibir
    accept annehmen aceptar / reject decline ablehnen rechazar
    connect verbinden conectar / disconnect trennen desconectar
    deposit / withdraw
    ascending / descending
    indent / dedent
    inside drinnen dentro / outside draussen fuera
    minimum min / maximum max
    encourage / discourage
"""
_PARTICLES = frozenset("in into inside out off on up down rid a an new my the one".split())
# How far behind its verb a particle can be: "turn the lights off", but not "get an error in the log".
_REACH = {"turn": 4, "switch": 4, "put": 3}

_WITHOUT = frozenset("without ohne sin".split())
_AVOID = frozenset("avoid avoiding skip skipping prevent preventing vermeiden evitar".split())
# "Keep it from starting", "stop pip from upgrading".
_KEEP = frozenset("keep keeps stop stops prevent prevents block hinder".split())
_INSTEAD = tuple(
    tuple(each.split()) for each in ("instead of", "rather than", "anstatt", "statt", "en vez de", "en lugar de")
)
_OPENS_INSTEAD = frozenset(each[0] for each in _INSTEAD)
_NOT = frozenset("not nicht no".split())
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
_AFTER_NOT = (("want", "to"), ("want",), ("to",))
# "I can not import it, but …" describes a problem.
_UNABLE = (["can"], ["could"], ["does"], ["did"], ["will"], ["would"], ["is"], ["was"], ["are"])
# Before "not", these say that something is not so. "Make it again, not delete it" has none of them.
_SAYS_SO = SMALL_WORDS - frozenset(
    "a about again all also an and else for from in into it my on or please them this to".split()
)
_JOINS = frozenset("but and or aber und oder pero y o".split())
_BUT = frozenset("but sondern sino".split())
_ENDS = frozenset(
    """and or but when how what why where if because then so while in on for at und oder aber wenn wie was y o pero
    cuando como que""".split()
)
_NEGATED_AT_MOST = 3
_FROM, _TO = frozenset("from von desde".split()), frozenset("to into nach".split())
_NEGATING = _WITHOUT | _AVOID | _NOT | {"instead", "rather", "anstatt", "statt", "vez", "lugar"}
_TURNING = _NEGATING | _FROM
# Forms of the verbs above that say what has been done or how something is, and do not show it by their ending.
_DONE = frozenset(
    """active inactive aktiv inaktiv activo activa inactivo inactiva
    made built began begun left wrote written hid hidden sold bought
    erstellt angelegt hinzugefugt geloscht entfernt gelesen geschrieben geoffnet""".split()
)
_ANY = frozenset(
    "another other different some any somewhere somebody someone andere anderen anderes otra otro otros".split()
)
_ARTICLES = frozenset("a an the my your one der die das den el la los las un una".split())

Turns = Mapping[str, int]  # the things that a text is about, with YES, NO, or both
_Sides = list[tuple[str, int]]


def may_negate(tokens: Iterable[str]) -> bool:
    """Whether one of these words says that something is not wanted, or not so: "not", "without", "instead"."""
    return not _NEGATING.isdisjoint(tokens)


class Turning:
    """Finds the turns of texts."""

    def __init__(self) -> None:
        self._stem = Stemmer("english").stemWord
        self._words: dict[str, _Sides] = {}
        # The forms of German and Spanish verbs, each with its particle, or ''.
        self._forms: dict[str, list[tuple[str, str, int]]] = {}
        self._verbs: dict[str, dict[str, _Sides]] = {}
        # The stems of words that may turn a text; '' for other words.
        self._known: dict[str, str] = {}
        for line in re.sub(r"\n {8}", " ", _PAIRS.strip()).splitlines():
            name = line.split()[0]
            for sign, side in zip((YES, NO), line.split(" / "), strict=True):
                for word in side.split():
                    self._add(word, name, sign)

    def _add(self, word: str, name: str, sign: int) -> None:
        verb, _, particle = word.partition("-")
        verb = self._stem(verb)
        if particle:
            self._verbs.setdefault(verb, {}).setdefault(particle, []).append((name, sign))
        else:
            self._words.setdefault(verb, []).append((name, sign))
            for form, separate in {(word, ""), *forms_of(word)}:
                self._forms.setdefault(form, []).append((separate, name, sign))

    def turns_in_any_language(self, tokens: Sequence[str]) -> Turns:
        """The turns of the verbs of a question in German or Spanish, given its words, but for what it negates."""
        found: dict[str, int] = {}
        if len(tokens) > MAX_TURNED:
            return found
        verbs = {n for n, word in enumerate(tokens) if word in self._forms and word not in SMALL_WORDS}
        negated = {n for span in _negated(tokens, verbs, is_emphatic=False) for n in span}
        for n in verbs - negated:
            for particle, name, sign in () if _is_done(tokens[n]) else self._forms[tokens[n]]:
                if not particle or particle in tokens:
                    _add(found, name, sign)
        return found

    def turns(self, tokens: Sequence[str], *, is_emphatic: bool = False) -> Turns:
        """The turns of a text, given its words. `is_emphatic`: "NOT" was in capitals."""
        found: dict[str, int] = {}
        # In a long story, such words tell what happened, and not what the question is.
        if len(tokens) > MAX_TURNED:
            return found
        known, turning_of = self._known, self._turning
        turning = [n for n, word in enumerate(tokens) if (known[word] if word in known else turning_of(word))]
        if not turning:
            return found
        # "Remove what I installed" is about removing.
        turning = [n for n in turning if not _is_done(tokens[n])]
        verbs = {n for n in turning if tokens[n] not in _TURNING}
        negated = {n for span in _negated(tokens, verbs, is_emphatic=is_emphatic) for n in span}
        for n in turning:
            word = tokens[n]
            # "It does not start", "I can not start it": these can be about both sides.
            is_both = n not in negated and not _NOT.isdisjoint(tokens[max(0, n - 2) : n])
            for name, sign in self._sides(tokens, n):
                _add(found, name, YES + NO if is_both else YES + NO - sign if n in negated else sign)
                if n in negated:
                    _add(found, f"{NEGATED}{name}", YES + NO - sign)
            # An entry about lists can answer "instead of a list", but not "without a list".
            if word in _WITHOUT and (left_out := self._left_out(tokens, n + 1)):
                _add(found, f"{LEFT_OUT}{left_out}", NO)
        for word, sign in _ways(tokens):
            _add(found, f"from {self._stem(word)}", sign)
        return found

    def _left_out(self, tokens: Sequence[str], begin: int) -> str:
        """The stem of the thing that is left out; '' if it is no thing: "without getting an error"."""
        word = next((each for each in tokens[begin : begin + 3] if each not in _ARTICLES), "")
        return "" if not word or word in SMALL_WORDS or word in _ANY or word.endswith("ing") else self._stem(word)

    def together(self, texts: Sequence[Sequence[str]]) -> Turns:
        """The turns of an entry, given the words of its question and then of each phrasing."""
        found: dict[str, int] = {}
        each_of = [self.turns(text) for text in texts]
        for turns in each_of:
            for name, signs in turns.items():
                if not name.startswith(NEGATED):
                    found[name] = found.get(name, 0) | signs
        title = {f"{TITLE}{name}": signs for name, signs in each_of[0].items() if signs in {YES, NO}}
        for name in found:
            if name.startswith(LEFT_OUT):
                stem = name.removeprefix(LEFT_OUT)
                rest = (text for text, turns in zip(texts, each_of, strict=True) if name not in turns)
                if any(self._stem(word) == stem for text in rest for word in text):
                    found[name] |= YES
        return found | title

    def _turning(self, word: str) -> str:
        """The stem of a word that may turn a text; '' for another word."""
        known = self._known.get(word)
        if known is None:
            stem = self._stem(word)
            may_turn = word in _TURNING or stem in self._words or stem in self._verbs or _is_undoing(word)
            known = stem if may_turn else ""
            if len(self._known) < CACHED:
                self._known[word] = known
        return known

    def _sides(self, tokens: Sequence[str], n: int) -> Iterator[tuple[str, int]]:
        word = tokens[n]
        stem = self._turning(word)
        yield from self._words.get(stem, ())
        if _is_undoing(word) and stem not in self._words:
            yield f"{LEFT_OUT}{self._stem(word[2:])}", NO
        if particles := self._verbs.get(stem):
            after = next(
                (each for each in tokens[n + 1 : n + 1 + _REACH.get(stem, 1)] if each in _PARTICLES - _ARTICLES),
                "",
            )
            # Articles count only right after the verb: "make a venv", but not "make sure that the".
            for particle in {after, *tokens[n + 1 : n + 2]}:
                yield from particles.get(particle, ())


def _add(found: dict[str, int], name: str, sign: int) -> None:
    found[name] = found.get(name, 0) | sign


def _is_undoing(word: str) -> bool:
    """Whether a word undoes the rest of it: 'unlock', 'uncomment'."""
    return len(word) > 5 and word.startswith("un") and not word.startswith(("under", "uni", "until", "unless"))


def _is_done(word: str) -> bool:
    """Whether a word tells what has been done, or how something is: "installed", "gelöscht", "active"."""
    return word.endswith(("ed", "iert", "ado")) or word in _DONE


def _instead(tokens: Sequence[str], n: int) -> int:
    """How many words of "instead of" or the like begin at this place; 0 if it is something else."""
    if tokens[n] not in _OPENS_INSTEAD:
        return 0
    return next((len(each) for each in _INSTEAD if tuple(tokens[n : n + len(each)]) == each), 0)


def _negated(tokens: Sequence[str], verbs: Collection[int], *, is_emphatic: bool) -> Iterator[range]:
    """The ranges of the negated words. `verbs` are the places of words that have an opposite."""
    if _TURNING.isdisjoint(tokens):
        return
    for n, word in enumerate(tokens):
        if word in _WITHOUT or word in _AVOID or (word in _FROM and _is_kept(tokens, n)):
            yield _span(tokens, n + 1)
        elif word in _NOT:
            # "Not X but Y".
            but = next((m for m in range(n + 2, min(n + 7, len(tokens))) if tokens[m] in _BUT), None)
            then = min((each for each in verbs if each > n + 1), default=None)
            if but and tokens[n - 1 : n] not in _UNABLE:
                yield range(n + 1, but)
            elif then and n + 1 in verbs and _begins_an_order(tokens, n):
                # "But dont delete it, just leave it" begins with what is not wanted.
                yield range(n + 1, then)
            elif (
                is_emphatic
                or _is_imperative(tokens, n)
                or any(tuple(tokens[max(0, n - len(each)) : n]) == each for each in _BEFORE_NOT)
                or (n - 1 in verbs and n + 1 in verbs)
                or (n + 1 in verbs and tokens[n - 1] not in _SAYS_SO and any(each < n for each in verbs))
            ):
                yield _span(tokens, n + 1)
            elif n and any(tuple(tokens[n + 1 : n + 1 + len(each)]) == each for each in _AFTER_NOT):
                yield _span(tokens, n + 2)
        elif size := _instead(tokens, n):
            yield _span(tokens, n + size)


def _is_kept(tokens: Sequence[str], n: int) -> bool:
    """Whether the "from" at this place says what something is kept from: "keep pip from upgrading it"."""
    return tokens[n + 1 : n + 2] != [] and tokens[n + 1].endswith("ing") and not _KEEP.isdisjoint(tokens[:n])


def _begins_an_order(tokens: Sequence[str], n: int) -> bool:
    """Whether the "not" at this place is of a "do not" at the beginning, or after "but" or "and"."""
    return tokens[max(0, n - 1) : n] == ["do"] and (n == 1 or tokens[n - 2] in _JOINS)


def _is_imperative(tokens: Sequence[str], n: int) -> bool:
    """Whether the "not" at this place forbids: "do not delete it", unlike "I do not delete it"."""
    return (
        tokens[max(0, n - 1) : n] == ["do"]
        and tokens[n + 2 : n + 3] in (["it"], ["them"])
        and (n < 2 or tokens[n - 2] in _JOINS or tokens[n - 2] not in SMALL_WORDS | {"why", "when", "where"})
    )


def _span(tokens: Sequence[str], begin: int) -> range:
    """The range of negated words from this place on: to a word that ends it, or `_NEGATED_AT_MOST` words."""
    left, end = _NEGATED_AT_MOST, begin
    while end < len(tokens) and tokens[end] not in _ENDS and left:
        left -= tokens[end] not in SMALL_WORDS
        end += 1
    return range(begin, end)


def _ways(tokens: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The things after "from" (YES) and after "to" (NO), if a text has a "from"."""
    if _FROM.isdisjoint(tokens):
        return
    for before, word, after in zip(tokens, tokens[1:], [*tokens[2:], ""], strict=False):
        sign = YES if before in _FROM else NO if before in _TO else 0
        there = after if word in _ARTICLES else word
        if sign and there and there not in SMALL_WORDS and there not in _ANY:
            yield there, sign


class EntryTurns:
    """The turns of a library's entries. Built once and never changed."""

    def __init__(self, entries: Sequence[Turns]) -> None:
        by_name: dict[str, list[tuple[int, int]]] = {}
        for n, turns in enumerate(entries):
            for name, signs in turns.items():
                by_name.setdefault(name, []).append((n, signs))
        # By turn: the entries that have it, in ascending order, and their signs.
        self._of = {
            name: (np.array([n for n, _ in found], np.int64), np.array([signs for _, signs in found], np.uint8))
            for name, found in by_name.items()
        }
        # By the hashes of their stems: the things that entries leave out, and do not also have.
        self.left_out = {
            hash_of(name.removeprefix(LEFT_OUT)): name
            for turns in entries
            for name, signs in turns.items()
            if signs == NO and name.startswith(LEFT_OUT)
        }

    @property
    def nbytes(self) -> int:
        return sum(entries.nbytes + signs.nbytes for entries, signs in self._of.values())

    def __contains__(self, name: str) -> bool:
        """Whether an entry has this turn."""
        return name in self._of

    def agrees(self, entry: int, turns: Turns, prefix: str = "") -> bool:
        """Whether an entry has one of these turns with the same sign; `prefix` is '' or `TITLE`."""
        return any(int(self.of(np.array([entry]), prefix + name)[0]) & sign for name, sign in turns.items())

    def factor(self, entry: int, turns: Turns) -> float:
        """By what the score of an entry is multiplied for a question in another language that has these turns."""
        if self.agrees(entry, turns, TITLE):
            return AGREES_IN_TITLE
        if self.agrees(entry, turns):
            return AGREES
        return OPPOSITE if self.has_other_sides(entry, turns) else 1.0

    def has_other_sides(self, entry: int, turns: Turns, prefix: str = "") -> bool:
        """Whether an entry has one of these turns, and only with the other sign; `prefix` is '' or `TITLE`."""
        own = [(int(self.of(np.array([entry]), prefix + name)[0]), sign) for name, sign in turns.items()]
        return any(signs for signs, _ in own) and not any(signs & sign for signs, sign in own)

    def of(self, entries: NDArray[np.int64], name: str) -> NDArray[np.uint8]:
        """For each of these entries, its signs for this turn; 0 if it does not have the turn."""
        if name not in self._of:
            return np.zeros(len(entries), np.uint8)
        having, signs = self._of[name]
        at = having.searchsorted(entries)
        found: NDArray[np.uint8] = signs.take(at, mode="clip") * (having.take(at, mode="clip") == entries)
        return found
