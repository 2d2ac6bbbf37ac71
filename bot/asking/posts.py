"""What a forum post asks: its title, with details from its first message. And what a long message asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, zip_longest

from bot.asking.choosing import choice_in
from bot.asking.cleaning import LINK, clean, without_markup
from bot.asking.detection import reads_as_question
from bot.dialogue.reply import Answer, Question, Reply, Suggestions, Unknown
from bot.search.confidence import MAX_SUGGESTIONS
from bot.search.follow_up import goes_on
from bot.search.words.pasted import error_in
from bot.search.words.remarks import refers_back
from bot.search.words.small_words import BEFORE_VERBS, HOW, QUESTION_VERBS, QUESTION_WORDS, SMALL_WORDS
from bot.search.words.smalltalk import small_talk
from bot.search.words.splitting import LIST_ITEM
from bot.search.words.wording import words

MAX_BODY = 20_000  # characters of a text that are looked at
MOST_QUESTIONS = 4  # of a text that are looked for alone
LONGEST = 200  # characters of a detail; what is longer tells a story, of which only its questions count

_BLOCKS = re.compile(r"```.*?(?:```|\Z)|^>[^\n]*", re.DOTALL | re.MULTILINE)  # of code, and quotes
_LINKS = re.compile(r"(?<!\S)\S+?://\S+")
_SENTENCE = re.compile(r"(?<=[.!?。？！])\s+|\n+")
# What people and forums call a post that is solved.
SOLVED = frozenset(
    ("solved resolved answered gelöst geloest beantwortet resuelto resuelta solucionado solucionada").split()
)
_MARKS = SOLVED | frozenset("fixed done closed behoben erledigt geschlossen arreglado cerrado cerrada".split())
_TICKS = "✅☑✔\ufe0f"
_MARK = rf"[ {_TICKS}]*(?:{'|'.join(sorted(_MARKS))})[ !.{_TICKS}]*"
# "[SOLVED] …", "Solved: …"; and "… (gelöst)", "… - done": "position: fixed" and "print(done)" are no marks.
_MARK_BEFORE = re.compile(rf"[\[(]{_MARK}[\])]|{_MARK}(?:[|–—-](?= )|:(?!:))", re.IGNORECASE)
_MARK_AFTER = re.compile(rf"(?<=[ ?!.])(?:[\[(]{_MARK}[\])]|(?:\||[–—-] ){_MARK})$", re.IGNORECASE)
# Sentences of these alone say nothing: "See title.", "as the title says, thanks".
_SAYS_NOTHING = frozenset(
    (
        "above advance again all as at in is it its just like look per please pls question read s said same says "
        "see subject thank thanks the thx title titles topic ty you "
        "bitte betreff danke die frage im oben siehe steht titel wie "
        "antemano asunto como de del dice el en está gracias la lo pregunta titulo título ver véase"
    ).split()
)


def detail_of(body: str) -> str:
    """What the first message of a post adds to its title: nothing, a line, or the questions of a long story."""
    sentences = _sentences(body)
    whole = " ".join(sentences)
    if len(whole) > LONGEST:
        whole = " ".join(each for each in sentences if reads_as_question(each))
    return whole[:LONGEST]


def without_solved_mark(title: str) -> str:
    """A title without what marks its post as solved: "[SOLVED] …", "✅ …", "… (gelöst)", "… - done".

    All of it if there is nothing else.
    """
    bare = title.strip(f" {_TICKS}")
    if mark := _MARK_BEFORE.match(bare):
        bare = bare[mark.end() :]
    bare = _MARK_AFTER.sub("", bare)
    return " ".join(bare.strip(f" {_TICKS}").split()) or title


def is_solved_mark(title: str) -> bool:
    """Whether a title says that its post is solved, and nothing else: "closed", "[behoben]", "✅"."""
    return _MARKS.issuperset(re.findall(r"\w+", title.casefold()))


def question_of(title: str, body: str, asks_nothing: Callable[[str], bool]) -> str:
    """What a post asks: its title, or where that is "help pls", the first question or the prose of its body."""
    title = clean(without_solved_mark(title))
    if title and not asks_nothing(title):
        return title
    return next(_questions_in(body, asks_nothing), "") or detail_of(body) or title


def question_in(text: str, asks_nothing: Callable[[str], bool]) -> str:
    """What to log of a message: all of it; of a long story first its questions and the error that it tells of.

    The story follows them: "What am I doing wrong?" alone says nothing, and would be the same question each time.
    """
    if len(text) <= LONGEST:
        return text
    asked, error = " ".join(_questions_in(text, asks_nothing)), error_in(text[:MAX_BODY])
    first = " ".join(filter(None, (asked, "" if error in asked else error)))
    return " ".join([first, *(each for each in _sentences(text) if each not in first)]) if first else text


def queries_of(title: str, body: str) -> tuple[str, ...]:
    """What to look for, best first: the title, the title with its detail, and a question and an error alone."""
    title, detail, error = without_solved_mark(title), detail_of(body), error_in(body[:MAX_BODY])
    together = (f"{title} {detail}",) if detail else ()
    alone = (detail,) if reads_as_question(detail) else ()
    return (title, *together, *alone, *((error,) if error else ()))


def queries_in(text: str) -> tuple[str, ...]:
    """What to look for in a message, best first: all of it, or what is asked in a story, or beside code or a link.

    A story that tells of an error is best understood as a whole.
    """
    if (bare := _without_links(text)) != text:
        return (*queries_in(bare), text)
    if len(text) <= LONGEST and not _BLOCKS.search(text):
        return (text,)
    detail = detail_of(text)
    if not detail:
        return (text,)
    return (text, detail) if error_in(text[:MAX_BODY]) else (detail, text)


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a text that asks several, to look for each alone; none if it asks only one."""
    # "I have two questions: what do I wear?" asks only what is behind the colon.
    parts = (each.rpartition(": ")[2] for each in _sentences(text))
    asked = [each for each in parts if reads_as_question(each)]
    return tuple(asked[:MOST_QUESTIONS]) if len(asked) > 1 else ()


