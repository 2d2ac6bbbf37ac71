"""What a moderator sees before publishing: preview cards, difference, impact, problems and clashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.curating.clash import Clash, clash_of, clash_of_lesson
from bot.curating.diff import Difference, difference, item_at, lesson_in, questions_in, title_of
from bot.curating.draft import Draft, is_asked_as, state_of
from bot.curating.file_contents import lesson_in_file
from bot.curating.impact import Impact, ReplySummary
from bot.curating.items import FieldProblem, NothingToPublish, read_item, texts_of
from bot.curating.lesson_texts import read_lesson
from bot.curating.undoing import undo_files, undo_others
from bot.curating.working_copy import ChangeSet, WorkingCopy
from bot.dialogue.passages import StepPassage
from bot.dialogue.quiz import hint_line, quiz_state
from bot.dialogue.reply import Answer, Question, explain
from bot.dialogue.steps import PREDICT, QUIZ
from bot.dialogue.walkthrough import Walkthrough
from bot.errors import EditError
from bot.language.words import _
from bot.lessons.lesson import Entry, Item, Lesson, Scenario, changed_items
from bot.lessons.library import Lessons
from bot.store.revisions import Revision

MAX_CARDS = 5
MAX_ADDED = 10  # phrasings in one go
PHRASING_TEXT = 200


def can_be_added(draft: Draft, question: str) -> bool:
    """Whether a question may become a phrasing of the draft's entry, and is none yet."""
    return len(question) <= PHRASING_TEXT and not is_asked_as(question, draft.fields)


@dataclass(frozen=True)
class Review:
    """A draft as it would be published.

    There is no `impact` while there are `problems` or a `clash`.
    """

    draft: Draft
    cards: tuple[Answer, ...]  # what members will see; for a removed entry, what they no longer see
    difference: Difference
    impact: Impact | None = None
    problems: tuple[FieldProblem, ...] = ()
    clash: Clash | None = None
    rebased: bool = False  # whether other items of the file changed since it was begun, which does not matter
    state: str = ""  # a digest of the draft and of the lessons that were reviewed
    unfound: tuple[str, ...] = ()  # the questions that it comes from and that would not get its entry
    close: Question | None = None  # an entry that probably says it already
    is_redo: bool = False  # whether it undoes an undo
    beside: tuple[int, ...] = ()  # other moderators who have a draft of the same
    namesake: str = ""  # the title of another lesson that members could not tell apart from this one

    @property
    def is_found(self) -> bool:
        """Whether the question that it comes from finds it; if not, it is not published."""
        return self.draft.asked not in self.unfound

    @property
    def is_empty(self) -> bool:
        """Whether the lessons are already as this draft makes them."""
        # A merge also removes the other entry, whatever the texts of this one say.
        is_settled = self.draft.kind != "merge" and self.clash is not None and self.clash.is_settled
        return is_settled or any(isinstance(each, NothingToPublish) for each in self.problems)

    @property
    def addable(self) -> tuple[str, ...]:
        """The `unfound` questions that can become its phrasings."""
        return tuple(each for each in self.unfound if can_be_added(self.draft, each))[:MAX_ADDED]


@dataclass(frozen=True)
class DraftCheck:
    """A draft checked against the lessons of one moment."""

    changes: ChangeSet
    problems: tuple[FieldProblem, ...]
    clash: Clash | None


def check_draft(draft: Draft, lessons: Lessons, folder: Path, *, undone: Revision | None = None) -> DraftCheck:
    """What publishing the draft would write. `undone` is the revision that it undoes."""
    now, copy = lessons.items.get(draft.item_id), WorkingCopy(lessons)
    clash = None
    if draft.kind == "lesson":
        clash = clash_of_lesson(draft.begun, draft.fields, lesson_in_file(lessons, draft.file))
    elif draft.item_id and draft.kind != "move":
        clash = clash_of(draft.item_id, draft.begun, draft.fields, now, questions_in(lessons))
    # If somebody removed the item meanwhile, the moderator first decides whether it comes back.
    problems = [] if clash and clash.theirs is None else list(draft.problems)
    if not clash and not problems:
        try:
            problems += _edit(copy, draft, now, undone)
        except EditError as error:
            problems.append(FieldProblem("", str(error)))
    changes = ChangeSet({}, lessons) if clash or problems else copy.change_set(folder, draft.file)
    return DraftCheck(changes, (*problems, *changes.problems), clash)


