"""Recognizes remarks on an answer: "not what I asked", "explain it better", "show me that again"."""

from __future__ import annotations

import re

from bot.search.words.keywords import marked
from bot.search.words.sayings import one_of
from bot.search.words.small_words import GERMAN_SMALL, QUESTION_WORDS, SMALL_WORDS
from bot.search.words.wording import fold, words

LONGEST = 200  # characters; a longer message says by itself what it means
WORDS = 20  # that are looked at, at most

# Words with which people judge an answer, which are small talk, too. All words are written as `fold` leaves them.
# These say that an answer helped, unless there is a "no" beside them.
HELPED = "helped geholfen ayudado ayudo servido sirvio"
AGREES = "great klar stimmt verstanden verstehe kapiert claro entendi entiendo"
NO = "no nope nein nee"
USELESS = "useless inutil"
HELP = "help ayuda"
# These judge an answer only beside others.
BESIDE = "answer bad best bot good helpful one really so too very antwort hilft mal war respuesta nada"

# Words beside the small ones that only say how a follow-up goes on.
GOING_ON = frozenset("same instead then again more further details mehr wieder mas otra unter".split())
SMALL = SMALL_WORDS | GOING_ON
BACK = frozenset(
    """it that this these those him her them they there one
    das dies dieses diese es damit dort esto eso esta esa ese lo""".split()
)
_BESIDE_DA = GERMAN_SMALL - {"da"}
# Words with which people speak of an answer that they got: "not what I asked", "can you explain that better?".
_OF_ANSWERS = frozenset(
    f"""
    {HELPED} {AGREES} {NO} {USELESS} {HELP} {BESIDE}
    not never still wrong incorrect worse worst better unhelpful helps helping clear unclear confusing confused
    huh right correct true false long short else answers answered ask asked asking question mean meant want
    wanted look looking explain understand another other different makes sense words simple simpler simply
    nicht kein keine falsch schlecht besser hilfreich hilf unklar richtig lang kurz antworten frage gefragt
    fragte meine meinte gemeint wollte suche gesucht erklar erklaren erklarst anders andere anderen anderes waren
    weiter leider genauer falsche falscher falsches einfacher worten keinen sinn versteh einfachen verwirrt
    verwirrend bahnhof meinst
    mala malo mejor util sirve correcto correcta verdad largo larga corto corta pregunta pregunte preguntado q
    explicarlo explicarmelo explicamelo explicas
    queria quise busco buscaba explica explicar otro otros otras sentido palabras facil sencillo incorrecto
    queda quedo confundido confundida confuso confusa
    """.split()
)
# "Explain True and False" and "what is a long" ask for what these words name, and say nothing of an answer.
_NAME = r"[`'\"]?(?:(?:an?|eine?|una?) \w+|true|false|and|or|not)[`'\"]?"
_ASKS_FOR = re.compile(
    r"(?:(?:can you|could you|please|pls|bitte|kannst du|puedes|por favor)[\s,]+)*"
    r"(?:explain|define|what(?: i|'?)s|what (?:are|does)|erklare?|was (?:ist|sind|macht|bedeutet|heisst)"
    r"|que (?:es|son|hace|significa)|explica(?:r|me)?)"
    rf"(?: mir)? {_NAME}(?:,? (?:and|or|vs|und|oder|y|o) {_NAME})*"
    r"(?:,? (?:do|mean|please|pls|bitte|por favor|(?:in|auf|en) \w+))*[\s?!.]*"
)
# Whoever says this did not understand an answer.
_NOT_UNDERSTOOD = re.compile(
    r"\b"
    + one_of(
        r"""
        (don'?t|didn'?t|do not|did not|can'?t|cannot) (really )?(understand|get (it|this|that))
        explain\w*
        (not|isn'?t|aren'?t)( \w+)? clear
        unclear
        confus\w+
        (no|any) sense
        simpler
        more simply
        huh
        ((in|with) )?(other|simple) words
        what (do|did) you mean
        what does (it|this|that) mean

        nicht( \w+)? (verst\w+|klar)
        verst\w+( \w+){0,4} nicht
        erklar\w*
        unklar
        verwirr\w*
        keinen sinn
        einfacher
        (in )?(anderen|einfachen) worten
        was meinst du
        was (bedeutet|heisst) das
        wie meinst du
        nur bahnhof

        no( \w+){0,2} (entiendo|entendi|claro)
        explica\w*
        confund\w+
        no tiene sentido
        mas (sencillo|facil)
        (otras|pocas) palabras
        (que|q) quieres decir
        (que|q) significa (eso|esto)
        """
    )
    + r"(?: for (?:me|us))?\b"
)
# In "I don't understand if else", these are what is not understood; in "that is not clear", they are not.
_NAMES = frozenset("is in if else for from with as true false question words frage pregunta".split())
_THE_ANSWER = BACK | frozenset("answer antwort respuesta asked meant gefragt gemeint".split())
_STILL = frozenset("still trotzdem sigue siguen sigo".split())
# Whoever says this wants to read the last answer once more. It is compared with a whole message, in words.
_AGAIN = re.compile(
    r"(?:(?:please|sorry|(?:can|could|would|will) you|bitte|(?:kannst|konntest) du|por favor|perdon"
    r"|(?:me )?(?:puedes|podrias)) )*"
    + one_of(
        r"""
        (show|tell|give|send) (me|us)( (that|this|it|(the|your|that)( last)? (answer|reply)))?
            (again|once more|one more time)
        repeat (that|this|it|(the|your|that)( last)? (answer|reply))( (again|once more))?
        say (that|this|it) (again|once more)
        what was (the|your|that) (answer|reply)( again)?

        (zeige?|sage?|gib|schicke?) (mir|uns)( bitte)?( (das|es|(die|deine)( letzte)? antwort))?
            (nochmals?|noch ?(ein)?mal|wieder)
        wiederhole?( bitte)? (das|es|(die|deine)( letzte)? antwort)( bitte)?
        (mir |uns )?(das|(die|deine)( letzte)? antwort)( bitte)?( (nochmals?|noch ?(ein)?mal))?
            (zeigen|sagen|schicken|wiederholen)
        (die|deine)( letzte)? antwort( bitte)? (nochmals?|noch ?(ein)?mal)

        (muestra|ensena|manda|di|da|repite)(me|nos)(lo|la)?( (eso|esto|(la|tu)( ultima)? respuesta))?
            (otra vez|de nuevo|una vez mas|nuevamente)
        (repetir|mostrar|ensenar|decir)(me)?(lo|la)?( (eso|esto|(la|tu)( ultima)? respuesta))?
            (otra vez|de nuevo|una vez mas)
        repite(me)?(lo|la)?( (eso|esto|(la|tu)( ultima)? respuesta))?
        repetir(me)?( (eso|esto|(la|tu)( ultima)? respuesta))
        (la|tu)( ultima)? respuesta (otra vez|de nuevo)
        """
    )
    + r"(?: (?:please|bitte|por favor))?"
)
# Remarks whose words can also mean something else: "was bringt das" asks, and packages are outdated. Each is
# compared with a whole message, in words.
_FIRST = (
    r"(?:(?:thanks|thank you|sorry|ok|okay|well|but|sadly|unfortunately|danke|leider|aber|naja|gracias|pero"
    r"|lo siento|no|nein|nope|ha+|hm+|uff|puh|buf+) )*"
)
_YA = "(?:ya|you)"  # as chats also write "you"
_LAST = r"(?: (?:for me|fur mich|para mi|leider|sorry|please|thanks|bitte|danke|por favor|gracias|bot))*"
_COMPLAINT = re.compile(
    _FIRST
    + one_of(
        rf"""
        ((i|we) )?(have )?(already|just) (tried|did|done|tested)( (it|that|this|all (of )?that))?
        (i|we) (have )?tried (it|that|this|all (of )?that)( already| before| too)?
        tried (it|that|this) (already|before|too)
        ((i|we) )?(have )?tried( (it|that|this|both))?( but)?( it| that)?( still)?
            (no luck|(did|does) not (help|work))
        (still )?no luck
        (can|could) you (make (it|that|this) shorter|(summarize|shorten) (it|that|this))
        shorter please

        ((das|es) )?bringt ((mir|uns|ja|so|auch|aber|gar|leider|uberhaupt|alles) )*(nichts|nix)
        (((das|es|alles) )?hab(e|en)? (ich|wir)|(ich|wir) hab(e|en)?)( (das|es|alles))?( auch)?
            (schon|bereits) (alles )?(versucht|probiert|ausprobiert|getestet|gemacht)
        schon (versucht|probiert|ausprobiert|gemacht)
        (geht das|kannst du das)( bitte)?( auch)?( etwas)? (kurzer|kurz|genauer)( sagen| erklaren| fassen)?
        (kannst|konntest) du das (bitte )?zusammenfassen
        kurzer bitte

        ((esto|eso) )?no (me )?(sirve|sirves|sirvio) (de|para) nada
        ((eso|esto) )?{_YA} (lo )?(he |hemos )?(intente|probe|hice|intentado|probado|hecho)( eso| esto)?
        no era (eso|esto)( lo que (buscaba|queria|necesitaba|preguntaba|pregunte))?
        (no )?me (referia|refiero) a (eso|esto|otra cosa|algo distinto)
        (quise|queria|quiero) decir (otra cosa|algo distinto)
        mas (corto|breve)
        ((me )?puedes |podrias )?(resumir(lo|melo)?|resumelo|acortarlo)( eso| esto)?
        """
    )
    + _LAST
)
_NICHT = "(?:nicht|nich|net|nix)"
_TOO_HARD = re.compile(
    _FIRST
    + one_of(
        rf"""
        ((that|this|it|the answer) (is|sounds) )?(way |much |a bit |far )?(too|so|very|really)
            (complicated|complex|difficult|hard|technical|advanced)
        (that|this) is (complicated|complex|difficult|hard|confusing)

        ((das|es|die antwort) (ist|klingt) )?(mir )?((viel|etwas) )?(zu|sehr|so|echt)
            (kompliziert|schwer|schwierig|technisch|hoch)
        das ist (mir )?kompliziert
        (das )?(versteh|kapier|check|raff|begreif|peil)e? ich ((leider|einfach|echt|noch|so|gerade) )*{_NICHT}
        ich (versteh|kapier|check|raff|begreif|peil)(e|s)? ((das|es|leider|einfach|echt|noch|so) )*{_NICHT}

        no (lo |la )?(pillo|capto|cacho|pille|capte)( nada)?
        ((eso|esto|la respuesta) )?(es )?(muy|demasiado|tan|bastante)
            (complicad[oa]|complej[oa]|dificil|tecnic[oa])
        """
    )
    + _LAST
)
_OUTDATED = re.compile(
    rf"{_FIRST}(?:(?:i think|ich glaube|creo que) )?"
    + one_of(
        rf"""
        (that|this|((the|your|this|that) )(answer|lesson|information|info))( here)?
            (is|looks|seems|sounds) ((a bit|very|really|already|probably|now|totally|completely) )?(outdated
            |out of date|obsolete|not up to date|not (true|correct|right|valid) (any ?more|any longer)
            |no longer (up to date|true|correct|right|valid|current))

        (das|((die|deine|diese) )(antwort|lektion|info|information))( hier)? (ist|scheint|klingt)
            ((doch|ja|schon|leider|etwas|langst|inzwischen|mittlerweile|total|vollig) )*(veraltet|uberholt
            |nicht (mehr )?aktuell|nicht mehr (richtig|gultig|korrekt|so))
        ((das|die antwort) )?stimmt (so |leider )?nicht mehr
        (ist )?nicht mehr aktuell

        ((eso|esto)|((la|tu|esa|esta) )(respuesta|leccion|informacion))( {_YA})?
            ((esta|parece|quedo) (({_YA}|muy|algo|un poco) )?(desactualizad[oa]|obsolet[oa]|anticuad[oa])
            |no es (asi|correct[oa]|valid[oa]|cierto|actual)|no esta actualizad[oa])
        (eso |esto )?{_YA} no es (asi|correcto|valido|cierto|actual)
        """
    )
    + _LAST
)


