"""An edit changes what was asked for, and not one byte more."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from bot.errors import EditError
from bot.lessons.document import Document, read_document
from bot.lessons.editing.edits import add_entry, change_entry, remove_entry
from bot.lessons.lesson import Entry, Picture
from tests.support.lesson_files import (
    WrittenEntry,
    WrittenFile,
    entries_with,
    lesson_files,
)
from tests.support.yaml_edits import comments, often, read

BOM = b"\xef\xbb\xbf"


def read_as_written(file: WrittenFile) -> Document:
    document = read_document("lesson.yaml", BOM + file.text.encode())
    assert [each.entry for each in file.entries] == list(document.lesson.entries), "the strategy wrote it right"
    return document


@st.composite
def changed(draw: st.DrawFn, entry: Entry) -> Entry:
    """The entry with some of its fields changed; lists keep the order of what they keep."""
    other = draw(entries_with(entry.id))
    fields = draw(st.sets(st.sampled_from(["question", "answer", "image", "reviewed", "phrasings", "related"])))
    update = {key: getattr(other, key) for key in fields}
    for key in fields & {"phrasings", "related"}:
        kept = [each for each in getattr(entry, key) if draw(st.booleans())]
        for new in getattr(other, key):
            if new not in getattr(entry, key):
                kept.insert(draw(st.integers(0, len(kept))), new)
        update[key] = tuple(kept)
    return entry.model_copy(update=update)


@often
@given(st.data())
def test_a_changed_entry_leaves_every_other_byte_alone(data):
    """A moderator who fixes a sentence finds one sentence in the diff."""
    file = data.draw(lesson_files())
    document = read_as_written(file)
    one = data.draw(st.sampled_from(file.entries))
    new = data.draw(changed(one.entry))
    text = change_entry(document, new)
    event("entry in a block" if one.fields else "entry between braces")
    after = [new if each.entry.id == new.id else each.entry for each in file.entries]
    assert list(read(text).lesson.entries) == after
    before, _, behind = file.text.partition(one.text) if one.text else ("", "", "")
    assert text.startswith(before)
    assert text.endswith(behind)
    for key in one.fields:
        if getattr(new, key) == getattr(one.entry, key):
            assert one.fields[key].rstrip("\r\n") in text, f"{key} was not changed"
    _check_comments(one, new, text)


def _check_comments(one: WrittenEntry, new: Entry, text: str) -> None:
    left = one.text
    for key, written in one.fields.items():
        old_value, value = getattr(one.entry, key), getattr(new, key)
        if not value:  # a field that went took its comments along
            left = left.replace(written, "\n", 1)
        elif key in ("phrasings", "related"):
            if old_value != value:
                left = left.replace(written, "\n", 1)
                _check_items(written, old_value, value, text)
        elif key == "image" and old_value != value:
            left = left.replace(written, "\n", 1)
    for comment in comments(left):
        assert comment in text


def _check_items(written: str, before: tuple[str, ...], after: tuple[str, ...], text: str) -> None:
    """The line of an item that was there before and is there now is the same line."""
    lines = written.splitlines()
    for item in set(before) & set(after):
        for line in lines:
            if re.fullmatch(rf" *(- )?['\"]?{re.escape(item)}['\"]?,?([ \t]+#.*)?", line):
                assert line in text.splitlines()


@often
@given(st.data())
def test_a_new_entry_is_put_in_and_nothing_else_happens(data):
    """All other text stays, in the same order."""
    file = data.draw(lesson_files())
    document = read_as_written(file)
    new = data.draw(entries_with("new"))
    text = add_entry(document, new)
    assert list(read(text).lesson.entries) == [*(each.entry for each in file.entries), new]
    old = file.text
    same = next((n for n, (a, b) in enumerate(zip(old, text, strict=False)) if a != b), len(old))
    rest = old[same:]
    assert text.endswith(rest)


@often
@given(st.data())
def test_what_was_added_can_be_taken_out_without_a_trace(data):
    """After an add and its undo, git sees no change."""
    file = data.draw(lesson_files())
    document = read_as_written(file)
    added = add_entry(document, data.draw(entries_with("new")))
    back = remove_entry(read(added), "new")
    event("without a trace" if back == file.text else "with an empty line")
    assert re.sub(r"\s", "", back) == re.sub(r"\s", "", file.text)
    assert len(back) - len(file.text) in (0, 1, 2)


@often
@given(st.data())
def test_a_removed_entry_takes_its_own_lines_along_and_no_others(data):
    """Comments above and below the entry stay."""
    file = data.draw(lesson_files())
    document = read_as_written(file)
    one = data.draw(st.sampled_from(file.entries))
    text = remove_entry(document, one.entry.id)
    assert [each.id for each in read(text).lesson.entries] == [
        each.entry.id for each in file.entries if each is not one
    ]
    if one.fields:
        before, _, behind = file.text.partition(one.text)
        assert re.sub(r"\s", "", text) == re.sub(r"\s", "", before + "\n" + behind)
        for comment in comments(before + "\n" + behind):
            assert comment in text


LESSON = """\
lesson: Venvs
entries:
  - id: a          # stable
    question: Why?
    phrasings:     # as members ask
      - why venv   # often
      - y venv
      # from the forum
      - what for   # once
    answer: |   # checked by Ada
      Because.
    related: [b]
  # about b
  - {id: b, question: How?, answer: So.}
