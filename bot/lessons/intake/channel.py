"""Finds questions and their answers in the messages of a channel, of whatever program it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.errors import NotesError
from bot.language.words import N_, _
from bot.lessons.file_names import is_picture
from bot.lessons.intake.markdown.reader import read_markdown
from bot.lessons.intake.material import Block, Hints, Pair, Source, Unplaced, text_block
from bot.lessons.intake.mentions import MENTION, MENTIONED
from bot.lessons.intake.question_text import asks, is_question

_LONGEST_QUESTION = 120  # characters of a message that is a question as a whole
_SENTENCE = re.compile(r"(?<=[?!.])\s+|\n")
_GREETING = re.compile(
    r"^(?:(?:hi|hey|hello|hallo|hola|moin|servus|guten (?:morgen|tag|abend)|"
    r"buen[oa]s(?: d\u00edas| tardes| noches)?)\b(?: (?:all|everyone|there|guys|zusammen|leute|a todos))?"
    rf"[\s,.!{MENTION}]*)+(?=\w|\u00bf)",
    re.IGNORECASE,
)
_OTHER = N_("another reply to the same question: add what it says by hand")


@dataclass(frozen=True)
class ChannelMessage:
    """What somebody wrote, the `number`-th message. `to` is the id of the one that it replies to.

    `is_accepted`: whoever asked, or a moderator, marked it as the answer. `file` is set as in `Unplaced`.
    """

    number: int
    id: str
    author: str
    text: str
    to: str
    is_bots: bool
    is_moderators: bool
    files: tuple[str, ...]
    embeds: tuple[str, ...]
    is_accepted: bool = False
    file: str = ""


class ChannelReader:
    """Finds the questions in messages, and adds them to the source with their answers.

    With `all_may_answer`, the replies of all count where nobody is known to be a moderator. `no_pair` says why the
    other messages are left out.
    """

    def __init__(
        self, messages: list[ChannelMessage], source: Source, no_pair: str, *, all_may_answer: bool
    ) -> None:
        self._no_pair = no_pair
        self._messages = messages
        self._source = source
        self._are_known = not all_may_answer or any(each.is_moderators for each in messages)
        self._is_one_persons = len({each.author for each in messages}) == 1
        self._used: set[str] = set()

    def read(self) -> None:
        asked = {each.id: each for each in self._messages}
        replies: dict[str, list[ChannelMessage]] = {}
        for each in self._messages:
            question = asked.get(each.to)
            if question and self._answers(each, question) and _asked_in(question.text):
                replies.setdefault(question.id, []).append(each)
        for id_, said in replies.items():
            accepted = [each for each in said if each.is_accepted]
            # Others may ask back.
            answer = next((each for each in [*accepted, *said] if not asks(each.text)), (accepted or said)[0])
            self._add(_asked_in(asked[id_].text), asked[id_], answer)
            for each in said:
                self._leave(each, _(_OTHER))
        for each in self._messages:
            self._read_own(each)
        for each in self._messages:
            self._leave(each, self._no_pair)

    def read_thread(self, name: str) -> None:
        """Read a thread: it asks what its name and its first message say."""
        first = next(iter(self._messages), None)
        if first and first.is_moderators and asks(name) and not _asked_in(first.text):  # an answer to its name
            self._add(name, first, first)
        elif first:
            said = [each for each in self._messages if self._answers(each, first)]
            replies = [each for each in said if each.to == first.id]
            told = [each for each in said if self._are_known and not asks(each.text)]
            answer = next(iter(replies or told), None)
            if answer:
                words = _asked_in(first.text)
                is_short = bool(words) and len(words.split()) == len(first.text.split())
                self._add(name, first, answer, [words] if is_short else [])
        for each in self._messages:
            self._leave(each, self._no_pair)

    def _answers(self, reply: ChannelMessage, question: ChannelMessage) -> bool:
        may = reply.is_moderators or reply.is_accepted or not self._are_known
        return bool(may and reply.text and not reply.is_bots and reply.author != question.author)

    def _add(
        self, words: str, question: ChannelMessage, answer: ChannelMessage, phrasings: Sequence[str] = ()
    ) -> None:
        line = answer.number
        blocks = [text_block(answer.text, line, line + 1 + answer.text.count("\n")), *self._pictures(answer)]
        more = [text_block(each, question.number) for each in phrasings]
        self._source.sections[-1].items.append(Pair(text_block(words, question.number), blocks, more))
        self._name_mention(answer)
        if question is not answer and not phrasings and len(words) < len(_plain(question.text)):
            why = _("the message with a question: its other words are left out")
            self._source.unplaced.append(Unplaced(question.number, question.text, why, question.file))
        self._used |= {question.id, answer.id}

    def _pictures(self, message: ChannelMessage) -> Iterator[Block]:
        for file in message.files:
            if is_picture(file.partition("?")[0]):
                yield Block("picture", message.number, message.number + 1, file, file)
            else:
                why = _("a file that is attached to an answer: add what it says by hand")
                self._source.unplaced.append(Unplaced(message.number, file, why, message.file))

    def _read_own(self, message: ChannelMessage) -> None:
        """Add the questions and answers that one message has, as moderators and bots post them."""
        may = message.is_moderators or message.is_bots or self._is_one_persons
        if message.id in self._used or not may:
            return
        try:
            found = read_markdown("\n\n".join([message.text, *message.embeds]), Hints())
        except NotesError:  # such as one that quotes a chat
            return
        pairs = [each for each in found.items if isinstance(each, Pair) and each.question.text and each.answer]
        if pairs and not found.is_single:
            self._source.sections[-1].items += pairs
            self._source.unplaced += found.unplaced
            self._used.add(message.id)
            self._name_mention(message)

    def _name_mention(self, message: ChannelMessage) -> None:
        text = "\n".join([message.text, *message.embeds])
        if (at := text.find(MENTION)) >= 0:
            why = _(MENTIONED)
            words = text[max(0, at - 20) : at + 20]
            self._source.unplaced.append(Unplaced(message.number, words, why, message.file))

    def _leave(self, message: ChannelMessage, why: str) -> None:
        text = "\n\n".join(filter(None, [message.text, *message.embeds]))
        if message.id not in self._used and text:
            self._source.unplaced.append(Unplaced(message.number, text, why, message.file))
        self._used.add(message.id)


def _plain(text: str) -> str:
    """A message of a member as one line, without a greeting and mentions."""
    return " ".join(_GREETING.sub("", " ".join(text.split())).replace(MENTION, "").split())


def _asked_in(text: str) -> str:
    """The question in a message: the message as a whole if it is short, else its first sentence that asks."""
    one_line = _plain(text)
    if len(one_line) <= _LONGEST_QUESTION and "\n" not in text and asks(one_line):
        return one_line
    sentences = [_plain(each) for each in _SENTENCE.split(text)]
    asking = [each for each in sentences if asks(each)]
    return next((each for each in asking if is_question(each, by_words=False)), asking[0] if asking else "")
