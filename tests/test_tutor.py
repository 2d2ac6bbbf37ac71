"""The tutor: all methods that a front end calls."""

from __future__ import annotations

import sys
from collections import Counter
from gettext import NullTranslations
from pathlib import Path

import pytest

from bot.dialogue.reply import Answer, Suggestions, Unknown
from bot.dialogue.snapshot import MAX_CHOICES, Snapshot
from bot.dialogue.walkthrough import Progress, Walkthrough
from bot.language import words
from bot.language.words import in_locale
from bot.lessons.library import Library
from bot.lessons.pictures import PictureFile
from bot.tutor import LEAD, Tutor
from tests.support.command import LESSON
from tests.support.pseudo import GREEK

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "venv.yaml").write_text(LESSON, encoding="utf-8")
    return tmp_path


@pytest.fixture
def library(folder: Path) -> Library:
    return Library.open(folder)


@pytest.fixture
def tutor(library: Library) -> Tutor:
    return Tutor(library)


def test_a_question_gets_one_of_three(tutor):
    """A question gets an answer, suggestions, or unknown. A greeting is not a question."""
    assert isinstance(tutor.answer("y do i need a venv"), Answer)
    assert isinstance(tutor.answer("virtual environments in my project"), Suggestions)
    assert tutor.answer("how do i bake bread") == Unknown()
    assert tutor.answer("hello 👋") == Unknown(nothing_asked=True, small_talk="greeting")


NEWCOMERS = """
lesson: Newcomers
entries:
  - {id: new, question: "I'm new here. Where do I start?", phrasings: [first steps], answer: In the lobby.}
  - {id: bored, question: What can I do if I am bored?, phrasings: [things to do], answer: Play a game.}
  - {id: rip, question: How do I rip a CD?, phrasings: [rip my cd], answer: With a ripper.}
  - {id: legend, question: How do I add a legend to a plot?, answer: With `legend`.}
  - {id: nervous, question: I am nervous before the exam. What helps?, answer: Breathe.}
  - {id: rules, question: Where are the rules?, answer: In the lobby.}
"""


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("i'm new here", "new"),
        ("i'm bored", "bored"),
        ("rip it", "rip"),
        ("legend", "legend"),
        ("im so nervous", "nervous"),
    ],
)
def test_small_talk_that_an_entry_is_about_is_answered(tmp_path, tutor, text, entry):
    """Where no entry surely is, "I'm new here" remains a greeting."""
    assert tutor.answer(text) == Unknown(nothing_asked=True, small_talk="greeting" if entry == "new" else "remark")
    (tmp_path / "venv.yaml").write_text(NEWCOMERS, encoding="utf-8")
    said = Tutor(Library.open(tmp_path)).answer(text)
    assert isinstance(said, Answer)
    assert said.id == entry


def test_praise_is_no_question_about_its_words(tmp_path):
    """A member who is called a legend did not ask for one."""
    (tmp_path / "venv.yaml").write_text(NEWCOMERS, encoding="utf-8")
    said = Tutor(Library.open(tmp_path)).answer("ur a legend")
    assert said == Unknown(nothing_asked=True, small_talk="remark")


def test_a_part_of_a_scenario_is_found_and_opens_at_its_step(tutor):
    """A question about a solution gets that step as its answer, and the walkthrough opens at it."""
    said = tutor.answer("reinstall again and again")
    assert isinstance(said, Answer)
    assert said.opens
    view = Walkthrough(tutor.scenario(said.opens.scenario)).view(Progress(said.opens.step))
    assert (view.step.title, view.step.name) == ("Reinstall again and again", "Solution 1")


