"""Understands follow-ups, which refer to the message before: "what about mac", "how do I undo it?", "why?"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import dropwhile
from typing import NamedTuple

from bot.search.confidence import MAX_SUGGESTIONS, Judgement
from bot.search.index import Index
from bot.search.match import Findable, Match
from bot.search.opposites import kinds
from bot.search.opposites.polarities import Polarities
from bot.search.words.actions import action_in
from bot.search.words.details import UNSURE, detail_asked, may_say
from bot.search.words.remarks import (
    BACK,
    GOING_ON,
    LONGEST,
    SMALL,
    WORDS,
    asks_again,
    asks_for_name,
    has_words_of_answers,
    refers_back,
)
from bot.search.words.separable_verbs import with_joined_verbs, with_other_particle, without_particles
from bot.search.words.small_words import (
    ARTICLES,
    BEFORE_VERBS,
    IT,
    QUESTION_VERBS,
    QUESTION_WORDS,
    SMALL_WORDS,
    is_content,
)
from bot.search.words.wording import fold, words

FEW_WORDS = 5
CANDIDATES = 30
# An entry that a follow-up means holds at least this share of what the best entry holds of the new words.
HELD = 0.5
# The factor for the score of an entry that is linked with the entry before.
LINKED = 1.25
# The factors for the score of entries that agree with a message, and of those that say its opposite. "And how do I
# get out again?" goes on from how to enter, and does not ask that once more.
AGREEING, OPPOSITE = 1.25, 0.5
# By which factor the best entry has to lead to be the answer: if it is linked, and if it is not.
CLEAR, CLEAR_UNLINKED = 1.15, 1.4

_ABOUT = (
    r"(?:(?:what|how) about|what if|was ist mit|wie (?:ist|sieht) es(?: aus)? (?:mit|bei)"
    r"|que (?:hay de|pasa con|tal con))\b"
)
_JOINING = "and but or so then ok okay also und aber oder dann y e pero o entonces".split()
_OPENING = re.compile(rf"[\s¿¡…(-]*(?:(?:{'|'.join(_JOINING)}|hm+)\b[\s,.:…¿]*)*(?:{_ABOUT}\s*)?")
_ADDING = re.compile(
    r"[\s¿]*(?:and|und|y) (?:with|without|on|in|for|from|if|mit|ohne|auf|unter|bei|fur|wenn|en|con|sin|para|si"
    r"|am|aufs|beim|furs|fuers|im|ins|vom|zum|zur|al)\b"
)
# Among the messages of others, only these surely go on from what their author asked before.
_SURELY_OPENING = re.compile(rf"[\s¿¡]*(?:(?:and|but|und|aber|y|pero)\b[\s,¿]*)?{_ABOUT}|{_ADDING.pattern}")
# "Can I undo that" asks for the opposite of the question before.
_UNDO = frozenset(
    """undo undoing undone revert reverting reverse reversed rollback roll unmake
    ruckgangig ruckgaengig zurucknehmen umkehren
    deshacer deshacerlo deshago revertir revertirlo""".split()
)
# "And the other way round?" does, too.
_REVERSED = re.compile(r"\b(?:other way a?round|vice versa|anders(?:he)?rum|umgekehrt|al reves)\b")
# "Ok cool, and how much?", "thanks, so it's free?"
_OPENING_WORDS = frozenset(
    """cool nice great perfect thanks thank you oh ah hm hmm well danke super gut prima klasse
    gracias vale bien genial perfecto""".split()
).union(_JOINING)
_MEASURES = frozenset(
    """much many often long far big large small soon late early high fast
    viel viele vielen oft lang lange weit gross hoch schnell spat teuer
    tiempo cada veces lejos""".split()
)
# Words that name nothing. "Rid" is only a part of "get rid of".
_NAMELESS = SMALL | BACK | {"rid", "da"}
_BESIDE_UNDO = SMALL | frozenset("back later it possible way when how what anyway geht moglich como forma".split())


class _Named(NamedTuple):
    """The words of a follow-up that name something."""

    new: list[str]
    known: list[str]  # those of them that entries hold
    fresh: list[str]  # those of the known ones that the question before lacks
    things: list[str]  # those of the fresh ones that are no question words, or all


def goes_on(text: str) -> bool:
    """Whether a message may be a follow-up: it is short, begins with "and", or says "it"."""
    said = fold(text[: LONGEST + 1]).strip()
    if not said or len(said) > LONGEST:
        return False
    if opens(text) or asks_again(text):
        return True
    tokens = words(said, WORDS)
    return len(tokens) <= FEW_WORDS or (len(tokens) <= 2 * FEW_WORDS and refers_back(said))


def opens(text: str) -> bool:
    """Whether a message begins as only follow-ups do: with "and" or "what about"."""
    return bool(_opening(text).strip())


def surely_opens(text: str) -> bool:
    """Whether a message begins with "what about", or with "and" and what it adds: "and with conda?"."""
    return bool(_SURELY_OPENING.match(fold(text[:LONGEST])))


def says_little(index: Index, text: str, ranking: Sequence[Match], before: str) -> bool:
    """Whether a message is a follow-up, although the best entry is sure: that has at most one word of it.

    Such are "and with conda?", and "how do I delete it" or "how much does it cost" if the entry is about something
    else than the question `before`. A message that only asks for such a detail may have more words of the entry.
    """
    if not ranking or ranking[0].evidence.understanding == "languages":
        return False
    is_for_detail = _detail_asked(text, before) != ""
    if ranking[0].evidence.content_held > 1 and not is_for_detail:
        return False
    if opens(text) and QUESTION_WORDS.isdisjoint(words(text, WORDS)):
        return True
    is_about_it = is_for_detail or _ends_with_it(text) or _asks_for_measure(text)
    return is_about_it and not may_be_meant(index, text, ranking[0].id, before)


def _ends_with_it(text: str) -> bool:
    """Whether a message is about what to do with "it": "how do I delete it again", but not "what time is it".

    Nor "how do I report him": whoever that is, it asks for nothing else.
    """
    told = [word for word in words(text[:LONGEST], WORDS) if word not in GOING_ON]
    return len(told) > 1 and told[-1] in IT and told[-2] not in QUESTION_VERBS


def _asks_for_measure(text: str) -> bool:
    """Whether a message asks only how much something is, and not what: "how often?", "for how long?"."""
    told = {word for word in words(without_opening(text), WORDS) if word not in SMALL}
    return not QUESTION_WORDS.isdisjoint(words(text, WORDS)) and bool(told) and told <= QUESTION_WORDS | _MEASURES


def _detail_asked(text: str, before: str) -> str:
    """The detail that a message asks about "it", or about what the question `before` names, such as "the course".

    '' if it asks for none, or for more than that.
    """
    own = {word for word in words(before, WORDS) if is_content(word)}
    told: list[str] = []
    for word in dropwhile(_OPENING_WORDS.__contains__, words(without_opening(text), WORDS)):
        if word not in own:
            told.append(word)
        elif told[-1:] != ["it"]:
            if told and told[-1] in ARTICLES:
                told.pop()
            told.append("it")
    return detail_asked(" ".join(told))


def without_opening(text: str) -> str:
    """The message without "and" or "what about" at its beginning."""
    return fold(text[:LONGEST])[len(_opening(text)) :]


def follow_up(
    index: Index, text: str, before: Findable, linked: Collection[str], alone: Match | None
) -> Judgement | None:
    """The judgement on a follow-up to the entry `before`; None if the message is not one, or no entry is found.

    A message that only asks for a detail ("how much is it?") is answered by an entry that is about this detail of
    the same thing, or else by `before`, if that tells it. Where this is not sure, as with a place or a number,
    `before` is offered.
    """
    judgement = _follow_up(index, text, before, linked, alone)
    detail = _detail_asked(text, before.question)
    if (judgement and judgement.sure) or not detail or not may_say(before.question, before.answer, text, detail):
        return judgement
    again = index.rank(before.question, 1)
    if not again or again[0].id != before.id:
        return judgement
    if detail not in UNSURE:
        return Judgement(sure=again[0])
    others = [match for match in (judgement.possible if judgement else ()) if match.id != before.id]
    about_it = [each for each in others[:1] if may_be_meant(index, text, each.id, before.question, linked)]
    return Judgement(possible=(*about_it, *again, *others[len(about_it) :])[:MAX_SUGGESTIONS])


def _follow_up(
    index: Index, text: str, before: Findable, linked: Collection[str], alone: Match | None
) -> Judgement | None:
    """The judgement on a follow-up to the entry `before` by the other entries, and by what `before` is asked with.

    Entries are ranked for the message together with the question of `before`. The best is sure if it is also the
    best match for the message `alone`, or is asked with its new words and clearly leads. A message without new
    words is a follow-up only if it has no content words ("how?") or begins as one ("what about pip?"). What only
    speaks of the answer ("not what I asked") has no sure match, nor has what fits `before` best.
    """
    rest = without_opening(text)
    if _asks_to_undo(rest):
        return _opposite_of(index, before) or _near(index, before)
    if has_words_of_answers(rest):
        return None if asks_for_name(rest) else _near(index, before)
    told, together = _together(index, rest, before)
    named = _named(index, told, before.question)
    if named.new and (2 * len(named.known) <= len(named.new) or not (named.fresh or opens(text))):
        return None
    fresh, said = named.fresh, index.polarities(told)
    content = list(filter(is_content, index.known(before.question)))
    subject = index.rare(content) or content

    def is_beside(entry: str) -> bool:
        """Whether an entry has what a message adds, as in "and in MySQL?", but nothing of the question before."""
        return _adds(text) and entry not in linked and not index.is_asked_with(entry, subject)

    if alone and together and together[0].id == alone.id and may_be_meant(index, text, alone.id, before.question):
        is_sure = _holds(index, alone.id, named) and not is_beside(alone.id)
        return Judgement(sure=alone) if is_sure else Judgement(possible=(alone,))
    says_it: list[Match] = []
    if fresh:
        by_fresh = index.rank(" ".join(fresh), CANDIDATES)
        most = max((match.words for match in by_fresh if match.id != before.id), default=0)
        holding = {match.id for match in by_fresh if match.words >= HELD * most > 0}
        together = [match for match in together if match.id in holding]
        says_it = [match for match in by_fresh if match.id == before.id and match.id in holding]
    weighed = [match._replace(score=match.score * _factor(index, match.id, linked, said)) for match in together]
    weighed.sort(key=lambda match: -match.score)
    if alone and alone.id == before.id:
        # "How do I delete it on Windows": the answer to the question before may say that, too.
        return Judgement(possible=(alone, *weighed[: MAX_SUGGESTIONS - 1]))
    if not weighed:
        return None
    best, *others = weighed
    lead = CLEAR if best.id in linked else CLEAR_UNLINKED
    is_clear = not others or best.score >= lead * others[0].score
    if (
        fresh
        and len(named.known) >= len(named.new)
        and is_clear
        and index.is_asked_with(best.id, named.things)
        and may_be_meant(index, text, best.id, before.question)
        and not is_beside(best.id)
    ):
        return Judgement(sure=best)
    # "On windows?" may be in the answer to the question before, too. That comes behind what is asked with it.
    ahead = sum(index.is_asked_with(match.id, fresh) for match in weighed[: MAX_SUGGESTIONS - 1])
    return Judgement(possible=(*weighed[:ahead], *says_it, *weighed[ahead:])[:MAX_SUGGESTIONS])


def _together(index: Index, rest: str, before: Findable) -> tuple[list[str], list[Match]]:
    """The words of a follow-up, and the other entries that fit it best together with the question of `before`."""
    told = words(rest, WORDS)
    asked = " ".join(word for word in rest.split() if word not in GOING_ON)
    other = with_other_particle(words(before.question, WORDS), told)
    together = index.rank(other or f"{asked} {before.question}", CANDIDATES, without=before.id)
    joined = with_joined_verbs(told)
    if joined != told and any(index.agrees(match.id, index.polarities(joined)) for match in together):
        told = without_particles(joined)  # "wie komm ich da raus", where an entry is on how to leave
    return told, together


def _named(index: Index, told: Sequence[str], before: str) -> _Named:
    """What the words of a follow-up to the question `before` name."""
    new = [word for word in told if word not in _NAMELESS]
    known = index.known(" ".join(new))
    if QUESTION_WORDS.issuperset(new) and not known:
        new = []  # a question word of another language, such as "warum?" where lessons are in English
    if index.polarities(told) and not known and all(index.polarities([word]) for word in new):
        new = []  # "¿cómo me deshago de él?", with a verb that no lesson has
    if not new:
        return _Named([], [], [], [])
    fresh = [word for word in index.known(" ".join(new), before) if word not in SMALL]
    # "Where do I sign up" is not answered by what is only asked with "where".
    return _Named(new, known, fresh, [word for word in fresh if word not in QUESTION_WORDS] or fresh)


def _holds(index: Index, entry: str, named: _Named) -> bool:
    """Whether an entry is asked with something new that a follow-up names, and with all that is not new.

    After when the course is, "how much is the course" is not answered by what a membership costs.
    """
    old = [word for word in named.known if is_content(word) and word not in named.fresh]
    return all(index.is_asked_with(entry, [word]) for word in old) and (
        not named.things or index.is_asked_with(entry, named.things)
    )


def _adds(text: str) -> bool:
    """Whether a message adds something to the question before, and takes no other thing: "and on a mac?"."""
    return bool(_ADDING.match(fold(text[:LONGEST])))


def _near(index: Index, before: Findable) -> Judgement | None:
    """What is near to an entry, as suggestions; None if nothing is."""
    near = index.rank(before.question, MAX_SUGGESTIONS, without=before.id)
    return Judgement(possible=tuple(near)) if near else None


def _factor(index: Index, entry: str, linked: Collection[str], said: Polarities) -> float:
    """The factor for an entry's score, by the entries `linked` with the one before, and by what a message says."""
    factor = LINKED if entry in linked else 1.0
    if index.contradicts(entry, said):
        return factor * OPPOSITE
    return factor * AGREEING if index.agrees(entry, said) else factor


