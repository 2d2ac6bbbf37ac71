"""Buttons that lead from one part of the bot to another.

They are made here and handled by the button's class in its part, so no part imports another. The ids are those
of the class's template; `tests/discord_ui/kit/test_links.py` checks each maker against it.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.dialogue.reply import Question
from bot.discord_ui.kit.choices import labels, of_questions, of_scenarios
from bot.discord_ui.kit.limits import BUTTON_LABEL, OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.plain_button import BLUE, GREY, PlainButton
from bot.language.words import _
from bot.lessons.lesson import Scenario
from bot.tutor import Tutor

MAX_RELATED = 5

Link = PlainButton
Choice = ui.Select[ui.LayoutView]


def show_entry(label: str, passage: str) -> Link:
    """Shows an entry in private (`asking.answers.Show`)."""
    return _link(label, "show", passage)


def show_related(related: Sequence[Question], tutor: Tutor) -> list[Link]:
    """Buttons that show the first few of these entries, labeled with their questions."""
    some = related[:MAX_RELATED]
    names = labels(of_questions(some, tutor), BUTTON_LABEL)
    return [show_entry(name, each.id) for name, each in zip(names, some, strict=True)]


def choose_related(related: Sequence[Question], tutor: Tutor) -> list[Link | Choice]:
    """A menu that shows one of these entries in private (`asking.answers.ShowRelated`); for one, a button."""
    some = related[:SELECT_OPTIONS]
    if len(some) <= 1:
        return [*show_related(some, tutor)]
    names = labels(of_questions(some, tutor), OPTION_TEXT)
    options = [discord.SelectOption(label=name, value=each.id) for name, each in zip(names, some, strict=True)]
    return [ui.Select(placeholder=_("Related questions"), options=options, custom_id="lb:related")]


def try_question(label: str) -> Link:
    """Opens a form to ask a question (`asking.trying.Try`)."""
    return _link(label, "try", primary=True)


def ask_about(label: str, scenario: str, step: str) -> Link:
    """Asks a question about a step of a walkthrough (`asking.ask_about.About`)."""
    return _link(label, "about", scenario, step)


def helped(label: str, question: int, passage: str, *, disabled: bool) -> Link:
    """Says that an answer helped (`asking.feedback.Helped`)."""
    return _link(label, "helped", str(question), passage, disabled=disabled)


def not_this(label: str, question: int, passage: str) -> Link:
    """Says that an answer was not what was asked (`asking.feedback.NotThis`)."""
    return _link(label, "not", str(question), passage)


def something_wrong(label: str, passage: str) -> Link:
    """Opens a form for a correction of an answer (`asking.suggesting.SomethingWrong`)."""
    return _link(label, "wrong", passage)


def none_of_these(label: str, question: int) -> Link:
    """Says that no suggestion was what was asked (`asking.feedback.NoneOfThese`)."""
    return _link(label, "none", str(question))


def pass_on(label: str, question: int) -> Link:
    """Passes a question on to the moderators (`asking.feedback.PassOn`)."""
    return _link(label, "pass", str(question))


def open_walkthrough(label: str, scenario: str, step: str) -> Link:
    """Opens a walkthrough at a step (`walking.panel.OpenWalkthrough`)."""
    return _link(label, "open", scenario, step)


def choose_walkthrough(scenarios: Sequence[Scenario], tutor: Tutor) -> Choice:
    """A menu that opens one of these walkthroughs (`walking.panel.OpenWalkthroughMenu`)."""
    some = scenarios[:SELECT_OPTIONS]
    names = labels(of_scenarios(some, tutor), OPTION_TEXT)
    options = [discord.SelectOption(label=name, value=each.id) for name, each in zip(names, some, strict=True)]
    return ui.Select(placeholder=_("Choose a walkthrough"), options=options, custom_id="lb:openone")


def remind_me(label: str, scenario: str) -> Link:
    """Asks for reminders (`walking.reminders.Remind`)."""
    return _link(label, "remind", scenario)


def stop_reminders(label: str, scenario: str) -> Link:
    """Stops the reminders (`walking.reminders.Forgo`)."""
    return _link(label, "forgo", scenario)


def merge_draft(label: str, draft: int, take: str) -> Link:
    """Merges a draft with what others published; `take` decides conflicts (`curating.draft_offers.Merge`)."""
    return _link(label, "merge", str(draft), take)


def publish_draft(label: str, draft: int, state: str) -> Link:
    """Publishes a draft as it was shown (`curating.draft_publishing.Publish`)."""
    return _link(label, "publish", str(draft), state, primary=True)


def discard_draft(label: str, draft: int) -> Link:
    """Discards a draft (`curating.draft_actions.Discard`)."""
    return _link(label, "discard", str(draft))


def add_words(label: str, draft: int) -> Link:
    """Adds the questions that do not find a draft's entry as phrasings (`curating.draft_offers.AddWords`)."""
    return _link(label, "draft-words", str(draft))


