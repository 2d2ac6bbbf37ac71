"""Contrary words: whoever asks "when does it end" does not want to know when it starts.

An entry that is like a question but for the contrary of one of its words is offered, and not given as the answer.
`opposite_words` has verbs that are opposites in any sentence; these words are so only in the same place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from bot.search.features import hash_of
from bot.search.opposites.degrees import ADJECTIVES
from bot.search.opposites.negation_cues import MAY_NEGATE
from bot.search.opposites.opposite_words import opposite_words

# Words / their contraries, in all forms whose stems differ; adjectives for more or less of something are in
# `degrees.py`.
_TABLE = """
    start starts begin begins beginning / end ends ending finish finishes
    early earlier earliest soonest / late later latest
    open opens / close closes closed
    arrive arrival / depart departure
    minimum least fewest smallest shortest lowest / maximum most biggest largest longest highest
    cheap cheapest / expensive
    light / heavy
    sharp / blurry blurred
    full / empty
    clean / dirty
    sweet / bitter sour
    deep / shallow
    new newer / old older
    front / back rear
    top / bottom
    upper / lower
    above / below
    easy easier easiest / difficult harder hardest
    local / remote
    input / output
    positive / negative
    major / minor
    clockwise / counterclockwise anticlockwise
    up / down
    forward forwards / backward backwards
    send sends sending / receive receives receiving
    borrow / return lend
    assemble / disassemble
    thicken / thin
    win / lose
    pass / fail

    anfangen beginnen beginnt beginn anfang starten startet losgehen fangt
        / enden endet ende aufhoren hort beenden vorbei
    fruh fruher fruheste / spat spater spateste
    offnen offnet offen geoffnet / schliessen schliesst geschlossen
    mindestens minimal wenigstens / hochstens maximal
    billig billiger gunstig / teuer teurer
    hoch hoher / niedrig niedriger tief tiefer
    dick dicker dickflussig / dunn dunner dunnflussig flussig
    breit breiter / schmal schmaler eng enger
    heiss warm / kalt
    hart harter / weich weicher
    stark starker / schwach schwacher
    nass feucht / trocken
    scharf / unscharf verschwommen
    voll / leer
    sauber / schmutzig dreckig
    neu neue neuen neuer / alt alte alten
    vorne vordere / hinten hintere
    oben obere oberen / unten untere unteren
    anmelden anmeldung anzumelden angemeldet / abmelden abmeldung abzumelden abgemeldet
    einlesen importieren importiere / exportieren exportiere ausgeben
    dur / moll
    gewinnen / verlieren
    vorwarts / ruckwarts
    senden schicken verschicken / empfangen bekommen
    ausleihen / zuruckgeben
    zusammenbauen aufbauen / zerlegen abbauen
    bestehen bestanden / durchfallen durchgefallen

    empezar empieza empiezan empezamos comenzar comienza inicio iniciar
        / terminar termina terminan terminamos acabar acaba acabamos finalizar
    abrir abre abren abro abierto abierta / cerrar cierra cierran cierro cerrado cerrada
    minimo minima / maximo maxima
    barato barata baratos baratas / caro cara caros caras
    claro clara claros claras brillante / oscuro oscura oscuros oscuras
    ligero ligera / pesado pesada
    fuerte fuertes / debil suave flojo floja
    rapido rapida / lento lenta despacio
    grande grandes / pequeno pequena chico chica
    alto alta altos altas / bajo baja bajos bajas
    largo larga / corto corta
    grueso gruesa espeso espesa / delgado delgada liquido liquida
    ancho ancha / estrecho estrecha angosto angosta
    caliente / frio fria
    duro dura / blando blanda
    mojado mojada humedo humeda / seco seca
    nitido nitida / borroso borrosa movida
    lleno llena / vacio vacia
    limpio limpia / sucio sucia
    dulce / amargo amarga agrio agria
    nuevo nueva / viejo vieja antiguo antigua
    izquierda izquierdo / derecha derecho
    delante / detras atras
    arriba / abajo
    facil / dificil
    subir sube subo / bajar baja bajo descargar descargo
    inscribir inscribo inscripcion inscribirme inscribirse apuntar apunto apuntarse
        / baja desinscribir desapuntar desapunto
    importar / exportar
    ganar / perder
    adelante / atras
    enviar envio mandar mando / recibir recibo
    montar monto / desmontar desmonto
    aprobar aprobado apruebo / suspender suspendo reprobar repruebo
    mayor / menor