def reply_to(text: str, answer: Callable[[str], Reply]) -> Reply:
    """The reply to a message, by `answer`: to all of it, and if that is not sure, to the question in it.

    "5" or "the second one" asks nothing: there is nothing to choose from.
    """
    whole = answer(text)
    if isinstance(whole, Answer):
        return whole
    if (bare := _without_links(text)) != text:
        return reply_to(bare, answer)
    if whole == Unknown() and choice_in(without_markup(text)):
        return Unknown(nothing_asked=True)
    said = agreed([whole if each == text else answer(each) for each in queries_in(text)])
    return _with_each_question(said, text, answer)


def reply_to_post(title: str, body: str, answer: Callable[[str], Reply]) -> Reply:
    """The reply to a post, by `answer`: to its title, and to what its first message adds."""
    replies = [answer(each) for each in queries_of(title, body)]
    if isinstance(replies[0], Answer) and not reads_as_question(detail_of(body)):
        # The title has its answer, and what the message adds asks nothing.
        replies = [each for each in replies if not (isinstance(each, Suggestions) and each.asked_at_once)]
    return _with_each_question(agreed(replies), body, answer)


def _with_each_question(said: Reply, text: str, answer: Callable[[str], Reply]) -> Reply:
    """The reply to a text that may ask several things, where `said` is that to all of it.

    If two of its questions surely have different answers, both are given. If nothing was found for all of it, what
    was found for each question is offered.
    """
    is_unknown = isinstance(said, Unknown) and not said.which_error
    may_say_more = isinstance(said, Answer) or (isinstance(said, Suggestions) and not said.asked_at_once)
    asked = questions_in(text) if is_unknown or may_say_more else ()
    if not asked:
        return said
    replies = {each: answer(each) for each in asked}
    # "How do I delete it?" says too little alone to be sure.
    sure = [reply for each, reply in replies.items() if isinstance(reply, Answer) and not refers_back(each)]
    answers = [said, *sure] if isinstance(said, Answer) else sure
    found = {each.id: Question(each.id, each.question) for each in answers}
    if len(found) > 1:
        return Suggestions((*found.values(),)[:2], asked_at_once=True, asked_more=max(len(asked), len(found)) > 2)
    if not is_unknown:
        return said
    if sure:
        return sure[0]
    offered = [reply.questions for reply in replies.values() if isinstance(reply, Suggestions)]
    if len(offered) < 2:
        return agreed([said, *replies.values()])
    # The best for each question, then the second best.
    ranked = (each for rank in zip_longest(*offered) for each in rank if each)
    return Suggestions((*dict.fromkeys(ranked),)[:MAX_SUGGESTIONS])


