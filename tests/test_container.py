"""Docker Compose starts the bot with few permissions, and with the token in a file."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.settings import load_settings

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
BOT = COMPOSE["services"]["lessonbot"]


def test_the_container_is_bounded():
    """A bug or an attacker can harm neither the machine nor the image."""
    assert BOT["read_only"] is True
    assert BOT["tmpfs"] == ["/tmp"]
    memory, processes = BOT["mem_limit"].removesuffix("m"), BOT["pids_limit"]
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"limits the container to {memory} MB of memory and {processes} processes" in said
    assert BOT["cap_drop"] == ["ALL"]


def test_the_token_comes_as_a_file_and_not_in_the_environment():
    """The token is not in the environment, even if it is in `.env`, and git ignores its file."""
    settings = load_settings(BOT["environment"], ROOT / "no.env")
    assert settings.discord_token.get_secret_value() == ""
    (secret,) = BOT["secrets"]
    assert settings.discord_token_file == f"/run/secrets/{secret}"
    file = COMPOSE["secrets"][secret]["file"].removeprefix("./")
    assert f"/{file}" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_secret_of_the_machine_is_not_copied_into_the_image():
    """Docker copies only listed files into the image."""
    first, *named = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert first == "*"
    assert not {"!.env", "!discord_token"} & set(named)
