"""Makes the postings of a library: which entries hold which words, pairs of words and n-grams."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bot.search.features import NgramsOfWords, TokenizedTexts, hash_of, pairs
from bot.search.languages import WordForms
from bot.search.library_texts import LibraryTexts
from bot.search.postings import Hashes, Postings, cosine, coverage


def postings_of(  # noqa: PLR0913 -- what is known of the texts and their words
    texts: LibraryTexts,
    everything: TokenizedTexts,
    *,
    stem_of: Hashes,
    ngrams: NgramsOfWords,
    forms: WordForms,
    entries: int,
) -> Postings:
    """The features of so many entries: stems and pairs of all their texts, and n-grams of their questions.

    `everything` are the words of their questions and answers; `stem_of` has the stem of each word.
    """
    stems = stem_of[everything.words]
    owners, halves = _halves_in(everything, texts.numbers, forms)
    both = np.concatenate([everything.owners, owners]), np.concatenate([stems, halves])
    of_words = coverage(*both, entries)
    hashes, first = pairs(stems, everything.texts)
    of_pairs = coverage(everything.owners[first], hashes, entries)
    of_asked, counts = texts.asked.ngrams(ngrams)
    of_letters = cosine(np.repeat(texts.asked.owners, counts), of_asked, entries)
    return Postings([of_words, of_pairs, of_letters])


def _halves_in(texts: TokenizedTexts, numbers: Mapping[str, int], forms: WordForms) -> tuple[Hashes, Hashes]:
    """The entry and the stem of each half of a joined word in these texts, as two arrays."""
    of = forms.halves.of if forms.halves else None
    found = {n: of(word) for word, n in numbers.items()} if of else {}
    joined = {n: [hash_of(forms.stem(half)) for half in halves] for n, halves in found.items() if halves}
    words = texts.words
    at = np.isin(words, np.array(list(joined), np.uint32)).nonzero()[0]
    stems = [stem for n in words[at].tolist() for stem in joined[n]]
    return texts.owners[at].repeat(2), np.array(stems, np.uint32)
