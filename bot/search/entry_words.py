"""Looks up which words each entry holds: in its own question, in its phrasings, or in any of its texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.search.features import AskedStems, AskedTexts
from bot.search.library_texts import LibraryTexts
from bot.search.opposites.opposite_words import is_done
from bot.search.postings import Floats, Hashes, Postings
from bot.search.query import Query
from bot.search.words.small_words import DETERMINERS

# A word that a larger share of the entries hold is a subject of the library, and does not distinguish entries.
COMMON = 0.25
# A word behind one of these is what others do: "someone attacks me". But "how do people vote" asks what to do.
_OTHERS, _ASKING = "someone somebody he she they people".split(), "do does did".split()
# A word behind an article is a thing: "survive an attack". But to make a backup is to back up.
_ARTICLES, _MAKING = ("a", "an"), "make take do give get send write submit leave place file create".split()


class EntryWords:
    """The words of a library's entries. Built once and never changed."""

    def __init__(  # noqa: PLR0913 -- what is known of the entries' words
        self,
        texts: LibraryTexts,
        stem_of: Hashes,
        is_content: NDArray[np.bool_],
        *,
        has_no_phrasings: NDArray[np.bool_],
        postings: Postings,
        rarity: Floats,
    ) -> None:
        """`stem_of` has the stem of each word of the library, and `is_content` whether it is a content word.

        `rarity` is the rarity of a feature, by the number of entries that hold it.
        """
        titles, asked, entries = texts.titles, texts.asked, len(has_no_phrasings)
        content = is_content[asked.words]
        # The stems of each entry's own question, also those of its phrasings, and the content stems text by text.
        self.titles = AskedStems(titles.owners, stem_of[titles.words], entries)
        self.asked = AskedStems(asked.owners, stem_of[asked.words], entries)
        self.texts = AskedTexts(asked.texts[content], stem_of[asked.words[content]], asked.text_owners, entries)
        # The stems of each entry's own question in their order, but for "a", "the", "my" and keywords.
        is_kept = [word not in DETERMINERS and word[0] != "`" for word in texts.numbers]
        kept = np.array(is_kept, np.bool_)[titles.words]
        self._own = AskedTexts(titles.texts[kept], stem_of[titles.words[kept]], titles.text_owners, entries)
        # The stems in the questions without words for what has been done, or what others do: "installed".
        is_to_do = np.array([not is_done(word) for word in texts.numbers], np.bool_)[asked.words]

        def behind(said: Collection[str], steps: int = 1) -> NDArray[np.bool_]:
            """Which words of the questions stand so many words behind one of these."""
            found = np.zeros(len(asked.words), np.bool_)
            is_one = np.isin(asked.words, [texts.numbers[word] for word in said if word in texts.numbers])
            found[steps:] = is_one[:-steps] & (asked.texts[steps:] == asked.texts[:-steps])
            return found

        is_to_do &= ~(behind(_OTHERS) & ~behind(_ASKING, 2)) & ~(behind(_ARTICLES) & ~behind(_MAKING, 2))
        self.to_do = AskedStems(asked.owners[is_to_do], stem_of[asked.words[is_to_do]], entries)
        self.has_no_phrasings = has_no_phrasings
        self.postings, self.rarity = postings, rarity.data
        # A feature that so many entries hold is still rare.
        self.few = max(COMMON * (len(rarity) - 1), 2)

    @property
    def nbytes(self) -> int:
        """The size of these arrays in bytes, without the postings, which are not theirs alone."""
        return sum(
            each.nbytes
            for each in (self.titles, self.asked, self.texts, self._own, self.to_do, self.has_no_phrasings)
        )

    def own_question(self, entry: int) -> Sequence[int]:
        """The stems of an entry's own question in their order, but for those of determiners and keywords."""
        return self._own.title(entry)

    def is_rare(self, feature: int | None) -> bool:
        """Whether few entries hold this feature, so that it distinguishes them."""
        return feature is not None and self.postings.span(feature)[1] <= self.few

    def holds(self, entry: int, feature: int | None) -> bool:
        """Whether a text of an entry, be it the answer, holds this feature."""
        return feature is not None and self.postings.holds(entry, *self.postings.span(feature))

    def is_asked_with(self, entry: int, stems: Iterable[int]) -> bool:
        """Whether an entry's question or phrasings have one of these stems."""
        return any(self.asked.holds(entry, stem) for stem in stems)

    def is_asked_with_word(self, entry: int, question: Query) -> bool:
        """Whether a question is a single word, also with "the", and an entry's question or phrasings have it."""
        is_thing = question.is_one_word and len(question.content) == 1 and not question.numbers
        return is_thing and self.is_asked_with(entry, question.content)

    def is_titled_with(self, entry: int, stems: Iterable[int]) -> bool:
        """Whether an entry's own question has one of these stems."""
        return any(self.titles.holds(entry, stem) for stem in stems)

    def is_titled_with_all(self, entry: int, stems: Iterable[int]) -> bool:
        """Whether an entry's own question has all these stems."""
        return all(self.titles.holds(entry, stem) for stem in stems)

    def is_shared(self, entries: Iterable[int], question: Query) -> bool:
        """Whether the questions of several entries have all content words of a question."""
        sharing = (n for n in entries if all(self.asked.holds(n, stem) for stem in question.content))
        return len(list(islice(sharing, 2))) == 2
