"""Reads JSON and YAML files with lists or maps of questions and answers, with or without sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.errors import NotesError
from bot.language.words import _
from bot.lessons.intake.chats import CHAT
from bot.lessons.intake.data.articles import articles_as_records
from bot.lessons.intake.data.chatbots import (
    BRACES,
    FILLED_IN,
    OTHER_RESPONSE,
    as_one_project,
    placeholders_in,
    read_chatbot,
)
from bot.lessons.intake.data.dialogflow import with_phrases
from bot.lessons.intake.data.forums import read_forum
from bot.lessons.intake.data.keys import (
    BOT_KEYS,
    CATEGORY_KEYS,
    COMMAND_KEYS,
    EXPLANATION_KEYS,
    KEYWORD_KEYS,
    PHRASING_KEYS,
    QUESTION_KEYS,
    TAG_KEYS,
    UNTITLED_KEYS,
)
from bot.lessons.intake.data.multiple_choice import OUTSIDE, choice_keys, names_a_choice
from bot.lessons.intake.data.nodes import (
    Data,
    Map,
    Scalar,
    folded,
    no_field,
    read_json,
    read_toml,
    read_yaml,
    scalars,
)
from bot.lessons.intake.data.record_shapes import (
    NO_ACCEPTED,
    answer_block,
    answer_of,
    are_messages,
    are_several,
    conversations_in,
    has_questions,
    has_tags,
    is_about_software,
    is_draft,
    is_unanswered,
    record_in,
    texts_under,
    title_of,
)
from bot.lessons.intake.data.translations import in_one_language
from bot.lessons.intake.drafts import DRAFT
from bot.lessons.intake.material import NO_TITLE, Block, Hints, Pair, Section, Source, Unplaced, text_block
from bot.lessons.intake.question_text import asks, plain_question, without_list_number

# An answer that stands in tags as a whole: "<p> makes a paragraph" only says what a tag does.
_ESCAPED = re.compile(
    r"\"text\"\s{0,9}:\s{0,9}\"\s{0,9}&lt;(?:p|[uo]l|div|span)\b"
    r"(?:[^\"\\]|\\.)*&lt;/(?:p|[uo]l|div|span)&gt;(?:\s|\\[nrt]){0,9}\""
)
_PAGES = frozenset({"FAQPage", "QAPage"})
# In a phrasing, these signs can be a part of it: `what does a | b do`.
_KEYWORD_END = re.compile(r"[\n,;|]")


def read_json_records(text: str, hints: Hints) -> Source:
    """The source in a `.json` file. Raises `NotesError` if it is not valid JSON."""
    data = read_json(text)
    if not hints.beside:
        return read_records(data)
    phrases = {file: read_json(other, file) for file, other in hints.beside.items()}
    source = read_records(with_phrases(data, phrases))
    source.is_single = True
    return source


def read_toml_records(text: str, hints: Hints) -> Source:
    """The source in a `.toml` file. Raises `NotesError` if it is not valid TOML."""
    return read_records(read_toml(text))


def read_yaml_records(text: str, hints: Hints) -> Source:
    """The source in a `.yaml` file that is not a lesson. Raises `NotesError` if it is not valid YAML."""
    data, comments = read_yaml(text)
    others = []
    for file, other in hints.beside.items():
        more, said = read_yaml(other, file)
        others.append(more)
        comments += said
    source = read_records(as_one_project(data, others))
    source.unplaced += comments
    return source


def read_faq_page(text: str) -> Source | None:
    """The questions of schema.org's `FAQPage` or `QAPage` in the JSON-LD of a web page; None if there are none.

    A page of a forum, `QAPage`, without an accepted answer has a source without questions: its text is no answer.
    """
    if _ESCAPED.search(text):  # a site escaped the tags of its answers
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '\\"').replace("&amp;", "&")
    try:
        data = read_json(text)
    except NotesError:  # a page is shown all the same
        return None
    waiting = [data]
    unanswered: Source | None = None
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, Map) and (kind := _PAGES.intersection(_texts_of(each.get("@type")))):
            source = read_records(each)
            if source.items:
                return source
            if "QAPage" in kind:
                source.seen = _("topics of a forum, none with an accepted answer")
                unanswered = source
        elif isinstance(each, Map):
            waiting += [value for __, value in each.pairs]
    return unanswered


def _texts_of(data: Data | None) -> set[str]:
    return {each for __, each in scalars(data)} if data is not None else set()


def read_records(data: Data | None) -> Source:
    """The source in data of any shape. Raises `NotesError` for a lesson, a chat and nothing."""
    if isinstance(data, Map) and data.get("lesson") is not None and data.get("entries", "scenarios") is not None:
        raise NotesError(_("is a lesson already: copy it into the folder of the lessons"))
    if data is None:
        raise NotesError(_("is empty"))
    for reader in (read_chatbot, read_forum):
        if source := reader(data):
            return source
    data, comments = articles_as_records(data)
    data, other_languages = in_one_language(data)
    records = _Records()
    records.source.unplaced += [*comments, *other_languages]
    records.read(data)
    if not records.source.items and are_messages(data):
        raise NotesError(_(CHAT))
    records.source.seen = records.seen(data)
    return records.source


class _Records:
    def __init__(self) -> None:
        self.source = Source(NO_TITLE, NO_TITLE, [Section()])

    def seen(self, data: Data) -> str:
        """What the file looks like."""
        keys = dict.fromkeys(key for key, __ in scalars(data) if key)
        shown = ", ".join(list(keys)[:8])
        if not keys:
            return _("no keys at all")
        return _("the keys {names}, none of which names a question with an answer", names=shown)

    def read(self, data: Data, depth: int = 1, key: str = "", *, is_beside: bool = False) -> None:
        """Read this part of the file. `is_beside`: it stands beside others with a question and an answer."""
        if isinstance(data, list) and (conversations := conversations_in(data)):
            self._add_conversations(conversations, key)
        elif isinstance(data, list):
            are_beside = are_several(data)
            # Where several members have a title, none of them is the file's.
            below = depth + (sum(title_of(each) is not None for each in data) > 1)
            for each in data:
                self.read(each, below, key, is_beside=are_beside)
        elif isinstance(data, Map):
            self._read_map(data, depth, is_beside=is_beside)
        else:
            self._leave(key, data)

    def _read_map(self, data: Map, depth: int, *, is_beside: bool) -> None:
        found = record_in(data)
        if is_draft(data) and (found or not all(isinstance(value, Scalar) for __, value in data.pairs)):
            self._leave_draft(data)
        elif found and (is_beside or not is_about_software(data, *found)):
            self._add(data, *found)
        elif is_unanswered(data):
            asked = next(texts_under(data, QUESTION_KEYS), None)
            for key, each in scalars(data):
                self._leave(key, each, _(NO_ACCEPTED) if each is asked else "")
        elif has_tags(data):
            for key, value in data.pairs:
                self._add_tag(key, value)
        elif has_questions(data):
            for key, value in data.pairs:
                self._add_asked(key, value)
        else:
            self._read_nested(data, depth)

    def _read_nested(self, data: Map, depth: int) -> None:
        are_beside = are_several([value for __, value in data.pairs])
        title = title_of(data)
        if title is not None:
            if (
                depth == 1
                and self.source.title is NO_TITLE
                and len(self.source.sections) == 1
                and not self.source.items
            ):
                self.source.title = Block("title", title.line, title.line + 1, title, title)
            else:
                self._begin(title, depth)
        for key, value in data.pairs:
            if value is title:
                continue
            if isinstance(value, Scalar):
                self._leave(key, value)
            else:
                if title is None and folded(key) not in UNTITLED_KEYS and not key.startswith("@"):
                    self._begin(key, depth)
                self.read(value, depth + 1, key, is_beside=are_beside)

    def _begin(self, title: Scalar, level: int) -> None:
        self.source.sections.append(
            Section(Block("heading", title.line, title.line + 1, title, title, level=level))
        )

    def _add_asked(self, key: Scalar, value: Data) -> None:
        answer, others = answer_of(value)
        if isinstance(value, Map) and is_draft(value):
            self._leave_draft(Map([(key, key), (key, value)]))
        elif answer:
            self.source.sections[-1].items.append(Pair(text_block(key, key.line), answer))
            self._leave_all(others)
        else:
            self._leave_all([(key, key), *scalars(value)])

    def _add_conversations(self, conversations: list[list[Scalar]], key: str) -> None:
        """Add what each conversation begins with: somebody's question and the reply."""
        replies: dict[str, Scalar] = {}
        for asked, *said in conversations:
            known = replies.get(asked)
            if not said:
                self._leave(key, asked)
            elif known is None:
                replies[asked] = said[0]
                self.source.sections[-1].items.append(Pair(text_block(asked, asked.line), [answer_block(said[0])]))
            more = said[known is None :]
            self._leave_all([(key, each) for each in more if each != known], _(OTHER_RESPONSE))

    def _add_tag(self, key: Scalar, value: Data) -> None:
        """Add a tag of a bot: its name is the question, and its keywords are phrasings."""
        if not isinstance(value, Map):
            self._leave(key, value if isinstance(value, Scalar) else key)
            return
        name = Scalar(key.replace("-", " ").replace("_", " ").strip(), key.line, key.file)
        self._read_map(Map([(Scalar("question", key.line), name), *value.pairs]), 2, is_beside=True)

    def _add(self, data: Map, asked: Data, answered: Data) -> None:
        questions = [each for __, each in scalars(asked) if each.strip()]
        asked_by = {folded(key) for key, value in data.pairs if value is asked}
        is_for_bots = not asked_by.isdisjoint((*COMMAND_KEYS, *PHRASING_KEYS))
        is_bots = data.get(*BOT_KEYS) is not None and (is_for_bots or not any(map(asks, questions)))
        if is_bots:
            # A tag can be called `.gitignore`.
            is_typed = not asked_by.isdisjoint((*COMMAND_KEYS, "trigger", "triggers"))
            questions = [_without_prefix(each, "!?.$/" if is_typed else "!?") for each in questions]
        answer, others = answer_of(self._one_reply(answered) if is_bots else answered)
        tag = next(filter(_is_tag, texts_under(data, TAG_KEYS)), None)
        beside = [(folded(k), v) for k, v in data.pairs if v is not asked and v is not answered]
        phrasings = [each for key, v in beside if key in PHRASING_KEYS for each in _parts(v, str.splitlines)]
        keywords = [each for key, v in beside if key in KEYWORD_KEYS for each in _parts(v, keywords_in)]
        if not questions or not answer:
            self._leave_all(scalars(data))
            return
        if choice_keys(str(key) for key, __ in data.pairs) and names_a_choice(answer):
            self._leave_all(scalars(data), _(OUTSIDE))
            return
        first = next((each for each in questions if asks(each)), questions[0])
        more = [each for each in questions if each is not first] + phrasings
        category = next(texts_under(data, CATEGORY_KEYS), None)
        if category in (asked, answered):
            category = None
        if category is not None:
            begin_category(self.source, category, category.line)
        pair = Pair(
            text_block(without_list_number(first), first.line),
            answer,
            [text_block(each, each.line) for each in more],
            tag or "",
            [text_block(each, each.line) for each in keywords],
        )
        self.source.sections[-1].items.append(pair)
        explained = [each for each in texts_under(data, EXPLANATION_KEYS) if each.strip()]
        answer += [answer_block(each) for each in explained if each is not answered and each is not asked]
        self._leave_all(others)
        used = (asked, answered, tag, category, *explained)
        for key, value in data.pairs:
            if folded(key) not in (*PHRASING_KEYS, *KEYWORD_KEYS) and not any(value is each for each in used):
                for inner, each in scalars(value):
                    self._leave(inner or key, each)

    def _one_reply(self, answered: Data) -> Data:
        """The first reply of a bot, which sends any one of them. The others are reported, and what it fills in."""
        replies = [each for each in answered if isinstance(each, Scalar)] if isinstance(answered, list) else []
        said = replies[0] if replies else answered
        self._leave_all((("", each) for each in replies[1:]), _(OTHER_RESPONSE))
        if isinstance(said, Scalar):
            self._leave_all(placeholders_in(said, BRACES), _(FILLED_IN))
        return said

    def _leave_draft(self, data: Map) -> None:
        self._leave_all(scalars(data), _(DRAFT))

    def _leave_all(self, left: Iterable[tuple[str, Scalar]], why: str = "") -> None:
        for key, each in left:
            self._leave(key, each, why)

    def _leave(self, key: str, value: Scalar, why: str = "") -> None:
        if value.strip() and not key.startswith("@"):  # JSON-LD says with these what the other keys mean
            why = why or (no_field(key) if key else _("a text without a question"))
            self.source.unplaced.append(Unplaced(value.line, value, why))