LOAF = """
lesson: Baking
entries:
  - id: start
    question: How do I make a starter?
    phrasings: [how to start a sourdough starter from zero]
    answer: |
      Mix 50 g wholemeal rye with 50 g warm water in a jar. Every day, throw away all but a spoonful and feed it
      with 50 g flour and 50 g water. After 7 to 14 days it doubles within six hours. Then you can bake with it.
  - id: ready
    question: How do I know that my starter is ready to bake with?
    phrasings: [does the float test work]
    answer: It doubles within 4 to 6 hours after a feed. The float test is a hint, not a proof.
  - id: hooch
    question: What is the grey liquid on top of my starter?
    phrasings: [hooch]
    answer: That is hooch, alcohol from hungry yeast. Pour it off or stir it in, then feed the starter.
  - id: hydration
    question: What does hydration mean?
    phrasings: [what is baker's percentage]
    answer: The weight of the water divided by the weight of the flour. 350 g water on 500 g flour is 70 %.
  - id: fridge
    question: Can I leave the dough in the fridge overnight?
    phrasings: [cold retard]
    answer: Yes, 8 to 16 hours after shaping, covered. Bake it straight from the fridge.
  - id: homework
    question: When do I have to hand in my bake photo?
    phrasings: [where do I post my homework]
    answer: "By Sunday 20:00 in #bake-photos, one photo of the crust and one of the crumb."
scenarios:
  - id: flat-loaf
    title: The loaf that went flat
    story: |
      Priya's dough looked great in the bowl at nine. She went out for dinner, came back at two in the morning, and
      baked it. It came out flat as a pizza.
    solutions:
      - id: more-flour
        title: Knead in more flour
        plan: Priya adds 100 g flour next time.
        outcome: The bread is drier, and still flat.
        why: Not the water was the problem. The dough had eaten all it had.
        verdict: fails
      - id: shorter-bulk
        title: Watch the dough, not the clock
        plan: She marks the bowl, and shapes when the dough has grown by half.
        outcome: It springs up in the oven.
        why: There is sugar left for the last push, and the gluten still holds.
        verdict: works
"""


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("why is my loaf flat", True),
        ("the loaf came out flat as a pizza", True),
        ("my loaf came out heavy and tight with no holes", False),
        ("my loaf came out of the oven burnt", False),
    ],
)
def test_a_story_of_another_problem_is_only_offered(tmp_path: Path, text: str, is_told: bool):
    """Whoever tells of a burnt loaf reads that of a flat one only if they choose it."""
    (tmp_path / "baking.yaml").write_text(LOAF, encoding="utf-8")
    said = Tutor(Library.open(tmp_path)).answer(text)
    assert isinstance(said, Answer) is is_told
    if isinstance(said, Answer):
        assert said.id == "flat-loaf.story"


def test_an_edited_lesson_is_known_at_the_next_question(tutor, library, folder):
    """Edited entries, aliases and scenarios are used without a restart."""
    assert tutor.answer("what is a wheel") == Unknown()
    lesson = folder / "venv.yaml"
    lesson.write_text(
        LESSON.replace("entries:", "entries:\n  - {id: wheel, question: What is a wheel?, answer: A package.}")
        .replace("venv, virtual env]", "venv, virtual env, bubble]")
        .replace("Two versions of Django", "Two versions of Flask"),
        encoding="utf-8",
    )
    assert library.reload()
    assert tutor.answer("what is a wheel").text == "A package."
    assert tutor.answer("what is a bubble").id == "what-is-it"
    assert tutor.find_scenario("Two versions of Flask")
    assert tutor.explain("wheel")
    assert "What is a wheel?" in [each.text for each in tutor.complete("")]


def test_nobody_waits_while_an_index_is_built(tutor, library, folder):
    """While edited lessons are indexed, the old ones still answer."""
    seen = []
    library.before_change.append(lambda _: seen.append(tutor.answer("what is a wheel")))
    lesson = LESSON.replace(
        "entries:", "entries:\n  - {id: wheel, question: What is a wheel?, answer: A package.}"
    )
    (folder / "venv.yaml").write_text(lesson, encoding="utf-8")
    assert library.reload()
    assert seen == [Unknown()]
    assert tutor.answer("what is a wheel").id == "wheel"


def test_a_lesson_that_broke_goes_on_answering(tutor, library, folder):
    """A lesson with an error still answers from its last valid version."""
    (folder / "venv.yaml").write_text("lesson: [")
    library.reload()
    assert isinstance(tutor.answer("what is a venv"), Answer)


