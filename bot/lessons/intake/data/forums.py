"""Reads topics of a Discourse forum: the title and the accepted answer of each."""

from __future__ import annotations

import re

from bot.language.words import _
from bot.lessons.intake.data.nodes import Data, Map, Scalar, scalars
from bot.lessons.intake.data.record_shapes import NO_ACCEPTED, answer_block
from bot.lessons.intake.drafts import DRAFT
from bot.lessons.intake.material import NO_TITLE, Pair, Section, Source, Unplaced, text_block
from bot.lessons.intake.mentions import MENTION, MENTIONED

_LINK = r"<a class=\"mention(?:-group)?\"[^<>]*>@[^<>]*</a>"
_MENTION = re.compile(_LINK)
_AT_THE_END = re.compile(rf"{_LINK}(?=\s{{0,99}}</p>)")
_AT_THE_BEGINNING = re.compile(rf"^(\s{{0,99}}<p>)\s{{0,99}}{_LINK}[\s,:]{{0,99}}")
_SAID = ("title", "cooked")


def read_forum(data: Data) -> Source | None:
    """The source in a topic, or in a list of topics; None if this is something else.

    Members' names and the other data of a topic are nobody's text, and are not reported.
    """
    topics = [each for each in (data if isinstance(data, list) else [data]) if isinstance(each, Map)]
    if not topics or not all(_posts(each) for each in topics):
        return None
    source = Source(NO_TITLE, NO_TITLE, [Section()])
    for topic in topics:
        _add(source, topic)
    source.is_single = len(topics) == 1
    source.seen = _("topics of a forum, none with an accepted answer")
    return source


def _add(source: Source, topic: Map) -> None:
    if topic.get("visible") == "false":
        source.unplaced += [Unplaced(each.line, each, _(DRAFT)) for key, each in scalars(topic) if key in _SAID]
        return
    title = topic.get("title")
    accepted = topic.get("accepted answer")
    number = accepted.get("post number") if isinstance(accepted, Map) else None
    answer: Scalar | None = None
    for post in _posts(topic):
        text = post.get("cooked")
        if not isinstance(text, Scalar):
            continue
        is_accepted = post.get("accepted answer") == "true" or (
            number is not None and post.get("post number") == number
        )
        if answer is None and is_accepted:
            answer = Scalar(_MENTION.sub(MENTION, _addressed_to_none(text)).strip(), text.line)
            if MENTION in answer:
                source.unplaced.append(Unplaced(text.line, answer, _(MENTIONED)))
        else:
            source.unplaced.append(
                Unplaced(text.line, text, _("a post of a forum that is not the accepted answer"))
            )
    if isinstance(title, Scalar) and answer:
        source.sections[-1].items.append(Pair(text_block(title, title.line), [answer_block(answer)]))
    elif isinstance(title, Scalar):
        source.unplaced.append(Unplaced(title.line, title, _(NO_ACCEPTED)))


def _addressed_to_none(html: str) -> str:
    """A post without the mentions around it, which no reader misses."""
    return _AT_THE_END.sub("", _AT_THE_BEGINNING.sub(r"\1", html, count=1))


def _posts(topic: Map) -> list[Map]:
    stream = topic.get("post stream")
    posts = stream.get("posts") if isinstance(stream, Map) else None
    return [each for each in posts if isinstance(each, Map)] if isinstance(posts, list) else []
