"""Whoever wrote a message that became an entry is asked once whether they want to be named."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import discord
import pytest

from bot.curating.credits import names_with
from bot.discord_ui.kit.choices import lesson_key
from bot.errors import StoreFailingError
from bot.store.servers import Choices
from tests.support import forged
from tests.support.proposals import QUESTION, a_proposal, filled, letters
from tests.support.world import World, buttons, message, noah_in, said, text, with_button

ASKED = "This answer is in the lessons now"


async def publish(world: World, box: Any, label: str = "Publish", **typed: str) -> Any:
    """Max sends the form of a new entry, and publishes it; the card of the draft."""
    lesson = [lesson_key(world.bot.app.library.lessons.documents[0])]
    draft = await world.max.submit_modal(box, {**filled(box), "in-lesson": lesson, **typed})
    card = with_button(draft, label)
    await world.max.click(card, label=label)
    await world.env.settle()
    return card


async def save(world: World, answer: str, label: str = "Publish", question: str = QUESTION) -> Any:
    """Max saves what Mia wrote as an entry."""
    answered = await world.mia.send(world.channel, answer)
    box = await world.max.context_menu(world.channel, "Save as entry", answered)
    return await publish(world, box, label, question=question)


def entry(world: World, question: str = QUESTION) -> Any:
    entries = world.bot.app.library.lessons.entries.values()
    return next(each for each in entries if each.question == question)


def letter(world: World) -> Any:
    return world.mia.user.dm_channel.history()[-1]


async def test_the_author_is_asked_once_and_named_if_they_wish(world: World):
    """By an edit that moderators see in the history. A late or second press, or another person's, does nothing."""
    card = await save(world, "Copy the requirements first.")
    assert entry(world).by is None
    assert [ASKED in each for each in letters(world.mia)] == [True]
    asked = letter(world)
    assert "Only the person who wrote the answer" in said(await forged.press(world, world.max, "lb:name-me:1"))
    await world.mia.user.click(asked, label="Show my name")
    assert entry(world).by == "mia"
    assert "Your name is below the answer now." in text(letter(world))
    assert "Answer by mia" in text(await world.ask(QUESTION))
    assert "Name added at the author's request" in text(await world.max.slash(world.channel, "lessons history"))
    assert "already chosen" in said(await forged.press(world, world.mia, "lb:name-me:1"))
    await world.max.click(card, label="Undo")
    assert len(letters(world.mia)) == 1
    assert str(world.mia.id) not in (await world.bot.app.data_of(world.mia.id)).decode()


async def test_nobody_is_named_who_says_no_and_nobody_is_asked_about_a_draft(world: World):
    """Nor the moderator who saves their own words."""
    await save(world, "Copy the requirements first.")
    await world.mia.user.click(letter(world), label="No")
    assert "Nobody is named" in text(letter(world))
    assert entry(world).by is None
    answered = await world.mia.send(world.channel, "Never published.")
    box = await world.max.context_menu(world.channel, "Save as entry", answered)
    lesson = [lesson_key(world.bot.app.library.lessons.documents[0])]
    draft = await world.max.submit_modal(box, {**filled(box), "question": "Who?", "in-lesson": lesson})
    await world.max.click(with_button(draft, "Discard draft"), label="Discard draft")
    own = await world.max.send(world.channel, "By Max alone.")
    await publish(
        world, await world.max.context_menu(world.channel, "Save as entry", own), question="And whose is it?"
    )
    assert (len(letters(world.mia)), letters(world.max)) == (1, [])
    assert await world.bot.app.store.credits.is_empty()


async def test_below_the_message_where_direct_messages_are_closed(world: World):
    """Without a mention; only its author can choose there."""
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await save(world, "Copy the requirements first.")
    note = world.last
    assert ASKED in text(note)
    assert str(world.mia.id) not in text(note)
    await world.mia.click(note, label="Show my name")
    assert entry(world).by == "mia"
    assert buttons(world.last) == ["Show the answer"]


async def test_a_direct_message_is_in_the_members_language_and_a_note_in_the_servers(world: World):
    """Theirs is known after a press in a server; also of what moderators decide, and of what they ask back."""
    await world.bot.app.servers.set(world.server.id, Choices(language="de"))
    world.spoken[world.max.id] = discord.Locale.american_english
    await save(world, "Copy the requirements first.")
    assert "Diese Antwort steht jetzt in den Lektionen" in letters(world.mia)[-1], "theirs is not known yet"
    world.spoken[world.mia.id] = discord.Locale.spain_spanish
    await world.mia.slash(world.channel, "browse")
    curating, asking, here = world.bot.app.curating, world.bot.app.asking, world.server.id
    await curating.proposals.propose(
        "entry", server=here, proposer=world.mia.id, question="What is rye?", answer="A grain.", tell=True
    )
    await forged.submit(world, world.max, "lb:proposal-declined:1", {"reason": ""})
    assert "Tu propuesta no fue aceptada" in letters(world.mia)[-1]
    asked = await asking.answer("how do I bake bread", member=world.mia.id, server=here)
    assert asked.logged
    await asking.subscriptions.subscribe(asked.logged.id, world.mia.id)
    await asking.pass_on(asked.logged.id, "")
    await forged.submit(world, world.max, f"lb:asked-back:{asked.logged.id}", {"text": "Which flour?"})
    await world.env.settle()
    assert "La moderación tiene una pregunta" in letters(world.mia)[-1]
    await save(world, "Use a wheel.", question="What makes installing faster?")
    assert "Esta respuesta ya está en las lecciones" in letters(world.mia)[-1]
    world.env.inject_error("POST", f"/channels/{world.mia.user.dm_channel.id}/messages", status=403, code=50007)
    await save(world, "Use a cache.", question="What makes a second install faster?")
    assert "Diese Antwort steht jetzt in den Lektionen" in text(world.last)


