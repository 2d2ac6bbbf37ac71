"""Words that are opposites of each other: verbs such as "enter" and "leave", and words with "un" before them.

A table has the pairs, in three languages, some with a particle: "turn … on". A word that undoes another one needs
no pair: "unpin" is `do pin` with NO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from Stemmer import Stemmer

from bot.search.opposites import kinds
from bot.search.opposites.polarities import NO, YES, Polarity
from bot.search.words.small_words import BEFORE_THINGS, SMALL_WORDS
from bot.search.words.verb_forms import VerbForms

CACHED = 50_000

# A side / its opposite. A word can be in several lines. A hyphen divides a verb from its particle.
_PAIRS = """
    enter activate join get-in get-into get-inside go-into go-in betreten beitreten aktivieren reinkommen
        entrar ingresar acceder unirse activar
        / leave left exit deactivate quit get-out escape verlassen austreten deaktivieren rauskommen herauskommen
        salir salgo salirse desactivar
    start begin began begun launch starten anfangen iniciar empezar arrancar
        / stop end finish quit terminate kill abort stoppen beenden parar terminar detener
    open offnen abrir / close shut schliessen cerrar
    create add insert make-a make-an make-new make-my make-the make-one made build built
        give-permission give-permissions give-access dar-permiso dar-permisos dar-acceso
        geben-rechte geben-schreibrechte geben-berechtigung geben-zugriff
        erstellen anlegen erzeugen hinzufugen einfugen crear anadir agregar insertar
        / remove delete erase destroy wipe get-rid take-away loschen entfernen loswerden werde-los werden-los
        wirst-los wird-los wegbekommen wegmachen wegnehmen entziehen
        borrar eliminar quitar deshago-de deshacerme deshacerse librarme librarse
    install installieren instalar / uninstall deinstallieren desinstalar
    enable activate turn-on switch-on put-on be-on opt-in
        einschalten anschalten anmachen aktivieren encender activar
        / disable deactivate turn-off switch-off be-off opt-out
        ausschalten abschalten ausmachen deaktivieren
        apagar desactivar
    increase raise higher turn-up erhohen hoher aumentar
        / decrease reduce lower turn-down niedriger senken verringern reducir disminuir
    upgrade aktualisieren actualizar / downgrade
    upload hochladen subir / download herunterladen runterladen bajar descargar
    import bring-in importieren importar / export bring-out exportieren exportar
    encode / decode
    encrypt verschlusseln cifrar / decrypt entschlusseln descifrar
    compress komprimieren comprimir / decompress entpacken dekomprimieren descomprimir
    serialize / deserialize
    buy bought kaufen comprar / sell sold verkaufen vender
    show unhide zeigen einblenden mostrar
        / hide hid hidden verstecken ausblenden ocultar
    read lesen leer / write wrote written schreiben escribir
    login log-in sign-in signin anmelden / logout log-out sign-out signout abmelden
    allow erlauben permitir / forbid verbieten prohibir
    accept annehmen aceptar / reject decline ablehnen rechazar
    connect verbinden conectar / disconnect trennen desconectar
    merge join zusammenfuhren verbinden combinar unir
        / split unmerge separate teilen aufteilen trennen dividir separar
    expand ausklappen aufklappen expandir / collapse einklappen zuklappen contraer
    include einschliessen incluir / exclude ausschliessen excluir
    lock sperren bloquear / unlock entsperren desbloquear
    block blockieren bloquear / unblock entblocken entblockieren entsperren desbloquear
    mute stummschalten stummschaltung silenciar / unmute
    follow folgen seguir / unfollow entfolgen
    subscribe opt-in sign-up abonnieren suscribirse
        / unsubscribe opt-out withdraw pull-out abbestellen desuscribirse kundigen
    gain zunehmen / lose abnehmen
    brighten brighter aufhellen heller aclarar / darken darker abdunkeln dunkler oscurecer
    louder lauter / quieter leiser
    faster speed-up schneller / slower slow-down langsamer
    newer neuer / older alter
    bigger larger enlarge grosser / smaller shrink kleiner
    tighter tighten / looser loosen
    thicker / thinner
    wider widen / narrower
    hotter warmer / colder
    harder / softer
    stronger / weaker
    wetter / drier
    undo abort cancel ruckgangig aufheben abbrechen deshacer deshago cancelar / redo rehacer
    attach mount put-on put-in anhangen adjuntar / detach remove abmontieren
    lengthen extend verlangern alargar / shorten verkurzen kurzen acortar
    maximize maximieren maximizar / minimize minimieren minimizar
    zoom-in / zoom-out
    deposit / withdraw
    ascending / descending
    indent / dedent
    inside indoors drinnen dentro / outside outdoors draussen fuera
    public offentlich publico / private privat privado
    attract / repel
    uphill upstairs upwards upward / downhill downstairs downwards downward
    minimum min / maximum max
    encourage / discourage
    freeze einfrieren congelar / thaw defrost unfreeze auftauen descongelar
    promote / demote
    inflate / deflate
    before pre vorher davor antes / after nachher danach despues
