"""Who complains of something is not told how to do it."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.meaning.table import TableSource
from tests.support.findable import LateIndex

HELPDESK = LateIndex(
    [
        Row("restart", "How do I restart the router?", (), "Press the button for five seconds."),
        Row("rename", "How do I rename a channel?", (), "Open its settings."),
        Row("record", "How do I record a call?", (), "Press the red button."),
        Row("ping", "How do I ping everyone?", ("mass mention",), "Write @everyone."),
        Row("backup", "How do I run a backup every night?", (), "Write a timer."),
        Row("unbackup", "How do I stop the nightly backup?", (), "Delete the timer."),
        Row("print", "How do I print a photo?", (), "Choose Print."),
        Row("update", "How do I update the app?", (), "Open the store."),
        Row("ads", "How do I remove ads?", (), "With Plus."),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("asked", "opposite"),
    [
        ("my router restarts every night, how do i stop that", "restart"),
        ("it renames my channel, how do i stop that", "rename"),
        ("it renames the channel every day, how do i prevent that", "rename"),
        ("it records my calls, how can i stop it", "record"),
        ("the bot pings everyone, how do i turn that off", "ping"),
        ("the bot pings everyone, how do i make it stop", "ping"),
        ("it runs a backup every night, how do i disable that", "backup"),
    ],
)
def test_what_somebody_complains_of_is_not_the_answer(asked: str, opposite: str):
    """ "How do I stop that" is no question for how to do it, whatever word says that it is to stop."""
    judgement = judge(HELPDESK.rank(asked))
    assert not judgement.sure or judgement.sure.id != opposite
    assert not judgement.possible or judgement.possible[0].id != opposite


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("the router does not restart, how do i stop that", "restart"),
        ("i want to rename my channel how do i do that", "rename"),
        ("the photo is blurred when i print it, how do i print a photo", "print"),
        ("it records my calls, how do i record a call", "record"),
        ("how do i stop the nightly backup", "unbackup"),
    ],
)
def test_what_fails_or_is_wished_is_still_found(asked: str, entry: str):
    """Only what happens against a member's will is a trouble."""
    assert HELPDESK.rank(asked)[0].id == entry
    assert not HELPDESK.contradicts(entry, HELPDESK.polarities(asked.replace(",", "").split()))
