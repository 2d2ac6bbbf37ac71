"""Recognizes messages that only ask for a detail of the answer before: "how much is it?", "when?", "where?"."""

from __future__ import annotations

import re

from bot.search.words.aspects import names_a_price
from bot.search.words.politeness import without_fillers, without_politeness
from bot.search.words.sayings import one_of
from bot.search.words.wording import fold, words

LONGEST = 12  # words of a message that only asks for a detail

_IT = "(it|that|this|they|these|those|one)"
_ES = "(das|dies|es|die|der|diese|dieser)"
# A number or a place in an answer need not be the one that is asked for. Such an answer is only offered.
UNSURE = frozenset({"number", "place"})
# Each is compared with a whole message, in words, without what opens it.
_ASKED = {
    "price": rf"""
        how (much|expensive)( (is|are|would|will) {_IT}( be)?)?
        how much (does|do|would|will) {_IT} cost
        what (does|do|would|will) {_IT} cost
        what (is|are) (the|its|their) (price|prices|cost|costs|fee|fees)
        (the )?(price|prices|cost|costs|fee|fees)
        ((is|are) {_IT}|{_IT} (is|are)|its) (for )?free
        is there (a|any) (fee|cost|charge|price)
        how much money( (is|does) {_IT}( cost)?)?
        does {_IT} cost (anything|something|money)
        do (i|we|you) (have|need) to pay( (anything|something|for {_IT}))?
        how much do (i|we|you) (have to )?pay

        wie viel
        (was|wie viel) (kostet|kosten)( mich)?( {_ES})?
        wie teuer( (ist|sind|wird) {_ES})?
        (der )?(preis|preise)
        (die )?kosten
        kostet {_ES}( etwas| was| geld)?
        (ist|sind) {_ES} (kostenlos|gratis|umsonst)

        cuanto (cuesta|cuestan|vale|valen|sale|es|hay que pagar)( eso| esto)?
        (que|cual) (precio tiene|es el precio)( eso| esto)?
        (el )?precio
        (eso |esto )?es gratis
        (hay|tengo) que pagar( algo)?""",
    "time": rf"""
        when
        when (is|are|was|does|do|will|would) {_IT}( (start|begin|open|end|be|happen|happening|take place))?
        (at |from |on |until )?(what|which) (time|times|day|days|date|dates)
        when (can|do|should) (i|we) (come|join|start|go|be there)
        (at )?what time (is|are|does|do) {_IT}( (start|begin|open|end))?
        (what|which) (day|date) (is|are) {_IT}
        what (is|are) the (time|times|date|dates)

        wann
        wann (ist|sind|geht|fangt|beginnt|beginnen|findet|startet) {_ES}( (los|an|statt))?
        um (wie viel uhr|welche uhrzeit)
        (wie viel uhr|an welchem tag|welcher tag)

        cuando
        cuando (es|son|sera|empieza|empiezan|comienza)( eso| esto)?
        (a )?que hora(s)?( (es|son|empieza|empiezan))?
        que dia( es)?""",
    "duration": rf"""
        (for )?how long
        (for )?how long (is|are|does|do|will|would|can) ({_IT}|i|we|you)( (take|last|run|be|stay|valid|need))?
        does {_IT} take long
        how many (minutes|hours|days|weeks|months|years)( (is|are) {_IT})?

        (fur )?wie lange?
        wie lange? (dauert|dauern|geht|gehen|ist|lauft|gilt) {_ES}
        wie viele (minuten|stunden|tage|wochen|monate|jahre)

        cuanto (tiempo|dura|duran|tarda)( (es|dura|tarda))?( eso| esto)?
        (por|durante) cuanto tiempo
        cuant[oa]s (minutos|horas|dias|semanas|meses|anos)""",
    "frequency": rf"""
        how often( (is|are|does|do|can|should|must|will) ({_IT}|i|we|you)( (happen|do {_IT}|need to))?)?
        how many times( (a|per) (day|week|month|year))?

        wie oft( (ist|sind|geht|passiert|kann ich|muss ich|darf ich) ?({_ES})?( machen)?)?

        (con que frecuencia|cada cuanto|cuantas veces)( (es|son|puedo|hay que))?( eso| esto)?""",
    "number": rf"""
        how many( of {_IT})?
        how many (are (there|{_IT})|can (i|we|you) have|do (i|we|you) (get|have|need))

        wie viele( (sind|gibt es|habe ich|kann ich haben|darf ich haben))?( {_ES})?

        cuant[oa]s( (son|hay|puedo tener|tengo))?""",
    "place": rf"""
        where
        where (is|are|was|does|do|will) {_IT}( (be|happen|start|take place))?
        (at|in) (what|which) (place|room|building)

        wo
        wo (ist|sind|findet) {_ES}( statt)?
        in welchem (raum|gebaude)

        (en )?donde
        (en )?donde (es|esta|estan|son|sera)( eso| esto)?
        en que (sala|lugar|edificio)""",
}
_ASKS = {detail: re.compile(one_of(asked)) for detail, asked in _ASKED.items()}
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?|two|three|four|five|six|seven|eight|nine|ten|twelve|half an?|a few|several"
    r"|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|zwolf|einige"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|media|unos|unas)"
)
_ONE = "(?:an?|one|eine[rsnm]?|une?|uno|una)"
_MONEY = r"(?:euros?|eur|dollars?|usd|bucks?|cents?|pounds?|gbp|quid|francs?|chf|franken|pesos?|cent|kronen|kr)"
_MONTHS = (
    "january|february|april|june|july|august|september|october|november|december"
    "|januar|februar|marz|juni|juli|oktober|dezember"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekday|weekend"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende"
    "|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
)
_UNITS = (
    "(?:minute|hour|day|week|month|year)s?"
    "|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?"
    "|minutos?|horas?|dias?|semanas?|mes(?:es)?|anos?"
)
# What tells each detail in the folded text of an answer.
_SAYS = {
    "price": re.compile(
        rf"\b{_NUMBER} ?{_MONEY}\b|\b(?:kostenlos|kostenfrei|gratis|umsonst|costs? nothing|pay nothing)\b"
        r"|\b(?:is|are|for|it'?s|completely|totally|entirely|always) free\b(?! (?:to|from))"
        r"|\bfree (?:for|of charge)\b"
    ),
    "time": re.compile(
        # "3.13" is a version.
        r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b|\b(?:at|um) \d{1,2}\.\d{2}\b(?! ?[%€$£])"
        r"|\b\d{1,2} ?(?:am|pm|uhr|a\.m|p\.m|o'clock)\b|\ba las? \d"
        rf"|\b(?:{_DAYS})s?\b|\b(?:{_MONTHS})\b|\b(?:in|on|since|until|from|of) (?:may|march)\b"
        r"|\b(?:noon|midnight|mittags|mitternacht|mediodia|medianoche)\b"
    ),
    "duration": re.compile(
        rf"\b{_NUMBER}[ -](?:{_UNITS})\b|\b(?:an hour|eine stunde|una hora)\b"
        rf"|\b(?:within|for|in|takes|lasts|after|innerhalb|dauert|nach|dura|tarda|durante) {_ONE} (?:{_UNITS})\b"
    ),
    "frequency": re.compile(
        r"\b(?:twice|daily|weekly|monthly|yearly|annually|hourly)\b|\btimes (?:a|per|each|every)\b"
        # Not "at once", "once more" and "once you have paid".
        r"|(?<!\bat )\bonce(?:[.,;:!)]|$| (?:an?|per|each|every|in|and|or)\b)"
        rf"|\b(?:each|every) (?:{_NUMBER} |second |other )?(?:{_UNITS}|{_DAYS}|morning|evening|night)\b"
        r"|(?<!\bnoch )(?<!\bauf )\beinmal\b|\b(?:zweimal|dreimal|taglich|wochentlich|monatlich|jahrlich)\b"
        rf"|\b(?:jede[nsmr]?|alle {_NUMBER}) (?:{_UNITS}|{_DAYS}|morgen|abend)\b"
        r"|\bve(?:z|ces) (?:al|por|a la|cada)\b|\b(?:diario|diariamente|semanalmente|mensualmente)\b"
        rf"|\b(?:cada|todos los|todas las) (?:{_NUMBER} )?(?:{_UNITS}|{_DAYS}|mananas|tardes|noches)\b"
    ),
    "number": re.compile(rf"\b{_NUMBER} [a-z]{{3,}}"),
    "place": re.compile(
        r"\b(?:at|in|on|behind|beside|near|under|above|opposite|outside|inside|next to)"
        r" (?:the|our|an?|room|hall|wall|building|street|channel)\b"
        r"|\b(?:im|am|beim|hinter|neben|gegenuber|(?:in|an|auf|bei|unter|uber|vor) (?:der|dem|den))\b"
        r"|\b(?:en|sobre|bajo|detras de|al lado de|junto a|cerca de) (?:el|la|los|las|un|una)\b"
        r"|\b(?:al lado|detras) del\b"
    ),
}