def check_undo(
    draft: Draft, lessons: Lessons, folder: Path, undone: Sequence[Revision], *, anyway: bool
) -> DraftCheck:
    """As `check_draft`, for undoing changes of whole files. `anyway`: losing newer changes is accepted."""
    copy = WorkingCopy(lessons)
    try:
        newer = undo_files(copy, undone, anyway=anyway)
    except EditError as error:
        return DraftCheck(ChangeSet({}, lessons), (FieldProblem("", str(error)),), None)
    if newer:
        return DraftCheck(ChangeSet({}, lessons), (), Clash(None, None, tuple(newer), {}, {}))
    changes = copy.change_set(folder, draft.file)
    problems = changes.problems
    if changes.files and problems and changes.after.documents:
        why = _(
            "this change cannot be undone yet, because other lessons depend on it, or it depends on them; first "
            "undo the changes to those lessons, or edit them"
        )
        problems = (FieldProblem("", why), *problems)
    return DraftCheck(changes, problems, None)


def review(draft: Draft, lessons: Lessons, checked: DraftCheck) -> Review:
    """What a checked draft shows by itself: without its impact, and what depends on other drafts and questions."""
    texts = {file: (old.text if old else None, new) for file, (old, new) in checked.changes.files.items()}
    cards = () if checked.problems or checked.clash else tuple(_cards(draft, lessons, checked.changes.after))
    found = difference(texts, lessons, checked.changes.after)
    namesake = _namesake(draft, checked.changes.after)
    return Review(draft, cards, found, problems=checked.problems, clash=checked.clash, namesake=namesake)


def _namesake(draft: Draft, after: Lessons) -> str:
    own = after.by_file.get(draft.file) if draft.of_lesson else None
    if own is None:
        return ""
    others = (each.lesson for each in after.documents if each.file != own.file)
    return next((each.lesson for each in others if _listed(each) == _listed(own.lesson)), "")


def _listed(lesson: Lesson) -> tuple[str, str]:
    """A lesson's title and course, by which members know it."""
    return lesson.lesson.casefold(), (lesson.course or "").casefold()


def _edit(copy: WorkingCopy, draft: Draft, now: Item | None, undone: Revision | None) -> list[FieldProblem]:
    if undone and draft.adds_again:
        now, undone = _added_again(copy, draft, undone), None
    was = _item_before(undone, draft.item_id)
    is_as_it_was = undone is not None and texts_of(was) == draft.fields
    is_elsewhere = undone is not None and copy.now.file_of(draft.item_id) not in (undone.file, None)
    if undone and is_as_it_was and not is_elsewhere and copy.restore(undone):
        return []
    problems: list[FieldProblem] = []
    if draft.of_lesson:
        return _edit_lesson(copy, draft)
    if draft.kind == "move":
        copy.move(draft.item_id, draft.moves_to)
        return []
    if draft.kind == "merge":
        if problem := _merge(copy, draft):
            return [problem]
        now = copy.now.items.get(draft.item_id)
    if draft.removes:
        if now is None:
            return [NothingToPublish("", _("this has already been removed"))]
        copy.remove(draft.item_id)
    elif draft.item_id:
        # An unchanged undo also restores what no form shows.
        keeps = undone and is_as_it_was and now == _item_after(undone, draft.item_id)
        item, problems = (was, []) if keeps else read_item(draft.item_id, now, draft.fields)
        if item:
            copy.put(draft.file, item)
    return problems + (undo_others(copy, undone) if undone else [])


