"""Removes polite phrases around a question: greetings, "please", "can you tell me", thanks in advance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

from bot.search.words.asides import LONGEST, aside_before_asking, ending_aside, opening_aside
from bot.search.words.phrases import longest_opening, phrases
from bot.search.words.small_words import QUESTION_WORDS, SMALL_WORDS, are_all_small, begins_as_question


def _each(*parts: str) -> list[str]:
    """Each phrase of one of the words in every part, which have a slash between them.

    A part that begins with a slash, such as "/please", can be left out.
    """
    return [" ".join(each) for each in product(*(part.split("/") for part in parts))]


# Phrases between commas, in the words that `words` returns: "thx" is "thanks", "how's" is "how is".
_OPENING = """
    please, hello, hi, hiya, hey, heya, howdy, yo, greetings, good morning, good afternoon, good evening,
    excuse me, sorry, ok, okay, well, so, um, uh, hmm, help, thanks, thank you, thanks a lot,
    question, quick question, one question, one more question, another question, noob question,
    stupid question, dumb question, i have a question, i have a quick question, i got a question,
    my question is,
    bitte, hallo, moin, servus, huhu, na, guten morgen, guten tag, guten abend, hi zusammen, danke,
    entschuldigung,
    frage, eine frage, kurze frage, kurze frage an alle, noch eine frage, dumme frage, mal eine frage,
    ich habe eine frage, ich habe mal eine frage, ich hab eine frage, ich hab mal eine frage,
    ich hab mal ne frage, meine frage ist,
    por favor, hola, buenas, buenos dias, buenas tardes, gracias, oye, oigan, perdon, disculpa,
    pregunta, una pregunta, una pregunta rapida, una duda, tengo una pregunta, tengo una duda,
    mi pregunta es
"""
# "Can anyone join" asks who can, but with "please" it asks for help.
_CAN_SOMEBODY = (
    *_each("can/could", "someone/somebody"),
    *_each("can/could", "someone/somebody/anyone/anybody", "please"),
)
# Names for those who are greeted. They count only after a greeting.
_CALLED = frozenset(
    """all everyone everybody there guys folks team people bot lessonbot bro dude man mate again
    leute zusammen alle todos amigos""".split()
)
# These count only before a question word: "can you tell me what …", but not "can you tell me a joke".
_BEFORE_ASKING = """
    tell me, please tell me, show me, please show me,
    do you know, do you guys know, does anyone know, does anyone here know, does anybody know,
    does anybody here know, does someone know, does somebody know, do any of you know, anyone know,
    anyone here know, anybody know, anyone knows,
    i want to know, i would like to know, i need to know, i was wondering, i am wondering,
    just wondering, may i ask, can i ask,
    weisst du, wisst ihr, weiss jemand, weiss hier jemand, weiss wer,
    ich wollte fragen, ich wollte mal fragen, ich frage mich, ich wusste gern, ich mochte wissen,
    sag mir, sag mir bitte, erklar mir, erklar mir bitte,
    sabes, sabeis, saben, alguien sabe, dime, explicame,
    me gustaria saber, quisiera saber, queria saber, quiero saber, queria preguntar
"""
# So do these: "could somebody please show me", "kann mir bitte jemand sagen", "alguien me puede explicar".
_CAN_TELL = (
    *_each(
        "can/could",
        "you/you guys/someone/somebody/anyone/anybody",
        "/please",
        "tell me/tell us/explain/explain to me/explain me/show me/teach me/help me/help",
    ),
    *_each("kannst du/konntest du/konnt ihr/konntet ihr", "mir/uns", "/bitte", "sagen/erklaren/zeigen/helfen"),
    *_each("kann/konnte", "/mir/uns", "/bitte", "jemand/wer", "sagen/erklaren/zeigen/helfen"),
    *_each("/alguien", "me", "puede/puedes/podria/podrias", "decir/explicar/ayudar/mostrar/ensenar"),
    *_each("/alguien", "puede/puedes/podria/podrias", "decirme/explicarme/ayudarme/mostrarme/ensenarme"),
)
_ENDING = """
    please, thanks, thank you, thanks a lot, thank you so much, thank you very much, thanks in advance,
    thank you in advance, many thanks, cheers, please help, please help me, help me please,
    anyone, anybody, guys, bro, dude,
    bitte, danke, danke schon, danke dir, danke euch, danke im voraus, danke schon mal, danke schonmal,
    vielen dank, lg,
    por favor, gracias, muchas gracias, mil gracias, gracias de antemano, saludos