# "How long is it valid" is not answered by another number of days, nor "when is it open" by another time.
_TOLD_WITH = {
    "open": re.compile(r"\bopen"),
    "end": re.compile(r"\b(?:end|until|till|to \d|lasts?\b|clos)|\d ?[-–] ?\d"),
    "valid": re.compile(r"\b(?:valid|expire|lasts?\b)"),
    "gilt": re.compile(r"\b(?:gilt|gelten|gultig)"),
}


def detail_asked(text: str) -> str:
    """The detail for which a message asks, and for nothing else, such as "price"; '' if there is none.

    The message is without what opens it, such as "and".
    """
    told = words(text, LONGEST + 1)
    if len(told) > LONGEST:
        return ""
    said = " ".join(without_fillers(without_politeness(told)))
    return next((each for each, asks in _ASKS.items() if asks.fullmatch(said)), "")


def may_say(question: str, answer: str, asked: str, detail: str) -> bool:
    """Whether an answer to a question may say the detail that is asked for, by its form: a price, a date, a place.

    Where it is asked when something opens or how long it is valid, the two have to speak of that, too.
    """
    told, of = fold(f"{question} {answer}"), words(asked, LONGEST + 1)
    speaks_of_it = all(says.search(told) for word, says in _TOLD_WITH.items() if word in of)
    is_said = bool(_SAYS[detail].search(fold(answer))) or (detail == "price" and names_a_price(answer))
    return is_said and speaks_of_it
