"""Recognizes messages about the bot and not about a lesson: its topics, itself, a person; or only "this"."""

from __future__ import annotations

import re

from bot.search.words.sayings import one_of
from bot.search.words.small_words import content_words
from bot.search.words.wording import fold, words

LONGEST = 200  # characters
_TOPICS = "topics|subjects|themes|lessons|courses|categories|questions"
_THEMEN = "themen|lektionen|kurse|bereiche|fragen"
_TEMAS = "temas|lecciones|cursos|preguntas"
BEFORE = r"\W*(?:(?:hey|hi|hello|hallo|hola|ok|so|and|und|y|please|bitte|por favor|help(?: me)?|hilfe|ayuda)\W+)*"
# The whole message has to match: "what do you know about pip" is about pip.
_OF_THE_LESSONS = re.compile(
    BEFORE
    + one_of(
        rf"""
        what (all |else )?(can|could|do|will) (you|u|this bot|the bot)
            (all )?(tell|teach|help|answer|explain|know|do|offer|cover)( me| us)?( with| about| on| here)*
            ( ({_TOPICS}))?
        (what|which) (\w+ )?({_TOPICS}) (do|can|could|are|does) (you|u|i|we|there|it|this bot|the bot)
            ( (have|got|know|cover|answer|teach|offer|ask|learn|explain|choose|pick))?( you| u)?
            ( about| from| here)*
        (what|which) are (the|your|all) (\w+ )?({_TOPICS})
        (please )?(show|list|give|tell)( me)?( all)?( of)?( the| your)? (available )?({_TOPICS})
        what (\w+ )?(can|could|should|may) (i|we) (ask|learn)( you| u)?( about| from you| here)*
        how (can|could|will|do) (you|u|this bot|the bot) help( me| us)?( here)?
        (what|which) (lessons|courses|topics) (do|are|have) (you|u|there) (\w+ )?(about|on|for) \w+
        what (are|is) (your|the|these) ({_TOPICS}) about
        what('s| is) in here
        where (are|(do|can) (i|we) (find|see)) (the|all|your) (the )?({_TOPICS})

        was (kannst|weisst|machst) du( denn| mir| uns| alles| so| hier)*
            ( erzahlen| beantworten| erklaren| sagen| beibringen)?
        was kann (man|ich)( dich| hier| alles| so)*( fragen| lernen)( hier)?
        welche (\w+ )?({_THEMEN}) (gibt es|hast du|kennst du|kannst du|sind)
            ( hier| denn| alles| da| beantworten)*
        (zeig|nenn)e? mir (bitte )?(alle |die |deine )*({_THEMEN})
        (woruber|wovon|uber was|von was) (weisst|redest|kannst) du( was| etwas| alles| bescheid| erzahlen)*
        wie (kannst|konntest) du (mir|uns) (hier )?helfen
        (woruber|wonach) (kann|darf) (ich|man)( dich| hier| etwas| was)*( fragen)
        (womit|wobei|bei was) (kannst|hilfst) du( mir| uns)?( helfen)?
        wo (sind|(finde|sehe) ich) (die|alle|deine) ({_THEMEN})

        que (me )?(puedes|sabes|podrias)( hacer| contar(me)?| decir(me)?| explicar(me)?| responder
            | ensenar(me)?)?( sobre| acerca de)?
        (que|cuales) (\w+ )*?({_TEMAS}) (tienes|hay|conoces|puedes responder|ensenas)( aqui)?
        cuales son (los|las|tus) ({_TEMAS})
        (muestra|ensena|dame|lista)(me)? (todos |todas )?(los|las|tus) ({_TEMAS})
        (sobre que|que) (te )?puedo preguntar(te)?( aqui)?
        (de|sobre) que( ({_TEMAS}))? (sabes|hablas|puedes hablar)
        (en que|como) (me )?puedes ayudar(me|nos)?
        donde (estan|encuentro|veo|puedo ver) (todos |todas )?(los|las|tus) ({_TEMAS})
        """
    )
    + r"\W*"
)
_LANGUAGE = (
    r"(?:english|german|spanish|french|italian|portuguese|dutch|polish|russian|turkish|chinese|japanese|korean|arabic"
    r"|deutsch|englisch|spanisch|franzosisch|italienisch|polnisch|turkisch|russisch"
    r"|ingles|aleman|espanol|castellano|frances|italiano|portugues)"
)
_BOT_OR_HUMAN = "(?:(?:just|nur|an?|eine?|una?) )*" + one_of(
    """
    bot|chat ?bot|chat ?gpt|gpt|llm|ai|robot|machine|language model|real|human|person|real person
    ki|roboter|maschine|sprachmodell|echt|mensch|echter mensch
    ia|maquina|humano|humana|persona|persona real
    """
)
_OF_THE_BOT = re.compile(
    BEFORE
    + one_of(
        rf"""
        (who|what) (are|r) (you|u)( for| good for)?
        what is this bot( for| about)?
        what are you about
        what('s| is) your (job|purpose)
        how (do|can) i use (you|this bot|the bot)
        how (do|does) (you|this bot|the bot) work
        ((are|r) (you|u)|bist du|ist das( hier)?|eres|esto es) {_BOT_OR_HUMAN}( (or|oder|o) {_BOT_OR_HUMAN})?
        is this (just )?(an? )?(bot|chat ?bot|ai|chat ?gpt|human|real person)
        who (made|built|created|programmed|coded|developed|wrote|owns|runs) (you|u|this bot|the bot)
        who('s| is) your (owner|creator|maker|developer|author)
        what('s| is) your name
        how old are (you|u)
        (do|can) (you|u) (also )?(speak|understand|talk|know) {_LANGUAGE}

        wie (funktionierst|arbeitest) du
        wie (funktioniert|benutze ich|nutze ich|verwende ich) (der bot|den bot|dieser bot|diesen bot|dich)
        was (ist|macht|kann) (der|dieser) bot
        was ist das (hier )?fur ein bot
        wer hat (dich|den bot|diesen bot) (gemacht|gebaut|erstellt|programmiert|entwickelt|geschrieben)
        wem gehorst du
        wie heisst du
        was ist dein name
        wie alt bist du
        (sprichst|verstehst|kannst) du (auch )?{_LANGUAGE}
        wer bist du
        (wozu|wofur) bist du( da| gut)

        como (funcionas|te uso)
        como (funciona|uso|se usa|utilizo) (este|el) bot
        que (es|hace) (este|el) bot
        que bot es este
        quien te (hizo|creo|programo|desarrollo|ha hecho|ha creado)
        quien es tu (dueno|creador|creadora|autor)
        como te llamas
        cual es tu nombre
        cuantos anos tienes
        (hablas|entiendes) (tambien )?{_LANGUAGE}
        (quien|que) eres
        para que sirves
        """
    )
    + r"\W*"
)
# "I want to talk to a human": a person, or somebody of the moderators.
_PERSON = "human|human being|person|moderator|moderators|mod|mods|admin|admins"
_MENSCH = (
    "mensch|menschen|person|jemand|jemandem|moderator|moderatorin|moderatoren|moderation|mod|mods|admin|admins"
)
_PERSONA = "persona|humano|humana|ser humano|alguien|moderador|moderadora|moderadores|moderacion|admin|admins"
_LET_ME = "((can|could|may|how (do|can)) i |i (want|need|would like|wanna)( to)? |i'd like to |let me )?"
_WANTS_PERSON = re.compile(
    BEFORE
    + one_of(
        rf"""
        {_LET_ME}(talk|speak|chat) (to|with) (someone|somebody)( (real|else))?
        {_LET_ME}((talk|speak|chat) (to|with)|contact|reach|message|ask)
            ((a|an|the|another|any) )?((real|actual|live) )?({_PERSON})
        i (want|need|would like) (a|an|another) ((real|actual|live) )?(human|person|moderator|mod|admin)
        is there (an?|any|some) ((real|actual|live) )?({_PERSON})
            ((here )?((that|who) )?i (can|could) (talk|speak|chat|write) (to|with)|here|around|online)

        gibt es (hier )?(eine?n? )?(echte[nr]? )?({_MENSCH})( hier)?,? mit de(m|r|nen) (ich|man)
            (reden|sprechen|schreiben) (kann|konnte)
        ((ich (will|mochte|wurde gerne?|muss)|(kann|darf|konnte) ich|lass mich) )?((bitte|gerne?|mal) )*mit
            ((einem|einer|dem|der|den) )?((echten|richtigen) )?({_MENSCH})
            ( (reden|sprechen|schreiben|chatten))( kann| konnte)?
        wie (erreiche|kontaktiere|frage) ich ((die|den|einen|eine) )?({_MENSCH})

        hay (aqui )?(una?|algun|alguna) ({_PERSONA})( aqui)? con (quien|(el|la) que)
            (yo )?(pueda|puedo|podria) (hablar|chatear)
        ((quiero|quisiera|necesito|puedo|podria|me gustaria|dejame) )?(hablar|chatear|conversar) con
            ((una?|algun|alguna|el|la|los) )?({_PERSONA})( real| de verdad| humana)?
        como (contacto|hablo|puedo hablar|puedo contactar)( con)? ((una?|el|la|los) )?({_PERSONA})
        """
    )
    + r"(?: (?:please|here|bitte|hier|por favor|aqui))*\W*"
)
_MODERATOR = re.compile(r"\b(?:mods?\b|moderat|moderad|moderac|admins?\b)")
_THIS = re.compile(
    r"\b(?:this|that|these|those|it|thing|things|thingy|stuff|das|dies|dieses|diese|dieser|ding|zeug|esto|eso|ese|esa"
    r"|esta|cosa)\b"
)


