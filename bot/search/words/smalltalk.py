"""Recognizes small talk in the bot's languages: thanks, greetings and remarks, which ask nothing.

A message is small talk if all of its words are, and at least one of them has a kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from bot.search.words.bare_errors import says_only_that_it_fails
from bot.search.words.chat_spellings import CHAT_SPELLINGS
from bot.search.words.intentions import INTENTIONS
from bot.search.words.remarks import AGREES, BESIDE, HELP, HELPED, NO, USELESS
from bot.search.words.small_words import QUESTION_WORDS, SMALL_WORDS
from bot.search.words.splitting import opens_as_question
from bot.search.words.wording import fold

SmallTalk = Literal["greeting", "thanks", "remark"]

LONGEST = 200  # characters; small talk is shorter
LONGEST_WORD = 20

# All words are written as `fold` leaves them: without accents, ß as ss.
_THANKS = """
    thank thanks thanx thankyou thx thnx thnks thks tnx ty tysm tyvm tks cheers appreciate appreciated kudos
    danke dankeschon dankesehr dank danko merci
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
    exactly roger noted interesting weird strange aha
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
    everyone fast finally fine folks for fr friend from get god got guys had has have her here him his i im in
    indeed is it its just lessonbot life lot lots love made man many mate me morning much my need night now of oh
    on our out please pls prob problem probs quick quickly saved some team that thats the them there these they
    this those to tomorrow ton tons u us was we welcome well were will with work working you your youre
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
ALSO_THINGS = frozenset("gl hf rip ez wp bored new luck".split())
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

