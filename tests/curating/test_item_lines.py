"""The history of one entry has all of its changes, however the file is written."""

from __future__ import annotations

import pytest

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
