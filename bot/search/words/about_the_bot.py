"""Finds questions about the bot and not about a lesson: for its topics, for its stories, about "this"."""

from __future__ import annotations

import re

from bot.search.words.small_words import content_words
from bot.search.words.wording import fold, words

LONGEST = 200  # characters
_TOPICS = "topics|subjects|themes|lessons|courses|categories|questions"
_THEMEN = "themen|lektionen|kurse|bereiche|fragen"
_TEMAS = "temas|lecciones|cursos|preguntas"
# The whole message has to match: "what do you know about pip" is about pip.
_OF_THE_LESSONS = re.compile(
    r"\W*(?:(?:hey|hi|hello|hallo|hola|ok|so|and|und|y|please|help(?: me)?|hilfe|ayuda)\W+)*(?:"
    rf"what (?:all |else )?(?:can|could|do|will) (?:you|u|this bot|the bot) (?:all )?"
    rf"(?:tell|teach|help|answer|explain|know|do|offer|cover)(?: me| us)?(?: with| about| on| here)*"
    rf"(?: (?:{_TOPICS}))?"
    rf"|(?:what|which) (?:\w+ )?(?:{_TOPICS}) (?:do|can|could|are|does) (?:you|u|i|we|there|it|this bot|the bot)"
    rf"(?: (?:have|got|know|cover|answer|teach|offer|ask|learn|explain|choose|pick))?(?: you| u)?"
    r"(?: about| from| here)*"
    rf"|(?:what|which) are (?:the|your|all) (?:\w+ )?(?:{_TOPICS})"
    rf"|(?:please )?(?:show|list|give|tell)(?: me)?(?: all)?(?: of)?(?: the| your)? (?:available )?(?:{_TOPICS})"
    r"|what (?:\w+ )?(?:can|could|should|may) (?:i|we) (?:ask|learn)(?: you| u)?(?: about| from you| here)*"
    r"|how (?:can|could|will|do) (?:you|u|this bot|the bot) help(?: me| us)?(?: here)?"
    r"|(?:what|which) (?:lessons|courses|topics) (?:do|are|have) (?:you|u|there) (?:\w+ )?(?:about|on|for) \w+"
    rf"|what (?:are|is) (?:your|the|these) (?:{_TOPICS}) about"
    r"|(?:who|what) (?:are|r) (?:you|u)(?: for| good for)?|what is this bot(?: for| about)?|what are you about"
    r"|what(?:'s| is) (?:in here|your job|your purpose)|how (?:do|can) i use (?:you|this bot|the bot)"
    r"|how (?:do|does) (?:you|this bot|the bot) work"
    rf"|was (?:kannst|weisst|machst) du(?: denn| mir| uns| alles| so| hier)*(?: erzahlen| beantworten| erklaren"
    rf"| sagen| beibringen)?|was kann (?:man|ich)(?: dich| hier| alles| so)*(?: fragen| lernen)(?: hier)?"
    rf"|welche (?:\w+ )?(?:{_THEMEN}) (?:gibt es|hast du|kennst du|kannst du|sind)(?: hier| denn| alles| da"
    rf"| beantworten)*|(?:zeig|nenn)e? mir (?:bitte )?(?:alle |die |deine )*(?:{_THEMEN})"
    r"|(?:woruber|wovon|uber was|von was) (?:weisst|redest|kannst) du(?: was| etwas| alles| bescheid| erzahlen)*"
    r"|wie (?:kannst|konntest) du (?:mir|uns) (?:hier )?helfen"
    r"|(?:woruber|wonach) (?:kann|darf) (?:ich|man)(?: dich| hier| etwas| was)*(?: fragen)"
    r"|(?:womit|wobei|bei was) (?:kannst|hilfst) du(?: mir| uns)?(?: helfen)?|wer bist du|wozu bist du(?: da| gut)"
    r"|que (?:me )?(?:puedes|sabes|podrias)(?: hacer| contar(?:me)?| decir(?:me)?| explicar(?:me)?| responder"
    r"| ensenar(?:me)?)?(?: sobre| acerca de)?"
    rf"|(?:que|cuales) (?:\w+ )*?(?:{_TEMAS}) (?:tienes|hay|conoces|puedes responder|ensenas)(?: aqui)?"
    rf"|cuales son (?:los|las|tus) (?:{_TEMAS})|(?:muestra|ensena|dame|lista)(?:me)? (?:todos |todas )?"
    rf"(?:los|las|tus) (?:{_TEMAS})|(?:sobre que|que) (?:te )?puedo preguntar(?:te)?(?: aqui)?"
    rf"|(?:de|sobre) que(?: (?:{_TEMAS}))? (?:sabes|hablas|puedes hablar)"
    r"|(?:en que|como) (?:me )?puedes ayudar(?:me|nos)?|quien eres|para que sirves"
    r")\W*"
)
_WALKTHROUGH = re.compile(
    r"\b(?:story|stories|walk ?throughs?|scenarios?|exercises?"
    r"|geschichten?|szenarios?|szenarien|ubung(?:en)?|historias?|escenarios?|ejercicios?|recorridos?)\b"
)
_WALK_THROUGH = re.compile(r"\bwalk (?:me|us) through\b")
# Words with which people ask for a story. They need not be in the story itself.
_REQUEST = re.compile(
    r"\b(?:tell|show|give|open|start|play|want|would|see|hear|do|take|know|let|go|one|was|remember|problem"
    r"|erzahle?|zeige?|offne|starte?|mochte|gibt|mir|uns|den|dem|der|die|das|mit|uber|von|vom|eine?"
    r"|cuenta(?:me)?|muestra(?:me)?|abre|quiero|hay|el|la|los|las|un|una|con|sobre|de|del|donde)\b"
)
# Words beside these and the small ones that only say that a walkthrough is wanted.
_WANTED = frozenset(
    """looking find need try practice other another more new good nice short interactive list available
    suche such ne brauche gute guten gutes andere anderen anderes neue weitere verfugbar
    algun alguna busco buscar necesito otro otra otros otras mas nuevo nueva buen buena""".split()
)
_ASKS_HOW = re.compile(
    r"\W*(?:how|why|wie|warum|como|por que|(?:what is|whats|what's) an?|was ist eine?|que es una?)\b"
)
# "In the story, why does he delete it" asks something else.
_TAKES_PLACE = re.compile(r"\W*(?:in|during|from|im|aus|wahrend|en|durante)\b")
_THIS = re.compile(
    r"\b(?:this|that|these|those|it|thing|things|thingy|stuff|das|dies|dieses|diese|dieser|ding|zeug|esto|eso|ese|esa"
    r"|esta|cosa)\b"
)


