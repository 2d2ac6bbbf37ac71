"""Asking: answers members' questions, logs them without who asked, and counts whether the answers helped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from bot.asking.askers import Askers
from bot.asking.cleaning import clean, without_markup
from bot.asking.conversations import Before, Conversations, LoggedMessage
from bot.asking.digest import Digest, digest
from bot.asking.inbox import Inbox
from bot.asking.inbox_misses import MISS, MissSource
from bot.asking.inbox_proposals import ProposalSource
from bot.asking.inquiring import Inquiring, Inquiry
from bot.asking.misses import CHOOSING, Misses
from bot.asking.notifications import Notifications
from bot.asking.posts import (
    queries_in,
    queries_of,
    question_in,
    question_of,
    questions_in,
    reply_to,
    reply_to_post,
)
from bot.asking.recording import Recorder, unless_away
from bot.asking.trail import Trail
from bot.clock import Clock, utc_now
from bot.counting import counts
from bot.dialogue.reply import Answer, Question, Reply, Suggestions, Unknown
from bot.search.words.small_words import content_words
from bot.search.words.wording import words
from bot.store.question_log import PassedOn, passage_of
from bot.store.store import Forgotten, Store
from bot.store.usage import AskedOf, Week
from bot.tutor import Tutor

__all__ = ["AskedOf", "Asking", "Before", "Week"]


OFFERED = 3
ABOUT = timedelta(minutes=1)  # by which Discord's clock and ours may differ


@dataclass(frozen=True)
class Logged:
    """The id of a question in the log, and whether members may rate its answer in its server."""

    id: int
    is_rated: bool = True


@dataclass(frozen=True)
class Answered:
    """The reply to a question; `logged` is None if the question is not in the log."""

    reply: Reply
    logged: Logged | None = None
    # The files of the lessons that the channel is about, in which it was asked.
    lessons: Collection[str] = ()


class Asking:
    """Everything that members do with questions and answers. What moderators do with misses is in `misses`."""

    def __init__(
        self,
        tutor: Tutor,
        store: Store,
        clock: Clock = utc_now,
        days: int = 90,
    ) -> None:
        self._tutor = tutor
        self._store = store
        self._questions = store.questions
        self._clock = clock
        self.days = days
        self._trail = Trail()
        self._conversations = Conversations()
        self._askers = Askers(store.askers)
        self.recorder = Recorder(store.questions, self._trail, self._askers, clock)
        self.misses = Misses(tutor, store, clock)
        self.misses.on_ignored = self._ignored
        self.misses.on_answered = self._answered
        self.inbox_misses = MissSource(tutor, store, self.misses, self._askers, clock)
        self.inbox = Inbox(store, clock, days)
        self.inbox.add(self.inbox_misses)
        self.inbox.add(ProposalSource(tutor, store, clock))
        store.proposals.after_changes(self._wake_inbox)
        self.misses.drafted = self._wake_inbox
        self.inquiring = Inquiring(store, clock, self.inbox)
        self.subscriptions = store.subscriptions
        self.notifications = Notifications(tutor, store.subscriptions)

    def logged(self, question: int, server: int) -> Logged:
        """The logged question with this id; its answer is shown in this server (0 for a direct message)."""
        return Logged(question, self._store.servers.of(server).asks_for_feedback)

    async def answer(  # noqa: PLR0913 -- who asks what and where, and what is known of it
        self,
        text: str,
        *,
        member: int,
        server: int,
        message: int = 0,
        title: str = "",
        reply: Reply | None = None,
        before: Before | None = None,
        near: Mapping[str, float] | None = None,
        lessons: Collection[str] = (),
        public: bool = False,
        edited: Logged | None = None,
    ) -> Answered:
        """Answer a question and log it. `server` is 0 for direct messages; in `public`, others read the reply.

        `message` is the id of the member's message that asks it: if that is answered again, it is logged once.
        The `title` of a forum post asks its question, and `text`, its first message, adds detail.
        `reply` is given if the member chose it from a list. `before` is the context of a follow-up question.
        `near` is passed to the tutor, as are `lessons`, the files of those that the channel is about. `edited` is
        the logged question that this one is an edit of: if it still has no answer, its words change.
        """
        before = before or Before()
        if reply is None:
            reply = await self.look_up(text, title=title, before=before, near=near, lessons=lessons, public=public)
        if not (isinstance(reply, Unknown) and reply.nothing_asked):
            counts.questions[type(reply).__name__.lower()] += 1
        said = self.question_of(text, title)
        typed, passage = without_markup(said), reply.id if isinstance(reply, Answer) else ""
        known = self._conversations.logged_of(member, message, self._clock())
        if known and known.text == typed and passage in {"", known.passage}:
            question: int | None = known.question
        else:
            earlier = edited.id if edited else known.question if known else 0
            reworded = await unless_away(self.recorder.reword(earlier, said, reply)) if earlier else None
            shown = self._tutor.explain(before.passage) if before.passage else None
            follows = shown.question if shown else before.text
            question = reworded or await self.recorder.log_in_time(server, member, said, reply, follows)
        if question or passage:
            offered = reply if isinstance(reply, Suggestions) else None
            is_private = bool(server) and not public
            context = Before(question, typed, passage, offered, is_private)
            self._conversations.said(member, server, context, self._clock())
        if question and message:
            logged = LoggedMessage(question, typed, passage)
            self._conversations.remember_logged(member, message, logged, self._clock())
        return Answered(reply, self.logged(question, server) if question else None, lessons)

    def logged_of(self, message: int, member: int, server: int) -> Logged | None:
        """What was logged of a member's message in this server, if it asked something in the last hour."""
        known = self._conversations.logged_of(member, message, self._clock())
        return self.logged(known.question, server) if known else None

    def last(self, member: int, server: int) -> Before | None:
        """This member's last question in this server (0: direct messages); None if it is ten minutes old."""
        return self._conversations.last(member, server, self._clock())

    async def asked_in(self, question: int, passage: str) -> Before:
        """The context of a message that replies to the card of a logged question, which showed this passage."""
        kept = None if passage else await unless_away(self._questions.find(question))
        return Before(question, kept.text if kept else "", passage)

    async def choose(self, before: Before, number: int, *, member: int, server: int) -> Answered | None:
        """Take the suggestion with this number, counted from 1; None if there is none."""
        if before.offered is None or not 0 < number <= len(before.offered.questions):
            return None
        answer = self._tutor.explain(before.offered.questions[number - 1].id)
        if answer is None:
            return None
        if before.question:
            is_all = not before.offered.asked_at_once
            await self.take(before.question, member, answer.id, server, is_all=is_all)
        self._conversations.said(member, server, replace(before, passage=answer.id), self._clock())
        return Answered(answer, self.logged(before.question, server) if before.question else None)

    async def thanked(self, member: int, server: int, before: Before) -> bool:
        """Count a member's thanks for an answer as their vote. False if there is nothing to vote on."""
        if not before.question or not before.passage or not self.logged(before.question, server).is_rated:
            return False
        if not await unless_away(self.is_from(before.question, server)):
            return False
        return bool(await unless_away(self.vote(before.question, member, before.passage, helped=True)))

    async def answer_if_sure(
        self, text: str, *, member: int, server: int, message: int, admit: Callable[[], bool]
    ) -> tuple[Answer, Logged | None] | None:
        """Answer and log a question that was not put to the bot, if the answer is sure and `admit` allows it."""
        typed = without_markup(text)
        await self._tutor.understand(typed)
        reply = self._tutor.answer(typed, public=True)
        if not isinstance(reply, Answer) or not admit():
            return None
        answered = await self.answer(text, member=member, server=server, message=message, reply=reply, public=True)
        return reply, answered.logged

    async def look_up(  # noqa: PLR0913 -- as `answer`
        self,
        text: str,
        *,
        title: str = "",
        before: Before | None = None,
        near: Mapping[str, float] | None = None,
        lessons: Collection[str] = (),
        public: bool = False,
    ) -> Reply:
        """What a message would get; nothing of it is logged. The arguments are those of `answer`."""
        asked = before or Before()

        def reply_where(*, public: bool) -> Reply:
            def answer(query: str) -> Reply:
                return self._tutor.answer(
                    without_markup(query), asked.passage, near, lessons=lessons, earlier=asked.text, public=public
                )

            return reply_to_post(title, text, answer) if title else reply_to(text, answer)

        queries = queries_of(title, text) if title else queries_in(text)
        await self._tutor.understand(*map(without_markup, (*queries, *questions_in(text))))
        reply = reply_where(public=public)
        if public and isinstance(reply, Unknown) and reply == Unknown():
            return replace(reply, has_similar=isinstance(reply_where(public=False), Suggestions))
        return reply

    def question_of(self, text: str, title: str = "") -> str:
        """What to log of a message, or of a post with this title."""
        nothing = self._tutor.asks_nothing
        return question_of(title, text, nothing) if title else question_in(text, nothing)

    async def is_from(self, question: int, server: int) -> bool:
        """Whether a logged question was asked in this server; 0 stands for direct messages.

        Members who passed a question on may get its answer as a direct message, with the same buttons.
        """
        kept = await self._questions.find(question)
        return kept is not None and (kept.server == server or (server == 0 and kept.passed))

    async def any_asked(self, server: int, at: datetime) -> bool:
        """Whether anything was asked in this server at about that time; False if the database fails."""
        asked = self._questions.any_asked(server, at - ABOUT, at + ABOUT)
        return bool(await unless_away(asked))

    async def take(self, question: int, member: int, passage: str, server: int, *, is_all: bool = True) -> None:
        """Save that the member who asked pressed a suggestion in this server. Raises no database error.

        `is_all` is False if the suggestion is only one of two things that were asked.
        """
        last = self.last(member, server)
        if last and last.question == question:
            self._conversations.said(member, server, replace(last, passage=passage), self._clock())
        await unless_away(self._take(question, member, passage, server, is_all=is_all))

    async def _take(self, question: int, member: int, passage: str, server: int, *, is_all: bool) -> None:
        if not await self.is_from(question, server):
            return
        if is_all:
            await self._store.meanings.show(question, member, passage, meant=True)
        await self._questions.take(question, passage)
        await self.recorder.found(member, passage, by=question)

    async def opened(self, member: int, passage: str) -> None:
        """Save that a member opened an entry without asking: from the list of lessons, or as a related entry."""
        await unless_away(self.recorder.found(member, passage))

    async def vote(self, question: int, member: int, passage: str, *, helped: bool) -> bool:
        """Count a member's vote; False if the question was deleted."""
        if passage:
            await self._store.meanings.show(question, member, passage, meant=helped)
        is_kept = await self._store.votes.cast(question, member, passage, helped=helped)
        if is_kept and not helped:
            # Also take back the earlier questions that this passage seemed to answer.
            if mistaken := self._trail.not_found(question):
                await self._questions.unfound(mistaken, passage)
            for each in (*mistaken, question):
                self._trail.missed(member, each, self._clock())
            self._askers.missed(question, member, self._clock())
        return is_kept

    async def others(self, question: int, passage: str) -> tuple[Question, ...]:
        """The other entries that the question may have meant; empty if it was deleted."""
        kept = await self._questions.find(question)
        if kept is None:
            return ()
        shown = self._tutor.explain(passage)
        # A question in an entry's own words finds only that entry; then its related entries are the best others.
        about = content_words(words(kept.text, OFFERED * 4))
        beside = chain(shown.related if shown else (), *map(self._tutor.complete, about))
        found = {each.id: each for each in (*self._tutor.complete(kept.text), *beside)}
        return tuple(each for each in found.values() if each.id not in {passage, kept.entry})[:OFFERED]

    async def pass_on(self, question: int, context: str) -> PassedOn:
        """Pass the question to the moderators, with the member's note if there is room; '' if it was deleted."""
        passed = await self._questions.pass_on(question, clean(context))
        self.inbox.wake()
        return passed

    async def subscribe(self, question: int, member: int) -> bool:
        """Save that this member wants to be notified of the answer. False if it was deleted or is answered.

        Others may do so on a public card. So it counts as the member's own only if they asked it in the last hour,
        or if it was asked in direct messages, where nobody else sees its card.
        """
        kept = await self._questions.find(question)
        asked = self._conversations.has_asked(member, question, self._clock()) or (kept and kept.server == 0)
        return await self.subscriptions.subscribe(question, member, asked=bool(asked))

    async def answered(self, question: int) -> Answer | None:
        """The answer that moderators have published for the question; None if there is none."""
        kept = await self._questions.find(question)
        return self._tutor.explain(passage_of(kept.resolved_by)) if kept and kept.resolved == "answered" else None

    async def forget(self, member: int) -> Forgotten:
        """Delete everything that can be traced to this member, walkthroughs included; returns what was deleted."""
        self._trail.forget(member)
        self._conversations.forget(member)
        self._askers.forget(member)
        forgotten = await self._store.forget(member)
        self.inbox.wake()  # its cards may name a moderator
        return forgotten

    async def is_empty(self) -> bool:
        """Whether no question is in the log."""
        return await self._questions.oldest() is None

    async def purge(self) -> int:
        """Delete data older than `days` days, if the clock is steady; returns the number of deleted questions."""
        now = self._clock()
        if not await self._store.clock.check(now):
            return 0
        before = now - timedelta(days=self.days)
        await self.inbox.delete_expired(before)
        return await self._questions.purge(before)

    # For moderators

    async def weeks(self, count: int) -> list[Week]:
        """How much was asked in each of the last weeks, and what came of it; the oldest week first."""
        now = self._clock()
        return await self._store.usage.weeks(now, count, now - CHOOSING)

    async def digest(self) -> Digest:
        """What was asked in the last seven days, and what came of it."""
        return await digest(self._tutor, self._store, self.misses, self._clock())

    async def most_asked(self, weeks: int, count: int) -> list[tuple[str, int]]:
        """The entries that were asked for most in the last weeks: (id, count)."""
        return await self._store.usage.most_asked(self._clock() - timedelta(weeks=weeks), count)

    async def asked_back(self, member: int) -> Sequence[Inquiry]:
        """What moderators asked a member who did not reply yet, the oldest first. Raises no database error."""
        return await unless_away(self.inquiring.open_to(member)) or ()

    async def text_of(self, question: int) -> str:
        """The text of a question; '' if it was deleted."""
        kept = await self._questions.find(question)
        return kept.text if kept else ""

    async def asked_of(self, passage: str) -> AskedOf:
        """The recent questions that led to an entry, and how often it helped."""
        return await self._store.usage.asked_of(passage)

    async def _ignored(self, ids: Collection[int], moderator: int | None) -> None:
        items = [str(each) for each in ids]
        if moderator is None:
            await self.inbox.unignored(MISS, items)
        else:
            await self.inbox.ignored(MISS, items, moderator)

    async def _answered(self, ids: Collection[int], moderator: int) -> None:
        await self.inbox.answered(MISS, [str(each) for each in ids], moderator)

    def _wake_inbox(self) -> None:
        self.inbox.wake()
