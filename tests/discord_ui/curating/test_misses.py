"""The card of a miss: moderators see what was asked and nobody who asked, and resolve it with one press."""

from __future__ import annotations

from typing import Any

import pytest

from bot.asking import clusters
from bot.discord_ui.kit import limits
from tests.support import forged
from tests.support.asking import (
    ASK,
    BREAD,
    TEN_MINUTES,
    WANT,
    direct,
    last,
    moderate,
    pass_on,
    slash,
)
from tests.support.world import (
    World,
    buttons,
    components,
    message,
    noah_in,
    options,
    text,
)

# What a member sees


async def test_misses_are_shown_to_moderators_most_asked_first(world: World):
    """Each cluster is one card, with numbers and without names."""
    for question in (BREAD, "how to bake bread?", "who won the chess world cup"):
        await slash(world, question)
    shown = await moderate(world)
    assert "Asked twice" in text(shown)
    assert "bread" in text(shown)
    assert "1 of 2" in text(shown)
    assert "mia" not in text(shown)
    assert str(world.mia.id) not in text(shown)
    await world.max.click(message(shown), label="Next")
    assert "`who won the chess world cup`" in text(shown)
    assert "Asked once" in text(shown)
    assert "Next" not in buttons(shown)
    await world.max.click(message(shown), label="Previous")
    assert "bread" in text(shown)


async def test_suggestions_are_missed_once_nobody_chooses_any_more(world: World):
    """Members have time to choose; "None of these" counts as a miss at once."""
    offered = await slash(world, "django")
    assert "No open questions" in text(await moderate(world))
    await world.mia.click(message(offered), label="None of these")
    missed = text(await moderate(world))
    assert "django" in missed
    assert "Result: no suggestion was right." in missed
    assert "Not what I asked" not in missed, "nobody saw a button of that name"
    await world.max.click(message(await moderate(world)), label="Ignore")
    await slash(world, "django")
    assert "No open questions" in text(await moderate(world))
    await world.env.advance_time(TEN_MINUTES)
    assert "django" in text(await moderate(world))


async def test_moderators_at_home_see_the_misses_of_all_servers(world: World):
    """All servers share the lessons, but only home servers can answer."""
    world.bot.homes = frozenset({world.server.id})
    elsewhere = world.env.create_guild("Elsewhere")
    there = elsewhere.create_text_channel("here")
    asked = await elsewhere.add_member(world.mia.user).slash(there, "ask", question=BREAD)
    assert ASK in buttons(asked)
    shown = await moderate(world)
    assert BREAD in text(shown)
    await world.max.click(message(shown), label="Ignore")
    assert (await last(world)).resolved == "ignored"


async def test_more_misses_than_are_looked_at_are_said(world: World, monkeypatch: pytest.MonkeyPatch):
    """The most asked question stays first, and the card says how many misses are left out."""
    monkeypatch.setattr(clusters, "TEXTS", 2)
    for question in (BREAD, BREAD, "who won the chess world cup", "tallest tower", "longest river"):
        await slash(world, question)
    shown = await moderate(world)
    assert "Asked twice" in text(shown)
    assert "1 of 2" in text(shown)
    assert "2 more questions are not listed because they were asked less often or longer ago." in text(shown)


MISS_BUTTONS = [
    "miss:1",
    "miss-turn:1:next",
    "miss-search:1",
    "miss-phrase:1:why-virtual-environments",
    "miss-answered:1:why-virtual-environments",
    "miss-new:1",
    "miss-ignore:1",
    "miss-undo:1",
    "miss-undo-all:1.2",
]


@pytest.mark.parametrize("button", MISS_BUTTONS)
async def test_misses_are_for_moderators(world: World, button: str):
    """Other members are refused, even with forged buttons."""
    await pass_on(world, await slash(world, BREAD))
    assert "Only moderators can do this" in text(await forged.press(world, world.mia, f"lb:{button}"))
    kept_of_it = await world.bot.app.store.questions.find(1)
    assert (kept_of_it.text, kept_of_it.resolved, kept_of_it.resolved_by) == (BREAD, "", "")


async def test_who_lost_the_role_is_refused_on_a_card_of_better_days(world: World):
    """Permissions are checked at every press and submit, also on an old card."""
    await pass_on(world, await slash(world, BREAD))
    shown = await moderate(world)
    box = await world.max.click(message(shown), label="Search entries")
    world.env.backend.guilds[world.server.id].members[world.max.id].role_ids.clear()
    for label in ("Ignore", "Add as new entry", "Search entries", buttons(shown)[0]):
        assert "Only moderators can do this" in text(await world.max.click(message(shown), label=label))
    assert "Only moderators can do this" in text(await world.max.submit_modal(box, {"wanted": "pipx"}))
    assert (await last(world)).resolved == ""


