"""The preview in a real browser, as a newcomer uses it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogue.quiz import quiz_state
from tests.support.world import World, text

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# As root, and on a machine without network, Chromium needs to be told.
ZONE = "Asia/Kolkata"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

if not CHROMIUM and not os.environ.get("REQUIRE_BROWSER"):
    pytest.skip("no Chromium on this machine", allow_module_level=True)


@pytest.fixture
def address(lessons: Path, tmp_path: Path) -> Iterator[str]:
    """`lessonbot preview`, started as the README says; ends as with Ctrl+C."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "preview", "--no-browser"],
        env={**os.environ, "LESSONS_DIR": str(lessons), "PYTHONUNBUFFERED": "1", "TZ": ZONE},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout
        first = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\S+", first)
        assert found, f"the preview printed no address: {first}{process.stdout.read()}"
        yield found.group()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
        assert process.returncode == 0, rest
        assert "Traceback" not in rest
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def page(address: str, tmp_path: Path) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "REQUIRE_BROWSER is set, and there is no Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1280, "height": 1000})
        opened.goto(address)
        yield opened
        opened.screenshot(path=tmp_path / "last.png")
        browser.close()


def press(page: Any, label: str) -> None:
    """Press the last button with this label.

    Not with the mouse: if the page scrolls to what is new between mouse down and up, the press is lost.
    """
    page.locator("#preview-app[aria-busy=false]").wait_for()
    page.get_by_role("button", name=label, exact=True).last.dispatch_event("click")


def test_a_newcomer_asks_and_walks_in_a_browser(page: Any):
    """Mention, `/ask` with autocomplete, and the scenario to its end: all in the page, without a token."""
    page.get_by_text("Here are three things to try").last.wait_for()
    page.get_by_text("go to a temporary copy of the lessons").last.wait_for()

    box = page.get_by_role("textbox", name=re.compile("^Message"))
    box.press_sequentially("@Lessonbot y do i need a venv")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("isolates the packages that you are using").last.wait_for()

    box.press_sequentially("/ask")
    page.get_by_text("Ask a question about the lessons in your own words.").wait_for()
    box.press("Enter")
    page.keyboard.type("what is a virt", delay=30)
    page.get_by_role("option", name="What is a virtual environment?").click()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("which lets a developer create an").last.wait_for()
    page.get_by_text("Only you can see this").last.wait_for()

    press(page, "Open walkthrough: Two projects, two versions of Django")
    page.get_by_text("Step 1 of 9").wait_for()
    for n, label in enumerate(["Next", "Skip", *["Next"] * 6], 2):
        press(page, label)
        page.get_by_text(f"Step {n} of 9").wait_for()
        assert page.get_by_role("combobox", name="Go to a step").inner_text().startswith(f"{n}. ")
        if n == 6:
            drawn = "image => image.alt.startsWith('Two panels.') && image.naturalWidth > 500"
            page.wait_for_function(f"() => [...document.images].some({drawn})")
    page.get_by_role("button", name="Start over").wait_for()


def test_what_is_new_comes_into_sight(page: Any):
    """A low window opens with what to try, then shows each answer, and whoever sent a command types on."""
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 1280, "height": 500})
    said, box = page.get_by_role("log"), page.get_by_role("textbox", name=re.compile("^Message"))

    def reload() -> None:
        page.reload()
        page.locator("#preview-app[aria-busy=false]").wait_for()

    reload()
    expect(said.get_by_text("Here are three things to try")).to_be_in_viewport()
    box.press_sequentially("@Lessonbot what is a venv")
    box.press("Enter")
    helped = said.get_by_role("button", name="That helped")
    expect(helped).to_be_in_viewport()

    reload()
    expect(helped).to_be_in_viewport()
    page.mouse.move(640, 250)
    page.mouse.wheel(0, -5000)
    expect(helped).not_to_be_in_viewport()
    box.press_sequentially("/ask")
    page.get_by_text("Ask a question about the lessons in your own words.").wait_for()
    box.press("Enter")
    page.keyboard.type("how do i bake bread", delay=30)
    page.keyboard.press("Enter")
    expect(said.get_by_role("button", name="Ask the moderators")).to_be_in_viewport()
    expect(box).to_be_focused()


def test_a_walkthrough_is_chosen_and_started_with_the_enter_key(page: Any):
    """A command suggests what there is before the first letter, as in Discord."""
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    box.press_sequentially("/walkthrough")
    page.get_by_text("Solve a problem step by step.").wait_for()
    box.press("Enter")
    page.get_by_role("option", name=re.compile("^scenario")).wait_for()
    page.keyboard.press("Enter")
    scenario = page.get_by_role("option", name="It works on my machine")
    scenario.wait_for()
    page.keyboard.press("Enter")
    scenario.wait_for(state="hidden")  # on a slow machine, the second press would choose it once more
    page.keyboard.press("Enter")
    page.get_by_text("Step 1 of 9").wait_for()


