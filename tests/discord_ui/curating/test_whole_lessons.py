"""Moderators add lessons, edit titles and aliases, move entries, and merge two: all as drafts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.editing import open_edit, press, texts, undo_latest
from tests.support.folders import everywhere
from tests.support.forms import LESSON, filled, lessons_in
from tests.support.world import World, buttons, said, second_moderator, with_button

OWN = "what-is-a-virtual-environment"
FILE = "virtual-environments.yaml"
BIRDS = """# About birds.
lesson: Birds
language: en
aliases:
  parrot: [macaw, polly]  # of all kinds

entries:
  # The first one.
  - id: what-is-a-parrot
    question: What is a parrot?
    phrasings: [what are parrots]
    answer: A bird that talks.
    related: [where-do-parrots-sit]
  - id: where-do-parrots-sit
    question: Where do parrots sit?
    answer: On a perch.
  - id: what-is-a-perch
    question: What is a perch?
    answer: A branch.
    related: [what-is-a-parrot]
"""
SCENARIO = """
scenarios:
  - id: feed-a-parrot
    title: The parrot is hungry
    story: It calls since noon.
    solutions:
      - {id: seeds, title: Give it seeds, plan: A spoon of them., outcome: It eats., why: It likes them.}
      - {id: wait, title: Wait, plan: Do nothing., outcome: It calls., why: It is hungry., verdict: fails}
    check:
      question: What does it eat?
      options:
        - {text: Seeds, correct: true, feedback: It does.}
        - {text: Fish, feedback: It does not.}
