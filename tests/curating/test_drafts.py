"""Which drafts are kept and for how long, and which pictures are deleted with them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.curating.beginning import merged_texts
from bot.curating.curating import Curating
from bot.curating.draft import is_asked_as
from bot.curating.drafting import RETENTION, UNTOUCHED_RETENTION
from bot.curating.errors import GoneError, NotYoursError
from bot.errors import EditError
from bot.lessons.lesson import Entry
from bot.lessons.library import Library
from bot.lessons.pictures import store_picture
from bot.store.store import Store
from bot.tutor import Tutor
from tests.support.moderators import MIA, SERVER, TOM, WHO, undo
from tests.support.pictures import png

CAT, DOG = "feed-a-cat", "wash-a-dog"
BEGUN = datetime(2026, 11, 22, tzinfo=UTC)


class Calendar:
    """A clock that stands still until somebody turns it."""

    now = BEGUN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def curator(tutor: Tutor, library: Library, memory: Store, calendar: Calendar) -> Curating:
    made = Curating(tutor, library, memory, calendar)
    await made.reconcile()

    def passed() -> float:
        return (calendar.now - BEGUN).total_seconds()

    # The clock has been steady for long, and nothing but the calendar makes time pass.
    memory.clock.monotonic = passed
    calendar.now = BEGUN - timedelta(days=2)
    await memory.clock.check(calendar.now)
    calendar.now = BEGUN
    return made


def pictures(folder: Path) -> set[str]:
    return {f"images/{each.name}" for each in (folder / "images").glob("*")}


async def pictured(curator: Curating, content: bytes, item_id: str = CAT, who: int = MIA) -> tuple[int, str]:
    """A draft that somebody uploaded a picture for, and the picture's file."""
    draft = await curator.drafts.begin("edit", who, SERVER, item_id=item_id)
    draft = await curator.drafts.picture(draft.id, content, "A picture")
    return draft.id, draft.fields["image"]


# Drafts that nobody typed into


async def test_a_form_that_is_closed_and_opened_again_is_one_draft(curator):
    """Unused drafts do not pile up; a draft into which something was typed is kept as it is."""
    for kind, item_id, file in (("edit", CAT, ""), ("remove", DOG, ""), ("add", "", "animals.yaml")):
        first, again = [
            await curator.drafts.begin(kind, MIA, SERVER, item_id=item_id, file=file) for _ in range(2)
        ]
        assert again.id == first.id
        assert (await curator.drafts.begin(kind, TOM, SERVER, item_id=item_id, file=file)).id != first.id
        assert (await curator.drafts.begin(kind, MIA, SERVER + 1, item_id=item_id, file=file)).id != first.id
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    await curator.drafts.save(draft.id, {"answer": "Half a thought."})
    assert (await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)).id != draft.id


async def test_a_form_that_is_still_open_elsewhere_loses_nothing(curator):
    """If the form is open on the phone and on the computer, the text from either one is saved."""
    phone, desk = [await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT) for _ in range(2)]
    await curator.drafts.save(desk.id, {"answer": "At the desk."})
    await curator.drafts.save(phone.id, {"question": "Or on the phone?"})
    (kept,) = await curator.drafts.of(MIA)
    assert (kept.fields["answer"], kept.fields["question"]) == ("At the desk.", "Or on the phone?")


async def test_an_entry_that_changed_meanwhile_is_begun_anew(curator):
    """A form with the old text is still open: when it is sent, it must clash and not undo the change unseen."""
    old = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    newer = await curator.drafts.begin("edit", TOM, SERVER, item_id=CAT, fields={"answer": "Newer."})
    await curator.publish(newer.id, **WHO)
    assert (await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)).id != old.id
    await curator.drafts.save(old.id, {"answer": "Older."})
    assert (await curator.review(old.id)).clash


async def test_what_a_form_opened_with_is_nothing_typed(curator):
    """A member's question in the form of a new entry does not count as typed, until the moderator adds a word."""
    asked = {"question": "How do I  walk a cat?"}
    draft = await curator.drafts.begin("add", MIA, SERVER, file="animals.yaml", fields=asked)
    assert (draft.untouched, draft.item_id) == (True, "how-do-i-walk-a-cat")
    assert draft.kind == "add"
    same = await curator.drafts.save(draft.id, {"question": "How do I walk a cat?", "answer": " "})
    assert same.untouched
    assert not (await curator.drafts.save(draft.id, {"answer": "You do not."})).untouched
    empty = await curator.drafts.begin("add", MIA, SERVER, file="animals.yaml")
    assert empty.untouched
    assert not (await curator.drafts.save(empty.id, {}, reason="It is asked a lot.")).untouched


