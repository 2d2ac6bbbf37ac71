"""Reads the translations in a `.po` file. Babel could, but takes 4 MiB, and 50 ms of each start."""

from __future__ import annotations

import json
import re
from gettext import NullTranslations, c2py
from itertools import pairwise

# A flag, or a keyword with its text, which can be on several lines.
_PART = re.compile(r'^(?:#,(.*)|(msg\S+) +(".*"(?:\n".*")*))', re.MULTILINE)
_PLURAL = re.compile(r"plural=([^;\n]+);")


class Translations(NullTranslations):
    """The translations of one file. A text that has none, or one marked as fuzzy, stays as it is."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self._forms: dict[str, list[str]] = {}
        message, is_fuzzy = "", False
        for (flags, *__), (___, keyword, quoted) in pairwise([("", "", ""), *_PART.findall(file)]):
            if keyword == "msgid":
                message, is_fuzzy = _unquoted(quoted), "fuzzy" in flags
            elif keyword.startswith("msgstr") and not (is_fuzzy and message) and (text := _unquoted(quoted)):
                self._forms.setdefault(message, []).append(text)
        header = "".join(self._forms.pop("", ()))
        plural = _PLURAL.search(header)
        self._number_of_form = c2py(plural[1] if plural else "n != 1")

    def gettext(self, message: str) -> str:
        forms = self._forms.get(message)
        return forms[0] if forms else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        forms = self._forms.get(msgid1)
        return forms[self._number_of_form(n)] if forms else super().ngettext(msgid1, msgid2, n)


def _unquoted(quoted: str) -> str:
    text = quoted[1:-1].replace('"\n"', "")
    return str(json.loads(f'"{text}"')) if "\\" in text else text
