"""Questions about the bot and its stories, and questions that only point at something."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.dialogue.reply import Answer, Suggestions, Topics, Unknown, UseCommand
from bot.lessons.library import Library
from bot.search.words.about_the_bot import (
    asks_about_the_bot,
    asks_for_topics,
    points_at_something,
    wants_person,
)
from bot.search.words.command_wishes import CommandFor, command_meant
from bot.search.words.story_wishes import story_in, walkthrough_in
from bot.tutor import Tutor
from tests.support.sayings import sayings

TOPICS = """
what can you tell me about | which topics do you have | what do you know? | what can you do
help me, what can you do?
what else do you know | list all lessons | show me the questions | what topics can i ask about
what can I ask you? | hi, what can you help me with | what lessons are there
what questions can you answer | welche Themen gibt es? | Was kannst du? | was weißt du alles
how can you help me? | what stuff can i learn here | what lessons do you have about python
what are your lessons about | wat topics do u hv | what topics r there | what can u tell me abt
worüber weißt du was | wie kannst du uns helfen | ¿de qué temas sabes? | ¿cómo me puedes ayudar?
Worüber kann ich dich fragen? | zeig mir alle Lektionen | ¿qué temas tienes?
wo finde ich die Lektionen? | where do i find the lessons | ¿dónde están las lecciones? | Bitte zeig mir die Themen
¿Qué puedes hacer? | ¿Qué sabes? | ¿En qué me puedes ayudar? | muéstrame los temas
"""
THE_BOT = """
who are you | how does this bot work | are you a bot? | r u human | are you an AI? | are you chatgpt?
is this an AI? | wer bist du | bist du ein Mensch? | bist du ChatGPT? | ist das eine KI?
bist du ein Mensch oder ein Bot? | are you a human or a bot? | ¿qué eres? | ¿eres un bot o una persona?
wie benutze ich dich | wie funktioniert der Bot? | wofür bist du da? | wie funktionierst du?
was ist das für ein Bot?
¿cómo funciona este bot? | ¿cómo funcionas? | ¿qué es este bot? | ¿eres un robot? | ¿eres una IA?
¿quién eres? | ¿para qué sirves?
who made you? | who is your owner | whats your name | how old are you | do you understand german?
wer hat dich programmiert? | wie heißt du? | wie alt bist du | sprichst du Deutsch?
¿quién te creó? | ¿cómo te llamas? | ¿cuántos años tienes? | ¿hablas español?
"""
A_PERSON = """
i want to talk to a human | can i speak to a real person please? | how do i contact a moderator | i need a human
let me talk to someone else | is there a human here i can talk to | is there a moderator online?
ich will mit einem Menschen reden | kann ich mit jemandem sprechen? | ich möchte mit einer echten Person schreiben
wie erreiche ich die Moderation?
gibt es hier einen Menschen, mit dem ich reden kann?
¿hay una persona con la que pueda hablar?
quiero hablar con una persona | ¿puedo hablar con un humano? | ¿cómo contacto con los moderadores?
"""
NO_PERSON = """
i want to talk to an api | how do i talk to a server in python | how do i message someone
is there a human readable format | ich will mit einer Datenbank reden | wie rede ich mit Docker
quiero hablar con una api en python
is there a mod for this game | is there an admin panel
quiero hablar con una persona que sepa de pip | a real person told me to use venv | how do i add a moderator
"""
FOR_COMMANDS: dict[CommandFor, str] = {
    "data": """
forget | /ask forget | my data | delete everything you know about me | can u delete my data pls | forget me
what have you saved about me? | how can i delete what you saved about me | please send me my data
Lösche bitte meine Daten | lösche alles, was du über mich weißt | vergiss mich | kannst du meine Daten löschen?
was weißt du über mich? | zeig mir meine Daten | wie lösche ich meine Daten? | wie kann ich meine Daten löschen?
how do i delete my data? | how can I erase all my data | was speicherst du? | welche Daten speichert ihr über mich
¿cómo borro mis datos? | ¿cómo puedo borrar mis datos? | ¿cómo elimino todo lo que sabes de mí?
¿qué datos guardas?
borra mis datos | elimina todo lo que sabes de mí | ¿puedes borrar todos mis datos? | olvídame | ¿qué sabes de mí?
""",
    "reminders": """
