"""Docker Compose starts the bot with few permissions, and with the token in a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings, load_settings

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


def test_the_user_of_the_image_can_write_what_it_has_to():
    """Every text that shows how to start it gives that user the lessons, and a backup a place on its disk."""
    (user,) = re.findall(r"useradd .*--uid (\d+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    for page in ("README.md", "compose.yaml", ".github/DEPLOYING.md"):
        assert f"sudo chown -R {user} knowledge" in (ROOT / page).read_text(encoding="utf-8"), page
    places = [mount.partition(":")[2] for mount in BOT["volumes"]]
    saved = re.findall(r"lessonbot (?:backup|restore) (/\S+/)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert set(saved) == {f"{places[1]}/"}


def test_the_token_comes_as_a_file_and_not_in_the_environment():
    """The token is not in the environment, even if it is in `.env`, and git ignores its file."""
    settings = load_settings(BOT["environment"], ROOT / "no.env")
    assert settings.discord_token.get_secret_value() == ""
    (secret,) = BOT["secrets"]
    assert settings.discord_token_file == f"/run/secrets/{secret}"
    file = COMPOSE["secrets"][secret]["file"].removeprefix("./")
    assert f"/{file}" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


TWO = [COMPOSE["services"][name] for name in ("bot-1", "bot-2")]


@pytest.mark.parametrize("bot", TWO)
def test_two_bots_are_bounded_alike_and_start_only_when_named(bot: dict[str, Any]):
    """Whoever runs one bot neither starts nor needs anything of them."""
    assert bot["profiles"] == COMPOSE["services"]["db"]["profiles"] == ["two"]
    assert "profiles" not in BOT
    alike = ("read_only", "tmpfs", "mem_limit", "pids_limit", "cap_drop", "security_opt", "init", "restart")
    assert [bot[each] for each in alike] == [BOT[each] for each in alike]


@pytest.mark.parametrize("bot", TWO)
def test_two_bots_have_usable_settings_and_no_secret_in_the_environment(bot: dict[str, Any]):
    """The password of the database comes as a file, too."""
    settings = load_settings(bot["environment"], ROOT / "no.env")
    assert not settings.discord_token.get_secret_value()
    assert not settings.database_url.get_secret_value()
    files = {settings.discord_token_file, settings.database_url_file}
    assert files == {f"/run/secrets/{each}" for each in bot["secrets"]}
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert all(f"/{each['file'].removeprefix('./')}" in ignored for each in COMPOSE["secrets"].values())


def test_two_bots_have_one_folder_of_lessons_and_no_common_data():
    """The second one has the lessons from the database."""
    first, second = (load_settings(each["environment"], ROOT / "no.env") for each in TWO)
    assert (first.lessons_from, second.lessons_from) == ("folder", "database")
    mounts = [{mount.partition(":")[0] for mount in each["volumes"]} for each in TWO]
    assert not mounts[0] & mounts[1]


def test_the_pod_of_kubernetes_has_usable_settings():
    """What the page for operators shows can be copied."""
    page = (ROOT / ".github" / "DEPLOYING.md").read_text(encoding="utf-8")
    (manifest,) = re.findall(r"```yaml\n(.+?)```", page, re.DOTALL)
    deployment = yaml.safe_load(manifest)
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    environment = {each["name"]: each["value"] for each in container["env"]}
    assert set(environment) <= {name.upper() for name in Settings.model_fields}
    assert load_settings(environment, ROOT / "no.env").lessons_from == "database"
    assert container["readinessProbe"]["exec"] == {"command": ["lessonbot", "health"]}
    alive = container["livenessProbe"]
    assert alive["periodSeconds"] * alive["failureThreshold"] >= 600, "an outage of Discord restarts no pod"
    for name in re.findall(r"\b([A-Z]+_?[A-Z_]+)=", page):
        assert name.lower() in Settings.model_fields, name


def test_commands_on_a_server_find_the_files_of_the_service():
    """`lessonbot restore` there must not make another database, beside that of the bot which systemd runs."""
    page = (ROOT / ".github" / "DEPLOYING.md").read_text(encoding="utf-8")
    assert "echo DATA_DIR=/var/lib/lessonbot | sudo tee -a /opt/lessonbot/.env" in page
    assert "Environment=DATA_DIR" not in page, "commands do not read the unit"


def test_the_secret_of_the_machine_is_not_copied_into_the_image():
    """Docker copies only listed files into the image."""
    first, *named = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert first == "*"
    assert not {"!.env", "!discord_token"} & set(named)
