"""A form shows what is in the file, and typed text always stays text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curating.items import read_item, texts_of, tidy
from bot.curating.working_copy import WorkingCopy
from bot.lessons.document import read_document
from bot.lessons.lesson import Entry, Scenario
from bot.lessons.library import Lessons, Library
from tests.curating.conftest import SMALL
from tests.support.examples import examples
from tests.support.lesson_files import entries_with
from tests.support.shipped import KNOWLEDGE

NASTY = [
    "- x",
    "id: y",
    "entries:",
    "---",
    "...",
    "# z",
    '"',
    "'",
    "|",
    "&a *a",
    "!!python/x",
    "\t",
    "\0",
    "\x85",
    "\u2028",
]
nasty = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=8)), min_size=1, max_size=6).map("\n".join)


@given(entries_with("e"))
def test_a_form_sent_back_unchanged_changes_nothing(entry):
    """Not even a space, however the file is written; and the form has every field."""
    item, problems = read_item("e", entry, texts_of(entry))
    assert item == entry
    assert problems == []
    made, problems = read_item("e", None, texts_of(entry))
    assert problems == []
    assert made
    assert texts_of(made) == texts_of(entry)


def test_what_no_form_can_show_stays_where_it_is_not_touched():
    """Double spaces or a tab in a question survive an edit of the answer."""
    entry = Entry(id="e", question="What\tis  it?", phrasings=("a  b", "c\td"), answer="A.")
    item, problems = read_item("e", entry, {**texts_of(entry), "answer": "B."})
    assert problems == []
    assert item == entry.model_copy(update={"answer": "B."})


def test_every_scenario_that_ships_can_be_shown_in_a_form():
    """It comes back from the form unchanged."""
    for scenario in Library.open(KNOWLEDGE).lessons.scenarios.values():
        assert read_item(scenario.id, scenario, texts_of(scenario)) == (scenario, [])


def test_the_lines_of_a_quiz_stay_lines():
    """Options and hints with code in them are edited as they stand in the file."""
    code = "Look at this:\n```bash\npip list\n```"
    scenario = next(each for each in Library.open(KNOWLEDGE).lessons.scenarios.values() if each.check)
    typed = {f"check.options.0.{field}": code for field in ("text", "feedback", "hint")}
    texts = {**texts_of(scenario), **{field: tidy(field, text) for field, text in typed.items()}}
    item, problems = read_item(scenario.id, scenario, texts)
    assert problems == []
    assert isinstance(item, Scenario)
    assert item.check
    first = item.check.options[0]
    assert [first.text, first.feedback, first.hint] == [code, code, code]
    assert texts_of(item) == texts


def test_a_mistake_is_named_at_its_field_and_line():
    """Moderators read which question must not be there, and which option is there twice."""
    entry = Entry(id="e", question="What is it?", phrasings=("what's it",), answer="A.")
    _, problems = read_item("e", entry, {**texts_of(entry), "not": "what else\nWhat's it"})
    (what,) = map(str, problems)
    assert what == "not: line 2: is also the question or a phrasing of this entry"
    scenario = next(each for each in Library.open(KNOWLEDGE).lessons.scenarios.values() if each.check)
    texts = texts_of(scenario)
    same = {"check.options.1.text": texts["check.options.0.text"]}
    _, problems = read_item(scenario.id, scenario, {**texts, **same})
    assert list(map(str, problems)) == ["check.options.1.text: another option has the same text"]


@settings(max_examples=examples(60))
@given(question=nasty, phrasings=nasty, answer=nasty, adds=st.booleans())
def test_what_a_moderator_types_never_becomes_structure(question, phrasings, answer, adds):
    """Even if it looks like YAML, the file has this text in this field, and nothing else changes."""
    lessons = Lessons(tuple(read_document(file, text.encode()) for file, text in SMALL.items()))
    copy = WorkingCopy(lessons)
    id_ = "new" if adds else "feed-a-cat"
    now = lessons.entries.get(id_)
    typed = {"question": question, "phrasings": phrasings, "answer": answer}
    texts = {**texts_of(now), **{field: tidy(field, text) for field, text in typed.items()}}
    item, problems = read_item(id_, now, texts)
    if item is None or problems:
        return
    copy.put("animals.yaml", item)
    after = {document.file: document.lesson for document in copy.documents.values()}
    assert texts_of(item).items() >= texts.items()
    assert [each.id for each in after["animals.yaml"].entries] == ["feed-a-cat", "wash-a-dog"] + ["new"] * adds
    assert next(each for each in after["animals.yaml"].entries if each.id == id_) == item
    others = {id_: entry for id_, entry in lessons.entries.items() if id_ != item.id}
    assert {e.id: e for lesson in after.values() for e in lesson.entries if e.id != item.id} == others


def test_words_about_a_picture_go_with_it():
    """If a moderator clears the picture, its description and caption are removed, too."""
    lessons = Library.open(KNOWLEDGE).lessons
    scenario = lessons.scenarios["two-django-versions"]
    item, problems = read_item(scenario.id, scenario, {**texts_of(scenario), "picture": ""})
    assert problems == []
    assert item == scenario.model_copy(update={"picture": None})
    _, problems = read_item(scenario.id, scenario, {**texts_of(scenario), "solutions.gone.plan": "x"})
    assert [each.field for each in problems] == ["solutions.gone.plan"]