def test_what_is_gone_is_none_and_not_an_error(tutor):
    """Ids of removed items return None, as buttons can be older than the lessons."""
    assert tutor.explain("gone") is None
    assert tutor.explain("") is None
    assert tutor.explain("two-versions.gone") is None
    assert tutor.explain("two-versions.check") is None
    assert tutor.scenario("gone") is None
    assert tutor.near("gone", "story") == {}
    assert [each.id for each in tutor.questions(["gone", "why", "two-versions.gone"])] == ["why"]


def test_a_scenario_is_always_the_one_of_now(tutor, library, folder):
    """Learners continue in the new version after an author saves a scenario."""
    lesson = folder / "venv.yaml"
    lesson.write_text(LESSON.replace("Ishant needs two versions.", "Ishant needs three."), encoding="utf-8")
    assert library.reload()
    assert tutor.scenario("two-versions").story == "Ishant needs three."
    lesson.write_text(LESSON[: LESSON.index("scenarios:")], encoding="utf-8")
    assert library.reload()
    assert tutor.scenario("two-versions") is None


@pytest.mark.parametrize(
    "wanted", ["", "  ", "two-versions", "Two versions of Django", " two VERSIONS of django ", "django"]
)
def test_a_scenario_is_found_by_what_one_would_type(tutor, wanted):
    """A scenario is found by its title or a part of it, in any case; the only one by an empty text."""
    assert tutor.find_scenario(wanted).id == "two-versions"


def test_an_unclear_scenario_is_not_guessed(tutor, library, folder):
    """A text in two titles finds neither, so that the learner chooses; an exact title finds its scenario."""
    second = (
        LESSON[LESSON.index("scenarios:") :]
        .replace("two-versions", "more")
        .replace("of Django", "of Django, again")
    )
    (folder / "more.yaml").write_text("lesson: More\n" + second, encoding="utf-8")
    assert library.reload()
    assert tutor.find_scenario("") is None
    assert tutor.find_scenario("django") is None
    assert tutor.find_scenario("again").id == "more"
    assert tutor.find_scenario("Two versions of Django").id == "two-versions"
    assert tutor.find_scenario("flask") is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", None),
        ("del", "How do I delete a virtual environment?"),
        ("DELETE", "How do I delete a virtual environment?"),
        ("delte venv", "How do I delete a virtual environment?"),
        ("get rid", "How do I delete a virtual environment?"),
        ("why", "Why do we need virtual environments?"),
    ],
)
def test_completion_shows_the_best_first(tutor, typed, first):
    """An unfinished word, a typo or a phrasing finds the canonical question."""
    offered = [each.text for each in tutor.complete(typed)]
    assert len(offered) == len(set(offered)) <= MAX_CHOICES
    assert offered[0] == first or first is None
    assert offered


@pytest.mark.parametrize("typed", ["(", "[a-", "\\", "*", "\ud800", "x" * 6000, "\n", "😀"])
def test_completion_takes_anything(tutor, typed):
    """Any text is valid for autocomplete."""
    assert len(tutor.complete(typed)) <= MAX_CHOICES


def test_completion_offers_no_more_than_discord_shows(tutor, library, folder):
    """Of 60 questions, 25 are offered, including the typed one."""
    entries = "".join(f"  - {{id: e{n}, question: Question number {n}?, answer: A.}}\n" for n in range(60))
    (folder / "many.yaml").write_text(f"lesson: Many\nentries:\n{entries}")
    assert library.reload()
    assert len(tutor.complete("")) == MAX_CHOICES
    assert tutor.complete("number 57")[0].text == "Question number 57?"


@pytest.mark.parametrize("look", ["complete", "find", "beginning"])
def test_a_key_that_is_pressed_does_not_walk_through_the_library(tmp_path, look):
    """Autocomplete in a library with eight times as many entries takes hardly more steps."""
    steps = [_steps(_library_of(tmp_path / str(size), size), look) for size in (100, 800)]
    assert steps[1] < 2 * steps[0]