def leave_out(label: str, draft: int) -> Link:
    """Lets a draft no longer answer the questions that do not find it (`curating.draft_offers.LeaveOut`)."""
    return _link(label, "draft-leave", str(draft))


def make_phrasing(label: str, draft: int, entry: str) -> Link:
    """Makes a new entry's question a phrasing of another one (`curating.draft_offers.MakePhrasing`)."""
    return _link(label, "draft-close", str(draft), entry)


def add_to_answer(label: str, draft: int, entry: str) -> Link:
    """Adds a new entry's answer to that of another one (`curating.draft_offers.AddToAnswer`)."""
    return _link(label, "draft-append", str(draft), entry)


def list_proposals(label: str) -> Link:
    """The first page of the list of proposals (`curating.proposals.Turn`)."""
    return _link(label, "proposals", "0")


def draft_proposal(label: str, proposal: int) -> Link:
    """Makes a draft of a proposal (`curating.proposal_decisions.MakeDraft`)."""
    return _link(label, "proposal-draft", str(proposal), primary=True)


def add_proposal(label: str, proposal: int, how: str, entry: str) -> Link:
    """Adds a proposal to an entry, as a phrasing or to its answer (`curating.proposal_decisions.AddTo`)."""
    return _link(label, "proposal-add", str(proposal), how, entry)


def decline_proposal(label: str, proposal: int) -> Link:
    """Opens a form to decline a proposal (`curating.proposal_decisions.Decline`)."""
    return _link(label, "proposal-decline", str(proposal))


def reopen_proposal(label: str, proposal: int) -> Link:
    """Lets a decided proposal wait again (`curating.proposal_decisions.Reopen`)."""
    return _link(label, "proposal-reopen", str(proposal))


def inbox_options(label: str) -> Link:
    """Opens the form about the inbox (`curating.inbox_options.InboxOptions`)."""
    return _link(label, "set-inbox-options")


def undo(label: str, revision: int, *, together: bool) -> Link:
    """Undoes a revision, or `together` all that were published with it (`curating.history.Undo`, `UndoAll`)."""
    return _link(label, "undo-all" if together else "undo", str(revision))


def list_misses(label: str, page: int) -> Link:
    """A page of the list of misses (`curating.miss_list.Turn`)."""
    return _link(label, "misses", str(page))


def save_as_phrasing(label: str, question: int, entry: str, *, primary: bool) -> Link:
    """Makes a miss a phrasing of an entry (`curating.miss_answers.Phrase`)."""
    return _link(label, "miss-phrase", str(question), entry, primary=primary)


def answered_by_now(label: str, question: int, passage: str) -> Link:
    """Resolves a miss that this passage answers (`curating.miss_answers.AnsweredByNow`)."""
    return _link(label, "miss-answered", str(question), passage, primary=True)


def save_as_entry(label: str, question: int, *, primary: bool) -> Link:
    """Makes a miss a new entry (`curating.miss_answers.NewEntry`)."""
    return _link(label, "miss-new", str(question), primary=primary)


def _link(label: str, kind: str, *ids: str, disabled: bool = False, primary: bool = False) -> Link:
    return Link(label, ":".join(("lb", kind, *ids)), BLUE if primary else GREY, disabled)
