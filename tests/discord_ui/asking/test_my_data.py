"""`/ask my data`: a member sees what is saved of them, and nothing of others."""

from __future__ import annotations

import json

from bot.discord_ui.asking.ask_words import MY_DATA
from bot.discord_ui.kit.limits import CHOICE_TEXT
from bot.language.words import in_locale
from tests.support.asking import BREAD, WANT, WHY, pass_on, slash
from tests.support.world import World, message, text


async def test_a_member_gets_all_that_leads_to_them_as_a_file(world: World):
    """The private file has all that `/ask forget` deletes; without data, the bot says that there is none."""
    (first, *others) = await world.mia.autocomplete(world.channel, "ask", "question", "my da")
    assert first["value"] == "my data"
    assert "forget" not in [each["value"] for each in others]
    offered = await world.mia.autocomplete(world.channel, "ask", "question", "forget")
    assert [each["value"] for each in offered[:2]] == ["forget", "my data"]
    nothing = await world.mia.slash(world.channel, "ask", question=" My data")
    assert nothing.ephemeral
    assert "Nothing is saved that is linked to you." in text(nothing)

    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    answered = await slash(world, "what is a venv")
    await world.mia.click(message(answered), label="That helped")
    app = world.bot.app
    scenario = app.tutor.scenarios[0].id
    await app.walking.own.open(world.mia.id, scenario)
    await app.walking.reminders.remember(world.mia.id, scenario)
    draft = await app.curating.drafts.begin("edit", world.mia.id, world.server.id, item_id=WHY)
    await app.curating.drafts.save(draft.id, {"answer": "Mine."})
    await app.walking.own.open(world.max.id, scenario)

    sent = await world.mia.slash(world.channel, "ask", question=first["name"])
    assert sent.ephemeral
    (file,) = message(sent).attachments
    data = json.loads(await file.read())
    assert {table: len(rows) for table, rows in data.items()} == {
        "walks": 1,
        "marks": 1,
        "reminders": 2,
        "drafts": 1,
        "wanted": 1,
        "votes": 1,
        "meanings": 1,
        "questions": 1,
    }
    assert [each["text"] for each in data["questions"]] == [BREAD]
    (voted,), (meant,) = data["votes"], data["meanings"]
    assert voted == {"question": meant["question"], "helped": True}
    assert meant["passage"] == "what-is-a-virtual-environment", "what was rated is named by its entry"
    assert "Mine." in data["drafts"][0]["fields"]
    assert str(world.max.id) not in json.dumps(data)
    await world.mia.click(
        message(await world.mia.slash(world.channel, "ask", question="forget")), label="Delete my data"
    )
    assert "Nothing is saved" in text(await world.mia.slash(world.channel, "ask", question="my data"))


async def test_the_offer_fits_in_any_language(pseudo: str, world: World):
    """If the text of one choice were too long, Discord would show no choices at all."""
    with in_locale(pseudo):
        assert len(MY_DATA.choice.name) <= CHOICE_TEXT


async def test_nobody_is_kept_waiting_by_whoever_asks_for_their_data_all_the_time(world: World):
    """What leads to a member is looked for among what is saved of all."""
    for word in ("my data", "forget", "my data", "forget", "my data", "forget"):
        assert "going too fast" not in text(await world.mia.slash(world.channel, "ask", question=word))
    for word in ("my data", "forget"):
        assert "going too fast" in text(await world.mia.slash(world.channel, "ask", question=word))
    assert "going too fast" not in text(await world.max.slash(world.channel, "ask", question="my data"))