"""


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def remove(file: Path) -> None:
    file.unlink()


@pytest.fixture
def birds(lessons: Path) -> Path:
    (lessons / "zoo").mkdir()
    (lessons / "zoo" / "birds.yaml").write_text(BIRDS, encoding="utf-8")
    return lessons / "zoo" / "birds.yaml"


async def test_a_new_lesson_is_made_filled_and_undone(birds: Path, lessons: Path, world: World):
    """It is created in the folder of its course. It needs a title; if the file name is taken, it gets a number."""
    before = everywhere(lessons)
    for _ in range(2):  # the first form is closed: there is nothing to go on with
        box = await world.max.slash(world.channel, "lessons new")
        assert box.modal
        assert "must not be empty" not in str(box.modal), "nobody typed anything yet"
    wrong = await world.max.submit_modal(box, {"lesson": " ", "course": "Zoo"})
    assert "Fix before publishing" in said(wrong)
    assert "Publish" not in buttons(with_button(wrong, "Discard draft"))
    box = await press(world, wrong, "Edit: Title and course")
    proposed = await world.max.submit_modal(box, {"lesson": "Birds", "course": "Zoo"})
    assert "New lesson: Birds" in said(proposed)
    assert everywhere(lessons) == before
    published = await press(world, proposed, "Publish")
    assert everywhere(lessons)["zoo/birds-2.yaml"] == "lesson: Birds\ncourse: Zoo\n"
    box = await world.max.slash(world.channel, "lessons add", lesson="zoo/birds-2.yaml")
    typed = {"question": "Why do birds sing?", "phrasings": "", "answer": "To be heard."}
    await press(world, await world.max.submit_modal(box, typed), "Publish")
    assert "To be heard." in said(await world.mia.slash(world.channel, "ask", question="why do birds sing"))
    asked = await press(world, published or proposed, "Undo")
    assert "newer changes" in said(asked) + said(proposed)


async def test_a_second_lesson_of_the_same_title_is_pointed_out(birds: Path, world: World):
    """Before it is published, new or renamed. Of another course, it is another lesson."""
    box = await world.max.slash(world.channel, "lessons new")
    proposed = await world.max.submit_modal(box, {"lesson": "birds", "course": "zoo"})
    assert "There is already a lesson *Birds*" in said(proposed)
    box = await press(world, proposed, "Edit: Title and course")
    assert "There is already" not in said(await world.max.submit_modal(box, {"lesson": "Birds", "course": "Park"}))
    box = await world.max.slash(world.channel, "lessons edit", what=FILE)
    renamed = await world.max.submit_modal(box, {**filled(box), "lesson": "Birds", "course": "Zoo"})
    assert "There is already a lesson *Birds*" in said(renamed)


async def test_of_two_who_make_the_same_lesson_the_second_reads_of_the_first(lessons: Path, world: World):
    """Before anything more is published; whoever insists gets a file of another name."""
    ada = second_moderator(world)
    first, second = [
        await who.submit_modal(await who.slash(world.channel, "lessons new"), {"lesson": "Fish", "course": ""})
        for who in (world.max, ada)
    ]
    await press(world, first, "Publish")
    again = await press(world, second, "Publish", ada)
    assert "Not published" in said(again)
    assert "There is already a lesson *Fish*" in said(again)
    await press(world, again, "Publish", ada)
    assert {"fish.yaml", "fish-2.yaml"} <= {*everywhere(lessons)}


async def test_the_title_and_aliases_of_a_lesson_are_edited_in_place(birds: Path, world: World):
    """Comments stay; an alias line without a colon is an error with its place; one press undoes the edit."""
    box = await world.max.slash(world.channel, "lessons edit", what="Lesson: Birds")
    wrong = await world.max.submit_modal(box, {"lesson": "All birds", "course": "Zoo", "aliases": "parrot macaw"})
    assert "line 1: write 'words: alias, alias'" in said(wrong).replace("\\", "")
    box = await press(world, wrong, "Edit: Title, course, aliases")
    typed = {"lesson": "All birds", "course": "", "aliases": "parrot: macaw, polly, ara\nperch: branch"}
    proposed = await world.max.submit_modal(box, typed)
    for expected in ("Edit lesson: All birds", "“Birds” → “All birds”", "the aliases", "Effect on answers"):
        assert expected in said(proposed), expected
    await press(world, proposed, "Publish")
    now = read(birds)
    assert now == BIRDS.replace("lesson: Birds", "lesson: All birds").replace(
        "[macaw, polly]  # of all kinds\n", "[macaw, polly, ara]  # of all kinds\n  perch:\n    - branch\n"
    )
    await undo_latest(world)
    assert read(birds) == BIRDS


async def test_an_alias_that_nobody_touched_stays_as_it_is(birds: Path, world: World):
    """It may have a colon or a comma, which separate the aliases in the form."""
    odd = BIRDS.replace("[macaw, polly]", '["macaw, blue", polly]').replace(
        "entries:", '  "bird: big": [emu]\nentries:', 1
    )
    write(birds, odd)
    world.bot.app.library.reload()
    box = await world.max.slash(world.channel, "lessons edit", what="Lesson: Birds")
    typed = filled(box)
    proposed = await world.max.submit_modal(box, {**typed, "aliases": typed["aliases"] + "\nperch: branch"})
    await press(world, proposed, "Publish")
    aliases = world.bot.app.library.lessons.documents[-1].lesson.aliases
    assert aliases == {"parrot": ("macaw, blue", "polly"), "bird: big": ("emu",), "perch": ("branch",)}


async def test_two_moderators_who_edit_one_lesson_lose_nothing(birds: Path, world: World):
    """The second one sees both titles and chooses; both sides' aliases are kept."""
    box = await world.max.slash(world.channel, "lessons edit", what="zoo/birds.yaml")
    proposed = await world.max.submit_modal(
        box, {"lesson": "All birds", "course": "Zoo", "aliases": "parrot: macaw, polly"}
    )
    newer = BIRDS.replace("lesson: Birds", "lesson: Some birds").replace("macaw, polly", "macaw")
    write(birds, newer)
    asked = await press(world, proposed, "Publish")
    assert "“Birds” → “Some birds”" in said(asked) + said(proposed)
    merged = await press(
        world,
        asked if "Merge" in said(asked) or asked.followups else proposed,
        "Keep both, use my text where they differ",
    )
    await press(world, merged, "Publish")
    assert read(birds) == newer.replace("Some birds", "All birds")


