"""From a form to a better lesson: a draft, its review, and the changed file."""

from __future__ import annotations

import asyncio

import pytest

from bot.curating.curating import Curating
from bot.curating.errors import GoneError, InvalidError
from bot.errors import EditError
from bot.lessons import archive
from bot.lessons.library import Library
from bot.store.store import Store
from bot.tutor import Tutor
from tests.support.moderators import MIA, SERVER, TOM, WHO, edit, remove, undo

CAT = "feed-a-cat"


async def test_an_edit_from_the_form_to_the_answer(lessons, memory):
    """On the lessons that ship: members get what the preview showed, and only that entry changes."""
    library = Library.open(lessons)
    tutor = Tutor(library)
    curator = Curating(tutor, library, memory)
    assert await curator.reconcile() == []
    before = {path.name: path.read_bytes() for path in lessons.glob("*.yaml")}

    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id="deactivate-a-venv")
    phrasings = draft.fields["phrasings"] + "\nhow do i get out of this snake thing"
    draft = await curator.drafts.save(draft.id, {"answer": "Type `deactivate`.", "phrasings": phrasings})
    shown = await curator.review(draft.id, ["how do i get out of this snake thing"])
    assert shown.cards[0].text == "Type `deactivate`."
    assert "1 phrasing added: how do i get out of this snake thing" in shown.difference.words
    assert "+      - how do i get out of this snake thing" in shown.difference.yaml()
    assert shown.impact
    assert [each.question for each in shown.impact.shifts] == ["how do i get out of this snake thing"]

    revision = await curator.publish(draft.id, author=MIA, author_name="Mia", reason="shorter")
    reply = tutor.answer("How do I get out of this snake thing?")
    assert reply == shown.cards[0]
    assert (revision.author, revision.author_name, revision.reason) == (MIA, "Mia", "shorter")
    after = {path.name: path.read_bytes() for path in lessons.glob("*.yaml")}
    changed = [file for file in before if before[file] != after[file]]
    assert changed == [revision.file]
    assert after[revision.file].decode() == revision.after
    assert before[revision.file].decode() == revision.before
    assert await curator.drafts.find(draft.id) is None


async def test_an_edit_leaves_every_other_line_of_the_file(curator, folder):
    """Comments beside fields that were not edited stay where they are."""
    await edit(curator, CAT, answer="Three times a day.", question="How do I feed my cat?")
    text = (folder / "animals.yaml").read_text(encoding="utf-8")
    assert "- what do cats eat       # asked a lot\n" in text
    assert "answer: With warm water.   # not hot\n" in text
    assert text.startswith("# Kept by the zoo.\n")


async def test_an_entry_is_added_under_an_id_of_its_own(curator, tutor):
    """The id is made from the question, and differs from those of existing and of removed entries."""
    ids = []
    for answer in ("With a leash.", "With patience."):
        draft = await curator.drafts.begin("add", MIA, SERVER, file="animals.yaml")
        assert {each.field for each in draft.problems} == {"question", "answer"}
        draft = await curator.drafts.save(draft.id, {"question": "How do I walk a dog?", "answer": answer})
        ids.append((await curator.publish(draft.id, **WHO)).item_id)
    assert ids == ["how-do-i-walk-a-dog", "how-do-i-walk-a-dog-2"]
    await remove(curator, ids[0])
    draft = await curator.drafts.begin(
        "add", MIA, SERVER, file="plants.yaml", fields={"question": "How do I walk a dog?"}
    )
    assert draft.item_id == "how-do-i-walk-a-dog-3"
    assert tutor.explain(ids[1]).text == "With patience."


async def test_two_add_the_same_question_and_both_are_kept(curator, library):
    """The second draft gets another id when it is published."""
    drafts = [
        await curator.drafts.begin(
            "add", who, SERVER, file="animals.yaml", fields={"question": "What is a bird?", "answer": "It flies."}
        )
        for who in (MIA, TOM)
    ]
    assert {each.item_id for each in drafts} == {"what-is-a-bird"}
    for each in drafts:
        await curator.publish(each.id, **WHO)
    assert {"what-is-a-bird", "what-is-a-bird-2"} <= set(library.lessons.entries)


