"""Keywords: operators, small words and single letters that an entry can be about.

In most questions, "is" is a stop word. In a library with an entry about `is`, it is a keyword where it is in
backticks or quotes, or where a question is about it. A keyword is indexed as "`is`", so that it differs from "is".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from bot.search.words.chat_spellings import CHAT_SPELLINGS
from bot.search.words.small_words import QUESTION_WORDS, SMALL_WORDS, STOP_WORDS, Words, small_words_of
from bot.search.words.wording import LONGEST, MAX_CHARACTERS, fold

MAX_KEYWORDS = 8
# Quotes with more words are a sentence or a command.
MAX_MARKED = 5
MAX_ABOUT = 100  # characters of a question that is about one small word

_CODE = re.compile(r"(`{1,3})(?P<code>[^`\n]{1,80})\1")
_QUOTED = re.compile(
    r"(?<!\w)(?:\"([^\"\s]{1,20}(?: [^\"\s]{1,20})?)\"|“([^”\s]{1,20})”"
    r"|„([^“”\s]{1,20})[“”]|'([^'\s]{1,20})'|‘([^’\s]{1,20})’)(?!\w)"
)
# A language with a single letter as its name. I and A are words.
_LETTER = re.compile(r"[B-HJ-Z](?<=\s.)(?![\w+#'’.&-])")
# `.env`, `.py`: file extensions, by which people name kinds of files.
_ENDING = re.compile(r"\.(?<![\w.]\.)([a-z]{1,5})(?![\w.])")
_HAS_QUOTES = re.compile(r"[\"'“„‘](?<!\w.)")  # the apostrophe of "don't" is none
_OPERATOR = re.compile(r"[-+*/%=<>!:|&^~@]{1,3}")
# These are in no emoticon, dash or line of exclamation marks.
_SURE_SIGNS = frozenset("=<>|&")
_SIGNS = re.compile(r"[^\w\s`\"'“”„‘’]+")

# "What does … do", "what is the difference between … and …", "explain …".
_VERBS = (
    r"(?:is|are|does|do|did|to|can|should|macht|ist|bedeutet|(?:benutz|verwende|sag)(?:t|e)|nimmt|nehme"
    r"|hace|es|significa|sirve|(?:se )?usan?|uso|se dice|digo)"
)
_BETWEEN = r"(?:der |la )?(?:difference|unterschied|diferencia) (?:between|zwischen|entre)"
_BEFORE = (
    r"(?:(?:please|hey|ok|so|and|but|hi|also) )*"
    r"(?:(?:what|how|when|why|where|was|wie|wozu|wofur|wann|warum|wieso|weshalb|wo"
    r"|que|cual|para que|por que|como|cuando|donde)"
    rf"(?:(?:'?s| {_VERBS})\b)+? (?:(?:the )?(?:(?:meaning|point|purpose|use) of|{_BETWEEN}) )?"
    rf"|{_BETWEEN} "
    r"|(?:explain|define|describe|erklare?(?: mir)?|explica(?:me)?|meaning of|tell me about) "
    r"|(?:i )?(?:do not|don'?t|cannot|can'?t) (?:understand|get) |ich verstehe |no entiendo "
    r"|(?:can|could) (?:you|someone|anyone) explain )?"
    r"(?:(?:do|should|can|to) )?(?:(?:i|you|we|one|man|ich) )?(?:(?:use|write|need|say|call) )?"
    r"(?:(?:the|a|an|der|die|das|ein|eine|el|la|un|una) )?"
)
_AFTER = (
    r"(?: (?:do|does|mean|means|for|work|works|used|used for|good for|stand for|operator|keyword|statement|symbol"
    r"|sign|function|character|language|actually|exactly|really|here|macht|heisst|bedeutet|nicht|significa|hace"
    r"|(?:in|auf|en) \S+))*"
)
# "When do I use `is` and when `==`" names the second one behind another question word.
_TWO = r"(?: (?:vs\.?|versus|or|and|oder|und|o|y|from) (?:(?:when|wann|cuando) )?(?:the |a )?(?P<other>\S+))?"
_ABOUT = re.compile(rf"{_BEFORE}(?P<one>\S+){_TWO}{_AFTER} ?[?!. ]*")
# Words beside a keyword in a question that is about it.
FRAME = (
    SMALL_WORDS
    | QUESTION_WORDS
    | frozenset(
        """difference unterschied diferencia between zwischen entre meaning point purpose define describe explain
        operator keyword statement symbol sign function character language stand used work works good versus
        vs diff actually exactly sirve understand benutzt benutze verwendet verwende nimmt nehme sagt verstehe usan
        dice digo entiendo explicame""".split()
    )
)
# Pronouns are no keywords unless they are marked.
_POINTING = frozenset(
    """it this that these those they them you me i we us there something anything thing
    das dies dieses es du ich wir ihr sie er man mir mich dich uns jemand etwas hier da
    esto eso esta este lo el ella yo tu nos me te alguien algo aqui""".split()
)
_QUOTES = "`\"'“”„‘’"
_BRACKETS = "*()[]<>"


def marked(text: str, chunks: Sequence[str] | None = None) -> Iterator[str]:
    """The keywords of a text, by backticks, quotes, capitals and the form of the question; some repeatedly.

    `chunks` are the folded text, split at its spaces.
    """
    whole = text = text[:MAX_CHARACTERS]
    if "`" in text:
        for found in _CODE.finditer(text):
            code = fold(found["code"]).split()
            if len(code) <= MAX_MARKED:
                # In a longer piece of code, letters and brackets are values: "`['a', 'b']`".
                told = _small_in(code, whole) if len(code) == 1 else filter(_is_keyword_in_code, code)
                yield from map(_keyword, told)
        # Quotes inside code are values, too, so that the code is taken out.
        text = _CODE.sub(" ", text)
    for groups in _QUOTED.findall(text) if _HAS_QUOTES.search(text) else ():
        yield from map(_keyword, _small_in(fold("".join(groups)).split(), whole))
    # Most texts have a capital letter only at the beginning.
    for letter in () if text[1:].islower() else _LETTER.findall(text):
        yield _keyword(letter.lower())
    if "." in text:
        yield from (_keyword(each) for each in _ENDING.findall(text) if _is_small(each, STOP_WORDS))
    yield from _about(whole, fold(whole).split() if chunks is None else chunks)


def operators_in(text: str) -> Iterator[str]:
    """As keywords, the operators that stand alone in a text: "== or >= for versions"."""
    # Few texts have such signs.
    for chunk in () if _SURE_SIGNS.isdisjoint(text) else fold(text[:MAX_CHARACTERS]).split():
        if len(chunk) > 1 and _OPERATOR.fullmatch(chunk) and not _SURE_SIGNS.isdisjoint(chunk):
            yield _keyword(chunk)


def _about(text: str, chunks: Sequence[str]) -> Iterator[str]:
    """As keywords, the one or two small words that the text is about: "what does is do", "is vs ==", "R?"."""
    if len(text) > MAX_ABOUT:
        return
    # Nearly every text has a longer word, which ends the search early.
    for chunk in chunks[:-1]:
        if len(chunk) > 3 and chunk.isalpha() and chunk not in FRAME:
            return
    # "Wat does with do". Only the first word: "what is r" does not ask what "are" is.
    first = CHAT_SPELLINGS.get(chunks[0], ()) if chunks else ()
    spelled = [*first, *chunks[1:]] if len(chunks) > 1 and first and first[0] in QUESTION_WORDS else chunks
    if found := _ABOUT.fullmatch(" ".join(spelled).lstrip("¿¡ ")):
        about = filter(None, map(_bare, filter(None, found.groups())))
        yield from (_keyword(each) for each in _small_in(about, text) if each not in _POINTING)


class Keywords:
    """The keywords of a library."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        plain = {word[1:-1] for word in self._known}
        # If a library has these keywords, they need no marks, as they are no words otherwise.
        self._free = frozenset(
            word for word in plain if word in CHAT_SPELLINGS or (len(word) == 1 and word not in "ai")
        )
        self._has_signs = any(not any(map(str.isalnum, word)) for word in plain)

    def of(self, text: str, chunks: Sequence[str] | None = None) -> list[str]:
        """The keywords of a text that the library has, in order, each once, at most `MAX_KEYWORDS`.

        `chunks` are as in `marked`.
        """
        if not self._known:
            return []
        if chunks is None:
            chunks = fold(text[:MAX_CHARACTERS]).split()
        found = [*marked(text, chunks), *self._unmarked(chunks)]
        return [each for each in dict.fromkeys(found) if each in self._known][:MAX_KEYWORDS] if found else []

    def lacks(self, text: str) -> bool:
        """Whether a text has an operator or a small word as code that is no keyword of the library."""
        if "`" not in text:
            return False
        code = (fold(found["code"]).split() for found in _CODE.finditer(text[:MAX_CHARACTERS]))
        return any(
            _keyword(each[0]) not in self._known
            for each in code
            if len(each) == 1 and _is_keyword_in_code(each[0])
        )

    def _unmarked(self, chunks: Iterable[str]) -> Iterator[str]:
        for chunk in chunks:
            # Most chunks are plain words, also with one sign behind them.
            word = chunk if chunk.isalpha() else chunk[:-1]
            if word is chunk or (word.isalpha() and chunk[-1] in "?!.,:;"):
                if word in self._free:
                    yield _keyword(word)
                continue
            if (bare := _bare(chunk)) in self._free:
                yield _keyword(bare)
            for signs in _SIGNS.findall(chunk) if self._has_signs else ():
                if len(signs) > 1 or signs == chunk.strip(_QUOTES):
                    yield from (_keyword(signs), _keyword(_bare(signs)))