async def test_a_lesson_that_was_removed_meanwhile_can_come_back(birds: Path, lessons: Path, world: World):
    """With all that was in it, and the title that was being edited. Undo removes it again."""
    box = await world.max.slash(world.channel, "lessons edit", what="Lesson: Birds")
    remove(birds)
    typed = {"lesson": "All birds", "course": "Zoo", "aliases": "parrot: macaw, polly"}
    asked = await world.max.submit_modal(box, typed)
    assert "Someone made newer changes" in said(asked)
    assert "Publish" not in buttons(with_button(asked, "Discard draft"))
    again = await press(world, asked, "Add it again with my text")
    assert "+lesson: All birds" in said(again)
    assert "zoo/birds.yaml" not in everywhere(lessons)
    await press(world, again, "Publish")
    assert read(birds) == BIRDS.replace("lesson: Birds", "lesson: All birds")
    assert "no longer exists" in said(await press(world, asked, "Add it again with my text"))
    assert "On a perch." in said(await world.mia.slash(world.channel, "ask", question="where do parrots sit"))
    await undo_latest(world)
    assert "zoo/birds.yaml" not in everywhere(lessons)


async def test_a_new_entry_whose_lesson_was_removed_meanwhile_gets_another_one(birds: Path, world: World):
    """The moderator reads which button to press, and nothing that was typed is lost."""
    box = await world.max.slash(world.channel, "lessons add", lesson="Birds")
    remove(birds)
    typed = {"question": "Why do birds sing?", "phrasings": "", "answer": "To be heard."}
    wrong = await world.max.submit_modal(box, typed)
    assert "its lesson no longer exists; press “Edit: Question and answer”" in said(wrong)
    box = await press(world, wrong, "Edit: Question and answer")
    there = lessons_in(box)["Virtual Environments"]
    await press(world, await world.max.submit_modal(box, {**filled(box), LESSON: [there]}), "Publish")
    assert "To be heard." in said(await world.mia.slash(world.channel, "ask", question="why do birds sing"))


@pytest.mark.parametrize("is_whole", [False, True], ids=["scenario", "lesson"])
async def test_a_scenario_that_was_removed_meanwhile_can_come_back(birds: Path, world: World, is_whole: bool):
    """Alone, or with the lesson that it was in; with its quiz, and with the text that was being edited."""
    write(birds, BIRDS + SCENARIO)
    world.bot.app.library.reload()
    scenario = world.bot.app.tutor.scenario("feed-a-parrot")
    box = await world.max.slash(world.channel, "lessons edit", what="feed-a-parrot")
    if is_whole:
        remove(birds)
    else:
        write(birds, BIRDS)
    asked = await world.max.submit_modal(box, {**filled(box), "story": "A new story."})
    assert "Someone made newer changes" in said(asked)
    assert "was removed from this scenario" not in said(asked)
    again = await press(world, asked, "Add it again with my text")
    await press(world, again, "Publish")
    back = world.bot.app.tutor.scenario("feed-a-parrot")
    assert back.story.strip() == "A new story."
    assert (back.solutions, back.check) == (scenario.solutions, scenario.check)
    assert "On a perch." in said(await world.mia.slash(world.channel, "ask", question="where do parrots sit"))
    await undo_latest(world)
    assert world.bot.app.tutor.scenario("feed-a-parrot") is None


async def test_an_entry_comes_back_with_the_lesson_that_was_removed(birds: Path, world: World):
    """The moderator sees all that comes back before it is published, and can take it away again."""
    box = await world.max.slash(world.channel, "lessons edit", what="what-is-a-parrot")
    remove(birds)
    asked = await world.max.submit_modal(box, {**filled(box), "answer": "A bird that sings."})
    again = await press(world, asked, "Add it again with my text")
    for expected in ("A bird that sings.", "Where do parrots sit?"):
        assert expected in said(again)
    await press(world, again, "Publish")
    assert read(birds) == BIRDS.replace("A bird that talks.", "A bird that sings.")
    await undo_latest(world)
    assert not world.bot.app.library.lessons.entries.get("what-is-a-parrot")


