"""The sayings that are small talk, or begin it, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bot.search.words.intentions import INTENTIONS
from bot.search.words.sayings import one_of
from bot.search.words.small_words import QUESTION_WORDS

SmallTalk = Literal["greeting", "thanks", "remark"]

# All is written as `fold` leaves it: without accents, ß as ss.
# Who wrote in the wrong place, or found the answer without help, needs none.
NEEDS_NO_ANSWER = re.compile(
    r"\b"
    + one_of(
        r"""
        wrong (channel|chat|server|thread|group|person|window|tab)
        my (bad|mistake)
        (please )?(ignore|disregard) (this|that|it|me)
        never mind
        nvm
        nevermind
        forget (about )?(it|that)
        (found|solved|fixed|sorted|figured) (it|that)( out)?( by myself| myself| on my own)
        (did not|didn'?t) mean (to|that|it)
        meant for (someone|somebody) else
        (was not|wasn'?t|not)( meant)? for (you|this channel|here)
        (thanks?|thank you|thx|ty) (for nothing|anyway)

        falsche[rsn]? (channel|kanal|chat|server|thread|gruppe|fenster)
        mein fehler
        habe? mich (vertan|vertippt|verschrieben|geirrt)
        hat sich (schon )?erledigt
        habe?'?s? (es |das )?(selbst|selber|allein|alleine)
            (gefunden|gelost|geschafft|hinbekommen|hingekriegt|rausgefunden|herausgefunden)
        vergiss (es|das)
        (war )?nicht fur (dich|hier)
        danke? fur nichts
        danke? (dir |euch )?trotzdem
        trotzdem danke

        (canal|chat|servidor|grupo|hilo) equivocado
        error mio
        mi culpa
        me (he )?equivo(que|cado)( de (canal|chat|servidor|grupo|hilo))?
        (ya )?lo (encontre|resolvi|arregle|solucione) (yo )?(mismo|misma|solo|sola)
        olvidalo
        ignora (esto|eso)
        no era para (ti|aqui)
        gracias (por nada|de todos modos|de todas formas)
        """
    )
    + r"\b"
)
# Whoever calls for help, or says only that they have a question. "Can you help me with this?" points at something.
_CALLS = re.compile(
    r"\b"
    + one_of(
        r"""
        (can|could) (someone|somebody|anyone|anybody|any of you|you|u)( (please|pls))? help( me| us)?( out)?
        (i have|i'?ve got|i got) (a|one|another)( (quick|short|small))? question
        (can|may|could) i ask (you )?(something|a question)
        (has anyone got |does anyone have |got )?any (ideas?|tips|suggestions|advice)

        (kann|konnte|kannst|konntest|konnt|konntet)
            ( (mir|uns|du|ihr|jemand|irgendjemand|wer|irgendwer|hier|bitte|mal|kurz|vielleicht))+ helfen
        (hilf|helft) (mir|uns)
        (ich )?habe? ((mal|noch|da|nur|auch) )*(ei)?ne ((kurze|kleine) )?frage
        darf ich ((dich|euch|hier|mal|kurz) )*((et)?was|eine frage) (fragen|stellen)

        (alguien )?(me|nos) (puedes?|pueden|podeis|podrias?|podrian) ayudar
        (alguien )?(puedes?|pueden|podeis|podrias?|podrian) (alguien )?ayudar(me|nos)
        (alguien )?(?<!no )(me|nos) ayud(as?|an|ais)
        ayud(a|e|en|ad)(me|nos)
        tengo una (duda|pregunta|consulta)
        puedo (preguntar(te)?|hacer(te)?) (algo|una pregunta)
        """
    )
    + r"\b(?!(?: me| us| out)* (?:with|mit|bei|beim)\b)"
)
# Who looks for company asks the members, and not the bot: "anyone up for a game tonight?" But who wants something
# explained, or has a question beside, asks that.
_ASKED = rf"(?:{'|'.join(sorted(QUESTION_WORDS))})\b|help|explain|helf|hilf|erklar|ayud|explic"
_ASKS_MEMBERS = re.compile(
    r"\b"
    + one_of(
        r"""
        (any(one|body)( else)?|who( is|'s)?) (here )?(up|down|keen) for
        (any(one|body)|who) (else )?(wants to|want to|wanna) (play|join me|join us|hang out)
        (hat )?(noch )?(jemand|wer)( hat)? (hier |noch |heute )*(lust|bock) (auf|zu)
        alguien (se apunta a|tiene ganas de|para jugar|quiere jugar)
        quien se apunta a
        """
    )
    + rf"\b(?![^?!.,\n]*\b(?:{_ASKED}))[^?!.,\n]*"
)
# "Good morning from Berlin".
_FROM_A_PLACE = re.compile(
    r"\b"
    + one_of(
        r"""
        hi|hey|hello|gm|gn|greetings
        good (morning|afternoon|evening|day|night)
        hallo|gr(uss|usse)
        gute[nr]? (morgen|tag|abend|nacht)
        hola|saludos
        buen[oa]?s( (dias|tardes|noches))?
        """
    )
    + r"(?: (?:all|everyone|everybody|guys|folks|alle|leute|zusammen|a todos|gente))? (?:from|aus|desde)"
    rf"(?: (?!(?:{_ASKED}))[^\W\d_]+){{1,2}}[\s!.]*$"
)
# Some words praise only beside thanks: "top" and "hammer" are also things.
_GLAD = "top|mega|hammer"
_THANK = "danke|dank|thanks|thx|merci"
_GLAD_THANKS = re.compile(rf"\b(?:(?:{_GLAD})\W+(?:{_THANK})|(?:{_THANK})\W+(?:{_GLAD}))\b")
# "How are you?" has the words of a question, but is small talk.
_HOW_ARE_YOU = re.compile(
    r"\b"
    + one_of(
        r"""
        how (are|r) (you|u|ya)( doing)?
        how( is|'?s) it going
        how do you do
        how'?s (life|your day)
        what'?s up
        what is up
        wh?ats up
        was ?sup
        sup
        (are )?(you|u) (there|online|awake)
        (is )?(any|some)(one|body) (here|there|online|awake|around)(?=\W*$)
        how (is|are|r) (everyone|everybody|(you|u) all|yall|you guys|all of you)( doing)?
        i'?m new( here)?
        i am new( here)?

        wie geht('?s| es)( (dir|euch|ihnen|so))*
        was geht( ab)?
        alles (gut|klar)( bei (dir|euch)|(?=\s*\?))
        bist du (da|wach|online)
        (ich )?bin (hier )?neu( hier)?

        estas (ahi|en linea)
        soy nuev[oa]( aqui)?
        (que|q) tal( estas| va| te va| el (dia|finde))?
        (que|q) (onda|pasa)
        como (estas|esta|estais|estan|te va|va|andas)
        """
    )
    + r"\b(?: today| heute| hoy)?"
)
_GOOD_DAY = re.compile(
    r"\b(?:good|guten?|schonen?|buen[oa]?s?)"
    r" (?:mornin|morning|afternoon|evening|day|morgen|tag|abend|mittag|dias?|tardes|noches)\b"
    r"|^(?:mornin|morning|afternoon|evening)(?= (?:all|everyone|everybody|guys|folks|team)\W*$)"
    r"|\b(?:happy new year|merry christmas|frohe weihnachten|feliz (?:navidad|ano nuevo))\b"
)
_REMARKS = re.compile(
    r"\b"
    + one_of(
        r"""
        see (you|u|ya)( later| soon)?
        good night
        (that )?makes ((?!no |little )\w+ )?sense
        did the trick
        works like a charm
        works on my machine
        got it
        i see
        i understand
        too bad
        (what )?a pity
        bummer
        you rock
        love (you|it|this)( (server|community|channel|place|course|class))?
        good (game|luck)
        (i'?m|i am) back
        saved my (day|life)
        sounds (good|great|fair|logical|reasonable|right)
        will do
        all good
        no worries
        no prob(lem)?s?
        shut up
        have a (nice|good|great) (day|one|weekend)
        (found|solved|fixed|sorted) it( now)?
        figured (it|that) out
        (you'?re|you are|u r|ur|bist|eres)( (just|really|so|the|a|such a|einfach|der|die|das|el|la))*
            (best|smart|goat|legend|genius|star|hero|beste|mejor)( bot)?( ever)?
        (u|yall|you guys) rock
        (good|great|nice) (job|work|one|point)(?! (to|for|of|in|at)\b)
        well done
        sleep well
        happy (birthday|monday|tuesday|wednesday|thursday|friday|weekend|holidays|easter|halloween)
        (hope )?(you|u)( guys)?( all)? have a (nice|good|great|lovely) (day|one|weekend|evening)
        welcome( (here|aboard|to (the|our) (server|community|club|course|channel)))?(?=\W*$)
        (i )?(can'?t|cannot) wait(?=\W*$)
        wait,? what(?=\W*$)
        gotta go(?=\W*$)
        (good|great|best|guter?|bester?|buen|mejor) bot( ever)?
        same( here)?
        me (too|neither)
        (nice|good|great) to meet (you|u|ya)
        you'?re welcome

        bis (dann|denne|bald|spater|gleich|morgen)
        gute nacht
        nacht (zusammen|leute|allerseits)
        bin wieder da
        viel (gluck|erfolg)
        keine? probleme?
        alles (gut|klar)
        ach so
        halt die klappe
        (es )?(geht|lauft|klappt)('?s)? (jetzt|wieder|nun)
        (jetzt|nun) (geht|lauft|klappt)('?s| es)?
        schones wochenende
        habe? (es|ihn|sie) gefunden
        ich auch( nicht)?
        freut mich
        gern geschehen
        keine ursache
        kein ding

        nos vemos
        (que|q) (bueno|bien|guay)
        que (pena|lastima)
        (ya )?he vuelto
        (buena|mucha) suerte
        (no hay|sin|ningun) problemas?
        ya veo
        callate
        buen (fin de semana|finde)
        hasta (luego|pronto|manana)
        ya lo (encontre|resolvi|arregle)
        (yo|a mi) (tambien|tampoco)
        mucho gusto
        encantad[oa]
        de nada
        """
    )
    + r"\b"
)
_STATEMENTS = re.compile(
    r"\b"
    + one_of(
        r"""
        good to know
        (that |this )?explains (it|that|a lot)
        fair enough
        (i )?thought so
        it( (works|worked)|'?s (working|fine|ok|okay)) now
        (that|this)( is|'?s)( so)? (fun|hard|cool|awesome)(?=\W*$)
        (that|it) was (so |really )?(fast|quick|easy)
        (i )?(give|gave) up(?=\W*$)
        i (did|made) it(?=\W*$)
        i agree(?=\W*$)
        finally(?=\W*$)
        (i'?m|i am) (so |really |very )?(happy|tired|sleepy|excited|proud|nervous|here)(?=\W*$)
        ((i )?(have |got )?(absolutely )?(no|zero) (idea|clue)|idk)( either)?
        (it'?s |this is |that'?s )?driving me (crazy|nuts|insane|mad)(?=\W*$)
        ((just |gimme |give me )?(one|a|1) (sec|second|min|minute|moment)|hold on|let me (see|check))(?=\W*$)
        (so )?that'?s why

        gut zu wissen
        (dann )?weiss( ich)? bescheid
        dacht(e ich)? (ich )?mir( schon)?
        hat'?s (geklappt|funktioniert)
        (das )?hilft( mir)?( (sehr|echt))? weiter

        (es )?bueno (saberlo|es saberlo)
        (eso )?lo explica( todo)?
        me lo imaginaba
        """
    )
    + r"\b"
)

SAYINGS: Sequence[tuple[re.Pattern[str], SmallTalk]] = (
    (NEEDS_NO_ANSWER, "remark"),
    (_FROM_A_PLACE, "greeting"),
    (_GLAD_THANKS, "thanks"),
    (_CALLS, "greeting"),
    (_ASKS_MEMBERS, "remark"),
    (_HOW_ARE_YOU, "greeting"),
    (_GOOD_DAY, "greeting"),
    (_REMARKS, "remark"),
)
# These tell something, unless they are asked: "hat's geklappt?", "what is good to know".
UNLESS_ASKED: Sequence[tuple[re.Pattern[str], SmallTalk]] = ((INTENTIONS, "remark"), (_STATEMENTS, "remark"))
# With "no" in front, these are no remarks: in Spanish, it says "not", too.
NOT = re.compile(
    r"\bno (?:me|te|le|nos|lo|la|es|eres|esta|era|fue|ha|quedo|entiendo|entendi|entendido|ayuda|ayudo|ayudado"
    r"|sirvio|funciono|funciona|claro|resuelto|solucionado|bueno|buena|bien|good|help)\b"
)