async def test_a_draft_is_edited_by_its_moderator_alone_and_where_it_was_begun(curator):
    """Its buttons may be in messages that others see, or be made up."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    for moderator, server in ((TOM, SERVER), (MIA, SERVER + 1), (MIA, None)):
        with pytest.raises(NotYoursError):
            await curator.drafts.own(draft.id, moderator, server)
        with pytest.raises(NotYoursError):
            await curator.submit(draft.id, moderator, server, {"answer": "Theirs."})
    assert await curator.drafts.own(draft.id, MIA, SERVER) == draft


async def test_drafts_do_not_stay_for_ever(curator, calendar, memory):
    """Untouched drafts are deleted after a day, drafts with typed texts after three months."""
    closed = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    typed = await curator.drafts.begin("edit", MIA, SERVER, item_id=DOG)
    await curator.drafts.save(typed.id, {"answer": "With love."})
    removes = await curator.drafts.begin("remove", MIA, SERVER, item_id=CAT)
    calendar.now = BEGUN + UNTOUCHED_RETENTION - timedelta(seconds=1)
    assert await curator.drafts.expire()
    assert len(await curator.drafts.of(MIA)) == 3
    calendar.now = BEGUN + UNTOUCHED_RETENTION
    assert await curator.drafts.expire(), "others are left"
    assert {each.id for each in await curator.drafts.of(MIA)} == {typed.id, removes.id}
    with pytest.raises(GoneError):
        await curator.drafts.save(closed.id, {"answer": "Too late."})
    calendar.now = BEGUN + RETENTION - timedelta(seconds=1)
    await curator.drafts.save(typed.id, {"question": "How do I love a dog?"})
    calendar.now = BEGUN + RETENTION
    assert await curator.drafts.expire()
    assert {each.id for each in await curator.drafts.of(MIA)} == {typed.id}, "it was touched"
    calendar.now += RETENTION
    assert not await curator.drafts.expire()
    assert not await memory.drafts.any()


async def test_a_clock_that_jumps_takes_no_draft_along(curator, calendar, memory, caplog):
    """After the clock jumped, no draft is deleted for a day."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    memory.clock.monotonic = lambda: 0.0
    calendar.now += timedelta(days=200)
    assert await curator.drafts.expire()
    assert await curator.drafts.find(draft.id)
    assert "the clock jumped ahead by 200 days" in caplog.text


async def test_a_form_that_is_sent_just_when_its_draft_grows_too_old_counts(
    curator, calendar, memory, monkeypatch
):
    """A text that is saved at the moment of deletion keeps the draft."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    calendar.now += UNTOUCHED_RETENTION
    idle = memory.drafts.idle

    async def idle_and_then_touched(since):
        found = await idle(since)
        calendar.now += timedelta(seconds=1)
        await curator.drafts.save(draft.id, {"answer": "Just now."})
        return found

    monkeypatch.setattr(memory.drafts, "idle", idle_and_then_touched)
    assert await curator.drafts.expire()
    assert (await curator.drafts.find(draft.id)).fields["answer"] == "Just now."


# Their pictures


async def test_a_picture_goes_with_its_draft(curator, folder, calendar):
    """If a draft is discarded, expires or gets another picture, its uploaded picture is deleted."""
    draft, file = await pictured(curator, png())
    assert pictures(folder) == {file}
    assert (await curator.drafts.find(draft)).fields["alt"] == "A picture"
    await curator.drafts.discard(draft)
    assert pictures(folder) == set()
    draft, first = await pictured(curator, png())
    changed = await curator.drafts.picture(draft, png(color="red"), "Red")
    assert pictures(folder) == {changed.fields["image"]} != {first}
    again = await curator.drafts.picture(draft, png(color="red"), "The same, in better words")
    assert pictures(folder) == {again.fields["image"]}
    await curator.drafts.save(draft, {"image": "", "alt": ""})
    assert pictures(folder) == set()
    await curator.drafts.picture(draft, png(), "Once more")
    calendar.now += RETENTION
    await curator.drafts.expire()
    assert pictures(folder) == set()


async def test_a_picture_that_a_merge_gives_up_goes(curator, folder):
    """If a merge takes the other side's picture, the uploaded one is deleted."""
    mine, _ = await pictured(curator, png())
    _, theirs = published = await pictured(curator, png(color="red"), who=TOM)
    await curator.publish(published[0], **WHO)
    assert (await curator.review(mine)).clash
    await curator.drafts.merge(mine, {"image": "theirs", "alt": "theirs"})
    assert pictures(folder) == {theirs}


async def test_a_published_picture_stays_for_every_undo(curator, folder):
    """Even if its entry no longer shows it, and another draft with the same upload is discarded."""
    draft, file = await pictured(curator, png())
    revision = await curator.publish(draft, **WHO)
    back = await undo(curator, revision)
    draft, same = await pictured(curator, png())
    assert same == file
    await curator.drafts.discard(draft)
    assert pictures(folder) == {file}
    await undo(curator, back)
    assert Library.open(folder).problems == ()