# Who wrote in the wrong place, or found the answer without help, needs none.
_NEEDS_NO_ANSWER = re.compile(
    r"\b(?:wrong (?:channel|chat|server|thread|group|person|window|tab)|my (?:bad|mistake)"
    r"|(?:please )?(?:ignore|disregard) (?:this|that|it|me)|never mind|nvm|nevermind|forget (?:about )?(?:it|that)"
    r"|(?:found|solved|fixed|sorted|figured) (?:it|that)(?: out)?(?: by myself| myself| on my own)"
    r"|(?:did not|didn'?t) mean (?:to|that|it)|meant for (?:someone|somebody) else"
    r"|(?:was not|wasn'?t|not)(?: meant)? for (?:you|this channel|here)"
    r"|falsche[rsn]? (?:channel|kanal|chat|server|thread|gruppe|fenster)|mein fehler"
    r"|habe? mich (?:vertan|vertippt|verschrieben|geirrt)|hat sich (?:schon )?erledigt"
    r"|habe?'?s? (?:es |das )?(?:selbst|selber|allein|alleine)"
    r" (?:gefunden|gelost|geschafft|hinbekommen|hingekriegt|rausgefunden|herausgefunden)"
    r"|vergiss (?:es|das)|(?:war )?nicht fur (?:dich|hier)"
    r"|(?:canal|chat|servidor|grupo|hilo) equivocado|error mio|mi culpa"
    r"|me (?:he )?equivo(?:que|cado)(?: de (?:canal|chat|servidor|grupo|hilo))?"
    r"|(?:ya )?lo (?:encontre|resolvi|arregle|solucione) (?:yo )?(?:mismo|misma|solo|sola)"
    r"|olvidalo|ignora (?:esto|eso)|no era para (?:ti|aqui)"
    r"|(?:thanks?|thank you|thx|ty) (?:for nothing|anyway)|danke? fur nichts"
    r"|danke? (?:dir |euch )?trotzdem|trotzdem danke"
    r"|gracias (?:por nada|de todos modos|de todas formas))\b"
)
# Some words praise only beside thanks: "top" and "hammer" are also things.
_GLAD = "top|mega|hammer"
_THANK = "danke|dank|thanks|thx|merci"
# Whoever calls for help, or says only that they have a question. "Can you help me with this?" points at something.
_CALLS = re.compile(
    r"\b(?:(?:can|could) (?:someone|somebody|anyone|anybody|any of you|you|u)(?: (?:please|pls))?"
    r" help(?: me| us)?(?: out)?"
    r"|(?:i have|i'?ve got|i got) (?:a|one|another)(?: (?:quick|short|small))? question"
    r"|(?:can|may|could) i ask (?:you )?(?:something|a question)"
    r"|(?:kann|konnte|kannst|konntest|konnt|konntet)"
    r"(?: (?:mir|uns|du|ihr|jemand|irgendjemand|wer|irgendwer|hier|bitte|mal|kurz|vielleicht))+ helfen"
    r"|(?:hilf|helft) (?:mir|uns)"
    r"|(?:ich )?habe? (?:(?:mal|noch|da|nur|auch) )*(?:ei)?ne (?:(?:kurze|kleine) )?frage"
    r"|darf ich (?:(?:dich|euch|hier|mal|kurz) )*(?:(?:et)?was|eine frage) (?:fragen|stellen)"
    r"|(?:alguien )?(?:(?:me|nos) (?:puedes?|pueden|podeis|podrias?|podrian) ayudar"
    r"|(?:puedes?|pueden|podeis|podrias?|podrian) (?:alguien )?ayudar(?:me|nos)"
    r"|(?<!no )(?:me|nos) ayud(?:as?|an|ais))"
    r"|ayud(?:a|e|en|ad)(?:me|nos)|tengo una (?:duda|pregunta|consulta)"
    r"|puedo (?:preguntar(?:te)?|hacer(?:te)?) (?:algo|una pregunta))\b"
    r"(?!(?: me| us| out)* (?:with|mit|bei|beim)\b)"
)
# Who looks for company asks the members, and not the bot: "anyone up for a game tonight?" But who wants something
# explained, or has a question beside, asks that.
_ASKED = rf"(?:{'|'.join(sorted(QUESTION_WORDS))})\b|help|explain|helf|hilf|erklar|ayud|explic"
_ASKS_MEMBERS = re.compile(
    r"\b(?:(?:any(?:one|body)(?: else)?|who(?: is|'s)?) (?:here )?(?:up|down|keen) for"
    r"|(?:any(?:one|body)|who) (?:else )?(?:wants to|want to|wanna) (?:play|join me|join us|hang out)"
    r"|(?:hat )?(?:noch )?(?:jemand|wer)(?: hat)? (?:hier |noch |heute )*(?:lust|bock) (?:auf|zu)"
    r"|alguien (?:se apunta a|tiene ganas de|para jugar|quiere jugar)|quien se apunta a)\b"
    rf"(?![^?!.,\n]*\b(?:{_ASKED}))[^?!.,\n]*"
)
# "Good morning from Berlin".
_FROM_A_PLACE = re.compile(
    r"\b(?:hi|hey|hello|gm|gn|greetings|good (?:morning|afternoon|evening|day|night)"
    r"|hallo|gr(?:uss|usse)|gute[nr]? (?:morgen|tag|abend|nacht)"
    r"|hola|saludos|buen[oa]?s(?: (?:dias|tardes|noches))?)"
    r"(?: (?:all|everyone|everybody|guys|folks|alle|leute|zusammen|a todos|gente))? (?:from|aus|desde)"
    rf"(?: (?!(?:{_ASKED}))[^\W\d_]+){{1,2}}[\s!.]*$"
)
# These tell something, unless they are asked: "hat's geklappt?", "what is good to know".
_STATEMENTS: tuple[tuple[re.Pattern[str], SmallTalk], ...] = (
    (INTENTIONS, "remark"),
    (
        re.compile(
            r"\b(?:good to know|(?:that |this )?explains (?:it|that|a lot)|fair enough|(?:i )?thought so"
            r"|(?:so )?that'?s why"
            r"|gut zu wissen|(?:dann )?weiss(?: ich)? bescheid|dacht(?:e ich)? (?:ich )?mir(?: schon)?"
            r"|(?:es )?bueno (?:saberlo|es saberlo)|(?:eso )?lo explica(?: todo)?|me lo imaginaba"
            r"|hat'?s (?:geklappt|funktioniert)|(?:das )?hilft(?: mir)?(?: (?:sehr|echt))? weiter)\b"
        ),
        "remark",
    ),
)
# "How are you?" has the words of a question, but is small talk.
_PHRASES: tuple[tuple[re.Pattern[str], SmallTalk], ...] = (
    (_NEEDS_NO_ANSWER, "remark"),
    (_FROM_A_PLACE, "greeting"),
    (re.compile(rf"\b(?:(?:{_GLAD})\W+(?:{_THANK})|(?:{_THANK})\W+(?:{_GLAD}))\b"), "thanks"),
    (_CALLS, "greeting"),
    (_ASKS_MEMBERS, "remark"),
    (
        re.compile(
            r"\b(?:how (?:are|r) (?:you|u|ya)(?: doing)?|how(?: is|'?s) it going|how do you do"
            r"|how'?s (?:life|your day)"
            r"|what'?s up|what is up|wh?ats up|was ?sup|sup"
            r"|wie geht(?:'?s| es)(?: (?:dir|euch|ihnen|so))*|was geht(?: ab)?"
            r"|alles (?:gut|klar)(?: bei (?:dir|euch)|(?=\s*\?))"
            r"|(?:are )?(?:you|u) (?:there|online|awake)|bist du (?:da|wach|online)|estas (?:ahi|en linea)"
            r"|i'?m new(?: here)?|i am new(?: here)?|(?:ich )?bin (?:hier )?neu(?: hier)?|soy nuev[oa](?: aqui)?"
            r"|(?:que|q) tal(?: estas| va| te va| el (?:dia|finde))?|(?:que|q) (?:onda|pasa)"
            r"|como (?:estas|esta|estais|estan|te va|va|andas))\b"
            r"(?: today| heute| hoy)?"
        ),
        "greeting",
    ),
    (
        re.compile(
            r"\b(?:good|guten?|schonen?|buen[oa]?s?)"
            r" (?:morning|afternoon|evening|day|morgen|tag|abend|mittag|dias?|tardes|noches)\b"
        ),
        "greeting",
    ),
    (
        re.compile(r"\b(?:happy new year|merry christmas|frohe weihnachten|feliz (?:navidad|ano nuevo))\b"),
        "greeting",
    ),
    (
        re.compile(
            r"\b(?:see (?:you|u|ya)(?: later| soon)?|bis (?:dann|denne|bald|spater|gleich|morgen)|nos vemos"
            r"|good night|gute nacht|nacht (?:zusammen|leute|allerseits)|(?:que|q) (?:bueno|bien|guay)"
            r"|(?:that )?makes (?:(?!no |little )\w+ )?sense|did the trick"
            r"|works like a charm|got it|i see|i understand"
            r"|too bad|(?:what )?a pity|bummer|que (?:pena|lastima)"
            r"|you rock|love (?:you|it|this)(?: (?:server|community|channel|place))?|good (?:game|luck)"
            r"|(?:i'?m|i am) back|bin wieder da|(?:ya )?he vuelto|viel (?:gluck|erfolg)|(?:buena|mucha) suerte"
            r"|saved my (?:day|life)|sounds (?:good|great|fair|logical|reasonable|right)|will do"
            r"|all good|no worries|no prob(?:lem)?s?|keine? probleme?|(?:no hay|sin|ningun) problemas?"
            r"|alles (?:gut|klar)|ach so|ya veo|shut up|halt die klappe|callate"
            r"|(?:es )?(?:geht|lauft|klappt)(?:'?s)? (?:jetzt|wieder|nun)"
            r"|(?:jetzt|nun) (?:geht|lauft|klappt)(?:'?s| es)?|have a (?:nice|good|great) (?:day|one|weekend)"
            r"|schones wochenende|buen (?:fin de semana|finde)|hasta (?:luego|pronto|manana)"
            r"|(?:found|solved|fixed|sorted) it(?: now)?|figured (?:it|that) out"
            r"|habe? (?:es|ihn|sie) gefunden|ya lo (?:encontre|resolvi|arregle)"
            r"|(?:you'?re|you are|u r|ur|bist|eres) (?:just |really |so |the |einfach |der |die |das |el |la )*"
            r"(?:best|smart|goat|beste|mejor)(?: bot)?(?: ever)?|(?:good|great|best|guter?|bester?|buen|mejor) bot"
            r"(?: ever)?|same(?: here)?|me (?:too|neither)|ich auch(?: nicht)?|(?:yo|a mi) (?:tambien|tampoco)"
            r"|works on my machine"
            r"|(?:nice|good|great) to meet (?:you|u|ya)|freut mich|mucho gusto|encantad[oa]"
            r"|you'?re welcome|gern geschehen|keine ursache|kein ding|de nada)\b"
        ),
        "remark",
    ),
)
# With "no" in front, these are no remarks: in Spanish, it says "not", too.
_NOT = re.compile(
    r"\bno (?:me|te|le|nos|lo|la|es|eres|esta|era|fue|ha|quedo|entiendo|entendi|entendido|ayuda|ayudo|ayudado"
    r"|sirvio|funciono|funciona|claro|resuelto|solucionado|bueno|buena|bien|good|help)\b"
)
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
    said = _EDIT.sub("", fold(text).strip().replace("<3", " ❤ "))
    if _EMOTICON.fullmatch(said):
        return "remark"
    if not _WORD.search(said):
        return _of_emoji(said)
    if says_only_that_it_fails(text):
        return None
    kinds: set[SmallTalk | None] = set()
    # "Will try that" opens like a question.
    asks = "?" in said or (opens_as_question(said) and not said.startswith("will "))
    for pattern, phrase in _PHRASES if asks else (*_STATEMENTS, *_PHRASES):
        said, count = pattern.subn(" ", said)
        if count:
            kinds.add(phrase)
    if _NOT.search(said):
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
    if kind in (None, "greeting") or _NEEDS_NO_ANSWER.search(said):
        return False
    known = {_known(word.replace("'", "")) for word in _WORD.findall(said)}
    return kind == "thanks" or bool(known & _HELPED and not known & _DENIES)


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
    """A chat spelling of words of small talk in full: "gr8" -> "great". Any other word as it is."""
    return (word,) if _known(word) else CHAT_SPELLINGS.get(word) or (word,)


def _known(word: str) -> str | None:
    """A word of small talk without stretched letters; laughter unchanged; None for any other word."""
    if len(word) > LONGEST_WORD:
        return None
    spellings = (word, _STRETCHED.sub(r"\1", word), _STRETCHED.sub(r"\1\1", word))
    known = next((each for each in spellings if each in _KIND_OF), None)
    return known or (word if _LAUGHTER.fullmatch(word) else None)