def asks_for_topics(text: str) -> bool:
    """Whether somebody asks what the bot knows: "which topics do you have"."""
    return any(map(_OF_THE_LESSONS.fullmatch, as_said(text)))


def asks_about_the_bot(text: str) -> bool:
    """Whether somebody asks what the bot itself is: "are you an AI?", "how does this bot work"."""
    return any(map(_OF_THE_BOT.fullmatch, as_said(text)))


def wants_person(text: str) -> bool:
    """Whether somebody wants a person in place of the bot: "can I talk to a human?"."""
    return any(map(_WANTS_PERSON.fullmatch, as_said(text)))


def is_asked_for_as_well(text: str, question: str) -> bool:
    """Whether somebody who asks for topics, a person or the bot may mean what an entry's question asks for, too.

    A school has an entry on "which courses do you have", and a server one on how to contact a moderator.
    """
    for asks in (asks_for_topics, asks_about_the_bot):
        if asks(text):
            shared = {*content_words(words(text, LONGEST))} & {*content_words(words(question, LONGEST))}
            return bool(shared) and asks(question)
    return wants_person(text) and wants_person(question) and _MODERATOR.search(fold(text)) is not None


def points_at_something(text: str) -> bool:
    """Whether a message without content words points at something that only its author sees: "this"."""
    return bool(_THIS.search(fold(text[:LONGEST])))


def as_said(text: str) -> tuple[str, ...]:
    """A text as it is written, and with chat spellings written out: "wat topics r there". Empty if it is long."""
    return (fold(text), " ".join(words(text, LONGEST))) if len(text) <= LONGEST else ()