async def test_a_picture_that_an_undo_would_bring_back_stays(curator, folder):
    """It was uploaded for two drafts: one was published and undone, the other one is discarded."""
    mine, file = await pictured(curator, png())
    theirs, _ = await pictured(curator, png(), who=TOM)
    back = await undo(curator, await curator.publish(theirs, **WHO))
    await curator.drafts.discard(mine)
    assert pictures(folder) == {file}
    await undo(curator, back)
    assert Library.open(folder).problems == ()


async def test_of_two_drafts_with_one_picture_the_last_takes_it_along(curator, folder):
    """The picture is deleted only with the last draft that shows it."""
    mine, file = await pictured(curator, png())
    theirs, same = await pictured(curator, png(), who=TOM)
    assert same == file
    await curator.drafts.discard(mine)
    assert pictures(folder) == {file}
    assert (await curator.review(theirs)).problems == ()
    await curator.drafts.discard(theirs)
    assert pictures(folder) == set()


async def test_a_file_that_was_there_before_is_nobodys_to_delete(curator, folder):
    """Not even if its name is typed as a picture, or if the same picture is uploaded."""
    by_hand = store_picture(folder, CAT, png())
    typed = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    await curator.drafts.save(typed.id, {"image": by_hand, "alt": "A cat"})
    await curator.drafts.discard(typed.id)
    assert pictures(folder) == {by_hand}
    draft, file = await pictured(curator, png())
    assert file == by_hand
    await curator.drafts.discard(draft)
    assert pictures(folder) == {by_hand}


async def test_a_picture_that_somebody_names_by_hand_stays(curator, folder):
    """Even if the lesson file that names it is broken or not loaded yet."""
    draft, file = await pictured(curator, png())
    (folder / "stones.yaml").write_text(f"lesson: [\n# image: {file}\n")
    await curator.drafts.discard(draft)
    assert pictures(folder) == {file}


async def test_nothing_outside_of_the_pictures_is_ever_deleted(curator, folder, memory, tmp_path):
    """Even a manipulated database cannot make the bot delete other files."""
    outside = tmp_path / "secret.png"
    outside.write_bytes(png())
    inside = folder / "plan.png"
    inside.write_bytes(png())
    draft, file = await pictured(curator, png())
    for hostile in ("../secret.png", "images/../plan.png", "plan.png", str(outside), "images/..", "images/"):
        kept = await memory.drafts.find(draft)
        forged = replace(kept, id=0, fields=kept.fields.replace(file, hostile))
        await curator.drafts.discard((await memory.drafts.save(forged)).id)
    assert outside.is_file()
    assert inside.is_file()
    elsewhere = tmp_path / "elsewhere"
    (folder / "images").rename(elsewhere)
    (folder / "images").symlink_to(elsewhere)
    await curator.drafts.discard(draft)
    assert list(elsewhere.iterdir())


async def test_an_upload_that_finds_its_draft_gone_leaves_nothing(curator, folder, monkeypatch):
    """No picture is left if its draft was just discarded, or if the upload is no picture."""
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=CAT)
    with pytest.raises(EditError):
        await curator.drafts.picture(draft.id, b"<svg/>", "No picture")

    def slow(*words):
        file = store_picture(*words)
        # A press that comes while the picture is drawn.
        asyncio.run_coroutine_threadsafe(curator.drafts.discard(draft.id), loop).result(5)
        return file

    loop = asyncio.get_running_loop()
    monkeypatch.setattr("bot.curating.uploads.store_picture", slow)
    with pytest.raises(GoneError):
        await curator.drafts.picture(draft.id, png(), "Too late")
    assert pictures(folder) == set()


def test_a_merged_entry_refuses_what_either_refused():
    """A question that either entry must not get stays refused, unless it is a phrasing of the merged entry."""
    kept = Entry.model_validate({"id": "a", "question": "Q?", "answer": "A.", "not": ["x", "y"]})
    gone = Entry.model_validate({"id": "b", "question": "Y", "answer": "B.", "not": ["z", "q?"]})
    texts = merged_texts(kept, gone)
    assert texts["not"].split("\n") == ["x", "z"]
    assert texts["phrasings"] == "Y"


def test_the_mark_at_the_end_makes_no_other_question():
    """A draft and a merge add no phrasing that `/lessons check` would then say is there twice."""
    texts = {"question": "How do I bake bread?", "phrasings": "bread!\nbaking"}
    assert is_asked_as("how do i  bake bread", texts)
    assert is_asked_as("Bread", texts)
    assert not is_asked_as("how do i bake", texts)
    kept = Entry.model_validate({"id": "a", "question": "Bread?", "answer": "A.", "phrasings": ["bread how"]})
    gone = Entry.model_validate(
        {"id": "b", "question": "Bread", "answer": "B.", "phrasings": ["Bread how?", "rye"]}
    )
    assert merged_texts(kept, gone)["phrasings"].split("\n") == ["bread how", "rye"]