def _questions_in(body: str, asks_nothing: Callable[[str], bool]) -> Iterator[str]:
    """The questions in a text that say something; before "how do I fix this?", also the sentence before it."""
    before = ""
    for each in _sentences(body):
        is_asked = reads_as_question(each) and not asks_nothing(each)
        if is_asked:
            yield f"{before} {each}".lstrip() if goes_on(each) and refers_back(each) else each
        before = "" if is_asked else each


def _sentences(body: str) -> list[str]:
    """The sentences of a text that say something, without links, quotes and blocks of code."""
    prose = LIST_ITEM.sub("", _LINKS.sub(" ", _BLOCKS.sub(" ", body[:MAX_BODY])))
    said = (clean(each) for each in _SENTENCE.split(prose))
    return [each for each in said if not _SAYS_NOTHING.issuperset(re.findall(r"\w+", each.casefold()))]


def agreed(replies: Sequence[Reply]) -> Reply:
    """One reply made from several: if the first two are different sure answers, both are offered.

    If one of them answers two questions, it is taken, unless another is sure of something else.
    """
    for both in replies:
        if isinstance(both, Suggestions) and both.asked_at_once:
            answered = {question.id for question in both.questions}
            if all(each.id in answered for each in replies if isinstance(each, Answer)):
                return both
    sure = {each.id: each for each in replies[:2] if isinstance(each, Answer)}
    if len(sure) > 1:
        return Suggestions(tuple(Question(each.id, each.question) for each in sure.values()))
    for kind in (Answer, Suggestions):
        if found := next((each for each in replies if isinstance(each, kind)), None):
            return found
    return next((each for each in replies if not _asks_nothing(each)), replies[0])


def is_said_unasked(reply: Reply) -> bool:
    """Whether the bot gives this reply to a member who asked everybody, and not the bot."""
    return isinstance(reply, Answer) or (isinstance(reply, Suggestions) and not reply.others)


def _without_links(text: str) -> str:
    """A short message without its links, if none of them belongs to what it asks."""
    if not LINK.search(text):
        return text
    bare = LINK.sub(" ", text).strip()
    if not bare or len(bare) > LONGEST or _BLOCKS.search(text) or error_in(text[:MAX_BODY]):
        return text
    if small_talk(without_markup(bare)):
        return bare
    # The text in front of each link, without earlier links: with hundreds of them, each text would be long.
    before = accumulate(LINK.split(text)[:-1], lambda said, more: f"{said.rstrip()} {more}")
    return text if any(map(_needs_more, before)) else bare


def _needs_more(text: str) -> bool:
    """Whether a sentence is not complete: "can I use it on", "how do I delete", "cómo borro"."""
    *before, last = ["", *words(_SENTENCE.split(without_markup(text))[-1], LONGEST)]
    opens = QUESTION_WORDS | QUESTION_VERBS | BEFORE_VERBS
    return last in SMALL_WORDS | opens or (last != "" and before[-1] in HOW | BEFORE_VERBS)


def _asks_nothing(reply: Reply) -> bool:
    return isinstance(reply, Unknown) and reply.nothing_asked