async def test_what_another_member_proposed_asks_its_author(world: World):
    """Max drafts what Mia proposed of his: nobody has to be asked. Then he drafts what Noah proposed of Mia's."""
    await a_proposal(world, question=QUESTION)
    await publish(world, await forged.press(world, world.max, "lb:proposal-draft:1"), question=QUESTION)
    assert letters(world.max) == []
    answered = await world.mia.send(world.channel, "Use a wheel.")
    noah = noah_in(world)
    box = await noah.context_menu(world.channel, "Suggest for the lessons", answered)
    await noah.submit_modal(box, {**filled(box), "question": "What makes installing faster?"})
    await publish(world, await forged.press(world, world.max, "lb:proposal-draft:2"))
    assert ASKED in letters(world.mia)[-1]
    assert "Your proposal was accepted" in letters(noah)[-1]


async def test_a_name_that_lessons_cannot_show_is_refused(world: World):
    """Nothing changes, and the author may try again under another name."""
    await save(world, "Copy the requirements first.")
    world.env.backend.get_user(world.mia.id).global_name = "see https://evil.example"
    refused = await world.mia.user.click(letter(world), label="Show my name")
    assert "can't be shown in the lessons" in said(refused)
    assert entry(world).by is None
    world.env.backend.get_user(world.mia.id).global_name = "Mia *M*"
    await world.mia.user.click(letter(world), label="Show my name")
    assert entry(world).by == "Mia *M*"
    assert r"Answer by Mia \*M\*" in text(await world.ask(QUESTION))


async def test_an_author_is_named_later_if_that_fails(
    world: World, lessons: Path, caplog: pytest.LogCaptureFixture
):
    """The database does not answer, or somebody made a mistake in the file: nothing changes until that is over."""
    curating = world.bot.app.curating
    await save(world, "Copy the requirements first.")
    hook = curating.ledger.publish_hook

    def fails(*_: object) -> NoReturn:
        raise StoreFailingError("the database does not answer")

    curating.ledger.publish_hook = fails
    assert "the database does not answer" in said(await world.mia.user.click(letter(world), label="Show my name"))
    curating.ledger.publish_hook = hook
    caplog.clear()  # it was logged
    assert await curating.drafts.of(world.bot.user.id) == []

    file = lessons / world.bot.app.library.lessons.file_of(entry(world).id)
    good = file.read_text(encoding="utf-8")
    file.write_text(good + "\n  broken: [\n", encoding="utf-8")
    refused = said(await world.mia.user.click(letter(world), label="Show my name"))
    assert "can't be saved in the lessons just now" in refused
    assert entry(world).by is None
    file.write_text(good, encoding="utf-8")
    await world.mia.user.click(letter(world), label="Show my name")
    assert entry(world).by == "mia"
    assert await world.bot.app.store.credits.is_empty()


async def test_two_presses_at_once_name_an_author_once(world: World, monkeypatch: pytest.MonkeyPatch):
    """Both end well, whichever comes first."""
    await save(world, "Copy the requirements first.")
    curating, me = world.bot.app.curating, world.bot.user
    begin = curating.drafts.begin

    async def begin_as_another_press_publishes(*what: Any, **how: Any) -> Any:
        draft = await begin(*what, **how)
        monkeypatch.setattr(curating.drafts, "begin", begin)
        await curating.name(entry(world).id, "mia", author=me.id, author_name=me.display_name)
        return draft

    monkeypatch.setattr(curating.drafts, "begin", begin_as_another_press_publishes)
    await world.mia.user.click(letter(world), label="Show my name")
    assert "Your name is below the answer now." in text(letter(world))
    assert [each.kind for each in await curating.history()] == ["edit", "add"]
    assert await curating.drafts.of(me.id) == []


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        (None, "Mia", "Mia"),
        ("Tom", "Mia", "Tom, Mia"),
        ("Mia", " Mia\n", "Mia"),
        (None, "www.evil.example", ""),
        (None, "[x](y)", ""),
        (None, "<@123456789012345678>", ""),
        (None, "Mia </ask:1>", ""),
        (None, "@everyone", ""),
        (None, "Mia <3 @home: x", "Mia <3 @home: x"),
        (None, " ", ""),
        ("T" * 79, "Mia", ""),
    ],
)
def test_who_is_named(before: str | None, name: str, after: str):
    """One after the other, each once; no links or mentions, and no more than fits."""
    assert names_with(before, name) == after


async def test_moderators_can_name_somebody_or_nobody(world: World):
    """In a form of its own; the message that asks speaks the server's language."""
    shown = await world.max.slash(world.channel, "lessons edit", what="why-virtual-environments")
    draft = await world.max.submit_modal(shown, {**filled(shown), "answer": "Because."})
    box = await world.max.click(with_button(draft, "Publish"), label="Edit: Related entries, review date, author")
    named_ = await world.max.submit_modal(box, {"by": "Ada"})
    assert "Answer by Ada" in said(named_)
    await world.max.click(with_button(named_, "Publish"), label="Publish")
    assert "Answer by Ada" in text(await world.ask("why do we need virtual environments?"))


async def test_in_another_language(abroad: World):
    """The question and its buttons are translated."""
    await save(abroad, "Copy the requirements first.", "⟦Publish⟧")
    assert f"⟦{ASKED}⟧" in text(letter(abroad))
    assert all(label.startswith("⟦") for label in buttons(message(letter(abroad))))
