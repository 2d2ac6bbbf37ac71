"""Recognizes small talk in the bot's languages: thanks, greetings and remarks, which ask nothing.

A message is small talk if all of its words are, and at least one of them has a kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bot.search.words.bare_errors import says_only_that_it_fails
from bot.search.words.chat_spellings import CHAT_SPELLINGS
from bot.search.words.remarks import AGREES, BESIDE, HELP, HELPED, NO, USELESS
from bot.search.words.small_words import SMALL_WORDS
from bot.search.words.smalltalk_sayings import NEEDS_NO_ANSWER, NOT, SAYINGS, UNLESS_ASKED, SmallTalk
from bot.search.words.splitting import opens_as_question
from bot.search.words.wording import fold

LONGEST = 200  # characters; small talk is shorter
LONGEST_WORD = 20

# All words are written as `fold` leaves them: without accents, ß as ss.
_THANKS = """
    thank thanks thanx thankyou thx thnx thnks thks tnx ty tysm tyvm tks cheers appreciate appreciated kudos
    danke dankeschon dankesehr dank danko merci
    obliged bless
    gracias grax agradezco agradecido agradecida
"""
# A mere call for help gets the same reply as a greeting.
_GREETINGS = f"""
    {HELP}
    hello hi hiya hey heya howdy yo gm greetings hallo hallochen huhu moin servus tach gruss grusse gruezi hola
    buenas holi saludo saludos hilfe
"""
# These say that an answer helped, unless there is a "no", too.
_WORKED = """
    worked works solved fixed lifesaver geklappt klappt lauft funzt funktioniert gelost funciono funciona resuelto
    solucionado
"""
_REMARKS = f"""
    {HELPED} {_WORKED} {AGREES} {NO}
    ok okay okey okie oki k kk lol lmao lmfao rofl xd nice cool perfect super wow omg yay yes yeah yep yup alright
    awesome amazing sweet brilliant excellent fantastic lovely done understood sorry sry oops ops whoops pardon
    sure gg ggs wp gl hf glhf ez rip congrats congratulations bored
    exactly roger noted interesting weird strange aha agreed aw damn dang gotcha dokie understandable legend gz
    nvm nevermind np bye goodbye gn cya brb gtg lgtm hm hmm uh uhm
    gut toll prima genau ja jau jo ne perfekt klasse spitze geil stark wunderbar passt erledigt egal tschuss ciao
    bitte gluckwunsch gratuliere gelangweilt langweilig
    interessant spannend komisch seltsam merkwurdig krass schade
    gerne supi achso ups huch entschuldigung entschuldige verzeihung
    vale listo genial guay perfecto bien bueno buenisimo si entendido acuerdo adios chao perdon perdonen disculpa
    interesante curioso raro disculpen uy felicidades enhorabuena aburrido aburrida
"""
# Whoever is angry at the bot asks it nothing, and thanks it for nothing.
_INSULTS = f"""
    {USELESS}
    stupid dumb idiot idiotic moron suck sucks shit bullshit crap fuck fucking fucked fucker asshole bitch
    bastard stfu wtf
    dumm dumme dummer doof blod blode bloder scheisse scheiss arschloch nutzlos nutzloser trottel nervst
    tonto tonta estupido estupida mierda puta puto joder idiota imbecil
"""
# Words that can stand beside the others, but are no small talk on their own.
_BESIDE = f"""
    {BESIDE}
    2 4 a again ah aha all already am an and are at been bro buddy bunch but day did dokey dude everybody
    everyone fast finally fine folks for forgot fr friend from get god got guys had has have her here him his i im
    in indeed is it its just later lessonbot life lot lots love made man many mate me morning much my need
    night now of oh on our out please pls prob problem probs quick quickly saved some team that thats the them
    there these they this those to tomorrow ton tons true u us wait was we welcome well were will with work
    working you your youre
    aber abend ach alle allen allerseits alles an auch beste besten bin bist brauche das dass dein deine deinen
    deiner dem den der dich die dir du echt ein eine einen es euch euer eure fur ganz geht gott guten gute guter
    hast hat haben habe herzlich herzlichen hier ich ihr ihnen im ist jetzt ka leider leute lieben lieb liebe mich
    mir mit mittag morgen na nacht nochmal noch nun schnelle schnell schon schone schonen sehr sie tag tausend uns
    viel viele vielen vielmals von wieder wir zusammen
    al amigo amigos ayudar de buen buena crack buenos dia dias e el ella ellos eres es esta este eso esto favor
    fue gente ha has hasta igualmente la las le lo los luego mi mil mucha muchas muchisimas mucho muy necesito
    noches por pues que quedo rapida rapido realmente su sus tarde tardes te tio todo todos todas tu tus un una
    usted y ya
