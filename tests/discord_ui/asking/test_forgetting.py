"""`/ask forget` deletes everything that can be traced to a member."""

from __future__ import annotations

from typing import Any

import pytest

from bot.discord_ui.asking.ask_words import FORGET
from bot.discord_ui.kit.limits import CHOICE_TEXT
from bot.language.words import in_locale
from bot.store.servers import Choices
from bot.store.store import Forgotten
from bot.store.tables import drafts, revisions
from tests.support import forged
from tests.support.asking import BREAD, WANT, WHY, kept, pass_on, slash
from tests.support.world import World, buttons, message, text

NOW = "Delete my data"

WHAT = "what-is-a-virtual-environment"


async def forget(world: World, member: Any = None) -> Any:
    """Ask for it, and confirm it if there is something to delete."""
    asked = await (member or world.mia).slash(world.channel, "ask", question=" Forget")
    assert asked.ephemeral
    return await (member or world.mia).click(message(asked), label=NOW) if NOW in buttons(asked) else asked


async def test_it_is_offered_with_what_it_does(world: World):
    """Before they choose it, members read that it deletes walkthroughs, too, and cannot be undone."""
    (first, *_others) = await world.mia.autocomplete(world.channel, "ask", "question", "forget")
    assert first["value"] == "forget"
    for word in ("Permanently", "feedback", "notifications", "walkthroughs", "reminders"):
        assert word in first["name"]
    others = await world.mia.autocomplete(world.channel, "ask", "question", "for")
    assert "forget" not in [each["value"] for each in others]


async def test_the_offer_fits_in_any_language(pseudo: str, world: World):
    """Discord would show no choices at all if one of them were too long."""
    with in_locale(pseudo):
        assert len(FORGET.choice.name) <= CHOICE_TEXT


async def test_everything_goes_and_it_is_said_what(world: World):
    """Ratings, subscriptions, walkthroughs with their picks, reminders: the member reads what was deleted."""
    assert "nothing to delete" in text(await forget(world))
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    answered = await slash(world, "what is a venv")
    await world.mia.click(message(answered), label="That helped")
    scenario = world.bot.app.tutor.scenarios[0]
    await world.bot.app.walking.own.open(world.mia.id, scenario.id)
    await world.bot.app.walking.reminders.remember(world.mia.id, scenario.id)
    gone = await forget(world)
    linked = "what links you to 2 questions (feedback, notification requests, or that you asked them)"
    assert f"Deleted: {linked}, your progress in 1 walkthrough, 2 reminders." in text(gone)
    assert "90 days" in text(gone)
    assert "history" not in text(gone), "they have published nothing"
    assert str(world.mia.id) not in await kept(world)
    assert "nothing to delete" in text(await forget(world))


@pytest.mark.parametrize(
    ("language", "asks", "yes", "no", "kept_note"),
    [
        ("en", "This deletes what links you to 1 question", NOW, "Keep my data", "Nothing was deleted."),
        ("de", "Das wird gelöscht: ", "Meine Daten löschen", "Meine Daten behalten", "nichts gelöscht"),
        (
            "es",
            "Se borrará",
            "Borrar mis datos",
            "Conservar mis datos",
            "No se borró nada.",
        ),
    ],
)
async def test_nothing_goes_before_the_member_says_so_again(  # noqa: PLR0917 -- the texts
    world: World, language: str, asks: str, yes: str, no: str, kept_note: str
):
    """They read what would be deleted, and can keep it. A second press on the same button ends well."""
    await world.bot.app.servers.set(world.server.id, Choices(language=language))
    await world.mia.slash(world.channel, "ask", question="what is a venv")
    await world.bot.app.store.votes.cast(1, world.mia.id, WHAT, helped=True)
    asked = await world.mia.slash(world.channel, "ask", question="forget")
    assert asks in text(asked)
    assert await world.bot.app.store.votes.of(world.mia.id), "nothing was deleted yet"
    left = await world.mia.click(message(asked), label=no)
    assert kept_note in text(left)
    assert await world.bot.app.store.votes.of(world.mia.id)
    again = message(await world.mia.slash(world.channel, "ask", question="forget"))
    await world.mia.click(again, label=yes)
    assert not await world.bot.app.store.votes.of(world.mia.id)
    late = await forged.press(world, world.mia, "lb:forget-all")
    assert text(late)