def _library_of(folder: Path, size: int) -> Tutor:
    folder.mkdir()
    entries = "".join(f"  - {{id: e{n}, question: Number {n} is what?, answer: A.}}\n" for n in range(size))
    (folder / "many.yaml").write_text(f"lesson: Many\nentries:\n{entries}")
    return Tutor(Library.open(folder))


def _steps(tutor: Tutor, look: str) -> int:
    """The number of function calls, including Python's own functions."""
    called: Counter[str] = Counter()
    getattr(tutor, look)("what is read once")
    sys.setprofile(lambda _frame, event, _what: called.update([event]))
    try:
        for typed in ("number 5 is", "numbr 17 is", "Number 42 is what?", "what", "i"):
            found = getattr(tutor, look)(typed)
            next(iter(found or ()), None)
    finally:
        sys.setprofile(None)
    return called["call"] + called["c_call"]


def test_an_empty_box_offers_what_was_answered_most(tutor):
    """Without a text, the most answered questions come first, then all others in the order of the lessons."""
    before = [each.id for each in tutor.complete("")]
    wanted = before[-1]
    assert tutor.answer(tutor.explain(wanted).question)
    assert [each.id for each in tutor.complete("")] == [wanted, *before[:-1]]


def test_a_picture_that_went_missing_is_left_out(folder):
    """An answer is still given if its picture is missing."""
    (folder / "a.png").write_bytes(PNG)
    (folder / "p.yaml").write_text(
        "lesson: P\nentries:\n  - {id: p, question: Picture?, answer: Here., image: {file: a.png, alt: An A.}}\n"
    )
    tutor = Tutor(Library.open(folder))
    said = tutor.explain("p")
    assert said
    assert tutor.picture(said.picture) == PictureFile(folder, "a.png")
    (folder / "a.png").unlink()
    assert tutor.picture(said.picture) is None
    assert tutor.picture(None) is None


class TestAskedInTheMiddleOfAWalkthrough:
    """Questions at a step of a walkthrough, with `near` for that step."""

    UNCLEAR = "mend and paint and wash a cup"
    SCENARIO = """\
lesson: Cups
entries:
  - {id: own, question: How do I wash a blue cup?, answer: With a brush.}
scenarios:
  - id: tea
    title: Tea for two
    story: There is one pot.
    related: [at-the-end]
    solutions:
      - {id: boil, title: Boil it twice, plan: He boils., related: [linked]}
      - {id: wait, title: Wait for it, plan: He waits., related: [elsewhere]}
"""
    OTHERS = """\
lesson: More cups
entries:
  - {id: stranger, question: How do I paint a red cup?, answer: Slowly.}
  - {id: linked, question: How do I mend a green cup?, answer: With glue.}
  - {id: elsewhere, question: Where do I store a jug?, answer: In there.}
  - {id: at-the-end, question: Who makes a plate?, answer: They do.}
"""

    @pytest.fixture
    def tutor(self, tmp_path: Path) -> Tutor:
        (tmp_path / "a.yaml").write_text(self.OTHERS)
        (tmp_path / "b.yaml").write_text(self.SCENARIO)
        # These three entries fit equally well by words alone.
        return Tutor(Library.open(tmp_path), sources=())

    def test_what_belongs_to_a_step(self, tutor):
        """These are the step, the entries that it links to, those of its lesson, and the scenario's links."""
        near = tutor.near("tea", "boil")
        assert near.keys() == {"linked", "at-the-end", "tea.boil", "own"}
        assert near["linked"] == near["tea.boil"] > near["own"] == near["at-the-end"] > 1
        assert "linked" not in tutor.near("tea", "wait"), "another step links to other entries"

    def test_what_belongs_to_the_step_is_suggested_first(self, tutor):
        """Among suggestions that fit about equally well, those that the step links to come first."""
        said = tutor.answer(self.UNCLEAR)
        assert isinstance(said, Suggestions)
        fitting = {each.id for each in said.questions}
        assert fitting == {"stranger", "linked", "own"}
        for id_ in fitting:
            near = tutor.answer(self.UNCLEAR, near={id_: LEAD})
            assert isinstance(near, Suggestions)
            assert near.questions[0].id == id_
            assert {each.id for each in near.questions} == fitting, "nothing is pushed out that fits as well"
        at_the_step = tutor.answer(self.UNCLEAR, about="tea.boil", near=tutor.near("tea", "boil"))
        assert isinstance(at_the_step, Suggestions)
        assert at_the_step.questions[0].id == "linked"

    def test_what_hardly_fits_is_not_pulled_up(self, tutor):
        """An entry that hardly fits is not suggested because it is linked."""
        plain = tutor.answer(self.UNCLEAR)
        assert tutor.answer(self.UNCLEAR, near={"elsewhere": LEAD, "at-the-end": LEAD}) == plain

    def test_a_sure_answer_stays(self, tutor):
        """A clear question gets its answer at every step."""
        near = tutor.near("tea", "boil")
        for question in ("how do i paint a red cup", "paint a red cup"):
            said = tutor.answer(question, near=near)
            assert said == tutor.answer(question)
            assert isinstance(said, Answer)
            assert said.id == "stranger"

    def test_unknown_stays_unknown(self, tutor):
        """An unknown question stays unknown at a step."""
        near = tutor.near("tea", "boil")
        assert tutor.answer("how do i bake bread", near=near) == Unknown()
        assert tutor.answer("hello", near=near) == Unknown(nothing_asked=True, small_talk="greeting")