def test_a_phone_shows_what_to_try_and_where(page: Any):
    """Whoever one looks as, a small page begins with the first message, and shows all places."""
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#preview-app[aria-busy=false]").wait_for()
    places = page.get_by_role("navigation", name="Places")
    first = page.get_by_role("log").get_by_text("Here are three things to try")
    for member in ("Lena (speaks German)", "Max (moderator)"):
        page.get_by_label("Viewing as").select_option(label=member)
        expect(places.get_by_role("button", name="inbox")).to_have_count(int(member.startswith("Max")))
        expect(first).to_be_in_viewport(ratio=1)
    for place in ("ask-here", "+ New post", "inbox", "Direct messages"):
        expect(places.get_by_role("button", name=place, exact=True)).to_be_in_viewport(ratio=1)


def test_a_forum_can_be_read_beside_a_long_button(page: Any):
    """In Spanish, *New post* is as wide as the list of places: the name of the forum stays whole."""
    forum = page.locator("#places .forum")
    forum.get_by_role("button").evaluate("button => { button.lastChild.textContent = 'Nueva publicación'; }")
    assert forum.locator("> span").evaluate("name => name.scrollWidth <= name.clientWidth")


def test_a_phone_can_send_a_command_with_a_long_description(page: Any):
    """*Send* stays in sight beside what is typed."""
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("Viewing as").select_option(label="Max (moderator)")
    page.get_by_role("navigation", name="Places").get_by_role("button", name="inbox").wait_for()
    page.get_by_role("textbox", name=re.compile("^Message")).press_sequentially("/lessons history")
    page.get_by_text("See what was changed, by whom and why").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Command /lessons history").wait_for()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport(ratio=1)


def test_what_a_person_answers_in_a_post_answers_the_next_member(page: Any):
    """A member posts, the bot stays quiet, a person answers, it becomes an entry, and another member gets it."""
    said, places = page.get_by_role("log"), page.get_by_role("navigation", name="Places")
    box = page.get_by_role("textbox", name=re.compile("^Message"))

    def be(member: str) -> None:
        page.get_by_label("Viewing as").select_option(label=member)

    def write(text: str) -> None:
        box.press_sequentially(text)
        press(page, "Send")

    page.get_by_text("Three things to try as a moderator").last.wait_for()
    assert not places.get_by_role("button", name="inbox").count(), "Mia does not see the inbox"
    press(page, "+ New post")
    page.get_by_label("Title").fill("How do I bake bread?")
    page.get_by_label("Your question").fill("I have flour.")
    press(page, "Post")
    said.get_by_text("I have flour.").wait_for()
    be("Max (moderator)")
    places.get_by_role("button", name="inbox").wait_for()
    said.get_by_text("I have flour.").wait_for()
    assert said.get_by_role("article").count() == 1, "the bot stays quiet"
    write("Knead it, and wait.")

    answer = said.get_by_role("article").filter(has_text="Knead it, and wait.")
    answer.click(button="right")
    answer.get_by_label("Apps").select_option("Save as entry")
    page.get_by_role("combobox", name="Lesson").last.click()
    page.get_by_role("option", name=re.compile("^Virtual Environments Adv")).click()
    press(page, "Submit")
    press(page, "Publish")
    said.get_by_text("new entry: How do I bake bread?", exact=True).wait_for()

    press(page, "ask-here")
    page.get_by_text("Three things to try as a moderator").last.wait_for()
    be("Ben (member)")
    places.get_by_role("button", name="inbox").wait_for(state="detached")
    write("@Lessonbot how can i bake bread")
    said.get_by_text("Knead it, and wait.").wait_for()
    said.get_by_role("button", name="That helped").wait_for()

    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => document.getElementById('places').clientHeight < 844 / 6")  # two lines


def test_ten_questions_over_a_minute(page: Any):
    """Nobody is stopped for good by the bot's pace, which a quick machine meets; the times on the page advance."""
    said = page.get_by_role("log")
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    answers = said.get_by_role("button", name="That helped")
    waits = said.get_by_text(re.compile(r"Please wait \d+ second"))
    began = time.monotonic()

    def ask() -> None:
        answered, told = answers.count(), waits.count()
        box.press_sequentially("@Lessonbot what is a venv")
        page.get_by_role("button", name="Send", exact=True).click()
        answers.nth(answered).or_(waits.nth(told)).wait_for()
        if waits.count() > told:
            seconds = re.search(r"Please wait (\d+)", waits.nth(told).inner_text())
            assert seconds
            page.wait_for_timeout(1000 * (int(seconds[1]) + 1))
            ask()

    for _ in range(9):
        ask()
    page.wait_for_timeout(max(0.0, 1000 * (began + 61 - time.monotonic())))
    ask()
    assert answers.count() == 10
    every = ((each, datetime.fromisoformat(each.get_attribute("datetime"))) for each in said.locator("time").all())
    # Without the days on which the answers were reviewed.
    shown = [(each, at) for each, at in every if at > datetime.now(UTC) - timedelta(hours=1)]
    first, last = shown[0][1], shown[-1][1]
    assert last - first > timedelta(minutes=1)
    assert abs(datetime.now(UTC) - last) < timedelta(seconds=30)
    for time_, said_at in shown:
        here = f"{said_at.astimezone(ZoneInfo(ZONE)):%m/%d/%y, %I:%M %p}"
        # A message that goes on from the one before shows no date.
        assert padded(time_.inner_text()) in {here, here.partition(", ")[2]}, "in the newcomer's own time zone"