"""
# "Give me the command to list packages" asks how to list them. Few entries have the word "command" in this sense.
_FOR_A_COMMAND = _each(
    "/give me/show me/tell me/send me/i need/need/what is/is there/can i have",
    "/the/a",
    "command/commands/code",
    "to/for",
)
_COMMAND_WORDS = frozenset("command commands code".split())
# Words that begin an indirect question, and no direct one.
_WHETHER = frozenset("if whether ob si".split())


# Words that change nothing of a question that an entry is asked with otherwise: "what even is a venv", "how do I
# install it now". Where the lessons use them, they may count: "insert the card properly", "mal nehmen".
_FILLERS = frozenset(
    """actually again also anyway anyways bro btw correctly dude even exactly now pls please properly really rn
    then tho though
    bitte denn eben eigentlich genau gerade grad halt jetzt mal nochmal nun uberhaupt
    ahora entonces exactamente pues realmente""".split()
)

_ASKS_NOTHING = SMALL_WORDS | QUESTION_WORDS | _FILLERS

_OPENINGS = phrases(",".join((_OPENING, *_CAN_SOMEBODY)))
_ASKS = phrases(",".join((_BEFORE_ASKING, *_CAN_TELL)))
_FOR_COMMANDS = phrases(",".join(_FOR_A_COMMAND))
# Endings are compared backwards, from the last word on.
_ENDINGS = phrases(",".join(" ".join(reversed(ending.split())) for ending in _ENDING.split(",")))
# These can also begin the question itself: "hello world", "question mark", "help command".
_ALSO_NOUNS = frozenset(
    "hello help question frage pregunta good well guten thanks thank sorry danke gracias".split()
)


def without_politeness(tokens: Sequence[str], *, asides: bool = True) -> list[str]:
    """The words without polite phrases and, unless it is said otherwise, asides.

    All words if nothing but small words, question words and fillers would be left.
    """
    begin, end = _opened(tokens, asides=asides), len(tokens)
    while size := _ending(tokens[begin:end], asides=asides):
        end -= size
    kept = list(tokens[begin:end])
    return list(tokens) if are_all_small(kept) or _ASKS_NOTHING.issuperset(kept) else kept


def without_fillers(tokens: Sequence[str]) -> list[str]:
    """The words without those that only fill a question: "how do I actually leave now" is "how do I leave"."""
    return [word for word, after in pairwise([*tokens, ""]) if not _fills(word, after)]


def _fills(word: str, after: str) -> bool:
    return word in _FILLERS or (word == "right" and after == "now")


def _opened(tokens: Sequence[str], *, asides: bool) -> int:
    """The index of the first word after polite phrases and asides."""
    begin = 0
    while size := _opening(tokens[begin : begin + LONGEST + 2], asides=asides):
        begin += size
    return begin


def _ending(tokens: Sequence[str], *, asides: bool) -> int:
    """The number of words of the polite phrase or the aside at the end; 0 if there is none."""
    return max(longest_opening(_ENDINGS, tokens[::-1]), ending_aside(tokens) if asides else 0)


def _opening(rest: Sequence[str], *, asides: bool) -> int:
    if not _COMMAND_WORDS.isdisjoint(rest) and (size := longest_opening(_FOR_COMMANDS, rest)):
        return size
    size = max(longest_opening(_ASKS, rest), aside_before_asking(rest) if asides else 0)
    if size and _asks(rest[size:]):
        return size
    if asides and (size := opening_aside(rest)):
        return size
    size = longest_opening(_OPENINGS, rest)
    if not size:
        return 0
    while rest[size : size + 1] and rest[size] in _CALLED:
        size += 1
    after = rest[size:]
    is_followed = not SMALL_WORDS.isdisjoint(after[:1]) or _asks(after) or bool(longest_opening(_OPENINGS, after))
    return size if is_followed or rest[0] not in _ALSO_NOUNS else 0


def _asks(tokens: Sequence[str]) -> bool:
    """Whether these words begin a question, a direct or an indirect one."""
    return begins_as_question(tokens) or not _WHETHER.isdisjoint(tokens[:1])