def test_who_publishes_in_which_language_changes_nothing_that_is_found(library, monkeypatch):
    """The index does not depend on the language of the moderator who publishes."""

    class OtherWords(NullTranslations):
        def gettext(self, message: str) -> str:
            return "etwas anderes"

    monkeypatch.setattr(words, "catalogue", lambda tag: NullTranslations() if tag == "en" else OtherWords())
    in_english = Snapshot.of(library.lessons).index
    with in_locale("de"):
        in_german = Snapshot.of(library.lessons).index
    for asked in ("what is the plan", "etwas anderes"):
        assert in_german.rank(asked) == in_english.rank(asked)


def test_a_question_is_shown_translated_and_found_in_any_language(pseudo):
    """A reply to a card is a follow-up even if the server's language was changed since."""
    tutor = Tutor(Library.open(GREEK))
    id_, in_english = "flat-bread.behind-the-scenes", "Το ψωμί δεν φούσκωσε: behind the scenes"
    with in_locale(pseudo):
        said = tutor.explain(id_)
        assert said
        assert said.question == f"⟦{in_english}⟧"
        assert said.opens
        assert said.opens.title == "⟦Behind the scenes⟧"
        assert tutor.complete("⟦το ψωμί")[0].text == said.question
        assert tutor.snapshot.passages[id_].question == in_english
        assert tutor.find(in_english) == id_
    assert tutor.find(said.question) == id_
    assert tutor.find("⟦Πίτα: behind the scenes⟧") is None


def test_the_step_that_an_entry_opens_is_named_in_the_language_of_each_reader(tmp_path):
    """Whoever reads the entry first does not choose the language for all others."""
    (tmp_path / "bread.yaml").write_text(
        "lesson: Bread\nentries:\n  - {id: bread, question: 'Flat bread: behind the scenes', answer: Yeast.}\n"
        "scenarios:\n  - id: flat-bread\n    title: Flat bread\n    story: It did not rise.\n    solutions:\n"
        "      - {id: wait, title: Wait, plan: Wait.}\n    behind_the_scenes: No yeast.\n",
        encoding="utf-8",
    )
    tutor = Tutor(Library.open(tmp_path))
    named = []
    for language in ("de", "es", "en"):
        with in_locale(language):
            said = tutor.explain("bread")
        assert said
        assert said.opens
        named.append(said.opens.title)
    assert named == ["Hinter den Kulissen", "Entre bastidores", "Behind the scenes"]
