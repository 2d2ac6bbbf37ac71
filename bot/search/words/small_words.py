"""Small words and question words, in each language that the bot speaks. All lists of them are here.

They are written as `fold` leaves words: without accents, ß as ss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Words = frozenset[str]

# Words that say nothing about the subject of a question. "Why", "where" and "when" say something, and so they are
# in none of the three lists.
STOP_WORDS: Words = frozenset(
    """
    a about again all also am an and any anyone are as at be been but by can cant could did do does doesnt
    doing done dont else explain for from get getting give got guys had has have having hello help hey hi
    how howto i id if ill im in into is isnt it its ive just know let like me mean meaning my of on or our
    ours out please pls plz r really should so some somebody someone something tell than thank thanks that
    thats the their them then there these they thing this those to ur u us want wanna was wat we were what
    whats which who whos whose will with would wht wud wut ya you your
    """.split()
)
GERMAN_SMALL: Words = frozenset(
    """
    aber alle alles als also am an ans auch auf aufs aus bedeuten bedeutet bei beim bin bis bist bitte da danke
    dann das dass dein deine deinem deinen deiner dem den denn der des dich die dies diese diesem diesen dieser
    dieses dir doch du durchs eigentlich ein eine einem einen einer eines er erklar erklare erklaren es etwas
    euch euer eure fur furs gib gibt gibts hab habe haben habt hallo hast hat heisst hier hilfe ich ihm ihn
    ihnen ihr im in ins ist ja jemand jetzt kann kannst konnen konnt konnte konnten konntest mach mache machen
    machst macht mal man mein meine meinem meinen meiner mich mir mit mochte mochten muss mussen musst nach noch
    nun nur ob oder sag sage sagen schon sein seine sich sie sind so soll sollen sollte sollten soviel tue tun
    tut ubers um ums und uns unser unsere unters vom von vors warst was weil weiss weisst welche welchem welchen
    welcher welches wem wen wenn wer werde werden wessen wie will willst wir wird wirklich wissen wobei wodurch
    wofur womit woran worauf woruber wurde wurden zu zum zur
    """.split()
)
SPANISH_SMALL: Words = frozenset(
    """
    a aca ahi al algo alguien algun alguna algunas alguno algunos alla alli aqui asi ayuda ayudame como con cual
    cuales cualquier da dar de decir del dime e el ella ellas ellos en entonces eres es esa esas ese eso esos
    esta estaba estamos estan estas este esto estos estoy explica explicame explicar favor fue gracias ha hace
    hacen hacer haces hacia hago han has hay he hola la las le les lo los me mi mis muy nos nosotros nuestra
    nuestro o para pero podemos poder podria por pueda puede pueden puedes puedo pues que queria quien quienes
    quiere quieres quiero quisiera sabe saber sabes se sea ser si sido significa sobre son soy su sus tal
    tambien te tenemos tener tengo tenia tiene tienen tienes toda todas todo todos tu tus u un una unas uno unos
    usted ustedes vamos voy y ya yo
    """.split()
)
EVERY_LANGUAGE: tuple[Words, ...] = (STOP_WORDS, GERMAN_SMALL, SPANISH_SMALL)
SMALL_WORDS: Words = frozenset().union(*EVERY_LANGUAGE)
# Small words of English that are not also German or Spanish.
ENGLISH_WORDS: Words = (STOP_WORDS - {*"a also am an help in me on our so us was will ya".split()}) | {
    *"after before my not one stop use when where why without".split()
}
THE: Words = frozenset("the der die das den dem des el la los las".split())
ARTICLES: Words = THE | frozenset("a an ein eine einen einem einer eines un una".split())
DETERMINERS: Words = ARTICLES | frozenset("my your our mein meine meinem meinen meiner mi mis".split())
BEFORE_THINGS: Words = DETERMINERS | {"one"}
HOW: Words = frozenset("how wie como".split())
# Words for what was said before, where it is a thing.
IT: Words = frozenset("it that this das es eso esto".split())

# Words with which a question begins.
QUESTION_WORDS: Words = frozenset(
    """
    how what why where when which who whose whom hows whats wheres whos
    wie was warum wieso weshalb wo woher wohin wann wer wen wem wessen welche welchem welchen welcher welches wobei
    wodurch wofur womit woran worauf woruber wozu
    como que cual cuales donde adonde cuando quien quienes cuanto cuanta cuantos cuantas
    """.split()
)
# Spanish questions begin with two words, too: "why", "what for", "can one".
_IN_TWO: dict[str, Words] = {
    "por": frozenset({"que", "donde"}),
    "para": frozenset({"que", "quien", "cuando"}),
    "con": frozenset({"que", "quien", "cual"}),
    "en": frozenset({"que", "cual"}),
    "a": frozenset({"que", "quien"}),
    "de": frozenset({"que", "quien", "donde", "cual"}),
    "desde": frozenset({"cuando", "donde"}),
    "se": frozenset({"puede", "pueden"}),
}
# Verbs with which a question without a question word begins: "can I", "muss ich", "puedo".
QUESTION_VERBS: Words = frozenset(
    """
    can could does do did is are should must will would may
    kann konnte muss soll sollte darf gibt gibts
    puedo puede debo hay
    """.split()
)
# Words that can stand before the first content word of a question.
OPENING_WORDS: Words = SMALL_WORDS | QUESTION_WORDS | QUESTION_VERBS
# The words after which a verb comes, once a question has begun: "how do I", "where can we", "how to".
BEFORE_VERBS: Words = frozenset("i we you one to".split())
_IN_QUESTIONS = QUESTION_WORDS | QUESTION_VERBS | BEFORE_VERBS
FEWEST = 2  # different small words that show in which language a text is
_WHY = re.compile(r"\bpor que\b")


def is_content(word: str) -> bool:
    """Whether a word says what a question is about, in any of the languages."""
    return word not in SMALL_WORDS and word not in QUESTION_WORDS


def small_words_of(tokens: Sequence[str]) -> Words:
    """The small words of the language that a text is in: the one that has most of its words as small words."""
    return max(EVERY_LANGUAGE, key=lambda small: sum(map(small.__contains__, tokens)))


def clearly_small_words_of(tokens: Sequence[str]) -> Words:
    """As `small_words_of`, but none if it is not clear: "in Git", or "la la land"."""
    times = {small: len(small & {*tokens}) for small in (ENGLISH_WORDS, GERMAN_SMALL, SPANISH_SMALL)}
    second, most = sorted(times.values())[1:]
    small = next(each for each in times if times[each] == most)
    is_clear = most >= FEWEST and most > second and (small is ENGLISH_WORDS or most > 2 * times[ENGLISH_WORDS])
    return (STOP_WORDS if small is ENGLISH_WORDS else small) if is_clear else frozenset()


def content_words(tokens: Sequence[str]) -> list[str]:
    """The words of a text that say something about its subject, in any of the languages."""
    small = small_words_of(tokens)
    return [word for word in tokens if word not in small]


def without_article(tokens: Sequence[str]) -> Sequence[str]:
    """The words of a text without an article at its beginning."""
    return tokens[1:] if tokens and tokens[0] in ARTICLES else tokens


def are_all_small(tokens: Sequence[str], languages: Iterable[Words] = EVERY_LANGUAGE) -> bool:
    """Whether all of these words are small words of one language. "Por qué" is not, as "why" is not."""
    return any(small.issuperset(tokens) for small in languages) and not _WHY.search(" ".join(tokens))


def _begins_with_question_word(tokens: Sequence[str]) -> bool:
    """Whether a text begins with a question word: "how", "wie", "por qué"."""
    return bool(tokens) and (tokens[0] in QUESTION_WORDS or _begins_in_two(tokens))


def begins_as_question(tokens: Sequence[str]) -> bool:
    """Whether a text begins with a question word, or with a verb as questions do: "can", "muss", "puedo"."""
    return _begins_with_question_word(tokens) or bool(tokens and tokens[0] in QUESTION_VERBS)


def is_noun_phrase(tokens: Iterable[str]) -> bool:
    """Whether a message only names something, as "final project grade": no question word or verb, no person."""
    return _IN_QUESTIONS.isdisjoint(tokens)


def _begins_in_two(tokens: Sequence[str]) -> bool:
    return len(tokens) > 1 and tokens[1] in _IN_TWO.get(tokens[0], ())