"""
# Verbs that have an opposite only with what is given: "dar permiso".
GIVING = ("geben", "dar")
# How far behind its verb a particle can be: "turn the lights off", but not "get an error in the log".
_REACH = {"turn": 4, "switch": 4, "put": 3, "slow": 4, "speed": 4, "werd": 7, "werden": 7, "wirst": 7, "wird": 7}
_REACH |= {"geben": 5, "dar": 4}
_REACHING = frozenset(
    """in into inside out off on up down rid los de new
    rechte schreibrechte berechtigung zugriff permiso permisos acceso""".split()
)
_ARTICLES_AND_THING = 3  # words in which a thing begins
# Forms of the verbs above that say what has been done or how something is, and do not show it by their ending.
_DONE = frozenset(
    """active inactive aktiv inaktiv activo activa inactivo inactiva
    made built began begun left wrote written hid hidden sold bought
    erstellt angelegt hinzugefugt geloscht entfernt gelesen geschrieben geoffnet""".split()
)
_NOT_DONE = frozenset("bed embed hundred led moped naked red shed shred sled wed".split())
# "Uninstall" and "unpin", but not "unique"; and a zip is also a thing that is unzipped.
_UNDOING = re.compile(r"un-?(?!der|i[^gmn]|til|less|cle|due|zip)(\w{3,})")


class OppositeWords:
    """Looks up on which side of which pairs words are."""

    def __init__(self) -> None:
        self.stem = Stemmer("english").stemWord
        self._words: dict[str, list[Polarity]] = {}
        self._verbs: dict[str, dict[str, list[Polarity]]] = {}
        self._itself: set[str] = set()
        # The single words of each side of a pair, in the order of the table.
        self._of_side: dict[tuple[str, int], list[str]] = {}
        # What is known of each word: its polarities, those with a particle, and how far that can be behind.
        self._known: dict[str, tuple[list[Polarity], dict[str, list[Polarity]] | None, int]] = {}
        for line in re.sub(r"\n {8}", " ", _PAIRS.strip()).splitlines():
            name = line.split()[0]
            for sign, side in zip((YES, NO), line.split(" / "), strict=True):
                for word in side.split():
                    self._add(word, name, sign)
        self.verb_forms = VerbForms((*self._itself, *GIVING))

    def _add(self, word: str, name: str, sign: int) -> None:
        verb, _, particle = word.partition("-")
        verb = self.stem(verb)
        if particle:
            self._verbs.setdefault(verb, {}).setdefault(particle, []).append((name, sign))
            return
        self._of_side.setdefault((name, sign), []).append(word)
        self._itself.add(word)
        self._words.setdefault(verb, []).append((name, sign))

    def polarities(self, tokens: Sequence[str], n: int) -> list[Polarity]:
        """The polarities of the word at this place.

        A word that undoes one without a pair has the stem of that as its pair, behind `kinds.DO`.
        """
        word = tokens[n]
        known = self._known.get(word)
        if known is None:
            stem = self.stem(word)
            known = self._polarities_of(word), self._verbs.get(stem), _REACH.get(stem, 1)
            if len(self._known) >= CACHED:
                self._known.clear()
            self._known[word] = known
        polarities, particles, reach = known
        if not particles:
            return polarities
        after = next((each for each in tokens[n + 1 : n + 1 + reach] if each in _REACHING), "")
        # "Ich werde die Warnung nicht los" tells of a problem, and does not ask to remove anything.
        if after == "los" and "nicht" in tokens[n + 1 : n + 1 + reach]:
            return polarities
        # Articles count only right after the verb: "make a venv", but not "make sure that the".
        both = {after, *tokens[n + 1 : n + 2]}
        return [*polarities, *(each for particle in both for each in particles.get(particle, ()))]

    def _polarities_of(self, word: str) -> list[Polarity]:
        """The polarities of a word that need no particle."""
        stem = self.stem(word)
        undone = self.stem(undone_by(word))
        if stem in self._words or not undone:
            return self._words.get(stem, [])
        # "Unactivate" is not the usual word, and yet the opposite of "activate".
        return [*((name, YES + NO - sign) for name, sign in self._words.get(undone, ())), (kinds.DO + undone, NO)]

    def has_opposite(self, word: str) -> bool:
        """Whether a word itself, not another of its forms, is one of a pair, or undoes one of a pair."""
        return word in self._itself or undone_by(word) in self._itself

    def may_have_polarity(self, word: str) -> bool:
        """Whether a word has a polarity, at least with a particle."""
        stem = self.stem(word)
        return stem in self._words or stem in self._verbs or undone_by(word) != ""

    def opposites_of(self, word: str) -> Iterator[str]:
        """The words of opposite polarity to a word."""
        for name, sign in self._words.get(self.stem(word), ()):
            yield from (other for other in self._of_side.get((name, YES + NO - sign), ()) if not is_done(other))

    def same_as(self, word: str) -> Iterator[str]:
        """The words with the same polarity as a word."""
        for name, sign in self._words.get(self.stem(word), ()):
            yield from (other for other in self._of_side.get((name, sign), ()) if not is_done(other))

    def polarities_in_any_language(self, tokens: Sequence[str], n: int) -> Sequence[Polarity]:
        """The polarities of the word at this place, also if it is a form of a German or Spanish verb."""
        if tokens[n] in GIVING:
            return self.polarities(tokens, n)
        verbs = self.verb_forms.verbs_at(tokens, n)
        return [each for verb in verbs for each in self._words.get(self.stem(verb), ())]


@cache
def opposite_words() -> OppositeWords:
    """These words, read once for all libraries: an index is built with a dozen others, for its calibration."""
    return OppositeWords()


def undone_by(word: str) -> str:
    """What a word undoes: "lock" of "unlock" or "un-lock"; '' if it undoes nothing."""
    found = _UNDOING.fullmatch(word) if word.startswith("un") else None
    return found[1] if found else ""


def is_done(word: str) -> bool:
    """Whether a word tells what has been done, or how something is: "installed", "gelöscht", "active"."""
    ends_so = word.endswith(("ed", "iert", "ado")) and not word.endswith("eed")
    return (ends_so and word not in _NOT_DONE) or word in _DONE


def first_thing(tokens: Sequence[str], begin: int) -> str:
    """The first word from this place on that is no article; '' if that is a small word, or there is none."""
    word = next((each for each in tokens[begin : begin + _ARTICLES_AND_THING] if each not in BEFORE_THINGS), "")
    return "" if word in SMALL_WORDS else word
