"""German and Spanish: what a server chooses, and what its channels and its inbox then show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import discord

from bot.discord_ui.kit.channel_permissions import NEEDS, Need
from bot.discord_ui.kit.choices import lesson_key
from bot.discord_ui.kit.permissions import NOT_ALLOWED
from bot.discord_ui.walking.shared_panel import OVER
from bot.store.servers import Choices
from tests.support import forged
from tests.support.inbox import cards, choose, later, look
from tests.support.tongues import HOSTILE, Tongue
from tests.support.world import (
    World,
    components,
    message,
    noah_in,
    options,
    part_of,
    said,
    text,
    told,
)

DAY = 24 * 3600
IN_FORUM = ("send_messages", "send_messages_in_threads", "read_message_history")
FOR_INBOX = "for the cards of the inbox"
RESOLVED = "This question has already been resolved, or it was too old and was deleted."
OFF = "The weekly digest is off. To turn it on again, use `/lessons settings` → *Inbox options*."
NO_CHANNEL = (
    "I can't write in any channel of **{server}**. To set me up, allow me to in a channel, and use {command} "
    "there."
)


async def ask_moderators(world: World, t: Tongue, question: str) -> None:
    asked = await world.mia.slash(world.channel, "ask", question=question)
    box = await world.mia.click(message(asked), label=t("Ask the moderators"))
    await world.mia.submit_modal(box, {"context": HOSTILE})
    await world.env.settle()


async def test_an_inbox_with_quiet_hours_so_many_a_day_and_a_kill(here: World, tongue: Tongue, new_bot: Any):
    """What comes at night waits, the rest of a day is one card, a card is found again, and the digest goes off."""
    world, t = here, tongue
    inbox = world.server.create_text_channel("inbox")
    hour = world.env.now().hour
    quiet = {"quiet_from": hour, "quiet_to": (hour + 2) % 24}
    await choose(world, inbox, language=t.tag, inbox_a_day=1, **quiet)
    settings = await world.max.slash(world.channel, "lessons settings")
    assert t.count("at most {count} card a day", "at most {count} cards a day", 1) in text(settings)
    for question in (t.wanted, t.beside):
        await ask_moderators(world, t, question)
    assert cards(inbox) == []
    await later(world, 3 * 3600)
    first, summary = cards(inbox)
    assert t.wanted in text(first)
    assert "@everyone" not in text(first)
    assert t.count("{count} more card waits", "{count} more cards wait", 1) in text(summary)
    assert t(NOT_ALLOWED) in said(await world.mia.click(summary, label=t("All open questions")))
    listed = await world.max.click(summary, label=t("All open questions"))
    assert t.count("{count} open question", "{count} open questions", 2) in text(listed)

    store = world.bot.app.store
    async with store._database.writing.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE inbox SET state = 'sending', message = NULL, shown = '' WHERE state = 'posted'"
        )
    await world.env.restart_bot(new_bot())
    await look(world)
    assert [each.id for each in cards(inbox)] == [first.id, summary.id]
    ignoring = part_of(cards(inbox)[0], "lb:miss-ignore:")["custom_id"]
    await world.max.click(cards(inbox)[0], label=t("Ignore"))
    twice = await forged.press(world, world.max, ignoring, inbox)
    assert t(RESOLVED) in said(twice)
    await world.env.settle()
    assert t("Ignored by {moderator}", moderator=world.max.user.mention) in text(cards(inbox)[0])
    late = await forged.press(world, world.max, "lb:inbox-take:1", inbox)
    assert t("This has already been resolved, or it was deleted.") in said(late)
    unknown = await forged.press(world, world.max, "lb:inbox-take:99", inbox)
    assert t("This has already been resolved, or it was deleted.") in said(unknown)

    await choose(world, inbox, language=t.tag, digest=True)
    await later(world, 7 * DAY)
    digest = next(each for each in cards(inbox) if t("The last seven days") in text(each))
    assert t(NOT_ALLOWED) in said(await world.mia.click(digest, label=t("Turn off the digest")))
    for _twice in range(2):
        off = await world.max.click(digest, label=t("Turn off the digest"))
        assert t.start(OFF).partition("`")[0] in said(off)
    before = len(cards(inbox))
    await later(world, 7 * DAY)
    assert len(cards(inbox)) == before


async def test_the_first_card_of_a_server(here: World, tongue: Tongue, new_bot: Any):
    """It is set up by whoever manages the server, after a restart, too; without a channel, the owner reads how."""
    world, t = here, tongue
    server = world.env.create_guild("Kurs")
    await world.bot.app.servers.set(server.id, Choices(language=t.tag))
    await world.bot.on_guild_join(world.bot.get_guild(server.id))
    (owner,) = told(server.owner.dm_channel)
    assert t.start(NO_CHANNEL) in owner
    await world.bot.on_guild_remove(world.bot.get_guild(server.id))
    general = server.create_text_channel("general")
    await world.bot.on_guild_join(world.bot.get_guild(server.id))
    staff = server.create_role("Staff", permissions=discord.Permissions(manage_guild=True))
    max_, mia = server.add_member(world.max.user, roles=[staff]), server.add_member(world.mia.user)
    (card,) = general.history()
    assert "</ask:" in text(card), "commands can be pressed"
    await world.env.restart_bot(new_bot())
    for chosen, custom_id in ((staff, "lb:set-role"), (general, "lb:set-listens"), (t.tag, "lb:set-language")):
        assert t(NOT_ALLOWED) in said(await mia.select(card, [chosen], custom_id=custom_id))
        for _twice in range(2):
            await max_.select(card, [chosen], custom_id=custom_id)
    (card,) = general.history()
    assert f"<@&{staff.id}>" in text(card)
    assert f"<#{general.id}>" in text(card)
    assert t("Bot settings for this server") in said(await max_.click(card, label=t("All settings")))
    for question in (t.known, HOSTILE):
        box = await mia.click(card, label=t("Try a question"))
        tried = await mia.submit_modal(box, {"question": question})
        assert tried.ephemeral
    await world.bot.get_channel(general.id).delete()
    other = server.create_text_channel("other")
    settings = await max_.slash(other, "lessons settings")
    assert t.count("{count} deleted channel", "{count} deleted channels", 1) in text(settings)


async def test_what_no_longer_works_is_in_the_settings(here: World, tongue: Tongue):
    """Each permission that is missing, with what it is for; deleted roles and channels; on an old card, too."""
    world, t = here, tongue
    server = world.bot.get_guild(world.server.id)
    helpers, gone = world.server.create_role("More moderators"), world.server.create_text_channel("gone")
    reports, inbox = world.server.create_text_channel("reports"), world.server.create_forum_channel("inbox")
    about = world.server.create_category("Zug")
    inside = world.server.create_text_channel("inside", category=about)
    moderators = discord.utils.get(server.roles, name="Moderators")
    for who, sees in ((server.me, True), (moderators, True), (server.default_role, False)):
        overwrite = discord.PermissionOverwrite(view_channel=sees)
        await world.bot.get_channel(inbox.id).set_permissions(who, overwrite=overwrite)
    settings = await world.max.slash(world.channel, "lessons settings")
    for chosen, custom_id in (
        ([helpers], "lb:set-role"),
        ([about, world.channel, gone], "lb:set-listens"),
        ([reports], "lb:set-notices"),
        ([inbox], "lb:set-inbox"),
    ):
        await world.max.select(message(settings), chosen, custom_id=custom_id)
    assert "⚠️" not in text(settings)
    refused = await forged.choose(world, world.mia, "lb:set-role", helpers, kind=forged.ROLES)
    assert t(NOT_ALLOWED) in said(refused)

    def lacks(channel: Any, *needs: Need) -> str:
        named = (
            t("{purpose}; optional", purpose=t(each.purpose)) if each.is_optional else t(each.purpose)
            for each in needs
        )
        listed = ", ".join(f"**{t(each.label)}** ({what})" for each, what in zip(needs, named, strict=True))
        return t(
            "Missing permissions in {channel}: {permissions}.", channel=f"<#{channel.id}>", permissions=listed
        )

    def needs(channel: Any, names: tuple[str, ...]) -> list[Need]:
        known = [need for name in names for need in NEEDS if need.name == name]
        return [replace(each, purpose=FOR_INBOX) for each in known] if channel is inbox else known

    missing = {
        world.channel: ("attach_files", "add_reactions"),
        inside: ("view_channel",),
        reports: ("send_messages",),
        inbox: IN_FORUM,
    }
    for channel, names in missing.items():
        overwrite = discord.PermissionOverwrite(**dict.fromkeys(names, False))
        await world.bot.get_channel(channel.id).set_permissions(server.me.top_role, overwrite=overwrite)
    for label in ("Turn off feedback", "Turn on feedback"):
        await world.max.click(message(settings), label=t(label))
        for channel, names in missing.items():
            assert lacks(channel, *needs(channel, names)) in text(settings)
    for channel in (world.channel, reports):
        await world.bot.get_channel(channel.id).set_permissions(server.me.top_role, overwrite=None)
    assert text(await world.max.slash(world.channel, "lessons settings")).count("⚠️") == len(missing) - 2

    await server.get_role(helpers.id).delete()
    for each in (gone, reports, inbox, about):
        world.env.backend.delete_channel(each.id)
    await world.env.settle()
    for label in ("Turn off feedback", "Turn on feedback"):
        await world.max.click(message(settings), label=t(label))
        shown = text(settings)
        assert t("a deleted role") in shown
        assert t.count("{count} deleted channel", "{count} deleted channels", 2) in shown
        assert shown.count(t("a deleted channel")) == 2, "that of reports, and the inbox"
        chosen_still = [each["id"] for part in components(settings) for each in part.get("default_values") or []]
        assert [int(each) for each in chosen_still] == [world.channel.id]


async def test_a_category_about_a_lesson(here: World, tongue: Tongue, lessons: Path, new_bot: Any):
    """It holds in its channels and posts; forged choices change nothing; a deleted channel's are taken off."""
    world, t = here, tongue
    for document in world.bot.app.library.lessons.documents:
        file = lessons / document.file
        same = f"  - id: {file.stem}-price\n    question: {t.price}\n    answer: {t.answer_beside}\n"
        whole = file.read_text(encoding="utf-8")
        file.write_text(whole.replace("entries:\n", f"entries:\n{same}", 1), encoding="utf-8")
    world.bot.app.library.reload()
    about = world.server.create_category("Zug")
    inside = world.server.create_text_channel("inside", category=about)
    settings = await world.max.slash(world.channel, "lessons settings")
    page = message(await world.max.click(message(settings), label=t("Lessons for certain channels")))
    assert t("No channel has its own lessons yet. All lessons count the same everywhere.") in text(page)
    refused = await forged.choose(world, world.mia, "lb:set-lessons-of", about, kind=forged.CHANNELS)
    assert t(NOT_ALLOWED) in said(refused)
    await world.max.select(page, [about], custom_id="lb:set-lessons-of")
    last = [each["value"] for part in components(page) for each in part.get("options", [])][-1:]
    await world.env.restart_bot(new_bot())
    for _twice in range(2):
        await world.max.select(page, last)
    bread = world.server.create_text_channel("bread")
    await world.max.click(page, label=t("All channels"))
    await world.max.select(page, [bread], custom_id="lb:set-lessons-of")
    first, _last = world.bot.app.library.lessons.documents
    await world.max.select(page, [lesson_key(first)])
    for channel, document in zip((bread, inside), world.bot.app.library.lessons.documents, strict=True):
        seen = await world.mia.slash(channel, "ask", question=t.price)
        suggested_first = part_of(seen, "lb:suggest:")["custom_id"]
        assert document.file.removesuffix(".yaml") in suggested_first, "that of its lesson first"
    title = world.bot.app.library.lessons.documents[-1].lesson.lesson
    opened = await world.mia.slash(inside, "browse")
    assert f"## {title}" in text(opened)
    await world.mia.click(message(opened), label=t("All lessons"))
    assert len(options(opened)) == 2
    menu = f"lb:set-lessons-in:{world.channel.id}:0"
    assert t(NOT_ALLOWED) in said(await forged.choose(world, world.mia, menu, last[0]))
    for custom_id in ("lb:set-lessons:open", "lb:set-lessons-clean", f"lb:set-lessons-page:{about.id}:0"):
        assert t(NOT_ALLOWED) in said(await forged.press(world, world.mia, custom_id))
    pages = (f"{'9' * 20}:0", f"{world.channel.id}:9999")
    forged_ = ((menu, HOSTILE), *((f"lb:set-lessons-in:{each}", last[0]) for each in pages))
    for custom_id, chosen in forged_:
        assert said(await forged.choose(world, world.max, custom_id, chosen))
    assert said(await forged.press(world, world.max, f"lb:set-lessons-page:{world.channel.id}:9999"))
    chosen_for = {*world.bot.app.servers.lessons_of(world.server.id)}
    assert chosen_for == {about.id, bread.id}, "what was forged changed nothing"
    for each in (about, bread):
        await world.bot.get_channel(each.id).delete()
    await world.max.click(page, label=t("All channels"))
    assert text(page).count(t("a deleted channel")) == 2
    await world.max.click(page, label=t("Remove what is gone"))
    late = await forged.press(world, world.max, "lb:set-lessons-clean")
    for shown in (text(page), text(late)):
        assert t("No channel has its own lessons yet. All lessons count the same everywhere.") in shown


