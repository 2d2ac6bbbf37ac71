"""The history of one entry has all of its changes, however the file is written, and is found soon."""

from __future__ import annotations

import time

import pytest

from bot.store.revisions import Revision
from tests.support.moderators import edit
from tests.support.moments import NOW

BLOCK = """\
lesson: Letters
entries:
  - id: alpha
    question: Alpha?
    answer: A0
  - id: beta
    question: Beta?
    answer: |
      B0
      id: no id
  - id: gamma
    question: Gamma?
    answer: C0
    related: [beta]
"""
ID_LAST = """\
lesson: Letters
entries:
- question: Alpha?
  answer: A0
  id: alpha
- question: Beta?
  answer: B0
  "id": 'beta'
- question: Gamma?
  answer: C0
  id: gamma
"""
BRACES = """\
lesson: Letters
entries:
  - {id: alpha, question: Alpha?, answer: A0}
  - {id: beta, question: Beta?,
    answer: B0}
  - {id: gamma, question: Gamma?, answer: C0}
"""
ONE_LINE = """\
lesson: Letters
entries: [{id: alpha, question: Alpha?, answer: A0}, {question: Beta?, id: beta, answer: B0},
  {id: gamma, question: Gamma?, answer: C0}]
"""
ALIAS = BLOCK.replace("question: Alpha?", "question: &same B0 and Alpha?").replace(
    "answer: |\n      B0\n      id: no id", "answer: *same"
)
SCENARIO = """\
lesson: Letters
entries:
- id: alpha
  question: Alpha?
  answer: A0
- id: gamma
  question: Gamma?
  answer: C0
scenarios:
- id: beta
  title: Beta
  story: A story.
  solutions:
  - {id: one, title: One, plan: P, outcome: O, why: W, verdict: works}
  - id: two
    title: Two
    plan: P
    outcome: B0
    why: W
    verdict: fails
"""


@pytest.mark.parametrize(
    "text",
    [BLOCK, BLOCK.replace("\n", "\r\n"), ID_LAST, BRACES, ONE_LINE, ALIAS, SCENARIO],
    ids=["block", "windows", "id last", "braces", "one line", "alias", "scenario"],
)
async def test_all_changes_of_an_item_are_found_and_no_others(text, curator, folder):
    """Alone or with others, in any style of YAML; not changes of its neighbors, nor links to it."""
    path = folder / "letters.yaml"

    async def write(*changes: tuple[str, str]) -> list[int]:
        nonlocal text
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_bytes(text.encode())
        return [each.id for each in await curator.reconcile()]

    await write()
    found = await write(("B0", "B1"))
    await write(("A0", "A1"))
    await write(("C0", "C1"))
    await write(("A1", "A2"), ("C1", "C2"))
    found += await write(("B1", "B2"), ("C2", "C3"))
    found += await write(("beta", "delta"))
    found += await write(("delta", "beta"))
    await write(("lesson: Letters", "lesson: Letters and more"))
    path.unlink()
    found += [each.id for each in await curator.reconcile()]
    assert [each.id for each in await curator.history("beta", 20)] == found[::-1]


async def test_the_history_of_one_entry_in_a_long_one_is_found_soon(curator, folder, memory):
    """Members' questions are answered meanwhile: reading hundreds of whole files would hold them up."""
    words = "Words about it and more of them. " * 12
    entries = [f"  - id: e-{n}\n    question: Number {n}?\n    answer: |\n      {words}\n" for n in range(150)]
    text = "lesson: Long\nentries:\n" + "".join(entries)
    (folder / "long.yaml").write_text(text)
    await curator.reconcile()
    done = await edit(curator, "e-1", answer="First.")
    before = text = (folder / "long.yaml").read_text()
    for n in range(200):
        after = text.replace("Number 2?", f"Number 2, for the {n}th time?")
        await memory.revisions.add([Revision("long.yaml", "edit", before, after, NOW, "e-2")])
        before = after
    begun = time.process_time()
    assert await curator.latest("e-1") == done
    assert time.process_time() - begun < 2, "of the processor's time; reading all takes four times as long"
