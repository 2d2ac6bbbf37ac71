"""Asking, rating, passing on and browsing in a server with a different language than its lessons."""

from __future__ import annotations

from typing import Any

import pytest

from bot.discord_ui.kit.limits import INPUT_LABEL, INPUT_NOTE, MODAL_TITLE
from tests.support.asking import direct, last
from tests.support.pseudo import GREEK, outside, untranslated
from tests.support.tongues import HERE
from tests.support.world import World, press_id, text

german = pytest.mark.parametrize("lessons", [HERE / "de"], indirect=True)
spanish = pytest.mark.parametrize("lessons", [HERE / "es"], indirect=True)
greek = pytest.mark.parametrize("lessons", [GREEK], indirect=True)
UNKNOWN = "how tall is the Eiffel tower"


def modal_fits(box: Any) -> None:
    """Discord refuses a modal with a text that is too long, and the member sees "failed"."""
    assert len(box.modal["title"]) <= MODAL_TITLE
    for label in box.modal["components"]:
        assert len(label["label"]) <= INPUT_LABEL
        assert len(label["description"]) <= INPUT_NOTE
        assert len(label["component"].get("placeholder") or "") <= INPUT_NOTE
        assert all(outside(label[key]) == "" for key in ("label", "description"))
    assert outside(box.modal["title"]) == ""


@german
async def test_who_writes_german_as_they_speak_is_answered(world: World):
    """ "Is" is how chats spell "ist", where the lessons are in German."""
    assert "## Was ist Hefe?" in text(await world.ask("was is hefe"))


@spanish
async def test_who_writes_spanish_with_one_thumb_is_answered(world: World):
    """ "Q" is "que"."""
    assert "## ¿Qué es la levadura?" in text(await world.ask("q es la levadura"))
    assert "## ¿A qué temperatura debe reposar la masa?" in text(
        await world.ask("a q temperatura debe reposar la masa")
    )


@spanish
async def test_spanish_lessons_are_in_the_language_of_a_spanish_question(world: World):
    """ "Y" and "ya" are also how chats spell "why" and "you", which made a question English."""
    unknown = text(await world.mia.slash(world.channel, "ask", question="ya pagué y nadie respondió"))
    assert "No lesson answers that yet" in unknown
    assert "another language" not in unknown


@greek
async def test_nothing_of_ours_is_left_in_english(abroad: World, new_bot: Any):
    """All texts are translated, from a question without an answer to its notification."""
    world, mia, max_ = abroad, abroad.mia, abroad.max
    asked = await mia.slash(world.channel, "ask", question=UNKNOWN)
    assert untranslated(asked) == []
    box = await press_id(mia, asked, "lb:pass:")
    modal_fits(box)
    assert untranslated(await mia.submit_modal(box, {"context": "αβγ"})) == []
    await press_id(mia, asked, "lb:want:")
    assert untranslated(asked) == []
    shown = await max_.slash(world.channel, "lessons misses")
    assert untranslated(shown) == []
    box = await press_id(max_, shown, "lb:miss-search:")
    modal_fits(box)
    await max_.submit_modal(box, {"wanted": "zzz"})
    assert untranslated(shown) == []
    id_ = int((await last(world)).id)
    passage = next(iter(world.bot.app.tutor.snapshot.lessons.entries))
    await press_id(max_, shown, "lb:miss-ignore:")
    assert untranslated(shown) == []
    await press_id(max_, shown, "lb:miss-undo:")
    await world.bot.app.store.questions.resolve([id_], "answered", f"1/{passage}")
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    (told,) = direct(world)
    assert untranslated(told) == []


@greek
async def test_answers_and_lists_say_nothing_in_english(abroad: World):
    """Buttons, notes, page numbers and messages about deletion are translated."""
    world, mia = abroad, abroad.mia
    entry = next(iter(world.bot.app.library.lessons.entries.values()))
    asked = await mia.slash(world.channel, "ask", question=entry.question)
    assert untranslated(asked) == []
    await press_id(mia, asked, "lb:share:")
    assert untranslated(asked) == []
    assert untranslated(world.last) == []
    offered = await press_id(mia, asked, "lb:not:")
    assert untranslated(offered) == []
    browsed = await mia.slash(world.channel, "browse")
    assert untranslated(browsed) == []
    assert untranslated(await mia.slash(world.channel, "ask", question="forget")) == []
    for _attempt in range(9):
        asked = await mia.slash(world.channel, "ask", question=UNKNOWN)
        assert untranslated(asked) == []
