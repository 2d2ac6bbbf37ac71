"""Recognizes what is not published where it is from: by a field of a page, a record or a row that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.errors import NotesError
from bot.language.words import N_, _

DRAFT = N_("a draft, or else not published where it is from")

_YES = frozenset("true yes y 1 on x \u2713 \u2714 \u2611 ja j wahr s\u00ed si verdadero".split())
_NO = frozenset("false no n 0 off nein falsch falso".split())
_STATES = frozenset(
    "draft autodraft inprogress notstarted todo needsreview toreview rejected paid members inbearbeitung "
    "abgelehnt enprogreso pendiente rechazado unpublished notpublished hidden "
    "private archived trash trashed deleted pending "
    "pendingreview inreview scheduled future wip internal disabled entwurf unver\u00f6ffentlicht "
    "nichtver\u00f6ffentlicht versteckt privat archiviert gel\u00f6scht intern deaktiviert borrador "
    "nopublicado sinpublicar oculto privado archivado eliminado interno desactivado".split()
)
# What the fields can be called, without spaces, other signs and where it is shown, and which values say so.
_FIELDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        "draft isdraft hidden ishidden unlisted private isprivate archived isarchived deleted isdeleted "
        "disabled isdisabled unpublished passwordprotected entwurf versteckt privat archiviert "
        "gel\u00f6scht deaktiviert borrador oculto privado archivado eliminado desactivado".split(),
        _YES,
    ),
    **dict.fromkeys(
        "published ispublished publish dgpublish enabled isenabled visible isvisible public ispublic "
        "listed active isactive approved isapproved ver\u00f6ffentlicht sichtbar \u00f6ffentlich aktiv "
        "freigegeben publicado p\u00fablico activo aprobado".split(),
        _NO,
    ),
    **dict.fromkeys(
        "state status poststatus workflowstate publicationstatus articlestatus visibility "
        "creativeworkstatus sichtbarkeit estado visibilidad".split(),
        _STATES,
    ),
    "publishedat": _NO | {""},
}
# `[DRAFT] What does it cost?`, `WIP: …`, `… (draft)`
_MARK = r"(?:draft|wip|entwurf|borrador)"
_MARKED = re.compile(
    rf"\W{{0,20}}[\[({{]\s?{_MARK}\s?[\])}}]|\W{{0,20}}(?-i:DRAFT|WIP|ENTWURF|BORRADOR)\s?[:\u2013\u2014-]",
    re.IGNORECASE,
)
# Not `What is work in progress (WIP)?`, which says what another word means.
_MARKED_AT_THE_END = re.compile(
    rf"(?:[\[{{]\s?{_MARK}\s?[\]}}]\W{{0,20}}|\(\s?{_MARK}\s?\)[^\w?]{{0,20}})\Z", re.IGNORECASE
)
_LINE_OF_FIELD = re.compile(r":?([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?")
_EXPLAINED = re.compile(r"\([^()]{0,80}\)")
_WHERE = re.compile(r"\s(?:to|for|on|in|f\u00fcr|auf|para|en)\s.*", re.IGNORECASE | re.DOTALL)
_SIGNS = re.compile(r"[\W_]+")


def draft_field(fields: Iterable[tuple[str, str]]) -> str:
    """The first field that says that this is not published, such as `status: draft`; '' if none does."""
    return next((f"{key}: {value}" for key, value in fields if _says_so(key, value)), "")


def draft_field_above(lines: Sequence[str]) -> str:
    """Such a field among the first lines of a page, as Pelican has them: `Status: draft`, or `:status: draft`."""
    fields = [found for line in lines if (found := _LINE_OF_FIELD.fullmatch(line.strip()))]
    is_head = len(fields) == len(lines) and (len(lines) > 1 or any(line.startswith(":") for line in lines))
    return draft_field((each[1], each[2] or "-") for each in fields) if is_head else ""


def refuse_draft(field: str) -> None:
    """Raise `NotesError` if there is such a field."""
    if field:
        raise NotesError(
            _(
                "is not published, as its front matter says ({field}): publish it first, or delete that line",
                field=field,
            )
        )


def is_marked(question: str) -> bool:
    """Whether a question calls itself a draft: `[DRAFT] What does it cost?`."""
    return bool(_MARKED.match(question) or _MARKED_AT_THE_END.search(question[-60:]))


def _says_so(key: str, value: str) -> bool:
    said = value.strip().casefold()
    values = _FIELDS.get(_SIGNS.sub("", _WHERE.sub("", _EXPLAINED.sub("", key[:200])).casefold()), frozenset())
    return said in values or (values is _STATES and _SIGNS.sub("", said[:200]) in _STATES)
