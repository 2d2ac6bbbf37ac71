"""Questions made of WordNet's words at random, in the forms in which members ask: "how do i align the cover".

They make no sense, but the table of word pieces learns from them what the words of a question mean together.
Glosses and documentation do not show that, as they are written in whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from bot.search.meaning.table import known_pieces, vocabulary
from bot.search.words.small_words import SMALL_WORDS

SHORTEST = 3  # letters of a word
# A thing is written in {}, a noun without article in {noun}.
FORMS = (
    "how do i {verb} {}",
    "how to {verb} {} {preposition} {}",
    "can i {verb} {}",
    "should i {verb} {} or {verb} it",
    "is it possible to {verb} {}",
    "how long does it take to {verb} {}",
    "what happens when i {verb} {}",
    "what should i do if {} is {adjective}",
    "what is {}",
    "what does {noun} mean",
    "what is the difference between {noun} and {noun}",
    "why is {} {adjective}",
    "when will {} {verb}",
    "where do i find {}",
    "who can {verb} {}",
    "which {noun} should i {verb}",
    "how many {noun}s can i {verb}",
    "how much does {} cost",
    "is there {} for {}",
    "do i need {} to {verb} {}",
    "i want to {verb} {}",
    "i can't {verb} {}",
    "i {verb} {} but {} is {adjective}",
    "my {noun} does not {verb}",
    "my {noun} was {adjective} yesterday, what now",
    "tell me about {}",
    "please {verb} {} {preposition} {}",
    "turn on {}",
    "turn off {}",
    "{verb} {}",
    "{verb} {} {preposition} {} and {verb} {}",
    "{} {preposition} {}",
    "{adjective} {noun} {preposition} {noun}",
    "{noun} {noun}",
    "{noun} not working",
)
ARTICLES = ("a", "the", "the", "my", "my", "", "")
PREPOSITIONS = ("in", "on", "with", "for", "from", "to", "of", "without", "at", "into")
THINGS = ("{noun}", "{noun}", "{noun}", "{noun} {noun}", "{adjective} {noun}")


def made_questions(wordnet: Path, number: int, random: Random) -> set[str]:
    """So many questions of the words that are whole pieces of the table. `wordnet` is the folder of its files."""
    words = {"preposition": PREPOSITIONS, **_words_by_kind(wordnet)}
    questions: set[str] = set()
    while len(questions) < number:
        form = random.choice(FORMS)
        while "{}" in form:
            form = form.replace("{}", f"{random.choice(ARTICLES)} {random.choice(THINGS)}", 1)
        told = re.sub(r"\{(\w+)\}", lambda found: random.choice(words[found[1]]), form)
        questions.add(" ".join(told.split()))
    return questions


def _words_by_kind(wordnet: Path) -> Mapping[str, Sequence[str]]:
    """The nouns, verbs and adjectives of the table. A word is of the kind in which it is found most."""
    senses = {
        kind: _senses(wordnet / f"index.{name}")
        for kind, name in (("noun", "noun"), ("verb", "verb"), ("adjective", "adj"))
    }
    found: dict[str, list[str]] = {kind: [] for kind in senses}
    for word in known_pieces(vocabulary()):
        if word.isalpha() and len(word) >= SHORTEST and word not in SMALL_WORDS:
            kind = max(senses, key=lambda each: senses[each].get(word, 0))
            if senses[kind].get(word, 0):
                found[kind].append(word)
    return found


def _senses(file: Path) -> dict[str, int]:
    """For each word of this kind, how many of its meanings were found in the texts that WordNet counted."""
    lines = (line.split() for line in file.read_text(encoding="latin1").splitlines() if not line.startswith(" "))
    # Word, kind, number of meanings, number of relations, each relation, number of meanings, of these found.
    return {fields[0]: int(fields[5 + int(fields[3])]) for fields in lines}
