"""Recognizes messages about the bot and not about a lesson: its topics, walkthroughs, commands; or just "this"."""

from __future__ import annotations

import re
from typing import Literal

from bot.search.words.small_words import content_words
from bot.search.words.wording import fold, words

# What a command or a button is for: the member's data, reminders of walkthroughs, a walkthrough, or a correction.
CommandFor = Literal["data", "reminders", "walkthrough", "correction"]

LONGEST = 200  # characters
_TOPICS = "topics|subjects|themes|lessons|courses|categories|questions"
_THEMEN = "themen|lektionen|kurse|bereiche|fragen"
_TEMAS = "temas|lecciones|cursos|preguntas"
_BEFORE = r"\W*(?:(?:hey|hi|hello|hallo|hola|ok|so|and|und|y|please|bitte|por favor|help(?: me)?|hilfe|ayuda)\W+)*"
# The whole message has to match: "what do you know about pip" is about pip.
_OF_THE_LESSONS = re.compile(
    rf"{_BEFORE}(?:"
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
    r"|what(?:'s| is) in here"
    rf"|was (?:kannst|weisst|machst) du(?: denn| mir| uns| alles| so| hier)*(?: erzahlen| beantworten| erklaren"
    rf"| sagen| beibringen)?|was kann (?:man|ich)(?: dich| hier| alles| so)*(?: fragen| lernen)(?: hier)?"
    rf"|welche (?:\w+ )?(?:{_THEMEN}) (?:gibt es|hast du|kennst du|kannst du|sind)(?: hier| denn| alles| da"
    rf"| beantworten)*|(?:zeig|nenn)e? mir (?:bitte )?(?:alle |die |deine )*(?:{_THEMEN})"
    r"|(?:woruber|wovon|uber was|von was) (?:weisst|redest|kannst) du(?: was| etwas| alles| bescheid| erzahlen)*"
    r"|wie (?:kannst|konntest) du (?:mir|uns) (?:hier )?helfen"
    r"|(?:woruber|wonach) (?:kann|darf) (?:ich|man)(?: dich| hier| etwas| was)*(?: fragen)"
    r"|(?:womit|wobei|bei was) (?:kannst|hilfst) du(?: mir| uns)?(?: helfen)?"
    r"|que (?:me )?(?:puedes|sabes|podrias)(?: hacer| contar(?:me)?| decir(?:me)?| explicar(?:me)?| responder"
    r"| ensenar(?:me)?)?(?: sobre| acerca de)?"
    rf"|(?:que|cuales) (?:\w+ )*?(?:{_TEMAS}) (?:tienes|hay|conoces|puedes responder|ensenas)(?: aqui)?"
    rf"|cuales son (?:los|las|tus) (?:{_TEMAS})|(?:muestra|ensena|dame|lista)(?:me)? (?:todos |todas )?"
    rf"(?:los|las|tus) (?:{_TEMAS})|(?:sobre que|que) (?:te )?puedo preguntar(?:te)?(?: aqui)?"
    rf"|(?:de|sobre) que(?: (?:{_TEMAS}))? (?:sabes|hablas|puedes hablar)"
    r"|(?:en que|como) (?:me )?puedes ayudar(?:me|nos)?"
    rf"|where (?:are|(?:do|can) (?:i|we) (?:find|see)) (?:the|all|your) (?:the )?(?:{_TOPICS})"
    rf"|wo (?:sind|(?:finde|sehe) ich) (?:die|alle|deine) (?:{_THEMEN})"
    rf"|donde (?:estan|encuentro|veo|puedo ver) (?:todos |todas )?(?:los|las|tus) (?:{_TEMAS})"
    r")\W*"
)
_LANGUAGE = (
    r"(?:english|german|spanish|french|italian|portuguese|dutch|polish|russian|turkish|chinese|japanese|korean|arabic"
    r"|deutsch|englisch|spanisch|franzosisch|italienisch|polnisch|turkisch|russisch"
    r"|ingles|aleman|espanol|castellano|frances|italiano|portugues)"
)
_BOT_OR_HUMAN = (
    r"(?:(?:just|nur|an?|eine?|una?) )*(?:bot|chat ?bot|chat ?gpt|gpt|llm|real|robot|machine|ai|human|real person"
    r"|person|language model|roboter|maschine|ki|mensch|echt|echter mensch|sprachmodell"
    r"|maquina|ia|humano|humana|persona|persona real)"
)
_OF_THE_BOT = re.compile(
    rf"{_BEFORE}(?:"
    r"(?:who|what) (?:are|r) (?:you|u)(?: for| good for)?|what is this bot(?: for| about)?|what are you about"
    r"|what(?:'s| is) your (?:job|purpose)|how (?:do|can) i use (?:you|this bot|the bot)"
    r"|how (?:do|does) (?:you|this bot|the bot) work"
    r"|wie (?:funktionierst|arbeitest) du|wie (?:funktioniert|benutze ich|nutze ich|verwende ich)"
    r" (?:der bot|den bot|dieser bot|diesen bot|dich)|was (?:ist|macht|kann) (?:der|dieser) bot"
    r"|was ist das (?:hier )?fur ein bot"
    r"|como (?:funcionas|te uso)|como (?:funciona|uso|se usa|utilizo) (?:este|el) bot"
    r"|que (?:es|hace) (?:este|el) bot|que bot es este"
    rf"|(?:(?:are|r) (?:you|u)|bist du|ist das(?: hier)?|eres|esto es) {_BOT_OR_HUMAN}"
    rf"(?: (?:or|oder|o) {_BOT_OR_HUMAN})?"
    r"|is this (?:just )?(?:an? )?(?:bot|chat ?bot|ai|chat ?gpt|human|real person)"
    r"|who (?:made|built|created|programmed|coded|developed|wrote|owns|runs) (?:you|u|this bot|the bot)"
    r"|who(?:'s| is) your (?:owner|creator|maker|developer|author)|what(?:'s| is) your name|how old are (?:you|u)"
    rf"|(?:do|can) (?:you|u) (?:also )?(?:speak|understand|talk|know) {_LANGUAGE}"
    r"|wer hat (?:dich|den bot|diesen bot) (?:gemacht|gebaut|erstellt|programmiert|entwickelt|geschrieben)"
    r"|wem gehorst du|wie heisst du|was ist dein name|wie alt bist du"
    rf"|(?:sprichst|verstehst|kannst) du (?:auch )?{_LANGUAGE}"
    r"|quien te (?:hizo|creo|programo|desarrollo|ha hecho|ha creado)|quien es tu (?:dueno|creador|creadora|autor)"
    rf"|como te llamas|cual es tu nombre|cuantos anos tienes|(?:hablas|entiendes) (?:tambien )?{_LANGUAGE}"
    r"|wer bist du|(?:wozu|wofur) bist du(?: da| gut)|(?:quien|que) eres|para que sirves"
    r")\W*"
)
# "I want to talk to a human": a person, or somebody of the moderators.
_PERSON = "human|human being|person|moderator|moderators|mod|mods|admin|admins"
_MENSCH = (
    "mensch|menschen|person|jemand|jemandem|moderator|moderatorin|moderatoren|moderation|mod|mods|admin|admins"
)
_PERSONA = "persona|humano|humana|ser humano|alguien|moderador|moderadora|moderadores|moderacion|admin|admins"
_WANTS_PERSON = re.compile(
    rf"{_BEFORE}(?:"
    r"(?:(?:can|could|may|how (?:do|can)) i |i (?:want|need|would like|wanna)(?: to)? |i'd like to |let me )?"
    r"(?:(?:talk|speak|chat) (?:to|with) (?:someone|somebody)(?: (?:real|else))?"
    r"|(?:(?:talk|speak|chat) (?:to|with)"
    rf"|contact|reach|message|ask) (?:(?:a|an|the|another|any) )?(?:(?:real|actual|live) )?(?:{_PERSON}))"
    r"|i (?:want|need|would like) (?:a|an|another) (?:(?:real|actual|live) )?(?:human|person|moderator|mod|admin)"
    rf"|is there (?:an?|any|some) (?:(?:real|actual|live) )?(?:{_PERSON})"
    r" (?:(?:here )?(?:(?:that|who) )?i (?:can|could) (?:talk|speak|chat|write) (?:to|with)|here|around|online)"
    rf"|gibt es (?:hier )?(?:eine?n? )?(?:echte[nr]? )?(?:{_MENSCH})(?: hier)?,?"
    r" mit de(?:m|r|nen) (?:ich|man) (?:reden|sprechen|schreiben) (?:kann|konnte)"
    rf"|hay (?:aqui )?(?:una?|algun|alguna) (?:{_PERSONA})(?: aqui)? con (?:quien|(?:el|la) que)"
    r" (?:yo )?(?:pueda|puedo|podria) (?:hablar|chatear)"
    r"|(?:(?:ich (?:will|mochte|wurde gerne?|muss)|(?:kann|darf|konnte) ich|lass mich) )?"
    rf"(?:(?:bitte|gerne?|mal) )*mit (?:(?:einem|einer|dem|der|den) )?(?:(?:echten|richtigen) )?(?:{_MENSCH})"
    r"(?: (?:reden|sprechen|schreiben|chatten))(?: kann| konnte)?"
    rf"|wie (?:erreiche|kontaktiere|frage) ich (?:(?:die|den|einen|eine) )?(?:{_MENSCH})"
    r"|(?:(?:quiero|quisiera|necesito|puedo|podria|me gustaria|dejame) )?(?:hablar|chatear|conversar) con "
    rf"(?:(?:una?|algun|alguna|el|la|los) )?(?:{_PERSONA})(?: real| de verdad| humana)?"
    rf"|como (?:contacto|hablo|puedo hablar|puedo contactar)(?: con)? (?:(?:una?|el|la|los) )?(?:{_PERSONA})"
    r")(?: (?:please|here|bitte|hier|por favor|aqui))*\W*"
)
_MODERATOR = re.compile(r"\b(?:mods?\b|moderat|moderad|moderac|admins?\b)")
_BY = r"\W*(?:(?:now|please|pls|again|bitte|jetzt|wieder|por favor|ahora|de nuevo)\W*)*"
_I_WANT = (
    r"(?:(?:can|could|would|will) you |(?:can|could|may) i |i (?:want|would like)(?: you)? to "
    r"|i'd like(?: you)? to |kannst du |konntest du |kann ich |ich (?:will|mochte) (?:dass du )?"
    r"|puedes |podrias |puedo |quiero (?:que )?)?"
)
_MY_DATA = r"(?:all )?(?:of )?my (?:personal |saved )?(?:data|information|personal information)"
_WHAT_IT_KNOWS = (
    r"(?:everything|anything|all|what|all the data|all data|the data)(?: that)?"
    r" (?:you|u|the bot|this bot) (?:(?:have|has) )?(?:know|knows|have|has|saved?|stored?|keep|kept|remember)"
    r"(?: (?:saved|stored))? (?:about|on|of|from) me"
)
_DATEN = (
    r"(?:(?:alle |all )?(?:meine|deine) (?:personlichen )?daten(?: uber mich)?|alles (?:uber|von) (?:mich|mir)"
    r"|alles,? was (?:du|der bot) (?:uber mich|von mir) (?:weisst|weiss|hast|gespeichert hast|gespeichert hat))"
)
_DATOS = (
    r"(?:(?:todos )?mis datos(?: personales)?|todo (?:sobre|de) mi"
    r"|todo lo que (?:sabes|tienes|guardas|guardaste|has guardado|tienes guardado) (?:sobre|de) mi)"
)
# An entry about data may answer this, too: see `may_mean_lessons_data`.
_HOW_TO_DELETE_DATA = (
    rf"(?:how (?:do|can) (?:i|you) (?:delete|erase|remove) {_MY_DATA}"
    rf"|wie (?:losche|entferne) ich {_DATEN}|wie kann ich {_DATEN} (?:loschen|entfernen)"
    rf"|como (?:borro|elimino|quito|puedo (?:borrar|eliminar|quitar)) {_DATOS})"
)
_ASKS_HOW_TO_DELETE_DATA = re.compile(rf"{_BEFORE}{_HOW_TO_DELETE_DATA}{_BY}")
_DATA = re.compile(r"\b(?:data|daten|datos)\b")
# Has to match the whole message, too: lessons may say how to delete data somewhere else.
_WANTS_DATA = re.compile(
    rf"{_BEFORE}{_I_WANT}(?:/?(?:ask )?(?:forget|my data)|forget (?:about )?me|delete me|vergiss mich|olvidame"
    rf"|(?:delete|erase|remove|wipe|clear|forget|show|send|give|export|download|see|get)(?: me)?"
    rf" (?:{_MY_DATA}|{_WHAT_IT_KNOWS}|(?:everything|all|anything) (?:about|on|of) me)"
    r"|(?:what|which)(?: data)? (?:do|does|have|has) (?:you|u|the bot|this bot)"
    r" (?:know|have|saved?|stored?|keep|kept|remember)(?: (?:saved|stored))? (?:about|on|of) me"
    rf"|how (?:do|can) (?:i|you) (?:delete|erase|remove|see|get) (?:{_WHAT_IT_KNOWS})"
    rf"|{_HOW_TO_DELETE_DATA}"
    rf"|(?:losche?|vergiss|entferne?|zeige? mir|schicke? mir|gib mir)(?: bitte)? {_DATEN}"
    rf"|{_DATEN} (?:loschen|vergessen|entfernen|sehen|anzeigen|loschst|vergisst)"
    r"|was (?:weisst|speicherst|hast) du (?:alles )?(?:uber mich|von mir)(?: gespeichert)?|was speicherst du"
    r"|welche daten (?:hast|speicherst|habt|speichert) (?:du|ihr)(?: (?:uber mich|von mir))?"
    r"|(?:borrar?|borres|eliminar?|elimines|olvidar?|olvides|quitar?|muestrame|enviame|mandame|dame|ver)"
    rf" {_DATOS}"
    r"|que (?:datos )?(?:sabes|guardas|tienes|has guardado)(?: guardados?)? (?:sobre|de) mi"
    r"|que datos guardas"
    rf"){_BY}"
)
_WANTS_NO_REMINDERS = re.compile(
    rf"{_BEFORE}(?:how (?:do|can) (?:i|you) )?{_I_WANT}(?:"
    r"(?:stop|cancel|disable|end|remove|delete|turn off|switch off|unsubscribe from)(?: sending| giving)?(?: me)?"
    r"(?: (?:all|the|my|any|these|those|your|more))* reminders?"
    r"|(?:turn|switch) (?:the |my |your |all )?reminders? off|stop (?:to remind|reminding)(?: me)?"
    r"|(?:no|i (?:do not|don't|dont) want(?: any| your)?|(?:do not|don't|dont) send(?: me)?(?: any)?)"
    r"(?: more)? reminders?(?: any ?more)?|(?:do not|don't|dont) remind me(?: any ?more)?"
    r"|(?:stoppe?|beende|losche?|deaktiviere)(?: bitte)? (?:(?:alle|die|meine|deine) )*erinnerungen"
    r"|(?:stelle?|schalte?|bestelle?)(?: bitte)? (?:(?:alle|die|meine|deine) )*erinnerungen (?:ab|aus)"
    r"|wie (?:stoppe|beende|losche|deaktiviere|stelle|schalte|bestelle) ich"
    r" (?:(?:alle|die|meine|deine) )*erinnerungen(?: ab| aus)?"
    r"|(?:wie kann ich )?(?:(?:alle|die|meine|deine|keine) )*erinnerungen"
    r" (?:stoppen|beenden|loschen|deaktivieren|abstellen|abschalten|ausschalten|abbestellen|mehr)"
    r"|(?:schicke?|sende?) mir (?:bitte )?keine erinnerungen(?: mehr)?|(?:ich (?:will|mochte) )?keine"
    r" erinnerungen(?: mehr)?(?: (?:haben|bekommen|erhalten|kriegen))?|hore? auf,? (?:mich zu erinnern"
    r"|mit (?:den|deinen|diesen) erinnerungen|mir erinnerungen zu (?:schicken|senden))"
    r"|erinnere? mich (?:bitte )?nicht mehr"
    r"|(?:como )?(?:deja|dejar|dejes|para|paro|parar|pares) de (?:enviar|mandar)(?:me)?(?: mas)? recordatorios"
    r"|(?:como )?(?:cancelar?|cancelo|paro|parar?|desactivo|desactivar?|quito|quitar?|borrar?|borro|deten"
    r"|detener) (?:todos )?(?:los |mis |tus )?recordatorios"
    r"|(?:deja|para|basta)(?: ya)? (?:con |de )?(?:los |tus |estos )?recordatorios"
    r"|no (?:me (?:envies|mandes)|quiero(?: recibir)?) (?:mas )?recordatorios|no me recuerdes (?:mas|nada)"
    r"|(?:no|sin) mas recordatorios"
    rf"){_BY}"
)
_WANTS_WALKTHROUGH = re.compile(
    rf"{_BEFORE}{_I_WANT}(?:/walk ?through(?: forget)?"
    r"|how (?:do|can|could|would) (?:i|we) (?:start|begin|open|do|take|use|continue|resume|restart|stop|leave)"
    r"(?: with)? (?:a|the|my|another|this|an old) walk ?through"
    r"|(?:continue|resume|restart|go on|carry on|go back|pick up)(?: with| to)?"
    r" (?:the |my |this |our )?(?:last |old |unfinished )?walk ?through"
    r"|wie (?:starte|beginne|offne|mache|setze|fuhre) ich (?:mit )?"
    r"(?:eine[nr]?|die|der|den|meine[nr]?|dem|einem) (?:ubung|walkthrough)(?: fort| weiter| an)?"
    r"|(?:wie kann ich )?(?:mit )?(?:eine[nr]?|die|der|den|meine[nr]?|dem|einem) (?:letzten? )?"
    r"(?:ubung|walkthrough) (?:starten|beginnen|offnen|fortsetzen|weitermachen|weiterfuhren)"
    r"|(?:setze?|fuhre?|mache?)(?: bitte)? (?:mit )?(?:die|der|den|dem|meine[nrm]?) (?:letzten? )?"
    r"(?:ubung|walkthrough) (?:fort|weiter)"
    r"|como (?:puedo )?(?:empiezo|empezar|inicio|iniciar|comienzo|comenzar|abro|abrir|continuo|continuar|sigo"
    r"|seguir|retomo|retomar|hago|hacer)(?: con)? (?:un|el|mi|otro) (?:recorrido|walkthrough)"
    r"|(?:continuar?|continua|sigue|seguir|retomar?)(?: con)? (?:el|mi) (?:ultimo )?(?:recorrido|walkthrough)"
    rf"){_BY}"
)
_WALKTHROUGH = re.compile(
    r"\b(?:story|stories|walk ?throughs?|scenarios?|exercises?"
    r"|geschichten?|szenarios?|szenarien|ubung(?:en)?|historias?|escenarios?|ejercicios?|recorridos?)\b"
)
_WALK_ME_THROUGH = re.compile(r"\bwalk (?:me|us) through\b")
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
    return any(map(_OF_THE_LESSONS.fullmatch, _as_said(text)))