async def test_who_only_asked_is_not_told_of_feedback_alone(world: World):
    """A question without a good answer is marked as theirs, and they read that the mark is deleted, too."""
    for question in (BREAD, "how tall is the Eiffel tower"):
        await slash(world, question)
    await world.bot.app.asking.inbox_misses.mark_askers()
    asked = text(await slash(world, "forget"))
    assert "2 questions (feedback, notification requests, or that you asked them)" in asked


async def test_a_moderators_drafts_go_and_what_they_published_stays(world: World):
    """The history keeps its authors, and the moderator reads that."""
    for publish in (True, False):
        draft = await world.bot.app.curating.drafts.begin("edit", world.max.id, world.server.id, item_id=WHY)
        await world.bot.app.curating.drafts.save(draft.id, {"answer": f"{publish}."})
        if publish:
            await world.bot.app.curating.publish(draft.id, author=world.max.id, author_name="max")
    mine = await world.bot.app.curating.drafts.begin("edit", world.mia.id, world.server.id, item_id=WHY)
    gone = await forget(world, world.max)
    assert "Deleted: 1 unpublished draft." in text(gone)
    assert "Lesson edits that you published stay in the lesson history." in text(gone)
    async with world.bot.app.store._database.reading.connect() as connection:
        left = list((await connection.execute(drafts.select())).scalars())
        authors = {row.author for row in await connection.execute(revisions.select())}
    assert left == [mine.id], "another's is not theirs"
    assert world.max.id in authors
    again = text(await forget(world, world.max))
    assert "nothing to delete" in again
    assert "stay in the lesson history" in again


async def test_walkthroughs_can_go_alone(world: World):
    """Members can delete their walkthroughs and keep their ratings."""
    answered = await slash(world, "what is a venv")
    await world.mia.click(message(answered), label="That helped")
    await world.bot.app.walking.own.open(world.mia.id, world.bot.app.tutor.scenarios[0].id)
    gone = await world.mia.slash(world.channel, "walkthrough", forget=True)
    await world.mia.click(message(gone), label="Delete my walkthroughs")
    assert "1 walkthrough" in text(gone)
    assert await world.bot.app.store.forget(world.mia.id) == Forgotten(0, 0, 0, questions=1)


async def test_who_is_forgotten_is_forgotten_at_once(world: World):
    """Also in memory, where a member's misses are otherwise kept for two minutes."""
    await slash(world, BREAD)
    await forget(world)
    await slash(world, "what is a venv")
    assert (await world.bot.app.store.questions.find(1)).found == ""


async def test_nothing_links_a_forgotten_member_to_what_they_asked_again(world: World):
    """Neither their thanks, nor the inbox, nor a notification that they ask for afterwards: it shows no words."""
    app = world.bot.app
    await world.ask("what is a venv")
    await forget(world)
    await world.mia.send(world.channel, f"{world.mention} thanks!")
    assert await app.store.data_of(world.mia.id) == {}

    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await forget(world)
    with world.env._bot_scope():
        await app.asking.inbox_misses.mark_askers()
    assert await app.store.data_of(world.mia.id) == {}
    await world.mia.click(message(asked), label=WANT)
    assert (await app.store.data_of(world.mia.id)).keys() == {"wanted"}


async def test_a_draft_on_a_screen_that_was_forgotten_ends_well(world: World):
    """Its buttons say that the draft no longer exists."""
    preview = await world.max.slash(world.channel, "lessons remove", entry=WHY)
    card = next(each for each in (message(preview), *preview.followups) if "Publish" in buttons(each))
    await forget(world, world.max)
    assert "This draft no longer exists" in text(await world.max.click(card, label="Publish"))