async def test_removing_an_entry_takes_the_links_to_it_with_it(curator, library, folder):
    """Links in all files are removed, so that members see no dead link; each file's history records it."""
    draft = await curator.drafts.begin("remove", MIA, SERVER, item_id="wash-a-dog")
    assert draft.removes
    shown = await curator.review(draft.id)
    assert shown.cards[0].text == "With warm water."
    assert set(shown.difference.files) == {"animals.yaml", "plants.yaml"}
    revision = await curator.publish(draft.id, **WHO)
    assert "wash-a-dog" not in library.lessons.entries
    assert not any(entry.related for entry in library.lessons.entries.values())
    assert (revision.file, revision.kind, revision.item_id) == ("animals.yaml", "remove", "wash-a-dog")
    latest = await curator.history("water-a-cactus")
    assert [(each.file, each.kind) for each in latest] == [("plants.yaml", "edit")]
    assert Library.open(folder).lessons.entries.keys() == library.lessons.entries.keys()


async def test_what_was_typed_wrong_is_kept_with_the_reason_at_its_field(curator):
    """The form opens again with the typed texts and with all problems at their fields."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    wrong = {
        "question": "x" * 201,
        "phrasings": "fine\n" + "y" * 201,
        "answer": " ",
        "related": "wash-a-dog, nobody",
        "image": "../secret.png",
        "reviewed": "yesterday",
    }
    draft = await curator.drafts.save(draft.id, wrong)
    assert {each.field: each.what for each in draft.problems} == {
        "question": "has 201 characters; at most 200 fit",
        "phrasings": "line 2: has 201 characters; at most 200 fit",
        "answer": "must not be empty",
        "related": "no entry has the ID 'nobody'",
        "reviewed": "must be a date like 2026-11-22",
    }
    assert draft.fields["question"] == "x" * 201
    with pytest.raises(InvalidError) as caught:
        await curator.publish(draft.id, **WHO)
    assert set(caught.value.problems) == set(draft.problems)
    shown = await curator.review(draft.id)
    assert (shown.cards, shown.impact, shown.problems) == ((), None, draft.problems)
    well = {"question": "How?", "phrasings": "", "answer": "So.", "related": "", "reviewed": ""}
    draft = await curator.drafts.save(draft.id, well)
    assert [(each.field, each.what) for each in draft.problems] == [
        ("image", "'../secret.png' is outside the lessons folder")
    ]


@pytest.mark.parametrize(
    "link", ["[x](javascript:alert)", "[x](<file:///etc/passwd>)", "<steam://run/1>", "[x]( DATA:text/html,x)"]
)
async def test_only_web_links_are_published(curator, link):
    """Even a hijacked moderator account cannot make the bot send members other kinds of links."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    draft = await curator.drafts.save(draft.id, {"answer": f"See {link}."})
    assert [each.field for each in draft.problems] == ["answer"]
    fine = (
        "`[x](file:y)` and [y](https://example.com) <https://example.com> <t:1:R> <#1>\n```\n<a:b> [x](z:y)\n```"
    )
    assert (await curator.drafts.save(draft.id, {"answer": fine})).problems == ()


async def test_a_draft_survives_a_restart(tutor, library, memory, curator, tmp_path):
    """Moderators can continue their edits after the bot was updated."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Never \0 \ud800."}, reason="half\nway")
    other = await Store.open(f"sqlite:///{tmp_path / 'lessonbot.sqlite3'}")
    again = Curating(tutor, library, other)
    (found,) = await again.drafts.of(MIA)
    assert (found.fields["answer"], found.reason) == ("Never \0 \ud800.", "half way")
    assert found.problems[0].field == "answer"
    assert await again.drafts.of(TOM) == []
    await again.drafts.discard(draft.id)
    assert await again.drafts.find(draft.id) is None
    await other.close()


async def test_a_draft_is_published_once(curator):
    """If it is pressed twice, or by two moderators, the second press says that it is already published."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Once."})
    done = await asyncio.gather(*(curator.publish(draft.id, **WHO) for _ in range(3)), return_exceptions=True)
    gone = [each for each in done if isinstance(each, GoneError)]
    (revision,) = [each for each in done if not isinstance(each, GoneError)]
    assert [each.revision for each in gone] == [revision, revision]
    assert len(await curator.history()) == 1