async def test_ignored_and_taken_back(world: World, new_bot: Any):
    """One press takes it back, also after a restart."""
    for question in (BREAD, "who won the chess world cup"):
        await pass_on(world, await slash(world, question))
    shown = await moderate(world)
    await world.max.click(message(shown), label="Ignore")
    assert "Ignored" in text(shown)
    assert "1 of 1" in text(shown)
    await world.env.restart_bot(new_bot())
    await world.max.click(message(shown), label="Open again")
    assert "1 of 2" in text(shown) or "2 of 2" in text(shown)
    for _ in range(2):
        await world.max.click(message(shown), label="Ignore")
    assert "No open questions" in text(shown)
    await world.max.click(message(shown), label="Open again")
    assert "1 of 1" in text(shown)


async def test_a_card_of_many_long_questions_fits(world: World):
    """The card never exceeds Discord's limits."""
    store = world.bot.app.store.questions
    for n in range(30):
        id_ = await store.log(world.server.id, f"bread {'x' * 480} {'b' * (n % 9)}", world.env.now(), "unknown")
        await store.pass_on(id_, f"{n} " + "y" * 290)
    shown = await moderate(world)
    assert "Asked 30 times" in text(shown)
    assert "and 25 more" in text(shown)
    assert len(text(shown)) <= limits.CARD_TEXT
    assert len(list(components(shown))) <= limits.CARD_COMPONENTS


async def test_moderators_read_a_long_question_and_each_note_to_the_end(world: World):
    """They are asked to answer it. Whoever adds a note for which there is no room is told."""
    question = " ".join(["how do I bake bread with", *(f"ingredient{n}" for n in range(36))])
    assert 450 < len(question) < 500
    first, second = (" ".join([word, *(f"{word}{n}" for n in range(30))]) for word in ("flour", "yeast"))
    asked = await world.ask(question)
    noah = noah_in(world)
    for member, note in ((world.mia, first), (noah, second)):
        box = await member.click(asked, label=ASK)
        assert "but not your name" in text(await member.submit_modal(box, {"context": note}))
    shown = text(await moderate(world))
    assert f"## `{question}`" in shown
    assert f"- `{first}`" in shown
    assert f"- `{second}`" in shown
    box = await world.max.click(asked, label=ASK)
    assert "no room left" in text(await world.max.submit_modal(box, {"context": first}))


async def test_two_moderators_on_one_card(world: World):
    """The second one reads that the miss is already resolved."""
    await pass_on(world, await slash(world, BREAD))
    shown, other = await moderate(world), await moderate(world)
    await world.max.click(message(shown), label="Ignore")
    told = await world.max.click(message(other), label="Ignore")
    assert "has already been resolved" in text(told)


async def test_a_miss_becomes_a_phrasing_and_who_asked_is_told(world: World):
    """From a question without an answer to a better lesson and one notification."""
    curator = world.bot.app.curating
    asked = await slash(world, "chess board colours for pipx")
    offered = buttons(asked)
    asked = (
        asked
        if ASK in offered
        else await world.mia.click(
            message(asked), label="None of these" if "None of these" in offered else "Not what I asked"
        )
    )
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    shown = await moderate(world)
    assert "asked to be notified" in text(shown)
    assert buttons(shown)[0] == "Add as new entry", "nothing fits so well that it would be proposed"
    assert not any(label.startswith("Add as phrasing of: ") for label in buttons(shown))
    assert len(options(shown)) > 1

    box = await world.max.click(message(shown), label="Search entries")
    await world.max.submit_modal(box, {"wanted": "requirements file"})
    assert "requirements" in options(shown)[0]
    entry = next(part["options"][1] for part in components(shown) if "options" in part)
    await world.max.select(message(shown), [entry["value"]])
    assert f"Add as phrasing of: {entry['label']}" in buttons(shown)

    preview = await world.max.click(message(shown), label=f"Add as phrasing of: {entry['label']}")
    assert entry["label"] in text(preview)
    (draft,) = await curator.drafts.of(world.max.id)
    assert (draft.kind, draft.item_id) == ("edit", entry["value"])
    assert draft.fields["phrasings"].splitlines()[-1] == "chess board colours for pipx"
    assert f"**Draft in progress**, by <@{world.max.id}>." in text(await moderate(world))
    cards = [each for each in (message(preview), *preview.followups) if "Publish" in buttons(each)]
    await world.max.click(cards[-1], label="Publish")
    assert "1 member was notified about the answer" in text(cards[-1])
    assert await world.bot.notifications.notify_of(draft.item_id) == 0, "once"
    assert f"## {entry['label']}" in text(direct(world)[-1])
    assert "No open questions" in text(await moderate(world))
    assert f"## {entry['label']}" in text(await slash(world, "chess board colours for pipx"))


async def test_a_miss_becomes_a_new_entry(world: World):
    """The question stands in the box already; the moderator chooses the lesson in the form."""
    curator = world.bot.app.curating
    await pass_on(world, await slash(world, BREAD))
    shown = await moderate(world)
    box = await world.max.click(message(shown), label="Add as new entry")
    assert box.modal is not None
    assert "in-lesson" in str(box.modal)
    (draft,) = await curator.drafts.of(world.max.id)
    assert (draft.kind, draft.fields["question"]) == ("add", BREAD)
    assert draft.file.endswith(".yaml")
    assert await world.bot.app.store.draft_misses.texts(draft.id) == {(await last(world)).id: BREAD}
