"""Recognizes messages that ask for what a command or a button does: "delete everything you know about me"."""

from __future__ import annotations

import re
from typing import Literal

from bot.search.words.about_the_bot import BEFORE, as_said
from bot.search.words.sayings import one_of
from bot.search.words.wording import fold

# What a command or a button is for: the member's data, reminders of walkthroughs, a walkthrough, or a correction.
CommandFor = Literal["data", "reminders", "walkthrough", "correction"]

# What buttons and commands of many bots are for: a step of a walkthrough, a first page, or an end.
ButtonFor = Literal["step", "menu", "end"]

_BY = r"\W*(?:(?:now|please|pls|again|bitte|jetzt|wieder|por favor|ahora|de nuevo)\W*)*"
_I_WANT = (
    "(?:"
    + one_of(
        """
        (can|could|would|will) you
        (can|could|may) i
        i (want|would like)( you)? to
        i'd like( you)? to

        kannst du
        konntest du
        kann ich
        ich (will|mochte)( dass du)?

        puedes
        podrias
        puedo
        quiero( que)?
        """
    )
    + " )?"
)
_MY_DATA = r"(?:all )?(?:of )?my (?:personal |saved )?(?:data|information|personal information)"
_WHAT_IT_KNOWS = one_of(
    """
    (everything|anything|all|what|all the data|all data|the data)( that)? (you|u|the bot|this bot)
        ((have|has) )?(know|knows|have|has|saved?|stored?|keep|kept|remember)( (saved|stored))?
        (about|on|of|from) me
    """
)
_DATEN = one_of(
    """
    (alle |all )?(meine|deine) (personlichen )?daten( uber mich)?
    alles (uber|von) (mich|mir)
    alles,? was (du|der bot) (uber mich|von mir) (weisst|weiss|hast|gespeichert hast|gespeichert hat)
    """
)
_DATOS = one_of(
    """
    (todos )?mis datos( personales)?
    todo (sobre|de) mi
    todo lo que (sabes|tienes|guardas|guardaste|has guardado|tienes guardado) (sobre|de) mi
    """
)
# An entry about data may answer this, too: see `may_mean_lessons_data`.
_HOW_TO_DELETE_DATA = one_of(
    rf"""
    how (do|can) (i|you) (delete|erase|remove) {_MY_DATA}
    wie (losche|entferne) ich {_DATEN}
    wie kann ich {_DATEN} (loschen|entfernen)
    como (borro|elimino|quito|puedo (borrar|eliminar|quitar)) {_DATOS}
    """
)
_ASKS_HOW_TO_DELETE_DATA = re.compile(rf"{BEFORE}{_HOW_TO_DELETE_DATA}{_BY}")
_DATA = re.compile(r"\b(?:data|daten|datos)\b")
# Has to match the whole message, too: lessons may say how to delete data somewhere else.
_WANTS_DATA = re.compile(
    rf"{BEFORE}{_I_WANT}"
    + one_of(
        rf"""
        /?(ask )?(forget|my data)
        forget (about )?me
        delete me
        (delete|erase|remove|wipe|clear|forget|show|send|give|export|download|see|get)( me)?
            ({_MY_DATA}|{_WHAT_IT_KNOWS}|(everything|all|anything) (about|on|of) me)
        (what|which)( data)? (do|does|have|has) (you|u|the bot|this bot)
            (know|have|saved?|stored?|keep|kept|remember)( (saved|stored))? (about|on|of) me
        how (do|can) (i|you) (delete|erase|remove|see|get) ({_WHAT_IT_KNOWS})
        {_HOW_TO_DELETE_DATA}

        (losche?|vergiss|entferne?|zeige? mir|schicke? mir|gib mir)( bitte)? {_DATEN}
        {_DATEN} (loschen|vergessen|entfernen|sehen|anzeigen|loschst|vergisst)
        was (weisst|speicherst|hast) du (alles )?(uber mich|von mir)( gespeichert)?
        was speicherst du
        vergiss mich
        welche daten (hast|speicherst|habt|speichert) (du|ihr)( (uber mich|von mir))?

        (borrar?|borres|eliminar?|elimines|olvidar?|olvides|quitar?|muestrame|enviame|mandame|dame
            |ver) {_DATOS}
        que (datos )?(sabes|guardas|tienes|has guardado)( guardados?)? (sobre|de) mi
        que datos guardas
        olvidame
        """
    )
    + _BY
)
_WANTS_NO_REMINDERS = re.compile(
    rf"{BEFORE}(?:how (?:do|can) (?:i|you) )?{_I_WANT}"
    + one_of(
        r"""
        (stop|cancel|disable|end|remove|delete|turn off|switch off|unsubscribe from)( sending| giving)?( me)?
            ( (all|the|my|any|these|those|your|more))* reminders?
        (turn|switch) (the |my |your |all )?reminders? off
        stop (to remind|reminding)( me)?
        (no|i (do not|don't|dont) want( any| your)?|(do not|don't|dont) send( me)?( any)?)( more)? reminders?
            ( any ?more)?
        (do not|don't|dont) remind me( any ?more)?

        (stoppe?|beende|losche?|deaktiviere)( bitte)? ((alle|die|meine|deine) )*erinnerungen
        (stelle?|schalte?|bestelle?)( bitte)? ((alle|die|meine|deine) )*erinnerungen (ab|aus)
        wie (stoppe|beende|losche|deaktiviere|stelle|schalte|bestelle) ich
            ((alle|die|meine|deine) )*erinnerungen( ab| aus)?
        (wie kann ich )?((alle|die|meine|deine|keine) )*erinnerungen
            (stoppen|beenden|loschen|deaktivieren|abstellen|abschalten|ausschalten|abbestellen|mehr)
        (schicke?|sende?) mir (bitte )?keine erinnerungen( mehr)?
        (ich (will|mochte) )?keine erinnerungen( mehr)?( (haben|bekommen|erhalten|kriegen))?
        hore? auf,? (mich zu erinnern|mit (den|deinen|diesen) erinnerungen|mir erinnerungen zu (schicken
            |senden))
        erinnere? mich (bitte )?nicht mehr

        (como )?(deja|dejar|dejes|para|paro|parar|pares) de (enviar|mandar)(me)?( mas)? recordatorios
        (como )?(cancelar?|cancelo|paro|parar?|desactivo|desactivar?|quito|quitar?|borrar?|borro|deten
            |detener) (todos )?(los |mis |tus )?recordatorios
        (deja|para|basta)( ya)? (con |de )?(los |tus |estos )?recordatorios
        no (me (envies|mandes)|quiero( recibir)?) (mas )?recordatorios
        no me recuerdes (mas|nada)
        (no|sin) mas recordatorios
        """
    )
    + _BY
)
_WANTS_WALKTHROUGH = re.compile(
    rf"{BEFORE}{_I_WANT}"
    + one_of(
        r"""
        /walk ?through( forget)?
        how (do|can|could|would) (i|we) (start|begin|open|do|take|use|continue|resume|restart|stop|leave)
            ( with)? (a|the|my|another|this|an old) walk ?through
        (continue|resume|restart|go on|carry on|go back|pick up)( with| to)?
            (the |my |this |our )?(last |old |unfinished )?walk ?through

        wie (starte|beginne|offne|mache|setze|fuhre) ich (mit )?(eine[nr]?|die|der|den|meine[nr]?|dem|einem)
            (ubung|walkthrough)( fort| weiter| an)?
        (wie kann ich )?(mit )?(eine[nr]?|die|der|den|meine[nr]?|dem|einem) (letzten? )?(ubung|walkthrough)
            (starten|beginnen|offnen|fortsetzen|weitermachen|weiterfuhren)
        (setze?|fuhre?|mache?)( bitte)? (mit )?(die|der|den|dem|meine[nrm]?) (letzten? )?(ubung|walkthrough)
            (fort|weiter)

        como (puedo )?(empiezo|empezar|inicio|iniciar|comienzo|comenzar|abro|abrir|continuo|continuar|sigo
            |seguir|retomo|retomar|hago|hacer)( con)? (un|el|mi|otro) (recorrido|walkthrough)
        (continuar?|continua|sigue|seguir|retomar?)( con)? (el|mi) (ultimo )?(recorrido|walkthrough)
        """
    )
    + _BY
)
# One of these alone can also be what an entry is about: "continue" in Python, "menu" in cooking.
_STEP = re.compile(
    BEFORE
    + one_of(
        """
        next|next (step|page|one)|continue|go on|carry on|keep going|resume|back|go back|previous|skip|start over
        restart|quiz|quiz me|test me|let'?s (start|go)
        weiter|weitermachen|fortsetzen|(nachster|nachste) schritt|(der |die )?nachste|weiter geht'?s|los geht'?s
        zuruck|uberspringen|neu starten|teste mich
        siguiente|siguiente paso|continua|continuar|sigue|seguir|adelante|atras|volver|anterior|saltar|reiniciar
        """
    )
    + _BY
)
_END = re.compile(BEFORE + one_of("stop|exit|quit|cancel|abbrechen|beenden|aufhoren|parar?|salir|cancelar") + _BY)
_MENU = re.compile(BEFORE + one_of("/?(menu|start|home|begin|index|hauptmenu|inicio|empezar|comenzar)") + _BY)


def command_meant(text: str) -> CommandFor | None:
    """The command that does what a message asks for: "delete everything you know about me"; None if none does."""
    for said in as_said(text):
        if _WANTS_DATA.fullmatch(said):
            return "data"
        if _WANTS_NO_REMINDERS.fullmatch(said):
            return "reminders"
        if _WANTS_WALKTHROUGH.fullmatch(said):
            return "walkthrough"
    return None


def may_mean_lessons_data(text: str, question: str) -> bool:
    """Whether somebody who asks how to delete their data may mean the data that an entry's question is about."""
    asks = any(map(_ASKS_HOW_TO_DELETE_DATA.fullmatch, as_said(text)))
    return asks and _DATA.search(fold(question)) is not None


def button_meant(text: str) -> ButtonFor | None:
    """What a message wants that is only what a button or a command of many bots says; None for any other message.

    "Next", "quiz" and "weiter" are of a walkthrough; "menu" and "/start" call for a first page, and "cancel" ends
    something.
    """
    for said in as_said(text):
        if _STEP.fullmatch(said):
            return "step"
        if _MENU.fullmatch(said):
            return "menu"
        if _END.fullmatch(said):
            return "end"
    return None
