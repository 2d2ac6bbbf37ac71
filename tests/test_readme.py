"""The README agrees with the code."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.cli import cli
from bot.discord_ui.kit.channel_permissions import NEEDS, PERMISSIONS
from bot.lessons.library import Library
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(mark: str) -> str:
    """The code block below `<!-- mark -->`."""
    found = re.search(rf"<!-- {mark} -->\n```bash\n(.+?)\n```", README, re.DOTALL)
    assert found, f"the README has no command marked {mark}"
    return found.group(1)


def test_every_command_is_named_and_every_named_command_exists():
    """The README lists all commands, and no others."""
    named = set(re.findall(r"^\| `lessonbot (\w+)", README, re.MULTILINE))
    assert named == set(cli.commands)


def test_every_setting_is_named_with_its_default():
    """README, .env.example and the code agree on each setting."""
    fields = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    in_readme = dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]+)`)? ?\|", README, re.MULTILINE))
    in_example = dotenv_values(ROOT / ".env.example")
    assert set(in_readme) == set(in_example) == set(fields)
    for name, default in fields.items():
        if name != "DISCORD_TOKEN":
            assert in_readme[name] == in_example[name] == str(default)
    assert not in_example["DISCORD_TOKEN"]


def test_each_setting_is_explained_alike():
    """Who sets up a folder of `lessonbot new` reads the same about a setting as who copies .env.example."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        above = re.search(rf"((?:^# .*\n)+){name.upper()}=", example, re.MULTILINE)
        assert above, name
        assert re.sub(r"\s*^# ", " ", above[1], flags=re.MULTILINE).strip() == field.description


def test_the_invitation_asks_for_exactly_what_the_bot_uses():
    """The invite link requests only the permissions that the bot needs."""
    found = re.search(r"&permissions=(\d+)", README)
    assert found
    assert int(found.group(1)) == PERMISSIONS.value
    assert "scope=bot+applications.commands" in README
    for need in NEEDS:
        optional = " (optional)" if need.is_optional else ""
        assert f"| {need.label}{optional} | {need.purpose} |" in README


@pytest.mark.parametrize(("mark", "end"), [("preview", "lessonbot preview"), ("tests", "-m pytest")])
def test_each_of_the_two_commands_makes_its_own_environment(mark: str, end: str):
    """Each command works on a machine that has only Python."""
    command = block(mark)
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -c constraints.txt")
    assert command.endswith(end)


def test_a_language_is_added_and_updated_as_shown(tmp_path: Path):
    """Each command has only options that it knows: `init` has others than `update`."""
    extract, update = block("translations").splitlines()
    for command in (extract, block("new language"), update):
        words = command.replace("/tmp", str(tmp_path)).replace("bot/language/XX.po", f"{tmp_path}/fr.po")
        _, *options = words.replace(" XX ", " fr ").split()
        done = subprocess.run(
            [sys.executable, "-m", "babel.messages.frontend", *options],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert 'msgid "You can decline the proposal."' in (tmp_path / "fr.po").read_text(encoding="utf-8")


def test_what_is_named_is_there():
    """All pictures, files and folders in the README exist."""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
    for room in re.findall(r"^      (\w+/|\w+\.py) ", README, re.MULTILINE):
        assert (ROOT / "bot" / room).exists(), room


def test_git_leaves_out_a_backup_that_is_saved_as_shown():
    """It holds what members asked, and is saved beside the lessons."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    (name,) = set(re.findall(r"^`lessonbot backup (\S+)`", README, re.MULTILINE))
    assert any(fnmatch(f"/{name}", each) for each in ignored)


def test_the_screenshot_is_small():
    """The screenshot is small, so that cloning is fast."""
    assert (ROOT / ".github" / "preview.png").stat().st_size < 300 * 1024


def test_every_version_is_pinned_and_no_host_is_named():
    """An installation next year gets the same versions, from whatever registry is configured."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line) for line in lines), lines
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {re.match(r"[\w.-]+", each).group().lower() for each in wanted}  # type: ignore[union-attr]
    assert names - {"lessonbot"} <= pinned
    assert "://" not in text


def test_the_format_shown_to_authors_loads(tmp_path: Path):
    """The example in knowledge/README.md is a valid lesson."""
    shown = (ROOT / "knowledge" / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.+?)```", shown, re.DOTALL)
    assert example
    (tmp_path / "images").mkdir()
    picture = (ROOT / "knowledge" / "images" / "two-django-versions.png").read_bytes()
    for name in ("venv.png", "two-django-versions.png"):
        (tmp_path / "images" / name).write_bytes(picture)
    more = "  - {id: why-virtual-environments, question: Why?, answer: Because.}\n\nscenarios:"
    lesson = example.group(1).replace("scenarios:", more, 1)
    (tmp_path / "lesson.yaml").write_text(lesson, encoding="utf-8")
    library = Library.open(tmp_path)
    assert library.problems == ()
    assert len(library.lessons.scenarios) == 1