async def test_nothing_to_change_is_nothing_to_publish(curator):
    """A draft without changes makes no revision."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    assert [each.what for each in (await curator.review(draft.id)).problems] == ["there is nothing to publish"]
    with pytest.raises(InvalidError, match="there is nothing to publish"):
        await curator.publish(draft.id, **WHO)


async def test_nobody_is_asked_about_an_entry_that_was_undone_before(curator, memory):
    """Nor kept: whoever wrote its message has nothing to choose."""
    bird = {"question": "What is a bird?", "answer": "It flies."}
    draft = await curator.drafts.begin("add", MIA, SERVER, file="animals.yaml", fields=bird)
    await curator.credits.remember(draft.id, author=TOM, server=SERVER, channel=1, message=2)
    await undo(curator, await curator.publish(draft.id, **WHO))
    assert [each async for each in curator.credits.claim()] == []
    assert await memory.credits.is_empty()


async def test_what_is_gone_is_said_to_be_gone(curator):
    """If somebody else was faster, the moderator learns that the draft or entry no longer exists."""
    for begun in (
        curator.drafts.begin("edit", MIA, SERVER, item_id="no-such-entry"),
        curator.drafts.begin("scenario", MIA, SERVER, item_id=CAT),
        curator.drafts.begin("add", MIA, SERVER, file="../elsewhere.yaml"),
        curator.drafts.undo(99, MIA, SERVER),
        curator.drafts.save(99, {}),
        curator.review(99),
    ):
        with pytest.raises(GoneError):
            await begun


async def test_a_disk_that_takes_nothing_changes_nothing(curator, folder, monkeypatch):
    """If the disk is full, there is a clear message, the draft is kept, and the history has no new revision."""

    def full(*_):
        raise OSError(28, "No space left on device")

    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "More."})
    before = (folder / "animals.yaml").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr("bot.lessons.atomic_writing.os.fsync", full)
        with pytest.raises(EditError, match="cannot be saved: No space left on device"):
            await curator.publish(draft.id, **WHO)
    assert (folder / "animals.yaml").read_bytes() == before
    assert await curator.history() == []
    await curator.publish(draft.id, **WHO)


async def test_a_scenario_is_edited_text_by_text(lessons, memory):
    """The preview shows the changed steps as members will see them, and the quiz with its options."""
    library = Library.open(lessons)
    curator = Curating(Tutor(library), library, memory)
    await curator.reconcile()
    draft = await curator.drafts.begin("scenario", MIA, SERVER, item_id="two-django-versions")
    wrong = await curator.drafts.save(draft.id, {"solutions.install-directly.verdict": "maybe", "story": ""})
    assert {each.field for each in wrong.problems} == {"solutions.install-directly.verdict", "story"}
    fields = {
        "story": "Once upon a time.",
        "solutions.install-directly.verdict": "fails",
        "solutions.install-directly.plan": "He just does it.",
        "check.options.0.feedback": "No.",
    }
    await curator.drafts.save(draft.id, fields)
    shown = await curator.review(draft.id)
    assert shown.problems == ()
    assert [card.id.partition(".")[2] for card in shown.cards] == ["story", "install-directly", "check"]
    assert "Install Django 4.2.2 directly: the plan: 1 line changed" in shown.difference.words
    revision = await curator.publish(draft.id, author=MIA, author_name="Mia")
    now = library.lessons.scenarios["two-django-versions"]
    assert (now.story, now.solutions[1].plan) == ("Once upon a time.", "He just does it.")
    assert now.check
    assert now.check.options[0].feedback == "No."
    assert revision.kind == "scenario"


async def test_an_import_is_in_the_history_file_by_file(curator, library):
    """Its impact is shown before, and each file's change can be undone with one press."""
    upload = {
        "animals.yaml": b"lesson: Animals\nentries:\n"
        b"  - {id: feed-a-cat, question: How do I feed a cat?, answer: A}\n"
        b"  - {id: wash-a-dog, question: How do I wash a dog?, answer: B}\n",
        "stones.yaml": b"lesson: Stones\nentries:\n  - {id: stone, question: What is a stone?, answer: Hard.}\n",
    }
    plan = archive.plan(library, upload)
    difference, found = await curator.review_import(plan.changes, plan.after)
    assert "new lesson: Stones (stones.yaml)" in difference.words
    assert [each.question for each in found.shifts] == ["what do cats eat"]
    done = await curator.publish_import(plan.changes, lambda: archive.write_import(library, plan), **WHO)
    assert {(each.file, each.kind) for each in done} == {("animals.yaml", "import"), ("stones.yaml", "import")}
    assert "stone" in library.lessons.entries
    assert await curator.reconcile() == []