def _asks_to_undo(text: str) -> bool:
    """Whether a message asks how to undo something, and names nothing: "can i undo that", "rückgängig machen?"."""
    said = words(_REVERSED.sub("reverse", text), WORDS)
    if "me deshago de" in " ".join(said):  # to get rid of something
        return False
    return not _UNDO.isdisjoint(said) and all(word in _UNDO or word in _BESIDE_UNDO for word in said)


def _opposite_of(index: Index, before: Findable) -> Judgement | None:
    """The judgement on a question for the opposite of an entry; None if no entry is about that.

    It is sure only if an entry's own question says the opposite, and not merely one of its phrasings.
    """
    told = words(before.question, WORDS)
    polarities = index.polarities(told)
    told = [word for word in told if word not in QUESTION_WORDS and not index.polarities([word])]
    named = index.rare(told)
    found = [
        match
        for match in index.rank(before.question, CANDIDATES, without=before.id)
        if index.contradicts(match.id, polarities) and (not named or index.is_asked_with(match.id, named))
    ]
    titled = [match for match in found if index.contradicts(match.id, polarities, kinds.TITLE)]
    if titled and (len(titled) == 1 or titled[0].score >= CLEAR * titled[1].score):
        # The opposite of how to let a friend build in a claim is not how to remove a claim.
        is_about_all = all(index.is_asked_with(titled[0].id, [word]) for word in named)
        return Judgement(sure=titled[0]) if is_about_all else Judgement(possible=tuple(titled[:MAX_SUGGESTIONS]))
    return Judgement(possible=tuple((titled or found)[:MAX_SUGGESTIONS])) if found else None


