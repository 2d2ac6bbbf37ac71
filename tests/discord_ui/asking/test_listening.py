"""Answers without a mention: only in channels that a server chose, only if sure, once, and easy to dismiss."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import ChannelHandle

from bot.asking.detection import reads_as_question
from bot.discord_ui.curating.chosen_places import TALK
from bot.store.servers import Choices
from tests.support.world import World, buttons, message, noah_in, text

pytestmark = pytest.mark.reads_messages


async def listen_in(world: World, *channels: ChannelHandle) -> None:
    chosen = Choices(listens_in=tuple(each.id for each in channels))
    await world.bot.app.servers.set(world.server.id, chosen)


async def said_to(world: World, content: str, **how: Any) -> list[Any]:
    """What the bot says to a message of Mia's."""
    before = len(world.channel.history())
    await world.mia.send(world.channel, content, **how)
    return world.channel.history()[before + 1 :]


async def test_a_sure_answer_is_given_without_a_mention_and_put_away_by_who_asked(world: World):
    """The member gets help without asking the bot, and can dismiss it with one press."""
    await listen_in(world, world.channel)
    (answer,) = await said_to(world, "what is a virtual environment?")
    assert "isolated Python environment" in text(answer)
    assert "I answer on my own when I'm sure" in text(answer)
    assert buttons(answer)[-1] == "Dismiss"
    noah = noah_in(world)
    assert "Only the person who asked" in text(await noah.click(answer, label="Dismiss"))
    await world.mia.click(answer, label="Dismiss")
    assert answer.id not in [each.id for each in world.channel.history()]


async def test_it_stays_silent_unless_it_is_wanted_sure_and_asked(world: World):
    """It is off by default, does not guess, and does not interrupt members who help each other."""
    assert await said_to(world, "what is a virtual environment?") == []
    await listen_in(world, world.channel)
    assert await said_to(world, "django") == []
    assert await said_to(world, "which django should i take?") == [], "not sure"
    assert await said_to(world, "how do i bake bread?") == []
    assert await said_to(world, "a virtual environment is nice") == []
    question = await world.max.send(world.channel, "can somebody help me?")
    assert await said_to(world, "what is a virtual environment?", reply_to=question) == []
    await listen_in(world, world.server.create_text_channel("elsewhere"))
    assert await said_to(world, "what is a virtual environment?") == []


async def test_a_mention_goes_on_from_an_answer_that_nobody_called_for(world: World):
    await listen_in(world, world.channel)
    await said_to(world, "how do i activate a venv on windows?")
    shown = await world.ask("what about mac")
    assert "## How do I activate a virtual environment on macOS or Linux?" in text(shown)


async def test_it_answers_no_bot_and_no_webhook(world: World):
    """Two bots never talk to each other endlessly, and what another server announces asks nothing here."""
    await listen_in(world, world.channel)
    robot = world.server.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, "what is a virtual environment?")
    await world.server.create_webhook(world.channel).send("what is a virtual environment?")
    assert len(world.channel.history()) == 2


async def test_it_listens_wherever_people_talk(world: World):
    """A category stands for its channels, and a channel for its threads."""
    questions = world.server.create_category("Questions")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(questions.id,)))
    for channel in (
        world.server.create_text_channel("help", category=questions),
        world.server.create_voice_channel("talk", category=questions),
        world.server.create_stage_channel("stage", category=questions),
        world.server.create_news_channel("news", category=questions),
    ):
        await world.mia.send(channel, "what is a virtual environment?")
        assert "isolated Python environment" in text(channel.history()[-1])
    assert {*TALK} >= {
        getattr(discord.ChannelType, kind)
        for kind in ("news", "voice", "stage_voice", "forum", "media", "private_thread", "news_thread", "category")
    }


async def test_an_answer_that_nobody_asked_for_by_name_is_kept_and_rated(world: World):
    """It is logged like any other answer; messages that were not answered are not logged."""
    await listen_in(world, world.channel)
    (answer,) = await said_to(world, "what is a virtual environment?")
    assert {"That helped", "Not what I asked"} < {*buttons(answer)}
    assert "Thank you" in text(await world.max.click(answer, label="That helped"))
    assert await said_to(world, "how do i bake bread?") == []
    assert await world.bot.app.store.questions.recent_texts(10) == ["what is a virtual environment?"]
    await world.bot.app.servers.set(
        world.server.id, Choices(listens_in=(world.channel.id,), asks_for_feedback=False)
    )
    (answer,) = await said_to(world, "what is a virtual environment?")
    assert "That helped" not in buttons(answer)
    assert buttons(answer)[-1] == "Dismiss"


