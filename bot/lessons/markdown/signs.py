"""The signs of Markdown that Discord does not show, or shows in another way."""

from __future__ import annotations

import re

FENCE = re.compile(
    r"[ \t]*(?:>[ \t]*|[-+*][ \t]+|\d{1,9}[.)][ \t]+){0,4}(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)"
)
# At most 20 backticks: each longer run that nothing closes would be one more search to the end of the line.
CODE = re.compile(r"(?<!`)(`{1,20})(?!`)([^\n]*?)(?<!`)\1(?!`)")
DELIMITER = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
TARGET = r"\(\s*<?(?P<target>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)?)>?(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
PICTURE = re.compile(rf"!\[(?P<alt>[^\[\]]*)\]{TARGET}")
LINK = re.compile(rf"(?<!!)\[(?P<text>[^\[\]]*)\]{TARGET}(?P<attributes>\{{[^{{}}\n]*\}})?")
FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]{1,60})\](?!:)")
TASK = re.compile(r"^(?P<before>[ \t]*(?:>[ \t]*)*(?:[-+*]|\d{1,9}[.)])[ \t]+)\[(?P<mark>[ xX])\](?=[ \t])")
ALERT = re.compile(r"^(?P<before>[ \t]*>[ \t]*)\[!(?P<kind>[A-Za-z]{3,20})\][+-]?[ \t]*(?P<title>.*)$")
# Discord shows a link with this in its text as it is typed (discord/discord-api-docs#7721).
SHOWN_ADDRESS = re.compile(r"https?://(?=\S\S)", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Template tags of website generators: `{% hint %}`, `{{< ref >}}`, `{{ site.name }}`; and lines `[TOC]` and
# `--8<-- "file.md"`.
SHORTCODE = re.compile(
    r"\{%[^{}\n]{1,200}%\}|\{\{[<%][^\n]{1,200}?[>%]\}\}"
    r"|\{\{-?[ \t]*(?:site|page|include|layout|config|var)\.[^{}\n]{1,200}\}\}"
    r"|^[ \t]*-{1,9}8<-{1,9}[ \t]+[\"'][^\"'\n]{1,200}[\"']$|^\[TOC\]$"
)
# Components of a website's own software, which end in themselves or on the same line. `List<Text>` and `<BR/>` are
# none.
COMPONENT = re.compile(
    r"(?<!\w)<(?P<name>[A-Z][A-Z0-9]*[a-z][A-Za-z0-9]*)(?P<more>(?:\s[^<>]*)?)(?:/>|>(?P<inside>[^<>]*)</(?P=name)>)"
)


def closes(line: str, mark: str) -> bool:
    """Whether this line ends the code that a fence with this mark began, inside a quote or outside."""
    bare = line.strip().lstrip("> \t")
    return bare.startswith(mark) and not bare.strip(mark[0])
