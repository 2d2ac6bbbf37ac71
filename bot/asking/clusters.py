"""Groups questions without a good answer into clusters that mean the same.

Texts are compared by two features that the search index uses, too: the stems of their content words, and the
n-grams of these words, which tolerate typing errors.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from Stemmer import Stemmer

from bot.asking.likeness import Features, likeness
from bot.dialogue.reply import Question
from bot.search.features import hash_of, ngrams_of
from bot.search.follow_up import goes_on
from bot.search.languages import ENGLISH, Language
from bot.search.words.small_words import small_words_of
from bot.search.words.wording import Aliases, words
from bot.store.meanings import Meaning
from bot.store.question_log import BETWEEN_NOTES, LoggedQuestion
from bot.tutor import Tutor

MAX_CHARACTERS = 200  # the first words of a longer question tell what it is about
MAX_WORDS = 12  # of those that tell what a question is about
TEXTS = 2000  # each is compared with each
COMPARED = 500  # clusters that one text is compared with, while somebody waits for a form
GUESSES = 25
AGREE = 3  # so many members have to agree on what a question means before a phrasing is proposed
# The weight of stems in the similarity (n-grams have the rest), and the similarity from which texts are clustered.
WORDS = 0.6
ALIKE = 0.38


@dataclass(frozen=True)
class Agreement:
    """The entry that several members showed a question to mean, and the number of their questions."""

    passage: str
    members: int
    times: int


@dataclass(frozen=True)
class Cluster:
    """Questions that mean the same. `texts` are their different wordings; `text` is the most frequent one.

    Its id is that of its first question, so it stays the same while more are asked.
    """

    id: int
    text: str
    count: int
    last_seen: datetime
    texts: tuple[str, ...]
    questions: tuple[LoggedQuestion, ...]
    agreed: Agreement | None = None
    # The passages of which at least as many members said that they are not meant as said that they are.
    rejected: frozenset[str] = frozenset()

    @property
    def ids(self) -> list[int]:
        return [each.id for each in self.questions]

    @property
    def is_only_picked(self) -> bool:
        """Whether all members found an answer among the suggestions: it is no miss, but may become a phrasing."""
        return all(each.outcome in {"taken", "helped"} and not each.passed for each in self.questions)

    @property
    def contexts(self) -> list[str]:
        """The notes of members who passed a question of this cluster on."""
        return [note for each in self.questions for note in each.context.split(BETWEEN_NOTES) if note]

    @property
    def follows(self) -> list[str]:
        """The earlier questions of follow-ups that say little on their own, the latest first."""
        return list(dict.fromkeys(each.follows for each in self.questions if _needs_before(each)))

    @property
    def found(self) -> list[str]:
        """What some members found with other words or as a suggestion, by id, the most frequent first."""
        often = Counter(passage for each in self.questions for passage in (each.found, each.taken) if passage)
        passages = [passage for passage, _ in sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))]
        return list(dict.fromkeys([self.agreed.passage, *passages])) if self.agreed else passages


def clusters(
    misses: Sequence[LoggedQuestion],
    aliases: Mapping[str, Sequence[str]] | None = None,
    picked: Sequence[LoggedQuestion] = (),
    meanings: Sequence[Meaning] = (),
    language: Language = ENGLISH,
) -> list[Cluster]:
    """The misses in clusters, the most asked first; if equally often asked, the latest first.

    `picked` are questions that are no miss, as members showed what they meant. A cluster of these alone is listed
    only if enough members agree. `meanings` is all that members showed. Of more than `TEXTS` different texts,
    those that nobody passed on and that were asked least and longest ago are left out. `language` is the lessons'.
    """
    together: dict[str, list[LoggedQuestion]] = {}
    missed = {each.id for each in misses}
    every = {each.id: each for each in (*picked, *misses)}
    for each in sorted(every.values(), key=lambda miss: miss.id):
        together.setdefault(_whole(each).casefold(), []).append(each)
    # The most frequent texts lead a cluster; each other text joins the leader that is most like it.
    kept = sorted(together.values(), key=lambda same: (not _is_passed(same), -len(same), -same[-1].id))[:TEXTS]
    asked = sorted(kept, key=lambda same: (-len(same), same[0].id))
    leaders = _leaders([_whole(same[0]) for same in asked], Aliases(aliases or {}), language)
    grouped: dict[int, list[LoggedQuestion]] = {}
    for same, leader in zip(asked, leaders, strict=True):
        grouped.setdefault(leader, []).extend(same)
    shown: dict[int, list[Meaning]] = {}
    for meaning in meanings:
        shown.setdefault(meaning.question, []).append(meaning)
    made = [
        _cluster(asked[leader][-1].text, group, [m for each in group for m in shown.get(each.id, ())])
        for leader, group in grouped.items()
    ]
    made = [each for each in made if each.agreed or not missed.isdisjoint(each.ids)]
    return sorted(made, key=lambda cluster: (-cluster.count, -cluster.last_seen.timestamp(), cluster.id))


def guesses(cluster: Cluster, tutor: Tutor, wanted: str = "") -> tuple[Question, ...]:
    """The entries that a cluster may be a phrasing of, the best first. With `wanted`, a search for these words.

    Those that are `likely` come first, then those that fit best.
    """
    ranked = [each for each in tutor.complete(wanted or cluster.text) if _is_entry(each.id)]
    proposed = () if wanted else likely(cluster, tutor)
    return tuple({each.id: each for each in (*proposed, *ranked)}.values())[:GUESSES]


def likely(cluster: Cluster, tutor: Tutor) -> tuple[Question, ...]:
    """The entries that it very probably means: first what members agree on, then what some found.

    What some found counts only if it fits the question. What members rejected is left out.
    """
    agreed = tutor.questions([cluster.agreed.passage]) if cluster.agreed else ()
    found = {each.id: each for each in (*agreed, *tutor.likely(cluster.text, cluster.found))}
    return tuple(each for each in found.values() if each.id not in cluster.rejected)


def most_like(
    text: str, found: Sequence[Cluster], aliases: Mapping[str, Sequence[str]], language: Language = ENGLISH
) -> Cluster | None:
    """The cluster that this text means, too; None if it is like none of them."""
    some = found[:COMPARED]
    alike = _likeness([*(each.text for each in some), text], Aliases(aliases), language)[-1][:-1]
    best = int(alike.argmax()) if some else 0
    return some[best] if some and alike[best] >= ALIKE else None


def _is_passed(same: Sequence[LoggedQuestion]) -> bool:
    return any(each.passed for each in same)


def _is_entry(id_: str) -> bool:
    return "." not in id_  # a step of a scenario has no phrasings


def _needs_before(question: LoggedQuestion) -> bool:
    return bool(question.follows) and goes_on(question.text)


def _whole(question: LoggedQuestion) -> str:
    """A question; with the earlier one if it says little on its own, as "why?" means something else each time."""
    return f"{question.text} {question.follows}" if _needs_before(question) else question.text


def _agreement(meanings: Sequence[Meaning]) -> Agreement | None:
    """The entry that most members showed to be meant; None if too few did, or if as many disagree."""
    found = []
    for passage, (yes, no) in _voters(meanings).items():
        times = len({each.question for each in meanings if each.passage == passage and each.meant})
        if yes >= AGREE and yes > no and _is_entry(passage):
            found.append(Agreement(passage, yes, times))
    return max(found, key=lambda each: (each.members, each.times, each.passage), default=None)


def _voters(meanings: Sequence[Meaning]) -> dict[str, tuple[int, int]]:
    """For each passage, how many members showed that it was meant, and how many that it was not."""
    found = {}
    for passage in {each.passage for each in meanings}:
        yes, no = (
            {m.voter for m in meanings if m.passage == passage and m.meant is said} for said in (True, False)
        )
        # A member who said both counts for neither.
        found[passage] = len(yes - no), len(no - yes)
    return found


def _cluster(text: str, group: Iterable[LoggedQuestion], meanings: Sequence[Meaning]) -> Cluster:
    latest_first = sorted(group, key=lambda each: -each.id)
    often = Counter(each.text for each in latest_first)
    texts = tuple(text for text, _ in often.most_common() if text)
    return Cluster(
        id=latest_first[-1].id,
        text=text,
        count=len(latest_first),
        last_seen=max(each.asked_at for each in latest_first),
        texts=(text, *(each for each in texts if each != text)),
        questions=tuple(latest_first),
        agreed=_agreement(meanings),
        rejected=frozenset(passage for passage, (yes, no) in _voters(meanings).items() if no and no >= yes),
    )


def _leaders(texts: Sequence[str], aliases: Aliases, language: Language) -> list[int]:
    """For each text, the index of the text that leads its cluster, which may be the text itself."""
    alike = _likeness(texts, aliases, language)
    leaders: list[int] = []
    leading = np.empty(len(texts), dtype=np.intp)
    found = 0
    for n in range(len(texts)):
        best = leading[alike[n, leading[:found]].argmax()] if found else n
        if best == n or alike[n, best] < ALIKE:
            leading[found] = best = n
            found += 1
        leaders.append(int(best))
    return leaders


def _likeness(texts: Sequence[str], aliases: Aliases, language: Language) -> NDArray[np.float32]:
    tokens = (aliases.replace(words(text[:MAX_CHARACTERS], MAX_CHARACTERS)) for text in texts)
    told = [_content_words(each, language.small_words | small_words_of(each)) for each in tokens]
    ngrams = [b"".join(map(ngrams_of, each)) for each in told]
    return likeness(len(texts), [Features(_stems(told, language), WORDS), Features(ngrams, 1 - WORDS)])


def _content_words(tokens: Sequence[str], small_words: Collection[str]) -> list[str]:
    """The first content words of a question; if it has none, its first words."""
    told = [word for word in tokens if word not in small_words] or list(tokens)
    return told[:MAX_WORDS]


def _stems(told: Sequence[Sequence[str]], language: Language) -> list[bytes]:
    """For each text, the hashes of the stems of its words, as bytes."""
    stem = Stemmer(language.stemmer).stemWord
    names = {word: hash_of(stem(word)) for word in {word for each in told for word in each}}
    return [array("I", [names[word] for word in each]).tobytes() for each in told]