"""
# Each line is a group: what is asked about one of its words is not answered by what is said about another.
_GROUPS = """
    monday mondays|tuesday tuesdays|wednesday wednesdays|thursday thursdays|friday fridays|saturday saturdays
        |sunday sundays
    january|february|april|june|july|august|september|october|november|december
    spring|summer|autumn|winter
    morning mornings|noon midday lunchtime|afternoon afternoons|evening evenings|night nights
    daily|weekly|monthly|yearly annual annually
    north northern|south southern|east eastern|west western
    breakfast|lunch|dinner supper
    second|third|fourth|fifth
    beginner beginners|intermediate|advanced expert experts
    student students pupil pupils|teacher teachers instructor instructors|parent parents

    montag montags|dienstag dienstags|mittwoch mittwochs|donnerstag donnerstags|freitag freitags
        |samstag samstags sonnabend|sonntag sonntags
    januar|februar|marz|april|juni|juli|august|september|oktober|november|dezember
    fruhling fruhjahr|sommer|herbst|winter
    morgens vormittag vormittags|mittag mittags|nachmittag nachmittags|abend abends|nacht nachts
    taglich tagliche|wochentlich wochentliche|monatlich monatliche|jahrlich jahrliche
    norden nord|suden sud|osten ost|westen west
    fruhstuck|mittagessen|abendessen
    zweite zweiten zweiter|dritte dritten dritter|vierte vierten vierter
    anfanger|fortgeschrittene fortgeschrittenen
    schuler studenten studierende|lehrer dozenten|eltern

    lunes|martes|miercoles|jueves|viernes|sabado sabados|domingo domingos
    enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre
    primavera|verano|otono|invierno
    manana mananas|mediodia|noche noches
    diario diaria|semanal|mensual|anual
    norte|sur|este oriental|oeste
    desayuno|almuerzo|cena
    segundo segunda|tercero tercera tercer|cuarto cuarta
    principiante principiantes|avanzado avanzada avanzados
    alumno alumnos alumna alumnas estudiante estudiantes|profesor profesores profe profesora|padres
"""
# "It is too dark" asks for what is brighter, and "not open" for what is closed.
_TURNING = MAY_NEGATE | frozenset(
    """too less enough zu weniger genug nicht kein keine keinen ohne kaum
    demasiado muy menos bastante no sin nunca""".split()
)


def _lines(table: str, between: str) -> Iterator[list[list[str]]]:
    """The words of each line of a table, divided by this sign; lines that are indented more go on."""
    for line in table.replace("\n        ", " ").splitlines():
        if line.strip():
            yield [side.split() for side in line.split(between)]


@cache
def _contrary_sides() -> list[tuple[list[str], list[str]]]:
    """Words, with those that are contrary to each of them."""
    groups = [*_lines(_TABLE, " / "), *_lines(_GROUPS, "|"), *_degrees()]
    return [
        (one, [word for other in group if other is not one for word in other]) for group in groups for one in group
    ]


def _degrees() -> Iterator[list[list[str]]]:
    """The adjectives for more and for less of something, each side with its words for "more": "dark, darker"."""
    of_words: dict[str, list[str]] = {}
    for adjective, (more, _) in ADJECTIVES.items():
        of_words.setdefault(more, [*opposite_words().same_as(more)]).append(adjective)
    for more, less in {(min(each), max(each)) for each in ADJECTIVES.values()}:
        yield [of_words[more], of_words[less]]


class Contraries:
    """The contraries of words, by the stems of a library. Built once and never changed."""

    def __init__(self, stems: Callable[[Sequence[str]], Sequence[str]]) -> None:
        """`stems` gives the stems of words as the library has them."""
        self._stems = stems
        self._of: dict[int, set[int]] = {}
        self._same: dict[int, set[int]] = {}
        for side, contrary in _contrary_sides():
            own, others = ({*map(hash_of, stems(each))} for each in (side, contrary))
            for stem in own - others:
                self._of.setdefault(stem, set()).update(others - own)
                self._same.setdefault(stem, set()).update(own)

    def of(self, words: Sequence[tuple[str, int]]) -> Mapping[int, tuple[Collection[int], Collection[int]]]:
        """For each of these words, given with its stem, that has any: what means the same, and what is contrary.

        None are given if the words may be turned round: "too dark", or if they have a contrary themselves.
        """
        told = [word for word, _ in words]
        if any(word in _TURNING and following != "ende" for word, following in pairwise((*told, ""))):
            return {}  # but "zu Ende" is no "too"
        own = {stem for _, stem in words}
        return {
            stem: (self._same[stem], others)
            for stem in own
            if (others := self._of.get(stem)) and own.isdisjoint(others)
        }

    def has_any(self, words: Sequence[str]) -> bool:
        """Whether one of these words, in any of the languages, has a contrary."""
        return not self._of.keys().isdisjoint(map(hash_of, self._stems(words)))
