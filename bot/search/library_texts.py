"""Reads the texts of all entries once, for the index that is built from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import chain

from bot.search.features import ExactKeys, TokenizedTexts
from bot.search.match import Findable
from bot.search.meaning.nearness import EntryTexts, chunks_of
from bot.search.opposites.denials import denied_in, denies
from bot.search.opposites.opposite_words import OppositeWords
from bot.search.opposites.polarities_of_entry import actions_of, polarities_of_entry
from bot.search.opposites.polarity_reader import PolarityReader
from bot.search.question_reader import asked_words, key_of_words, text_of_words
from bot.search.words.done_to_me import done_to_me
from bot.search.words.keywords import Keywords, marked, operators_in
from bot.search.words.pasted import programs_in
from bot.search.words.separable_verbs import as_asked_alike
from bot.search.words.wording import Aliases, words

MAX_ANSWER = 600  # words of an answer that are read


class LibraryTexts:
    """The words of the entries' own questions, of all their questions, and of their answers.

    `numbers` gives each word a number, `keywords` are those of the library, `exact` finds an entry by its own
    words, `polarities` has each entry's polarities, which the `polarity_reader` finds, and `programs` the programs
    of its errors. `for_meaning` are the texts that the sources of meaning embed.
    """

    def __init__(
        self, entries: Collection[Findable], aliases: Aliases, opposites: OppositeWords, *, with_meaning: bool
    ) -> None:
        # Each new word gets the next number.
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__
        self.titles, self.asked, self.answers = (TokenizedTexts(self.numbers) for _ in range(3))
        self.for_meaning: list[EntryTexts] = []
        # The symbols and small words that an entry is about.
        self.keywords = Keywords(
            chain.from_iterable(
                (*marked(text), *operators_in(text)) for each in entries for text in questions_of(each)
            )
        )
        # The programs that the errors among an entry's questions name as missing.
        self.programs: dict[int, frozenset[str]] = {}
        # The words with which an entry's questions tell what others did to a member.
        self.done_to_me: dict[int, frozenset[str]] = {}
        # What an entry's own question says is not so: "what am I not allowed to bring".
        self.denied: dict[int, frozenset[str]] = {}
        # The words of the questions of these entries that do not say "not".
        self.affirmed: dict[int, frozenset[str]] = {}
        exact: list[tuple[int, int]] = []
        all_questions: list[list[list[str]]] = []
        for n, entry in enumerate(entries):
            questions = [asked_words(text, aliases, self.keywords) for text in questions_of(entry)]
            answer = aliases.replace(words(entry.answer, MAX_ANSWER))
            all_questions.append(questions)
            if programs := frozenset(chain.from_iterable(map(programs_in, questions_of(entry)))):
                self.programs[n] = programs
            if done := frozenset(chain.from_iterable(map(done_to_me, questions))):
                self.done_to_me[n] = done
            if denied := frozenset(denied_in(questions[0])):
                self.denied[n] = denied
                self.affirmed[n] = frozenset(chain.from_iterable(each for each in questions if not denies(each)))
            self.titles.add(n, questions[0])
            for question in questions:
                self.asked.add(n, question)
            exact += ((key_of_words(question), n) for question in questions if question)
            exact += ((key_of_words(alike), n) for each in questions if (alike := as_asked_alike(each)))
            self.answers.add(n, answer)
            if with_meaning:
                self.for_meaning.append((list(map(text_of_words, questions)), chunks_of(answer)))
        self.exact = ExactKeys(exact)
        actions = actions_of((title for title, *_ in all_questions), opposites.stem)
        self.polarity_reader = PolarityReader(opposites, actions)
        self.polarities = [polarities_of_entry(each, self.polarity_reader) for each in all_questions]
        self.of_aliases = [self.numbers[word] for word in aliases.words()]
        self.numbers.default_factory = None


def questions_of(entry: Findable) -> Sequence[str]:
    """The question of an entry, and its phrasings."""
    return entry.question, *entry.phrasings