stop sending me reminders | how do i turn off the reminders? | turn my reminders off | no more reminders please
i don't want any more reminders | stop reminding me
schick mir bitte keine Erinnerungen mehr | wie stelle ich die Erinnerungen ab? | Erinnerungen abbestellen
hör auf, mich zu erinnern | ich möchte keine Erinnerungen mehr | bitte keine Erinnerungen mehr
hör auf mit den Erinnerungen | ich möchte keine Erinnerungen mehr bekommen | unsubscribe from the reminders
deja los recordatorios | por favor, no más recordatorios | basta de recordatorios
deja de enviarme recordatorios | no quiero más recordatorios | ¿cómo desactivo los recordatorios?
""",
    "walkthrough": """
how do i start a walkthrough | how can I continue my walkthrough? | continue my walkthrough | /walkthrough
wie starte ich eine Übung? | wie setze ich meine Übung fort | ich möchte mit meiner Übung weitermachen
¿cómo empiezo un recorrido? | quiero seguir con mi recorrido | retomar el recorrido
""",
}
FOR_NO_COMMAND = """
how do i delete a venv | how do i delete my data folder | how do i delete my database | delete my account
wie lösche ich meine Daten in pandas | wie lösche ich meine Datenbank | wie lösche ich mein venv
¿cómo borro mis paquetes? | ¿cómo borro mis datos de pandas? | how do i see my data | wie bekomme ich meine Daten
wie stelle ich eine Erinnerung ein | ich möchte keine Warnungen mehr bekommen
deja los paquetes en requirements.txt | delete everything in the folder | forget it
my data is lost | show me my data frame | what data do you need | how do i turn off notifications | remind me later
what is a walkthrough | how do i continue a loop | tell me a story
vergiss es | wie löse ich die Übung | erinnere mich morgen | olvídalo | quiero ver los temas | stop
"""
LIKE_BUTTONS = """
next | Next! | next step please | continue | ok continue | keep going | quiz me | restart
let's start | weiter | weiter geht's | zurück | bitte weitermachen | nächster Schritt
siguiente | sigue por favor | atrás
"""
LIKE_OTHER_BOTS = "menu | /start | home | Menü | inicio"
OTHERS = """
what do you know about pip | what can you tell me about pip | list all packages | how do i list all packages
how can you help me with pip | what packages can i install here
what is a lesson | which topics does django cover | how do you work with venvs
wie funktioniert ein bot | wie funktioniert der bot von discord.py | wie schreibe ich einen bot | was ist ein bot
was ist das für ein ordner | cómo funciona un venv | qué es este archivo | cómo hago un bot de discord
is chatgpt good for python | was ist chatgpt | wo finde ich die pakete | wo finde ich die lektion über pip
where do i find the lesson on pip | are you sure that works on windows | bist du sicher
was kannst du mir über pip erzählen | qué sabes de pip | who made pip | do you know pip | how old is python
who are you talking about in the story
"""


def test_who_asks_what_the_bot_knows_is_heard(tutor: Tutor):
    """If a member asks what the bot knows, in any of its languages, it shows the lessons."""
    assert [each for each in sayings(TOPICS) if not asks_for_topics(each)] == []
    assert [each for each in sayings(TOPICS) if tutor.answer(each) != Topics()] == []


def test_who_asks_what_the_bot_is_reads_that_first(tutor: Tutor):
    """ "Are you an AI?" is answered, before the lessons are shown."""
    assert [each for each in sayings(THE_BOT) if tutor.answer(each) != Topics(about_bot=True)] == []


def test_who_wants_a_person_is_heard(tutor: Tutor):
    """They are not told to try other words. Other things that one can talk to are asked about."""
    assert [each for each in sayings(A_PERSON) if tutor.answer(each) != Unknown(wants_person=True)] == []
    assert [each for each in sayings(NO_PERSON) if wants_person(each)] == []


@pytest.mark.parametrize(("command_for", "said"), FOR_COMMANDS.items())
def test_what_has_a_command_gets_it(tutor: Tutor, command_for: CommandFor, said: str):
    """Whoever asks in words to delete their data, to stop reminders or for a walkthrough reads the command."""
    assert [each for each in sayings(said) if tutor.answer(each) != UseCommand(command_for)] == []


def test_who_writes_what_a_button_says_reads_how_to_go_on(tutor: Tutor):
    """Such a word is no question, and no miss for the moderators."""
    assert [each for each in sayings(LIKE_BUTTONS) if tutor.answer(each) != UseCommand("walkthrough")] == []
    assert [each for each in sayings(LIKE_OTHER_BOTS) if tutor.answer(each) != Topics()] == []
    cancelled = Unknown(nothing_asked=True)
    assert [each for each in sayings("cancel | abbrechen | salir") if tutor.answer(each) != cancelled] == []


def test_what_a_button_says_can_be_what_an_entry_is_about(tmp_path: Path):
    """Then it finds the entry. Lessons without a walkthrough have no step to go on to."""
    entry = {"id": "continue", "question": "What does `continue` do?", "answer": "The loop goes on."}
    other = {"id": "menu", "question": "How do I open the menu?", "answer": "Press M."}
    lesson = {"lesson": "Loops", "entries": [entry, other]}
    (tmp_path / "loops.yaml").write_text(yaml.safe_dump(lesson), encoding="utf-8")
    tutor = Tutor(Library.open(tmp_path))
    for asked in ("continue", "menu"):
        said = tutor.answer(asked)
        assert isinstance(said, Answer | Suggestions)
        assert asked in ({said.id} if isinstance(said, Answer) else {each.id for each in said.questions})
    assert tutor.answer("next") == Unknown(nothing_asked=True)


def test_an_entry_about_the_members_data_answers_before_the_command(tmp_path: Path):
    """A course on accounts can tell how to delete data there."""
    entry = {"id": "data", "question": "How do I delete my data?", "answer": "In the settings."}
    other = {"id": "name", "question": "How do I change my name?", "answer": "In the settings."}
    lesson = {"lesson": "Accounts", "entries": [entry, other]}
    (tmp_path / "accounts.yaml").write_text(yaml.safe_dump(lesson), encoding="utf-8")
    tutor = Tutor(Library.open(tmp_path))
    for asked in ("how do i delete my data", "how can I delete all my data?"):
        said = tutor.answer(asked)
        assert isinstance(said, Answer)
        assert said.id == "data"


def test_an_entry_about_other_data_is_offered_in_place_of_the_command(tmp_path: Path):
    """In a course on data, "my data" may be the rows of a table."""
    questions = ("How do I delete rows of my data?", "How do I rename a column?", "How do I install a package?")
    entries = [{"id": f"e{n}", "question": each, "answer": "So."} for n, each in enumerate(questions)]
    (tmp_path / "data.yaml").write_text(yaml.safe_dump({"lesson": "Data", "entries": entries}), encoding="utf-8")
    tutor = Tutor(Library.open(tmp_path))
    said = tutor.answer("how can i remove my data")
    assert isinstance(said, Suggestions)
    assert said.questions[0].id == "e0"
    for asked in ("how do i delete everything you know about me", "forget my data"):
        assert tutor.answer(asked) == UseCommand("data")


def test_an_entry_on_courses_or_moderators_is_offered_before_the_bots_own_reply(tmp_path: Path):
    """A school tells which courses it has, and a server how to contact a moderator."""
    questions = {
        "courses": "Which courses do you have?",
        "contact": "How do I contact a moderator?",
        "price": "How much does a course cost?",
        "english": "Do you speak English?",
        "office": "When is the office open?",
    }
    entries = [{"id": id_, "question": each, "answer": "So."} for id_, each in questions.items()]
    (tmp_path / "one.yaml").write_text(yaml.safe_dump({"lesson": "One", "entries": entries}), encoding="utf-8")
    tutor = Tutor(Library.open(tmp_path))
    for asked, meant in {
        "which courses are there": "courses",
        "show me the courses": "courses",
        "how do i reach a moderator": "contact",
        "can i contact an admin?": "contact",
        "can you speak english?": "english",
    }.items():
        said = tutor.answer(asked)
        assert isinstance(said, Answer | Suggestions), asked
        assert (said.id if isinstance(said, Answer) else said.questions[0].id) == meant
    assert tutor.answer("what can you tell me about") == Topics()
    assert tutor.answer("can i contact a human please") == Unknown(wants_person=True)


def test_a_question_with_the_words_of_a_command_is_a_question():
    """Data can be deleted, and reminders be set, elsewhere, too."""
    assert [each for each in sayings(FOR_NO_COMMAND) if command_meant(each)] == []


def test_who_asks_what_it_knows_of_something_is_answered():
    """A question about what the bot knows of a subject is answered as a question."""
    assert [each for each in sayings(OTHERS) if asks_for_topics(each) or asks_about_the_bot(each)] == []


@pytest.mark.parametrize(
    "text",
    [
        "tell me the story with the two versions",
        "walk me through the django problem",
        "is there a walkthrough about two versions of django?",
        "erzähl mir die Geschichte mit den zwei Django-Versionen",
        "cuéntame la historia de las dos versiones de django",
    ],
)
def test_a_story_is_offered_with_its_walkthrough(tutor: Tutor, text: str):
    """A story is found by its content, and offered with its walkthrough."""
    said = tutor.answer(text)
    assert isinstance(said, Answer)
    assert said.opens
    assert said.opens.scenario == "two-django-versions"


def test_of_several_stories_one_is_chosen(tutor: Tutor):
    """If a member asks for any story, all are offered; for an unclear subject, those that may be meant."""
    for text in ("tell me a story", "which walkthroughs are there"):
        said = tutor.answer(text)
        assert isinstance(said, Suggestions)
        assert {each.id for each in said.questions} == {"two-django-versions.story", "works-on-my-machine.story"}
    assert not isinstance(tutor.answer("is there a walkthrough about docker"), Answer)
    assert story_in("how do i write a user story") is None


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("the walkthrough about the teammate whose pc fails", "works-on-my-machine.story"),
        ("is there a walkthrough on sharing code", "works-on-my-machine.story"),
        ("do you have a kubernetes walkthrough", "two-django-versions.story"),
        ("gibt es eine Geschichte über das Teilen von Code", "works-on-my-machine.story"),
        ("ich suche ne Übung zu Kubernetes", "two-django-versions.story"),
        ("hay una historia sobre compartir código", "works-on-my-machine.story"),
        ("busco algún ejercicio de redes", "two-django-versions.story"),
    ],
)
def test_other_walkthroughs_are_offered_for_one_that_nobody_wrote(tutor: Tutor, text: str, nearest: str):
    """Whoever asks for a walkthrough that there is not is offered the others, the nearest first."""
    said = tutor.answer(text)
    assert isinstance(said, Suggestions)
    assert said.others
    assert said.questions[0].id == nearest
    assert len(said.questions) > 1


def test_a_walkthrough_about_anything_is_no_reason_to_say_nothing(tutor: Tutor):
    """For a story that nobody would look for here, the walkthroughs are offered, too."""
    said = tutor.answer("tell me the story of the three pigs")
    assert isinstance(said, Suggestions)
    assert said.others


def test_an_entry_on_the_subject_is_offered_beside_them(tutor: Tutor):
    """If no walkthrough is about Git, but an entry is, that is offered, too."""
    said = tutor.answer("any walkthroughs on git?")
    assert isinstance(said, Suggestions)
    assert [each.id for each in said.questions][-1] == "gitignore-the-venv"


@pytest.mark.parametrize(
    "text",
    [
        "walk me through kubernetes",
        "how do i write a user story",
        "what is a scenario",
        "qué es un escenario",
        "in that story, who is bob",
        "i read a sad story",
        "im Szenario fehlt Kubernetes",
    ],
)
def test_who_only_mentions_a_story_is_offered_none(text: str):
    """A message that tells of a story, or asks how to write one, is a question like any other."""
    assert walkthrough_in(text) is None


@pytest.mark.parametrize(
    "text",
    ["what is this?", "how do i do that thing", "can you help me with this", "wie geht das", "¿qué es esto?"],
)
def test_a_question_that_only_points_is_a_question(tutor: Tutor, text: str):
    """A question such as "what is this" counts as a question, so that moderators can ask what is meant."""
    assert tutor.answer(text) == Unknown()
    assert points_at_something(text)


@pytest.mark.parametrize("text", ["", "?", "how?", "anyone"])
def test_a_question_without_anything_is_asked_what_it_is_about(tutor: Tutor, text: str):
    """For a text without a question, the bot asks what it is about."""
    assert tutor.answer(text) == Unknown(nothing_asked=True)


def test_what_asks_nothing_goes_on_from_nothing(tutor: Tutor):
    """A text after an answer that asks nothing is not a follow-up."""
    assert (
        tutor.answer("you guys", "uv") == tutor.answer("you guys", earlier="bread?") == Unknown(nothing_asked=True)
    )
    assert tutor.answer("and you?", earlier="bread?") == Unknown()