def verb_alone(text: str) -> str:
    """The verb of a message that only asks how to do something: "how do I leave again"; '' if it says more."""
    told = [word for word in words(without_opening(text), WORDS) if word not in GOING_ON]
    is_verb = told[:1] == ["how"] and not BEFORE_VERBS.isdisjoint(told[-2:-1]) and told[-1] not in SMALL_WORDS
    return told[-1] if is_verb and SMALL_WORDS.issuperset(told[:-1]) else ""


def may_be_meant(index: Index, text: str, entry: str, before: str, linked: Collection[str] = ()) -> bool:
    """Whether an entry may be about the "it" of a message: about what distinguishes the question before.

    After "what is uv", "is it faster" is not answered by an entry about something else that is faster, nor "why?"
    by any entry with a "why". "It" is not the action of the question before, unless that has nothing else, as "how
    do I block somebody". "How do I leave" means "it", too, unless the entry's own question has that verb. If a
    message neither means "it" nor is just "why", any entry may be meant.
    """
    verb = verb_alone(text)
    asks_about_it = (
        refers_back(text)
        or QUESTION_WORDS.issuperset(words(without_opening(text), WORDS))
        or _asks_for_measure(text)
        or _detail_asked(text, before) != ""
        or (verb != "" and not index.is_titled_with(entry, [verb]))
    )
    if entry in linked or not asks_about_it:
        return True
    told = index.known(before)
    action = action_in(told)
    content = list(filter(is_content, told))
    named = [word for word in content if word != action] or content
    return not named or index.is_asked_with(entry, index.rare(named) or named)


def _opening(text: str) -> str:
    found = _OPENING.match(fold(text[:LONGEST]))
    return found[0] if found else ""