def speaks_of_answer(text: str) -> bool:
    """Whether a message only says something about an answer: "not what I asked", "explain it better"."""
    return has_words_of_answers(text) and not asks_for_name(text)


def surely_speaks_of_answer(text: str) -> bool:
    """Whether a message can't mean an entry that has its words: "no me queda claro" does not ask what is left.

    A single word can: "false".
    """
    if says_not_understood(text) or _COMPLAINT.fullmatch(_in_words(text)):
        return True
    return speaks_of_answer(text) and refers_back(text) and not says_outdated(text)


def says_not_understood(text: str) -> bool:
    """Whether a message only says that an answer was not understood: "I don't get it", "explain it better"."""
    said = _in_words(text)
    if _TOO_HARD.fullmatch(said):
        return True
    if not _NOT_UNDERSTOOD.search(fold(text[:LONGEST])) or asks_for_name(text):
        return False
    return (SMALL | QUESTION_WORDS | _OF_ANSWERS).issuperset(said.split())


def says_still(text: str) -> bool:
    """Whether a message says that something is as it was: "still not spinning", "sigue saliendo oscura"."""
    return not _STILL.isdisjoint(words(fold(text[:LONGEST]), WORDS)) or "immer noch" in fold(text[:LONGEST])


def asks_again(text: str) -> bool:
    """Whether a message wants the last answer once more: "show me the answer again"."""
    return _AGAIN.fullmatch(_in_words(text)) is not None


