"""Settings come from the environment and `.env`. All problems are reported at once, without secrets."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import LONGEST_SECRET, Settings, load_settings, with_secret_files
from bot.shards import Shards


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def problems(environ: dict[str, str], env_file: Path) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, env_file)
    return caught.value.problems


def test_nothing_needs_to_be_set(env_file):
    """All settings have defaults, so that a new clone works."""
    settings = load_settings({}, env_file)
    assert settings == Settings()
    assert (settings.lessons_dir, settings.data_dir, settings.log_level, settings.confidence) == (
        Path("knowledge"),
        Path("data"),
        "info",
        "balanced",
    )


def test_the_environment_wins_over_the_file(env_file):
    """`LOG_LEVEL=debug lessonbot run` works, whatever `.env` says."""
    env_file.write_text("LOG_LEVEL=error\nDATA_DIR=from-file\n")
    settings = load_settings({"LOG_LEVEL": "debug"}, env_file)
    assert (settings.log_level, settings.data_dir) == ("debug", Path("from-file"))


@pytest.mark.parametrize("empty", ["", "  ", "\t"])
def test_an_empty_variable_is_as_good_as_none(env_file, empty):
    """An empty variable, such as `NAME=` in a compose file, counts as not set."""
    env_file.write_text(f"LOG_LEVEL={empty}\nDATA_DIR=from-file\n")
    settings = load_settings({"DATA_DIR": empty, "DISCORD_TOKEN": empty}, env_file)
    assert settings.log_level == "info"
    assert settings.data_dir == Path("from-file")
    assert settings.discord_token.get_secret_value() == ""


@pytest.mark.parametrize(
    "written",
    [
        b"DISCORD_TOKEN=abc.def\nLOG_LEVEL=warning\n",
        b"\xef\xbb\xbfDISCORD_TOKEN=abc.def\nLOG_LEVEL=warning\n",
        b"DISCORD_TOKEN=abc.def\r\nLOG_LEVEL=warning\r\n",
        b"DISCORD_TOKEN='abc.def'\nLOG_LEVEL=\"warning\"\n",
        b"export DISCORD_TOKEN=abc.def\nexport LOG_LEVEL=WARNING",
        b"# mine\n\nDISCORD_TOKEN = abc.def  # of the test bot\n\n\nLOG_LEVEL= Warning \n",
    ],
    ids=["plain", "BOM", "CRLF", "quotes", "export", "comments"],
)
def test_the_file_is_read_however_an_editor_saved_it(env_file, written):
    """`.env` can have a byte order mark, Windows line ends, quotes, `export` and spaces."""
    env_file.write_bytes(written)
    settings = load_settings({}, env_file)
    assert settings.discord_token.get_secret_value() == "abc.def"
    assert settings.log_level == "warning"


@pytest.mark.parametrize("written", ["cautious", "Balanced", " EAGER "])
def test_confidence_is_one_of_three_words(env_file, written):
    """Case and spaces in the value do not matter."""
    assert load_settings({"CONFIDENCE": written}, env_file).confidence == written.strip().lower()


def test_shards_are_all_or_a_part(env_file):
    """However it is written, the bot reads it alike; what cannot be is refused with the reason."""
    assert load_settings({"SHARDS": " AUTO "}, env_file).sharding == Shards(None)
    assert load_settings({"SHARDS": "2-3/8"}, env_file).sharding == Shards(8, 2, 3)
    assert problems({"SHARDS": "2-8/8"}, env_file) == (
        "SHARDS must be a part from 0 to 7, because 8 shards are numbered from 0; it is '2-8/8'",
    )


def test_lessons_from_the_database_have_a_folder_of_their_own(env_file):
    """The lessons in LESSONS_DIR are never overwritten, and what cannot work is refused."""
    wanted = {"LESSONS_FROM": "Database", "DATA_DIR": "here", "DATABASE_URL": "postgresql://bot@db/bot"}
    assert with_secret_files(load_settings(wanted, env_file)).lessons_dir == Path("here/lessons")
    no_server = "LESSONS_FROM=database needs PostgreSQL: set DATABASE_URL, or LESSONS_FROM=folder"
    no_repository = "LESSONS_GIT=commit needs LESSONS_FROM=folder, on the machine with the repository"
    for more, problem in (({"DATABASE_URL": ""}, no_server), ({"LESSONS_GIT": "commit"}, no_repository)):
        with pytest.raises(SettingsError) as caught:
            with_secret_files(load_settings({**wanted, **more}, env_file))
        assert caught.value.problems == (problem,)


def test_another_confidence_is_refused(env_file):
    """The error lists the valid values."""
    assert problems({"CONFIDENCE": "0.9"}, env_file) == (
        "CONFIDENCE must be 'cautious', 'balanced' or 'eager'; it is '0.9'",
    )


def test_a_dollar_is_a_dollar(env_file):
    """`$HOME` in a value is not expanded."""
    env_file.write_text("DATA_DIR=a$HOME\n")
    assert load_settings({"HOME": "/root"}, env_file).data_dir == Path("a$HOME")


def test_a_tilde_is_the_home_folder(env_file):
    """`.env` is written by people who know `~` from the shell, which does not read this file."""
    env_file.write_text("LESSONS_DIR=~/lessons\nDATA_DIR=~/bot data\nDISCORD_TOKEN_FILE=~/token\n")
    settings = load_settings({"DATABASE_URL_FILE": "a~b"}, env_file)
    assert (settings.lessons_dir, settings.data_dir) == (Path.home() / "lessons", Path.home() / "bot data")
    assert settings.discord_token_file == str(Path.home() / "token")
    assert settings.database_url_file == "a~b"


def test_a_misspelt_name_is_told_with_its_line(env_file):
    """A misspelled setting is an error with its line, as otherwise it would be ignored."""
    env_file.write_text("# settings\n\nDISCORD_TOKE=x\n\n\nexport lessons_dir=y\n")
    assert problems({}, env_file) == (
        ".env:3: DISCORD_TOKE is not a setting; did you mean DISCORD_TOKEN?",
        ".env:6: lessons_dir is not a setting; did you mean LESSONS_DIR?",
    )


def test_a_line_of_another_program_is_left_alone(env_file):
    """Other names in `.env` are ignored, as Docker and other programs use it, too."""
    env_file.write_text("COMPOSE_PROJECT_NAME=lessonbot\nTZ=UTC\nEDITOR\n")
    assert load_settings({}, env_file) == Settings()


def test_a_line_that_cannot_be_read_is_told_without_what_it_holds(env_file):
    """The error does not show the line, which is most often a token without its name."""
    env_file.write_text("LOG_LEVEL=info\nMTIz.abc.def\nDISCORD_TOKEN MTIz.abc.def\n")
    told = problems({}, env_file)
    assert told == (".env:2: cannot be read; write NAME=value", ".env:3: cannot be read; write NAME=value")


def test_a_file_in_another_encoding_is_named(env_file):
    """A `.env` in UTF-16 is an error that says so: PowerShell 5 writes that with `echo > .env`."""
    env_file.write_bytes("LOG_LEVEL=info".encode("utf-16"))
    assert problems({}, env_file) == (".env cannot be read: it is not UTF-8; save it as UTF-8",)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that even root cannot read")
def test_a_file_that_cannot_be_read_is_named(env_file):
    """A `.env` that cannot be read is an error, as it probably contains the token."""
    env_file.symlink_to("/proc/self/mem")
    assert problems({}, env_file) == (".env cannot be read: Input/output error",)


def test_every_problem_is_told_at_once(env_file):
    """A single start lists all wrong settings."""
    env_file.write_text("LOG_LEVL=info\nLOG_LEVEL=loud\n")
    assert problems({"DISCORD_TOKEN": "Bot x"}, env_file) == (
        ".env:1: LOG_LEVL is not a setting; did you mean LOG_LEVEL?",
        "DISCORD_TOKEN must be the bot's token alone, without quotes, spaces or 'Bot'",
        "LOG_LEVEL must be 'debug', 'info', 'warning' or 'error'; it is 'loud'",
    )


@pytest.mark.parametrize("token", ["Bot a.b", '"a.b"', "a\nb", "a b", "a\0b", "é", "<token>", "\udcff"])
def test_a_token_that_no_header_could_carry_is_refused_and_not_shown(env_file, token):
    """A token with invalid characters is refused at the start, and not logged."""
    (told,) = problems({"DISCORD_TOKEN": token}, env_file)
    assert told.startswith("DISCORD_TOKEN must be ")
    assert token not in told


def test_spaces_around_a_token_do_no_harm(env_file):
    """Spaces and line breaks at the ends of a token are removed."""
    assert load_settings({"DISCORD_TOKEN": " a.b-c_d \n"}, env_file).discord_token.get_secret_value() == "a.b-c_d"


def test_settings_do_not_print_the_token(env_file):
    """The printed settings contain no secrets."""
    assert "a.b.c" not in repr(load_settings({"DISCORD_TOKEN": "a.b.c"}, env_file))


@pytest.mark.parametrize("wrong", ["Python learners", "-1", "0", "1.5", str(2**63), "9" * 5000, "١٢٣"])
def test_ids_of_servers_are_ids(env_file, wrong):
    """An invalid server id is refused at the start, and not later by the database."""
    (said,) = problems({"LESSONS_SERVERS": f"123, {wrong}"}, env_file)
    assert said.startswith("LESSONS_SERVERS must be server IDs, separated by commas")


@pytest.mark.parametrize("wrong", ["0", "000", "-1", "1.5", "10000", "9" * 5000, "٩٠", "ninety"])
def test_questions_are_kept_for_a_number_of_days(env_file, wrong):
    """With 0, the bot would delete every question at once."""
    (said,) = problems({"QUESTION_DAYS": wrong}, env_file)
    assert said.startswith("QUESTION_DAYS must be a number of days, from 1 to 9999")
    assert load_settings({"QUESTION_DAYS": "1"}, env_file).question_days == 1


def test_several_servers_may_be_home(env_file):
    """The ids are separated by commas, with or without spaces."""
    settings = load_settings({"LESSONS_SERVERS": " 123,456 ,\t789 123"}, env_file)
    assert settings.homes == {123, 456, 789}


# Secrets in files


def in_files(environ: dict[str, str], env_file: Path) -> Settings:
    return with_secret_files(load_settings(environ, env_file))


def test_secrets_can_be_in_files(env_file, tmp_path):
    """Docker and systemd provide secrets as files. A line break at the end is removed."""
    (tmp_path / "token").write_text("a.b.c\n")
    (tmp_path / "url").write_bytes(b"\xef\xbb\xbfpostgresql://bot:pw@db/lessons\r\n")
    env_file.write_text(f"DISCORD_TOKEN_FILE={tmp_path / 'token'}\nLOG_LEVEL=error\n")
    settings = in_files({"DATABASE_URL_FILE": str(tmp_path / "url"), "DISCORD_TOKEN": ""}, env_file)
    assert settings.discord_token.get_secret_value() == "a.b.c"
    assert settings.database == "postgresql://bot:pw@db/lessons"
    assert settings.log_level == "error"
    assert "a.b.c" not in repr(settings)


def test_a_secret_that_is_set_twice_is_refused(env_file):
    """A secret that is set directly and as a file is an error."""
    env_file.write_text("DISCORD_TOKEN=a.b.c\n")
    both = {"DISCORD_TOKEN_FILE": "token", "DATABASE_URL": "sqlite://", "DATABASE_URL_FILE": "url"}
    assert problems(both, env_file) == (
        "DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set; remove one of them",
        "DATABASE_URL and DATABASE_URL_FILE are both set; remove one of them",
    )


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        ("a.b".encode("utf-16"), "is not UTF-8; save it as UTF-8"),
        (b"a" * (LONGEST_SECRET + 1), "is too long for a secret"),
        (b"Bot a.b", "must contain the bot's token alone, without quotes, spaces or 'Bot'"),
        (b"DISCORD_TOKEN=a.b", "must contain the bot's token alone, without quotes, spaces or 'Bot'"),
    ],
)
def test_a_file_that_holds_no_token_is_named_and_not_shown(env_file, tmp_path, content, wrong):
    """The error is one line that names the file without showing its content."""
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        in_files({"DISCORD_TOKEN_FILE": str(file)}, env_file)
    assert caught.value.problems == (f"DISCORD_TOKEN_FILE {file} {wrong}",)


def test_files_that_cannot_be_read_are_named_all_at_once(env_file, tmp_path, monkeypatch):
    """All unusable secret files are listed at once, including folders, which Docker makes for missing files."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError) as caught:
        in_files({"DISCORD_TOKEN_FILE": "token", "DATABASE_URL_FILE": "."}, env_file)
    assert caught.value.problems == (
        f"DISCORD_TOKEN_FILE token does not exist (looked in {tmp_path})",
        "DATABASE_URL_FILE . is not a file",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that even root cannot read")
def test_a_secret_that_cannot_be_read_is_named(env_file):
    """A secret file that cannot be read is named; most often it belongs to another user."""
    with pytest.raises(SettingsError) as caught:
        in_files({"DISCORD_TOKEN_FILE": "/proc/self/mem"}, env_file)
    assert caught.value.problems == ("DISCORD_TOKEN_FILE /proc/self/mem cannot be read: Input/output error",)