"""
# These are also things that lessons may be about: "How do I rip a CD?", "What is GL?", "I'm new here".
ALSO_THINGS = frozenset("gl hf rip ez wp bored nervous tired new luck".split())
# So are these, if nothing else is said: "you are a legend" is praise.
THINGS_ALONE = frozenset("finally gz legend welcome".split())
# A "no" declines, also beside thanks.
_DENIES = frozenset(f"{NO} {_INSULTS}".split())
_HELPED = frozenset(f"{HELPED} {_WORKED}".split())
_KIND_OF: dict[str, SmallTalk | None] = {
    **dict.fromkeys(_BESIDE.split()),
    **dict.fromkeys(_REMARKS.split(), "remark"),
    **dict.fromkeys(_INSULTS.split(), "remark"),
    **dict.fromkeys(_GREETINGS.split(), "greeting"),
    **dict.fromkeys(_THANKS.split(), "thanks"),
}

# With these words, people refer to another person's message.
_POINTING = frozenset(
    """
    above advice answer bot check guess have hear her here him hey idea ideas lessonbot look one opinion over
    please question read reply respond say see take think thoughts turn
    anschauen ansehen antwort antworte antworten beantworte beantworten bitte bot das dazu denkst der die diese
    dir du eine frage guck gucken guckst hast helfen hier hilf hilfe idee ideen ihm ihnen ihr jemand kannst mal
    meinst meinung prufen sagst schau schauen schaust was weisst
    a algun alguien alguna ayuda ayudale ayudales ayudar ayudarla ayudarle ayudarlo contesta contestale
    contestar contestarle crees esa esta este eso esto favor idea ideas la le lo mira mirar opinas opinion
    piensas por pregunta puedes que responde respondele responder responderle respuesta revisa revisar sabes su
    tienes ver
    """.split()
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_STRETCHED = re.compile(r"(.)\1{2,}")  # "hiiii", "thaaanks"
_DRAWN = re.compile(r"\b[^\W\d_]*([^\W\d_])\1+\b")  # "heyy", "ohhh", "morninggg"
_LAUGHTER = re.compile(r"(?:h[aeio]){2,}h?|(?:j[aei]){2,}j?|x+d+|lo+l")
_WAVING = {"👋", "🙋"}
# "Edit: found it" below a message that was edited, or in the next one.
_EDIT = re.compile(r"\A(?:edit|update|nachtrag|edito)\W{0,2}:\s*")
_EMOTICON = re.compile(r"\s*(?:[:;=x8][-^']?[)(dpo3]+|\+1|\^\^)\s*")


@lru_cache(maxsize=16)  # one message is looked at several times
def small_talk(text: str) -> SmallTalk | None:
    """The kind of small talk that a text is; None if it is something else, or empty."""
    if len(text) > LONGEST:
        return None
    said = _DRAWN.sub(_undrawn, _EDIT.sub("", fold(text).strip().replace("<3", " ❤ ")))
    if _EMOTICON.fullmatch(said):
        return "remark"
    if not _WORD.search(said):
        return _of_emoji(said)
    if says_only_that_it_fails(text):
        return None
    kinds: set[SmallTalk | None] = set()
    # "Will try that" opens like a question.
    asks = "?" in said or (opens_as_question(said) and not said.startswith("will "))
    for pattern, phrase in SAYINGS if asks else (*UNLESS_ASKED, *SAYINGS):
        said, count = pattern.subn(" ", said)
        if count:
            kinds.add(phrase)
    if NOT.search(said):
        return None
    # "Done?", "It works?": these are questions.
    is_asked = "?" in said and not kinds
    is_denied = False
    for word in _WORD.findall(said):
        for each in _written_out(word.replace("'", "")):
            spelt = _known(each)
            if spelt is None:
                return None
            kinds.add(_KIND_OF.get(spelt, "remark"))
            is_denied = is_denied or spelt in _DENIES
    if is_asked:
        kinds.discard("remark")
    # "No thanks" and "thanks, useless" are remarks.
    elif "thanks" in kinds and is_denied:
        return "remark"
    by_weight: tuple[SmallTalk, ...] = ("thanks", "greeting", "remark")
    return next((each for each in by_weight if each in kinds), None)


def says_it_helped(text: str) -> bool:
    """Whether this text after an answer says that it helped: "danke!", "that worked"."""
    kind = small_talk(text)
    said = fold(text[:LONGEST])
    if kind in (None, "greeting") or NEEDS_NO_ANSWER.search(said):
        return False
    known = {_known(word.replace("'", "")) for word in _WORD.findall(said)}
    return kind == "thanks" or bool(known & _HELPED and not known & _DENIES)


def _undrawn(found: re.Match[str]) -> str:
    """A word of small talk without the letters that are drawn out at its end; any other word as it is."""
    word = found[0]
    short = word.rstrip(found[1]) + found[1]
    return word if word in _KIND_OF or short not in _KIND_OF else short


def _of_emoji(said: str) -> SmallTalk | None:
    """The kind of a text without words: "greeting" for a waving hand, "remark" for other emoji, else None."""
    if "?" in said or not any(unicodedata.category(char) == "So" for char in said):
        return None
    return "greeting" if _WAVING & set(said) else "remark"


def points_elsewhere(text: str) -> bool:
    """Whether a text only refers to somebody else's message: "can you answer this?"."""
    if small_talk(text) == "thanks":
        return False
    said = (word.replace("'", "") for word in _WORD.findall(fold(text[:LONGEST])))
    return all(word in SMALL_WORDS or word in _POINTING for word in said)


def _written_out(word: str) -> Sequence[str]:
    """A chat spelling of words of small talk in full: "gr8" -> "great", "tbh" -> nothing. Others as they are."""
    return (word,) if _known(word) else CHAT_SPELLINGS.get(word, (word,))


def _known(word: str) -> str | None:
    """A word of small talk without stretched letters; laughter unchanged; None for any other word."""
    if len(word) > LONGEST_WORD:
        return None
    spellings = (word, _STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word))
    known = next((each for each in spellings if each in _KIND_OF), None)
    return known or (word if _LAUGHTER.fullmatch(word) else None)