def asks_for_topics(text: str) -> bool:
    """Whether somebody asks what the bot knows: "which topics do you have"."""
    if len(text) > LONGEST:
        return False
    # As it is written, and with chat spellings written out: "wat topics r there".
    return any(map(_OF_THE_LESSONS.fullmatch, (fold(text), " ".join(words(text, LONGEST)))))


def story_in(text: str) -> str | None:
    """The words that say which story or walkthrough a message asks for; None if it asks for none."""
    said = fold(text[: LONGEST + 1])
    if len(said) > LONGEST or _ASKS_HOW.match(said):
        return None
    wanted, times = _WALKTHROUGH.subn(" ", said)
    wanted, more = _WALK_THROUGH.subn(" ", wanted)
    return _REQUEST.sub(" ", wanted) if times + more else None


def walkthrough_in(text: str) -> str | None:
    """What somebody wants a walkthrough about who asks for one and says nothing else; None for another message.

    "Is there a walkthrough on docker" -> "docker", and so does "a docker walkthrough".
    """
    said = fold(text[: LONGEST + 1])
    found = _WALKTHROUGH.search(said)
    if not found or len(said) > LONGEST or _ASKS_HOW.match(said) or _TAKES_PLACE.match(said):
        return None
    *before, kind = words(said[: found.start()], LONGEST) or [""]
    if not _WANTED.issuperset(content_words(words(_REQUEST.sub(" ", " ".join(before)), LONGEST))):
        return None
    kind = "" if kind in _WANTED else kind
    return _REQUEST.sub(" ", f"{kind} {said[found.end() :]}")


def points_at_something(text: str) -> bool:
    """Whether a message without content words points at something that only its author sees: "this"."""
    return bool(_THIS.search(fold(text[:LONGEST])))