def asks_about_the_bot(text: str) -> bool:
    """Whether somebody asks what the bot itself is: "are you an AI?", "how does this bot work"."""
    return any(map(_OF_THE_BOT.fullmatch, _as_said(text)))


def wants_person(text: str) -> bool:
    """Whether somebody wants a person in place of the bot: "can I talk to a human?"."""
    return any(map(_WANTS_PERSON.fullmatch, _as_said(text)))


def command_meant(text: str) -> CommandFor | None:
    """The command that does what a message asks for: "delete everything you know about me"; None if none does."""
    for said in _as_said(text):
        if _WANTS_DATA.fullmatch(said):
            return "data"
        if _WANTS_NO_REMINDERS.fullmatch(said):
            return "reminders"
        if _WANTS_WALKTHROUGH.fullmatch(said):
            return "walkthrough"
    return None


def may_mean_lessons_data(text: str, question: str) -> bool:
    """Whether somebody who asks how to delete their data may mean the data that an entry's question is about."""
    asks = any(map(_ASKS_HOW_TO_DELETE_DATA.fullmatch, _as_said(text)))
    return asks and _DATA.search(fold(question)) is not None


def is_asked_for_as_well(text: str, question: str) -> bool:
    """Whether somebody who asks for topics, a person or the bot may mean what an entry's question asks for, too.

    A school has an entry on "which courses do you have", and a server one on how to contact a moderator.
    """
    for asks in (asks_for_topics, asks_about_the_bot):
        if asks(text):
            shared = {*content_words(words(text, LONGEST))} & {*content_words(words(question, LONGEST))}
            return bool(shared) and asks(question)
    return wants_person(text) and wants_person(question) and _MODERATOR.search(fold(text)) is not None


def story_in(text: str) -> str | None:
    """The words that say which story or walkthrough a message asks for; None if it asks for none."""
    said = fold(text[: LONGEST + 1])
    if len(said) > LONGEST or _ASKS_HOW.match(said):
        return None
    wanted, times = _WALKTHROUGH.subn(" ", said)
    wanted, more = _WALK_ME_THROUGH.subn(" ", wanted)
    return _REQUEST.sub(" ", wanted) if times + more else None


def walkthrough_in(text: str) -> str | None:
    """The topic of a message that only asks for a walkthrough; None for any other message.

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


def _as_said(text: str) -> tuple[str, ...]:
    """A text as it is written, and with chat spellings written out: "wat topics r there". Empty if it is long."""
    return (fold(text), " ".join(words(text, LONGEST))) if len(text) <= LONGEST else ()
