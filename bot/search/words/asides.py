"""Finds phrases around a question that say how somebody asks it, or feels: "sorry if this was asked", "no clue".

They are read in the words that `words` returns: "idk" is "do not know", "im" is "i am".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.search.words.sayings import one_of

LONGEST = 12  # words of a phrase

_VERY = "( so| really| very| totally| completely| kind of| a bit| just)?"
_SOMEBODY = "(someone|somebody|anyone|anybody)"
_ALL = "(someone|somebody|anyone|anybody|you guys)"
_HOW_ASKED = "(quick|stupid|dumb|silly|noob|newbie|beginner|basic|weird|random|genuine|honest|serious|follow up)"
_NO_IDEA = "((i )?(have|got) )?(absolutely |literally )?(no|zero) (idea|clue)"
_FEELS = rf"i am{_VERY} (lost|confused|stuck|desperate|clueless|frustrated)( here| now)?"
_NEW_TO_THIS = rf"i am{_VERY} new to (this|all this)"
# The lines of these are indented as those of the lists that hold them.
_IS_NEW = r"""
        (i am( still| kind of| pretty| very| totally)? )?new here
        (i am )?(a )?((total|complete|absolute) )?(beginner|newbie|noob) here"""
_ASKED_BEFORE = rf"""
        (sorry|apologies|not sure) (if|whether) (this|it|that) (already )?(was|has been|got|is)( already)?
            (asked|answered|posted|covered)( before| already| a lot| a million times| here| here before)?
        (sorry|apologies) (if this is|for|about) (a|such a|the|my|this) {_HOW_ASKED} question"""
_HAS_TRIED = r"""
        ((i|we) )?(have )?(already )?tried (literally )?everything( already| else)?
        ((i )?have )?been (trying|stuck|struggling|searching|at it|at this|stuck on this|on this|trying this)
            for ((like|over) )?((\d+|two|three|a few|several) )?(hours|days|weeks|ages)
        ((its|it is|this is|that is) )?driving me (crazy|nuts|insane|mad)
        i am (going|getting) (crazy|insane|mad|nuts)"""
_KEINE_AHNUNG = "((ich )?habe? )?keine ahnung"
_NI_IDEA = "(no tengo )?ni idea"

# Before anything: a question, or what went wrong.
_OPENING = re.compile(
    one_of(
        rf"""
        ((a|another|just a|maybe a|probably a|this is a) )?{_HOW_ASKED} (question|q)
        {_NO_IDEA}
        {_FEELS}(?! (?:in|on|at|by|with|about|between|behind|inside|under|from|as|for|of)\b)
        {_IS_NEW}{_ASKED_BEFORE}{_HAS_TRIED}
        (oh(?! my)|ah|ayo|wassup|alright|seriously|basically|honestly|actually|also|anyways?)
        asking for a friend
        help me out( here)?

        ((mal |nur )?(eine|ne) )?(blode|dumme|doofe|kurze|schnelle) frage
        (sorry|entschuldigung) (falls|wenn) (das|die frage)( hier)? (schon|schon mal|schonmal) (gefragt wurde|kam)
        (ich )?bin( noch| ganz| relativ)? neu hier
        {_KEINE_AHNUNG}

        (perdon|disculpen|disculpa) si ya (se pregunto|lo preguntaron|se ha preguntado)
        (yo )?soy (nuevo|nueva) (aqui|en esto|por aqui)
        (una )?(pregunta|duda) (tonta|rapida|basica)
        {_NI_IDEA}
        """
    )
    + r"(?: but)?(?= )"
)
# Only before a question, direct or not: "any idea why …", "idk how to …".
_BEFORE_ASKING = re.compile(
    one_of(
        rf"""
        {_NEW_TO_THIS}
        ((i|i am|i was|was) )?(just )?(wondering|curious)
        ((does |do )?{_ALL}( here)? (have|got) )?(any|an) (ideas?|clue)
        (i )?do not (really |even )?(know|understand|get)(?! if| whether)
        (i am )?not (really |quite )?sure(?! if| whether)
        (i )?(can|could) not (figure|work) out
        ((i am|i was) )?trying to (figure out|understand|find out)
        (please |can |could )?{_SOMEBODY} (please )?(tell me|explain|help|help me)
        (please )?(help me|help me out|help me understand|explain|explain to me)
        (do )?you (guys |all )?(happen to )?know
        (one|another|one more|one last|one other) thing
        (wait|wait so|real quick|cool|nice|great|awesome|perfect|nvm|nevermind|never mind|eli5)
        question for (the )?(mods|admins|team)

        (ich )?woll?te? (nur |mal |nur mal )?(fragen|wissen)
        (ich )?weiss (gerade |leider )?nicht(?! ob)

        (yo )?no (se|entiendo)(?! si)
        alguien tiene idea de
        """
    )
    + r"(?= )"
)
# Behind a question, or what went wrong.
_ENDING = re.compile(
    r"(?:^|(?<= ))(?:(?:and|but|so|und|aber|pero) )?"
    + one_of(
        rf"""
        any (help|ideas?|tips|advice|suggestions?|hints|clue|thoughts|pointers)
            ( guys| (is |would be )?appreciated| would be (great|nice)| (is )?welcome)?
        (i )?would (really )?appreciate (any help|some help|the help|help|it)
        appreciate it
        much appreciated
        help (appreciated|needed|wanted)
        (can |could |please )?{_SOMEBODY} (please )?(help|explain)( me( out| please)?)?
        (does |do )?{_ALL} (here )?knows?( why| how)?
        (does |do )?{_ALL} (here )?(have|got) (any|an) (ideas?|clue)
        {_NO_IDEA}( what to do| what is going on)?
        (i )?do not know (what to do|what else to do|what to try|what is going on)
        {_FEELS}
        {_NEW_TO_THIS}{_IS_NEW}{_HAS_TRIED}
        i am a ((total|complete|absolute) )?(beginner|newbie|noob)
        (am i|did i) (doing|do) something wrong
        (am i|did i) (missing|miss) something
        am i doing (it|this|that) wrong
        what (did i miss|am i missing)
        what (is|could be) the (problem|issue)
        how (do i|can i|to|do you|could i|do we|can we) (fix|solve|resolve)( this| that| it
            | (this|the) (issue|problem|error))?
        is there (a|any) (fix|way to fix (this|it|that))
        is (this|that|it) (normal|possible|even possible|a bug)
        if ((that is|it is|this is|its) )?(even |at all )?possible
        for (some|no|whatever|some weird|some odd) reason
        (out of nowhere|all of a sudden|at the moment|somehow)
        or (nah|what|something|something like that|anything|whatever|so)
        (or )?is it just me
        and (stuff|such|so on)
        (etc|ig|i guess|i suppose|folks|peeps)
        (if )?you know what i mean
        (if that makes|does that make) sense
        let me know
        ((kind|best) )?regards
        best wishes
        have a (nice|good|great) (day|one)
        (?<!is )(?<!are )(?<!as )((its|it is|this is) )?(kind of |very |really )?urgent
        sorry (for|about) (my |the )?(bad |poor |terrible |broken )?(english|grammar|spelling|typos)
        english is not my (first|native) language
        google (did|does|is) not help(ing)?( me)?
        (i )?(have )?(already )?googled( it| this)?( already)?
        (thanks|thank you) (so much |a lot )?for (the |your |any |all the )?(help|answers?|time){_ASKED_BEFORE}
        explain like i am (5|five)
        eli5

        {_KEINE_AHNUNG}( was ich machen soll)?
        ist das (normal|moglich)
        (kann|konnte) (mir |uns )?(bitte |da )?(jemand|wer) (bitte |da )?(weiter)?helfen
        ((hat|habt) )?(jemand|wer|ihr) (von euch )?(eine idee|ne idee|tipps|einen tipp)
        (ich )?weiss nicht (mehr )?(weiter|was ich (machen|tun) soll)
        (ich )?bin (echt |total |langsam |so )?(verzweifelt|am verzweifeln|ratlos|neu hier)
        (viele|liebe|schone|beste) grusse
        (mfg|vg)
        oder (so|was)
        danke fur (die|eure|deine|jede) hilfe
        (wenn|falls) das (uberhaupt )?(geht|moglich ist)

        ((eso|esto) )?es (normal|posible)
        alguien (sabe|me ayuda|puede ayudarme|me puede ayudar)
        me (pueden|puedes|podrian) ayudar
        (alguna idea|algun consejo)
        {_NI_IDEA}
        no se (que hacer|que mas hacer)
        estoy (muy )?(desesperad|perdid)[oa]
        gracias por (la |su |vuestra |tu )?ayuda
        un saludo
        si es posible
        o (algo asi|que)
        """
    )
    + "$"
)
# Behind one of these, an ending belongs to the question: "whom do I ask when I need help", "where do I get help".
_LEADING_ON = frozenset(
    """if when whenever while where who that unless until before after because whether than not what how why
    a an the my your any some of to with from about for have has had get gets got give gives
    say says write call translate answer mean means know learn see check decide tell find ask
    wenn falls wann wo wer ob dass bis bevor nachdem weil als was wie warum
    ein eine einen mit von fur habe hat haben man heisst sage schreibe schreibt
    si cuando donde quien hasta porque que como
    un una con de para por tengo tiene tienen hay digo dice escribo escribe""".split()
)


def opening_aside(tokens: Sequence[str]) -> int:
    """The number of words of the aside with which a question begins; 0 if there is none."""
    return _size(_OPENING.match(" ".join(tokens[: LONGEST + 1])))


def aside_before_asking(tokens: Sequence[str]) -> int:
    """The number of words of an aside that counts only before a question: "any idea why …"; 0 without one."""
    return _size(_BEFORE_ASKING.match(" ".join(tokens[: LONGEST + 1])))


def ending_aside(tokens: Sequence[str]) -> int:
    """The number of words of the aside with which a question ends; 0 if there is none."""
    size = _size_of_ending(" ".join(tokens[-LONGEST:]))
    return 0 if not _LEADING_ON.isdisjoint(tokens[-size - 1 : -size]) else size


@lru_cache(maxsize=64)  # one message is looked at several times
def _size_of_ending(text: str) -> int:
    return _size(_ENDING.search(text))


def _size(found: re.Match[str] | None) -> int:
    return len(found[0].split()) if found else 0