async def test_an_entry_moves_to_another_lesson_and_back(birds: Path, lessons: Path, world: World):
    """Its text, id, links and history stay; one undo restores both files."""
    before = everywhere(lessons)
    options = {"what": "where-do-parrots-sit", "move_to": FILE}
    proposed = await world.max.slash(world.channel, "lessons edit", **options)
    assert "To the lesson *Virtual Environments*" in said(proposed)
    moved = "Where do parrots sit?: moved from “Birds” to “Virtual Environments”"
    assert moved in said(proposed)
    await press(world, proposed, "Publish")
    assert f"## Published: Where do parrots sit?\n- {moved}" in said(proposed)
    assert "removed entry" not in said(proposed), "it stays"
    now = everywhere(lessons)
    assert "where-do-parrots-sit\n    question" in now[FILE]
    assert "question: Where do parrots sit?" not in now["zoo/birds.yaml"]
    assert "On a perch." in said(await world.mia.slash(world.channel, "ask", question="where do parrots sit"))
    listed = await world.max.slash(world.channel, "lessons history")
    assert "Moved: Where do parrots sit?" in said(listed)
    await undo_latest(world, what="where-do-parrots-sit")
    assert everywhere(lessons) == before


async def test_two_entries_are_merged_and_taken_apart_again(birds: Path, lessons: Path, world: World):
    """Both questions find the merged entry, links lead to it, and its text can be edited before publishing."""
    before = everywhere(lessons)
    options = {"what": "where-do-parrots-sit", "merge_into": "what-is-a-perch"}
    proposed = await world.max.slash(world.channel, "lessons edit", **options)
    assert "Merge into: What is a perch?" in said(proposed)
    assert "removed entry: Where do parrots sit?" in said(proposed)
    box = await press(world, proposed, "Edit: Question and answer")
    typed = {"question": "What is a perch?", "phrasings": "where do parrots sit", "answer": "A branch to sit on."}
    proposed = await world.max.submit_modal(box, typed)
    await press(world, proposed, "Publish")
    assert "A branch to sit on." in said(
        await world.mia.slash(world.channel, "ask", question="where do parrots sit")
    )
    assert "related: [what-is-a-perch]" in read(birds)
    await undo_latest(world)
    assert everywhere(lessons) == before


async def test_a_merge_loses_nothing_that_was_written_meanwhile(birds: Path, world: World):
    """If the entry that would be removed was edited since, nothing is published, and the moderator reads why."""
    options = {"what": "where-do-parrots-sit", "merge_into": "what-is-a-perch"}
    proposed = await world.max.slash(world.channel, "lessons edit", **options)
    newer = BIRDS.replace("On a perch.", "On a perch, all day.")
    write(birds, newer)
    refused = await press(world, proposed, "Publish")
    assert "was changed after you began to merge" in said(refused) + said(proposed)
    assert read(birds) == newer


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"what": OWN, "merge_into": OWN}, "can't be merged into itself"),
        ({"what": OWN, "move_to": FILE}, "is in that lesson already"),
        ({"what": OWN, "move_to": "../x.yaml"}, "There is no lesson with that name"),
        ({"what": OWN, "move_to": FILE, "merge_into": OWN}, "not both"),
        ({"what": FILE, "merge_into": OWN}, "Only entries can be moved or merged"),
        ({"what": OWN, "merge_into": "nothing-like-it"}, "No entry or scenario has that name"),
    ],
)
async def test_what_cannot_be_moved_or_merged_is_told(
    world: World, lessons: Path, options: dict[str, str], what: str
):
    """A short message says why, and no draft is begun."""
    before = everywhere(lessons)
    assert what in said(await world.max.slash(world.channel, "lessons edit", **options))
    assert everywhere(lessons) == before


async def test_an_edit_of_an_entry_is_still_one_press(world: World):
    """The options to move and to merge may stay empty."""
    proposed = await world.max.submit_modal(await open_edit(world), texts())
    assert "Publish" in buttons(with_button(proposed, "Publish"))