def _added_again(copy: WorkingCopy, draft: Draft, undone: Revision) -> Item | None:
    """What a draft adds again, as it is there or was before; its file comes back, too."""
    if draft.file not in copy.documents:
        copy.restore(undone)
    item = copy.now.items.get(draft.item_id) or _item_before(undone, draft.item_id)
    if draft.kind == "scenario" and item and draft.item_id not in copy.now.items:
        copy.add(draft.file, [item])
    return item


def _merge(copy: WorkingCopy, draft: Draft) -> FieldProblem | None:
    """Take the other entry into this one, unless it is no longer as the moderator saw it."""
    gone, state = draft.absorbed
    if (found := copy.now.entries.get(gone)) and state_of(found) != state:
        what = _(
            "“{title}” was changed after you began to merge; discard this draft and merge again",
            title=title_of(found),
        )
        return FieldProblem("", what)
    copy.absorb(gone, draft.item_id)
    return None


def _edit_lesson(copy: WorkingCopy, draft: Draft) -> list[FieldProblem]:
    lesson, problems = read_lesson(draft.file, copy.lesson(draft.file), draft.fields)
    if lesson and draft.kind == "new":
        copy.create(draft.file, lesson)
    elif lesson:
        copy.put_head(draft.file, lesson)
    return problems


def _item_before(revision: Revision | None, id_: str) -> Item | None:
    return item_at(revision.file, revision.before, id_) if revision else None


def _item_after(revision: Revision, id_: str) -> Item | None:
    return item_at(revision.file, revision.after, id_)


def title_at(revision: Revision, lessons: Lessons, item_id: str) -> str:
    """The title of what a revision changed: of this item, of its own item, or of its lesson.

    What was removed has its title from before.
    """
    if not (id_ := item_id or revision.item_id):
        file, document = revision.file, lessons.by_file.get(revision.file)
        there = (
            document.lesson if document else lesson_in(file, revision.after) or lesson_in(file, revision.before)
        )
        return there.lesson if there else file
    found = lessons.items.get(id_) or _item_after(revision, id_) or _item_before(revision, id_)
    return title_of(found) if found else revision.file


def _cards(draft: Draft, before: Lessons, after: Lessons) -> list[Answer]:
    ids = [draft.item_id] if draft.item_id else list(changed_items(before.items, after.items))
    cards: list[Answer] = []
    for id_ in ids[:MAX_CARDS]:
        old, new = before.items.get(id_), after.items.get(id_)
        if isinstance(new, Entry):
            cards.append(explain(after, new))
        elif isinstance(new, Scenario):
            cards += _steps(old if isinstance(old, Scenario) else None, new, after)
        elif isinstance(old, Entry):
            cards.append(explain(before, old))
    return cards[:MAX_CARDS]


def _steps(old: Scenario | None, new: Scenario, after: Lessons) -> list[Answer]:
    had, now = Walkthrough(old).fingerprints if old else {}, Walkthrough(new)
    cards = []
    for step in now.steps:
        is_new_quiz = step.id == QUIZ and (old is None or old.check != new.check)
        if step.id != PREDICT and (is_new_quiz or had.get(step.id) != now.fingerprints[step.id]):
            card = explain(after, StepPassage(new, step))
            if step.id == QUIZ and new.check:
                asked = quiz_state(new.check, (), shown=True, learner="")
                hints = [hint_line(each.hint) for each in new.check.options if each.hint]
                card = replace(card, text="\n\n".join([asked.text, *hints]))
            if card.text or card.picture:
                cards.append(card)
    return cards


def unfound(draft: Draft, replies: Mapping[str, ReplySummary]) -> tuple[str, ...]:
    """Those of these questions that would not get the draft's entry, given the replies after it is published."""
    return tuple(question for question, reply in replies.items() if not _finds(draft, question, reply))


def _finds(draft: Draft, question: str, reply: ReplySummary) -> bool:
    if draft.item_id not in reply.ids:
        return False
    # Two entries can have the same words: then both are offered, and more cannot be done.
    return reply.kind == "answer" or is_asked_as(question, draft.fields)