def padded(shown: str) -> str:
    """A time as the page shows it ("1/2/26, 3:04 AM"), with two digits for each number."""
    return re.sub(r"\b(\d)\b", r"0\1", shown.replace("\u202f", " "))


def test_what_is_wrong_with_a_saved_file_is_read_in_the_page(page: Any, lessons: Path):
    """The error appears without a press, and the preview goes on."""
    said = page.get_by_role("log")
    (lessons / "new.yaml").write_text("lesson: [", encoding="utf-8")
    said.get_by_text("Errors in the lesson files").wait_for()
    said.get_by_text("new.yaml:1").wait_for()
    page.get_by_role("textbox", name=re.compile("^Message")).press_sequentially("@Lessonbot what is a venv")
    page.get_by_role("button", name="Send", exact=True).click()
    said.get_by_role("button", name="That helped").wait_for()
    (lessons / "new.yaml").unlink()
    said.get_by_text("All errors in the lesson files are fixed").wait_for()


async def test_a_learner_predicts_and_goes_on_after_a_restart(world: World, new_bot: Any):
    """After the bot was updated, the open panel leads on to the quiz and the end."""
    from playwright.async_api import async_playwright

    def shown() -> Any:
        return world.env.preview(world.channel, viewers=[world.mia], layout="channel")

    await world.ask("y do i need venv")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1280, "height": 1000})

        async def press(label: str, then: str) -> None:
            await page.get_by_role("button", name=label, exact=True).last.click()
            await page.get_by_text(then).last.wait_for()

        async with shown() as served:
            await page.goto(served.url)
            await page.get_by_role(
                "button", name="Open walkthrough: Two projects, two versions of Django"
            ).last.click()
            await page.get_by_text("Step 1 of 9").wait_for()
            await press("Next", "Step 2 of 9")
            await press("Install Django 4.2.2 directly", "Step 3 of 9")
            await press("Next", "Your pick")
            await press("Next", "Step 5 of 9")
            await press("Next", "your pick")
        # A page of SimCord ends with its bot, but the messages stay.
        await world.env.restart_bot(new_bot())
        async with shown() as served:
            await page.goto(served.url)
            await press("Next", "Step 7 of 9")
            await press("Next", "Step 8 of 9")
            check = world.bot.app.tutor.scenario("two-django-versions").check
            asked = quiz_state(check, (), shown=False, learner=str(world.mia.id))
            await press(next(each.letter for each in asked.choices if each.option.correct), "This is correct.")
            await press("Next", "Step 9 of 9")
            await page.get_by_text("You got it right on the first try.").last.wait_for()
            await page.get_by_text("Your pick").last.wait_for()
        await browser.close()


async def test_a_moderator_answers_what_nobody_could_find(world: World, lessons: Path):
    """A moderator sees the miss, answers it, and reads the impact; the member is notified; it is undone."""
    from playwright.async_api import async_playwright

    before = (lessons / "virtual-environments.yaml").read_bytes()
    await world.ask("how do i bake bread")
    async with (
        world.env.preview(world.channel, viewers=[world.mia, world.max], layout="channel") as served,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1280, "height": 1400})
        try:
            await page.goto(served.url)

            async def press(label: str, then: str) -> None:
                await page.get_by_role("button", name=label, exact=True).last.click()
                await page.get_by_text(then).last.wait_for()

            async def slash(command: str, then: str) -> None:
                await page.get_by_role("textbox", name=re.compile("^Message")).press_sequentially(f"/{command}")
                await page.get_by_text("See the questions that got no good answer").wait_for()
                await page.keyboard.press("Enter")
                await page.get_by_role("button", name="Send").click()
                await page.get_by_text(then).last.wait_for()

            await press("Ask the moderators", "Anything to add")
            await page.get_by_role("button", name="Submit").click()
            await press("Notify me when it's answered", "I'll notify you")

            await page.get_by_label("Viewing as").select_option(label="max")
            await slash("lessons misses", "how do i bake bread")
            await press("Add as new entry", "Question and answer")
            await page.get_by_role("combobox", name="Lesson").last.click()
            await page.get_by_role("option", name=re.compile("^Virtual Environments Adv")).click()
            await page.get_by_role("textbox", name=re.compile("^Answer")).fill("Knead it, and wait.")
            await page.get_by_role("button", name="Submit").click()
            for seen in ("Preview of what members see", "Changes", "Effect on answers"):
                await page.get_by_role("log").get_by_text(seen).last.wait_for()
            await press("Publish", "1 member was notified about the answer")
            written = (lessons / "virtual-environments.yaml").read_text(encoding="utf-8")
            assert "Knead it, and wait." in written
            told = world.mia.user.dm_channel
            assert told
            assert "Knead it, and wait." in text(told.history()[-1])
            await press("Undo", "Undo a change")
            await press("Publish", "Undone")
        finally:
            await browser.close()
    assert (lessons / "virtual-environments.yaml").read_bytes() == before