def says_outdated(text: str) -> bool:
    """Whether a message says that an answer is no longer right: "that's outdated". A thing may be meant, too."""
    return _OUTDATED.fullmatch(_in_words(text)) is not None


def has_words_of_answers(text: str) -> bool:
    """Whether a message has only words with which people speak of answers: "not what I asked", "true"."""
    said = _in_words(text)
    told = [word for word in said.split() if word not in SMALL]
    remarks = (_COMPLAINT, _TOO_HARD, _OUTDATED)
    return (bool(told) and _OF_ANSWERS.issuperset(told)) or any(each.fullmatch(said) for each in remarks)


def asks_for_name(text: str) -> bool:
    """Whether a message asks for what words name: "explain True and False", "no entiendo por y para"."""
    said = fold(text[:LONGEST])
    if "`" in said or _ASKS_FOR.fullmatch(said.strip("¿¡ ")):
        return True
    beside, times = _NOT_UNDERSTOOD.subn(" ", said)
    names_some = times > 0 and (not _NAMES.isdisjoint(words(beside, WORDS)) or len({*marked(text)}) > 1)
    return names_some and _THE_ANSWER.isdisjoint(words(said, WORDS))


def refers_back(text: str) -> bool:
    """Whether a message says "it", "that" or the like."""
    said = {*words(fold(text[:LONGEST]), WORDS)}
    # "Wie komm ich da raus" does by its "da", but "me da error" is Spanish.
    return not said.isdisjoint(BACK) or ("da" in said and not said.isdisjoint(_BESIDE_DA))


def _in_words(text: str) -> str:
    """The beginning of a message in words, without punctuation."""
    return " ".join(words(fold(text[:LONGEST]), WORDS))