def begin_category(source: Source, category: str, line: int) -> None:
    """Go on in the section with this category, which is made if there is none."""
    here = source.sections[-1].heading
    if not category.strip() or (here is not None and here.text == category) or not plain_question(category)[0]:
        return
    known = next((each for each in source.sections if each.heading and each.heading.text == category), None)
    if known:
        source.sections.remove(known)
        source.sections.append(known)
    else:
        source.sections.append(Section(Block("heading", line, line + 1, category, category, level=2)))


def keywords_in(text: str) -> list[str]:
    """The keywords in one text."""
    return [each.strip() for each in _KEYWORD_END.split(text) if each.strip()]


def _parts(value: Data, parted: Callable[[str], list[str]]) -> list[Scalar]:
    """The phrasings or keywords in a field: those of a list as they are, a text in its parts."""
    if isinstance(value, Scalar):
        return [Scalar(each.strip(), value.line, value.file) for each in parted(value) if each.strip()]
    return [each for __, each in scalars(value) if each.strip()]


def _without_prefix(command: Scalar, signs: str) -> Scalar:
    """What members type for a reply, without the signs that call the bot: `!rules`."""
    return Scalar(command.lstrip(signs) or command, command.line, command.file)


def _is_tag(value: str) -> bool:
    return any(each.isalpha() for each in value) and len(value) <= 60 and " " not in value.strip()