"""


def test_a_comment_in_the_header_of_an_answer_stays_where_it_is():
    """A note beside an answer survives every edit."""
    document = read(LESSON)
    new = document.lesson.entries[0].model_copy(update={"answer": "One.\n\nTwo: # 3."})
    expected = LESSON.replace("      Because.\n", "      One.\n\n      Two: # 3.\n")
    assert change_entry(document, new) == expected


def test_a_short_answer_with_a_comment_becomes_a_long_one_with_it():
    """It is written as several lines of text, not as one line of JSON."""
    document = read(
        LESSON.replace("answer: |   # checked by Ada\n      Because.", "answer: Because.   # checked by Ada")
    )
    new = document.lesson.entries[0].model_copy(update={"answer": "One.\nTwo."})
    expected = LESSON.replace("      Because.\n", "      One.\n      Two.\n")
    assert change_entry(document, new) == expected


def test_one_phrasing_more_and_one_less_are_two_lines_in_the_diff():
    """The other phrasings keep their lines and their comments."""
    document = read(LESSON)
    new = document.lesson.entries[0].model_copy(update={"phrasings": ("why venv", "what for", "wherefore")})
    expected = LESSON.replace("      - y venv\n", "").replace("# once\n", "# once\n      - wherefore\n")
    assert change_entry(document, new) == expected


def test_a_phrasing_in_other_words_is_one_line_in_the_diff():
    """It keeps its place and its comment."""
    document = read(LESSON)
    new = document.lesson.entries[0].model_copy(update={"phrasings": ("why venv", "y virtualenv", "what for")})
    assert change_entry(document, new) == LESSON.replace("- y venv\n", "- y virtualenv\n")


@pytest.mark.parametrize(
    ("phrasings", "line"),
    [
        (("y virtualenv", "why venv", "y venv"), "[y virtualenv, why venv, y venv]"),
        (("why venv", "y venv", "y virtualenv"), "[why venv, y venv, y virtualenv]"),
        (("y venv",), "[y venv]"),
    ],
)
def test_a_list_in_one_line_stays_in_one_line(phrasings, line):
    """What is new in it comes where the moderator put it."""
    text = "lesson: A\nentries:\n  - {id: a, question: Why?, phrasings: [why venv, y venv], answer: So.}\n"
    document = read(text)
    new = document.lesson.entries[0].model_copy(update={"phrasings": phrasings})
    assert change_entry(document, new) == text.replace("[why venv, y venv]", line)


def test_a_field_that_is_new_goes_where_people_write_it():
    """An edited entry looks like one that was written by hand."""
    document = read(LESSON)
    new = document.lesson.entries[0].model_copy(
        update={"image": Picture(file="a.png", alt="A"), "reviewed": date(2026, 11, 22)}
    )
    expected = LESSON.replace(
        "      Because.\n    related: [b]\n",
        "      Because.\n    image:\n      file: a.png\n      alt: A\n"
        "    related: [b]\n    reviewed: 2026-11-22\n",
    )
    assert change_entry(document, new) == expected


def test_a_new_entry_goes_below_the_last_one():
    """Comments of earlier entries stay with these."""
    new = Entry(id="c", question="When?", answer="Now.")
    text = LESSON.replace("So.}\n", "So.}\n    # still b\n# the end\n")
    added = "    # still b\n\n  - id: c\n    question: When?\n    answer: Now.\n# the end\n"
    assert add_entry(read(text), new) == text.replace("    # still b\n# the end\n", added)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lesson: A\n", "lesson: A\n\nentries:\n  - id: c\n    question: When?\n    answer: Now.\n"),
        (
            "lesson: A\nentries:  # none\n",
            "lesson: A\nentries:  # none\n  - id: c\n    question: When?\n    answer: Now.\n",
        ),
        ("lesson: A\nentries: []\n", "lesson: A\nentries: \n  - id: c\n    question: When?\n    answer: Now.\n"),
        ("{lesson: A}", '{lesson: A, "entries": [{"id": "c", "question": "When?", "answer": "Now."}]}'),
        ("{lesson: A, entries: []}", '{lesson: A, entries: [{"id": "c", "question": "When?", "answer": "Now."}]}'),
        ("lesson: A\nentries: [ # none\n ]\n", None),
        (
            "lesson: A\naliases:\n  v: [w]",
            "lesson: A\naliases:\n  v: [w]\n\nentries:\n  - id: c\n    question: When?\n    answer: Now.",
        ),
    ],
)
def test_the_first_entry_of_a_lesson_finds_its_place(text, expected):
    """It can be added to a lesson that has only a title."""
    new = Entry(id="c", question="When?", answer="Now.")
    added = add_entry(read(text), new)
    assert read(added).lesson.entries == (new,)
    if expected:
        assert added == expected


def test_what_many_places_share_is_left_to_an_editor():
    """An edit that would also change other places is refused."""
    one, two = "- id: a\n  question: &q Why?\n  answer: So.\n", "- id: b\n  question: *q\n  answer: So.\n"
    text = f"lesson: A\nentries:\n{one}{two}"
    a, b = read(text).lesson.entries
    with pytest.raises(EditError, match="would have an error"):
        change_entry(read(text), a.model_copy(update={"question": "How?"}))
    with pytest.raises(EditError, match="would have an error"):
        remove_entry(read(text), "a")
    assert change_entry(read(text), b.model_copy(update={"question": "How?"})) == text.replace("*q", "How?")


def test_an_entry_that_somebody_removed_meanwhile_is_not_edited():
    """The moderator reads that it is gone."""
    with pytest.raises(EditError, match="no longer in this lesson"):
        remove_entry(read(LESSON), "gone")
    with pytest.raises(EditError, match="no longer in this lesson"):
        change_entry(read(LESSON), Entry(id="gone", question="?", answer="!"))


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_add_and_undo_of_a_tidy_file_leave_no_trace(line_break):
    """The empty line that was added with an entry is removed with it, with every kind of line end."""
    text = LESSON.replace("\n", line_break)
    for old in (text, text + line_break + "scenarios:" + line_break):
        assert remove_entry(read(add_entry(read(old), Entry(id="c", question="?", answer="!"))), "c") == old


def test_fields_side_by_side_are_taken_out_together():
    """Also in a flow mapping, the first two or the last two."""
    text = "lesson: A\nentries:\n- {id: a, question: Q, answer: A, image: {file: a.png, alt: B, caption: C}}\n"
    (entry,) = read(text).lesson.entries
    short = text.replace(", alt: B, caption: C", "")
    assert change_entry(read(text), entry.model_copy(update={"image": Picture(file="a.png")})) == short
    turned = text.replace("file: a.png, alt: B, caption: C", "alt: B, caption: C, file: a.png")
    short = text.replace(", alt: B, caption: C", "")
    assert change_entry(read(turned), entry.model_copy(update={"image": Picture(file="a.png")})) == short


def test_comments_above_a_value_and_behind_it_both_stay():
    """If the key and the header of a block have notes, both are kept."""
    text = "lesson: A\nentries:\n- id: a\n  question: Q\n  answer:  # one\n    |  # two\n    Old.\n"
    (entry,) = read(text).lesson.entries
    new = change_entry(read(text), entry.model_copy(update={"answer": "New.\nMore."}))
    assert new == text.replace("    Old.\n", "    New.\n    More.\n")


def test_a_first_field_that_goes_leaves_the_comment_above_the_next():
    """The dash of the list item stays, and the comment below the field."""
    text = "lesson: A\nentries:\n- related: [b]  # gone\n  # about a\n  id: a\n  question: Q\n  answer: A\n"
    (entry,) = read(text).lesson.entries
    assert change_entry(read(text), entry.model_copy(update={"related": ()})) == text.replace(
        "related: [b]  # gone", ""
    )


def test_first_fields_that_go_leave_the_comment_between_them():
    """It may be about the next field."""
    first = "- related: [b]\n  # about a\n  reviewed: 2026-11-22\n  id: a\n"
    text = f"lesson: A\nentries:\n{first}  question: Q\n  answer: A\n"
    (entry,) = read(text).lesson.entries
    new = change_entry(read(text), entry.model_copy(update={"related": (), "reviewed": None}))
    assert new == text.replace("related: [b]", "").replace("  reviewed: 2026-11-22\n", "")
