"""What an import says of a source is in the language of whoever imports it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import NotesError
from bot.language.words import in_locale
from bot.lessons.intake.import_report import summary, warnings
from bot.lessons.intake.importing import Imported, Lost
from tests.lessons.intake.reading_files import read
from tests.support.pseudo import outside

PAGE = """\
---
αβ: γ
---
Καλημέρα.

## Τι? <!-- α -->

Ναι [α](β.md) [[γ]] <b α="β">δ</b> ![α](β.png) [^γ] {{% α %}}

![α](β.png)

```mermaid
α
```

::: α

# Άλλο

## Και?

[α]: https://e.org
[^α]: β

- [ ] A. α
- [ ] B. β

Answer: B

## Πώς?

**Scenario: α**

β

**Solution 1: γ**

δ

**Quiz**: α

- [ ] β

Q: Τι;

```
α
"""


@pytest.fixture(autouse=True)
def theirs(pseudo: str) -> Iterator[str]:
    with in_locale(pseudo):
        yield pseudo


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (PAGE, "α.md"),
        ('{"intents": [{"tag": "α", "patterns": ["β"], "responses": ["γ", "δ"], "ε": "ζ"}, '
         '{"tag": "α", "patterns": ["β"]}, "η"], "θ": 1}', "α.json"),
        ('[{"question": "α", "answer": "β", "γ": "δ"}, "ε"]', "α.json"),
        ("question,answer,γ\nα,β,δ\n,β,\nα,,\nα," + "β" * 5000 + ",\n", "α.csv"),
        ("α?\n---\n\nβ siehe nächste Frage :ref:`γ` :η:`θ`\n\n.. δ\n\n.. ε:: ζ\n", "α.rst"),
    ],
)  # fmt: skip
def test_what_found_no_place(text, file):
    """The report of an import is translated, with lines and counts."""
    written = read(text, file)
    assert written.unplaced
    assert [each.why for each in written.unplaced if outside(each.why).strip()] == []
    lost = (Lost(Path(file), written.unplaced),)
    said = warnings(Imported((), lost, (), (Path("α"), Path("β"))))
    own = [re.sub(r"^\S+:|'[^']*'", "", outside(each)) for each in said]
    assert [each for each in own if re.search("[a-z]", each)] == []
    assert outside(summary((), 2)) == ""


@pytest.mark.parametrize(
    ("text", "file"),
    [("", "α.csv"), ("α,β\n", "α.csv"), ("{", "α.json"), ("", "α.yml"), ("", "α.md"), ("## α?\n", "α.md"),
     ("lesson: α\nentries: []", "α.yml"), ("α", "α.β"), ("α\n\n" * 700_000, "α.rst")],
)  # fmt: skip
def test_why_a_source_is_refused(text, file):
    """Errors of an import are completely translated; text that they quote stays as it is."""
    with pytest.raises(NotesError) as refused:
        read(text, file)
    assert outside(str(refused.value)).strip(" '|αβ") == ""
