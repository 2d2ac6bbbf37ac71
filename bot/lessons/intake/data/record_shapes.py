"""Which shape the data of a file has: a question with its answer, a bot's tags, conversations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bot.language.words import N_
from bot.lessons.intake.data.keys import (
    ANSWER_KEYS,
    BODY_KEYS,
    COMMAND_KEYS,
    COUNT_KEYS,
    MAIL_KEYS,
    PHRASING_KEYS,
    POST_KEYS,
    QUESTION_KEYS,
    REPLIES_KEYS,
    REPLY_KEYS,
    TEXT_KEYS,
    TITLE_KEYS,
)
from bot.lessons.intake.data.nodes import Data, Map, Scalar, folded, scalars
from bot.lessons.intake.drafts import draft_field
from bot.lessons.intake.material import Block, text_block
from bot.lessons.intake.question_text import asks, is_date_or_number

NO_ACCEPTED = N_("a topic without an accepted answer")
_IN_TAGS = re.compile(r"\s{0,99}<(?:p|div|[uo]l|h[1-6]|section|!--)[\s>-]", re.IGNORECASE)
# Freshdesk numbers the states of its articles: 1 is a draft, 2 is published.
_OF_FRESHDESK = ("description text", "agent id", "folder id", "seo data")
_OF_SANITY = "drafts."  # what the ID of a draft begins with
_ACCEPTED = ("is accepted", "accepted", "isaccepted", "is answer", "isanswer")


def record_in(data: Map) -> tuple[Data, Data] | None:
    """The question and the answer in a map; None if the map is not a single record."""
    named: dict[str, list[Data]] = {}
    for key, value in data.pairs:
        named.setdefault(folded(key), []).append(value)
    answered = _answer_in(named)
    if answered is None:
        return None
    asking = [*QUESTION_KEYS, *PHRASING_KEYS]
    if any(value is answered for key in ("response", "responses", "reply") for value in named.get(key, ())):
        asking += COMMAND_KEYS
    asked = [
        each
        for each in _under(named, asking)
        if each is not answered and is_texts(each) and not _is_person(named, each)
    ]
    # A number in front of a question can be called a question, too.
    first = next((each for each in asked if not (isinstance(each, Scalar) and is_date_or_number(each))), None)
    first = next(iter(asked), None) if first is None else first
    return None if first is None else (first, answered)


def _is_person(named: Mapping[str, list[Data]], value: Data) -> bool:
    """Whether this is the name of a person: it stands beside a mail address, and asks nothing."""
    is_name = any(each is value for each in named.get("name", ()))
    return (
        is_name
        and any(map(is_texts, _under(named, MAIL_KEYS)))
        and not (isinstance(value, Scalar) and asks(value))
    )


def _answer_in(named: Mapping[str, list[Data]]) -> Data | None:
    """What is called an answer; else an accepted reply; else the text, unless that of a post in a forum."""
    called = (each for each in _under(named, ANSWER_KEYS[: -len(BODY_KEYS)]) if not _is_mark(named, each))
    found = next(filter(_is_answer, called), None)
    if found is not None and any(each == "false" for each in _under(named, ("is answered", "isanswered"))):
        return found if any(map(is_accepted, nodes_in(found))) else None
    if found is not None:
        return found
    replies = [each for each in _under(named, REPLIES_KEYS) if nodes_in(each)]
    for each in replies:
        if _is_answer(each) and any(map(is_accepted, nodes_in(each))):
            return each
    counts = (each for each in _under(named, COUNT_KEYS) if _is_mark(named, each))
    if replies or any(counts) or not named.keys().isdisjoint(POST_KEYS):
        return None
    keys = BODY_KEYS if named.keys().isdisjoint(("triggers", "trigger")) else (*BODY_KEYS, *REPLY_KEYS)
    return next(filter(_is_answer, _under(named, keys)), None)


def _under(named: Mapping[str, list[Data]], keys: Iterable[str]) -> Iterator[Data]:
    return (each for key in keys for each in named.get(key, ()))


def nodes_in(data: Data) -> list[Data]:
    """What is in a list, also in one with its length beside it, as GitHub has it; else nothing."""
    inside = data.get("nodes") if isinstance(data, Map) else data
    return inside if isinstance(inside, list) else []


def _is_mark(named: Mapping[str, list[Data]], value: Data) -> bool:
    """Whether this only says that a post is the answer, or which is: `"accepted_answer": true`, `"answers": 3`."""
    marks = _under(named, ("accepted answer", "acceptedanswer"))
    if isinstance(value, Scalar) and is_date_or_number(value):
        marks = _under(named, COUNT_KEYS)
    elif value not in ("true", "false"):
        return False
    return any(each is value for each in marks)


def is_draft(data: Map) -> bool:
    """Whether a map says that it is not published where it is from."""
    if data.get("status") == "1" and data.get(*_OF_FRESHDESK) is not None:
        return True
    if isinstance(key := data.get("id"), Scalar) and key.startswith(_OF_SANITY):
        return True
    return bool(draft_field((key, said) for key, value in data.pairs for said in _said(value)))


def _said(value: Data) -> Iterable[Scalar]:
    """What a field says: its text, the words of its list, or the name of a state with a color and the like."""
    if isinstance(value, Map):
        value = value.get("name", "value", "label") or []
    if isinstance(value, list):  # numbers are IDs, such as `deleted: [1, 5]`
        return [each for each in value if isinstance(each, Scalar) and not each.isdigit()]
    return [value] if isinstance(value, Scalar) else []


def is_unanswered(data: Map) -> bool:
    """Whether a map that is no record is a post of a forum: its title is a question that nobody answered."""
    named: dict[str, list[Data]] = {}
    for key, value in data.pairs:
        named.setdefault(folded(key), []).append(value)
    beside = [*_under(named, POST_KEYS), *(each for each in _under(named, REPLIES_KEYS) if nodes_in(each))]
    has_records = any(isinstance(each, Map) and record_in(each) for value in beside for each in nodes_in(value))
    return bool(beside) and not has_records and any(map(is_texts, _under(named, BODY_KEYS)))


def title_of(data: Data) -> Scalar | None:
    """The title of a map with more below it; None if it has none, or is a record or a topic itself."""
    if not isinstance(data, Map) or all(isinstance(value, Scalar) for __, value in data.pairs):
        return None
    if record_in(data) or is_unanswered(data):
        return None
    return next((each for each in texts_under(data, TITLE_KEYS) if each.strip()), None)


def conversations_in(data: list[Data]) -> list[list[Scalar]]:
    """The texts of a list of lists with questions and answers: `[[question, answer], …]`; else an empty list.

    A first list that names these columns is left out. Questions below a question are other words for it.
    """
    if not all(isinstance(each, list) and is_texts(each) for each in data):
        return []
    texts = ([text for __, text in scalars(each) if text.strip()] for each in data)
    found = [each for each in texts if each]
    asked = [each for each in found if len(each) > 1 and asks(each[0])]
    if sum(not asks(each[1]) for each in asked) * 2 <= len(asked):
        return []
    head = [folded(each) for each in found[0][:2]]
    is_named = len(head) == 2 and head[0] in QUESTION_KEYS and head[1] in ANSWER_KEYS
    return found[is_named:]


def are_several(values: Sequence[Data]) -> bool:
    """Whether at least two of these are records."""
    return sum(isinstance(each, Map) and record_in(each) is not None for each in values) > 1


def are_messages(data: Data) -> bool:
    """Whether these are messages of a chat, as Slack and Telegram save them: most say who wrote them, and when."""
    found = data.get("messages") if isinstance(data, Map) else data
    messages = [each for each in found if isinstance(each, Map)] if isinstance(found, list) else []
    written = [
        each
        for each in messages
        if each.get("text", "content") is not None
        and each.get("user", "author", "from") is not None
        and each.get("ts", "timestamp", "date") is not None
    ]
    return len(written) > 1 and len(written) * 2 > len(messages)


def has_tags(data: Map) -> bool:
    """Whether a map has the tags of a bot: by name, each with a text and most with other names for it."""
    tags = [value for __, value in data.pairs if isinstance(value, Map)]
    if len(tags) < 2 or len(tags) < len(data.pairs):
        return False
    said = sum(isinstance(each.get("content", "response", "reply", "message", "text"), Scalar) for each in tags)
    named = sum(each.get("keywords", "keyword", "aliases", "alias", "triggers") is not None for each in tags)
    asking = any(each.get("question", "q", "frage", "pregunta") is not None for each in tags)
    return said == len(tags) and named * 2 > len(tags) and not asking


def has_questions(data: Map) -> bool:
    """Whether a map has questions as keys, and answers as values: `What is a port?: A number.`"""
    answered = (key for key, value in data.pairs if is_texts(value) or _is_text_with_data(value))
    asked = sum(map(asks, answered))
    return asked > 0 and asked * 2 >= len(data.pairs)


def _is_text_with_data(value: Data) -> bool:
    return isinstance(value, Map) and record_in(value) is None and isinstance(value.get(*TEXT_KEYS), Scalar)


def is_about_software(data: Map, asked: Data, answered: Data) -> bool:
    """Whether a map only has a name with its description, as that of a project: `package.json`."""
    keys = [folded(key) for key, value in data.pairs if value is asked or value is answered]
    is_named = any(key in ("name", "title", "label") for key in keys)
    is_described = any(key in ("description", "value", "summary") for key in keys)
    return is_named and is_described and not (isinstance(asked, Scalar) and asks(asked))


def answer_of(value: Data) -> tuple[list[Block], list[tuple[str, Scalar]]]:
    """The blocks of an answer, and the other texts beside them, with their keys."""
    if isinstance(value, Scalar):
        return ([answer_block(value)], []) if value.strip() else ([], [])
    if isinstance(value, Map):
        if nodes := nodes_in(value):
            blocks, others = answer_of(nodes)
            return blocks, others + [
                (k, each) for k, v in value.pairs if v is not nodes for __, each in scalars(v)
            ]
        text = value.get(*TEXT_KEYS)
        if isinstance(text, Scalar) and text.strip():
            return [answer_block(text)], [
                (k, each) for k, v in value.pairs if v is not text for __, each in scalars(v)
            ]
        return [], list(scalars(value))
    if all(isinstance(each, Scalar) for each in value):
        blocks = [answer_block(each) for each in value if isinstance(each, Scalar) and each.strip()]
        return blocks, []
    first, *more = sorted(value, key=_rank) or [Scalar("", 1)]
    blocks, others = answer_of(first)
    return blocks, others + [pair for each in more for pair in scalars(each)]


def _rank(answer: Data) -> tuple[bool, float]:
    """Where an answer stands among several, as on Stack Exchange: the accepted one first, then by votes."""
    votes = answer.get("score", "votes", "upvotes") if isinstance(answer, Map) else None
    count = votes if isinstance(votes, Scalar) and re.fullmatch(r"-?\d{1,9}", votes) else "0"
    return not is_accepted(answer), -float(count)


def is_accepted(answer: Data) -> bool:
    """Whether a reply says that it is the accepted one."""
    said = answer.get(*_ACCEPTED) if isinstance(answer, Map) else None
    return isinstance(said, Scalar) and said.lower() in ("true", "yes", "1")


def _is_answer(value: Data) -> bool:
    if isinstance(value, Map):
        if nodes := nodes_in(value):
            return _is_answer(nodes)
        return isinstance(value.get(*TEXT_KEYS), Scalar)
    if isinstance(value, list) and value and isinstance(value[0], Map):
        return all(isinstance(each, Map) and isinstance(each.get(*TEXT_KEYS), Scalar) for each in value)
    return is_texts(value)


def is_texts(value: Data) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, Scalar) for each in value)
    return isinstance(value, Scalar) and bool(value.strip())


def texts_under(data: Map, keys: Collection[str]) -> Iterator[Scalar]:
    """The texts under these keys of the map itself."""
    return (value for key, value in data.pairs if folded(key) in keys and isinstance(value, Scalar))


def answer_block(text: Scalar) -> Block:
    answer = (_without_comments(text) if _IN_TAGS.match(text) else text).strip("\n")
    return text_block(answer, text.line, text.line + 1 + answer.count("\n"))


def _without_comments(html: str) -> str:
    """An answer that stands in tags, without what its site hides, such as the marks of WordPress' editor."""
    first, *others = html.split("<!--")
    parts = ((each, *each.partition("-->")[1:]) for each in others)
    return first + "".join(after if end else f"<!--{each}" for each, end, after in parts)