async def test_one_message_for_a_walkthrough(here: World, tongue: Tongue, new_bot: Any):
    """The jump menu and each page of a shared one edit it; what one member reads is replaced, and not piled up."""
    world, t = here, tongue
    panel = await world.mia.slash(world.channel, "walkthrough", scenario="flat-bread")
    last = part_of(panel, "lb:leap:")["options"][-1]["value"]
    for _twice in range(2):
        await world.mia.select(message(panel), [last], custom_id=part_of(panel, "lb:leap:")["custom_id"])
    assert t("The end") in text(panel)
    steps = part_of(panel, "lb:leap:")["options"]
    assert [each["value"] for each in steps if each.get("default")] == [last], "it shows the step one is on"
    for step in ("no-such-step", HOSTILE):
        assert said(await forged.choose(world, world.mia, part_of(panel, "lb:leap:")["custom_id"], step))

    await world.mia.slash(world.channel, "walkthrough", scenario="flat-bread", share=True)
    shared, count = world.last.id, len(world.channel.history())
    noah = noah_in(world)
    await world.mia.click(world.last, label=t("Next"))
    await world.env.restart_bot(new_bot())
    solutions = world.bot.app.tutor.scenario("flat-bread").solutions
    before = await noah.click(world.last, label=solutions[0].title)
    after = await noah.click(world.last, label=solutions[1].title)
    assert solutions[1].title in said(after)
    assert said(before) == "", "deleted once the next one came"
    for step in (steps[-1]["value"], steps[0]["value"]):
        await world.mia.select(world.last, [step], custom_id=part_of(world.last, "lb:all-leap:")["custom_id"])
    assert (world.last.id, len(world.channel.history())) == (shared, count), "one message"
    stored = world.env.backend.get_message(world.channel.id, shared)
    as_it_was = stored.components
    await world.mia.click(world.last, label=t("End for everyone"))
    stored.components = as_it_was
    for label in (t("Next"), t("End for everyone")):
        assert t(OVER).partition("`")[0] in said(await world.mia.click(world.last, label=label))
    gone = await forged.press(world, noah, "lb:all-try:no-such-solution")
    assert said(gone)