def is_keyword(word: str) -> bool:
    return word.startswith("`")


def _is_keyword_in_code(word: str) -> bool:
    return word in STOP_WORDS or _OPERATOR.fullmatch(word) is not None


def _small_in(chunks: Iterable[str], text: str) -> Iterator[str]:
    """Those of these chunks that are small in English, as in code, or in the language of the text."""
    return (chunk for chunk in chunks if _is_small(chunk, _small_words(text)))


@lru_cache(maxsize=16)  # a text can have hundreds of quotes
def _small_words(text: str) -> Words:
    return STOP_WORDS | small_words_of(fold(text).split())


def _is_small(word: str, small: Words) -> bool:
    """Whether search ignores this word unless it is a keyword."""
    return word in small or word in CHAT_SPELLINGS or len(word) == 1 or not any(map(str.isalnum, word))


def _keyword(word: str) -> str:
    return f"`{word[:LONGEST]}`"


def _bare(chunk: str) -> str:
    """A chunk without the quotes and punctuation around it. Symbols keep brackets, which may be part of them."""
    # An emoji may end with a variation selector, which says to draw it in color.
    chunk = chunk.strip(_QUOTES).replace("\ufe0f", "")
    if any(map(str.isalnum, chunk)):
        return chunk.strip(_BRACKETS + _QUOTES + "?!.,:;")
    return chunk.rstrip("?!.," + _QUOTES) or chunk