async def test_a_long_answer_is_one_message(world: World, lessons: Path):
    """An answer without a mention never takes more than one message."""
    file = lessons / "virtual-environments.yaml"
    whole = file.read_text(encoding="utf-8")
    long = "Much to say. " * 600
    assert "      A virtual environment is a tool which" in whole
    begins = f"**First**, run this:\n\n```bash\nvenv\n```\n\n{long}\n\nIt".replace("\n", "\n      ")
    file.write_text(whole.replace("A virtual environment is a tool which", begins), encoding="utf-8")
    world.bot.app.library.reload()
    await listen_in(world, world.channel)
    (answer,) = await said_to(world, "what is a virtual environment?")
    assert {"That helped", "Not what I asked", "Dismiss"} < {*buttons(answer)}
    assert "First, run this: …" in text(answer)
    assert "```" not in text(answer), "nothing is drawn as code because of a cut"
    whole_answer = await world.max.click(answer, label="Read the full answer")
    assert whole_answer.ephemeral
    assert "Much to say." in text(message(whole_answer))


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("what is a venv?", True),
        ("hey, how do i activate a venv", True),
        ("my venv does not work?", True),
        ("I like what a venv does", False),
        ("what?", False),
        ("> what is a venv?", False),
        ("what is a venv?\nand then I tried this", False),
        ("what " * 100 + "?", False),
        ("", False),
        ("????", False),
        ("y do i need a venv", True),
        ("so whats a venv", True),
        ("hi all, what\u2019s a venv", True),
        ("how to deactivate a venv", True),
        ("what happens if my venv is deleted", True),
        ("which python version should i use", True),
        ("why doesn't my venv work", True),
        ("does anyone know how to activate a venv", True),
        ("is it safe to delete the venv folder", True),
        ("my venv broke. can i delete it? thanks", True),
        ("¿qué es un entorno virtual?", True),
        ("c'est quoi un venv ?", True),
        ("虚拟环境是什么？", True),
        ("so **what is a venv?** 🙂", True),
        ("which is why you need a virtual environment", False),
        ("do use a virtual environment for that", False),
        ("do it in a virtual environment", False),
        ("what a virtual environment is: an isolated Python environment", False),
        ("what you need is a virtual environment", False),
        ("what is needed here is a virtual environment", False),
        ("how to activate a venv is explained in the first lesson", False),
        ("what is a venv. it is a folder with its own packages", False),
        ("can confirm, virtual environments work", False),
        ("has worked for me with venv", False),
        ("does work with a venv", False),
        ("is a folder with its own packages", False),
        ("will try a virtual environment, thanks", False),
        ("any virtual environment will do", False),
        ("what? no, a virtual environment is fine", False),
        ("really? it is a virtual environment", False),
        ("have you tried a virtual environment?", False),
        ("why not use a virtual environment?", False),
        ("a virtual environment (?) is all you need", False),
        ("see https://docs.example/venv?what=is or https://docs.example/venv?", False),
        ("match it with `venv(311)? ` and all is well", False),
        ("wheres the folder of my venv", True),
        ("when's the next lesson on venvs", True),
        ("whos the author of virtualenv", True),
        ("can my venv go into git", True),
        ("who's late has to wait outside", False),
        ("who's there only knows venv", False),
        ("who's interested is welcome", False),
        ("who's new here, read the rules", False),
        ("who's in the call hears it too", False),
        ("whos first gets a cookie", False),
        ("when's done, tell me and i will check", False),
        ("when's ready i post the venv", False),
        ("where's best is up to you", False),
        ("where's the venv is a good question", False),
        ("how's that for a venv", False),
        ("what's done is done", False),
        ("can confirm my venv works", False),
        ("bis wann müssen die venvs fertig sein", True),
        ("hasta cuándo puedo usar el venv", True),
        ("bis wann das geht, weiß ich nicht", False),
        ("bis wann du willst", False),
        ("seit wann er da ist, weiß keiner", False),
        ("ab wann es voll wird, siehst du oben", False),
        ("wann immer du willst", False),
        ("desde cuando te conozco eres así", False),
        ("hasta cuando quieras puedes usar el venv", False),
        ("cuando puedo, uso un venv", False),
        ("hasta mañana con el venv", False),
        ("wie erstelle ich ein venv", True),
        ("hallo zusammen, warum findet python mein paket nicht", True),
        ("wo liegt das venv eigentlich", True),
        ("welche python version soll ich nehmen", True),
        ("kann man ein venv einfach löschen", True),
        ("was bedeutet pip freeze", True),
        ("weiß jemand wie ich da wieder rauskomme", True),
        ("wieso geht activate nicht", True),
        ("hola, cómo creo un entorno virtual", True),
        ("por que no me funciona pip", True),
        ("¿por qué necesito un venv", True),
        ("donde se guardan los paquetes", True),
        ("cual es la diferencia entre venv y conda", True),
        ("alguien sabe como salir del venv", True),
        ("puedo borrar la carpeta del venv", True),
        ("wie gesagt ich nehme immer ein venv", False),
        ("wie du siehst ist das ein venv", False),
        ("was du brauchst, ist ein venv", False),
        ("die lösung ist ein venv", False),
        ("hast du schon ein venv?", False),
        ("warum nicht einfach ein venv?", False),
        ("como dije, es un entorno virtual", False),
        ("como siempre el venv falla", False),
        ("ya has probado un venv?", False),
        ("por qué no usas un venv?", False),
        ("es un entorno virtual", False),
        ("tengo que irme al venv", False),
        ("que sirva de ejemplo un venv", False),
        ("cómo entro en el venv", True),
        ("hola, cómo me doy de baja", True),
        ("cómo le mando el venv a otro", True),
        ("cuándo es el próximo evento", True),
        ("por qué explotó mi venv", True),
        ("que versión necesito para esto", True),
        ("a que hora abre", True),
        ("que diferencia hay entre venv y conda", True),
        ("cuando es tarde me voy a dormir", False),
        ("como trabajo en casa no voy", False),
        ("como te dije ayer no funciona", False),
        ("cómo lo siento mucho", False),
        ("por qué sí", False),
        ("por qué será jaja", False),
        ("cuándo no, siempre igual", False),
        ("cómo amo este curso", False),
        ("que nunca uso windows ya te dije", False),
        ("que bueno que usas un venv", False),
        ("qué sueño tengo hoy", False),
        ("anyone know when the next lesson on venvs is", True),
        ("anybody here knows where my venv is", True),
        ("wondering if there's a lesson on venvs", True),
        ("i was wondering how to leave a venv", True),
        ("quick question, how much is a venv", True),
        ("noob question: what is a venv", True),
        ("are two venvs allowed", True),
        ("is the server open", True),
        ("is not allowed", False),
        ("is always open", False),
        ("wanna know how a venv works?", True),
        ("wanna set up a venv together?", False),
        ("do you want to make a venv with me?", False),
        ("anyone up for a lesson on venvs tonight?", False),
        ("who wants to make a venv with me?", False),
        ("who's coming to the lesson on venvs?", False),
        ("shall we make a venv?", False),
        ("my venv is gone, how do i get it back", True),
        ("yo whats the version of venv", True),
        ("help how do i leave a venv", True),
        ("can you send me your venv?", False),
        ("can you tell me what a venv is?", True),
        ("can you please let me know what a venv is?", True),
        ("could you point me to the lesson on venvs?", True),
        ("can you lose a venv, or will they warn us?", True),
        ("can you train with me?", False),
        ("hey do you want to make a venv?", False),
        ("ok are you in the venv?", False),
        ("how are you doing today?", False),
        ("what are you allowed to put in a venv?", True),
        ("sorry, but where is my venv", True),
        ("dumb question but how do i leave a venv", True),
        ("can you please call me?", False),
        ("i made a venv, when can we meet", False),
        ("i'm bored, what should we play", False),
        ("i like my venv, why should i leave it", False),
        ("tom, how do i get to your venv", False),
        ("hey tom, how do i get to your venv", False),
        ("our venv is gone, how do we get it back", True),
        ("wie viel kostet eine mitgliedschaft", True),
        ("wie viel das kostet, weiß ich nicht", False),
        ("kurze frage, wo liegt das venv", True),
        ("una pregunta, dónde está el venv", True),
        ("hola, me podéis decir cuánto cuesta el curso", True),
        ("gute frage, weiß ich nicht", False),
        ("sind hunde im kurs erlaubt", True),
        ("ist nie offen", False),
        ("hat jemand lust auf ein venv?", False),
        ("kommt ihr zum kurs?", False),
        ("alguien se apunta al curso?", False),
        ("quieres crear un venv?", False),
        ("was kostet der kurs", True),
        ("wie hoch ist der beitrag", True),
        ("wie oft darf ich das venv löschen", True),
        ("ab welchem alter dürfen kinder mitmachen", True),
        ("wer pflegt die venvs", True),
        ("bekomme ich ein zertifikat", True),
        ("wie oft gesagt nehme ich ein venv", False),
        ("wie lange das dauert ist unklar", False),
        ("wer nicht kommt ist selbst schuld", False),
        ("wer nimmt den bus, der kommt zu spät", False),
        ("wer braucht die schon", False),
        ("was gehört hab ich auch", False),
        ("bekomme ich nicht hin", False),
        ("brauche ich auch immer", False),
    ],
)
def test_what_reads_as_a_question(said: str, is_one: bool):
    """A line that asks something in any language counts; quotes, stories and answers do not."""
    assert reads_as_question(said) is is_one
