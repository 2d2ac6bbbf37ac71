"""Knows by the names of roles who answers for a community: its moderators, teachers and team."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 200  # characters of a name; Discord allows a hundred
_WORD = re.compile(r"[^\W_]+")
_MODERATES = re.compile(
    r"mod|mods|mod[e\u00e9]ra(?:t|d|c)\w*|admins?|administra\w+|staff|helpers?|leads?|teachers?|teaching|tutor(?:s|in|"
    r"innen|en|a|as|es)?|mentor(?:s|in|innen|en|a|as|es)?|tas?|instructors?|coach(?:es|in|innen)?|lehr(?:er|kr)\w*|"
    r"dozent\w*|docentes?|betreuer\w*|leitung|ayudantes?|profes?|profesor(?:a|es|as)?"
)
# Who has such a role is called for, was one, or wants to be one or to have one.
_IS_ONLY_ABOUT = frozenset(
    "ping pings pinged notify notified notifications news updates applicant applicants application applications "
    "candidate candidates former ex retired wanted needed need needs seeking looking want wants no not non muted "
    "banned gesucht sucht suche ehemalig ehemalige ehemaliger bewerber bewerberin bewerbung braucht kein keine "
    "busca buscando necesita antiguo antigua ex sin".split()
)
_TEAMS = frozenset("team teams equipo support soporte kursteam supportteam serverteam lehrteam orgateam".split())
# What can stand beside these: `Team Red` and `Support Main` are how somebody plays, or the house of a pupil.
_BESIDE_TEAMS = frozenset(
    "the our core server discord community course courses club school class learning lesson lessons help content "
    "education project docs tech technical it customer member members service event events orga leader das unser "
    "unsere vom der die den des kurs schule lern hilfe mitglied mitglieder el la los de del nuestro curso "
    "t\u00e9cnico t\u00e9cnica escuela ayuda comunidad miembro miembros".split()
)
_OWNERS = frozenset("owner owners inhaber inhaberin due\u00f1o due\u00f1a".split())
_BESIDE_OWNERS = frozenset("the co server guild discord community club course school de del la".split())
_POSITIONS = frozenset(
    "tank tanks dps healer healers heal jungle jungler junglers adc carry mid midlane midlaner toplaner duelist "
    "controller initiator offlane offlaner".split()
)


def moderator_roles(roles: Iterable[str], server: str) -> frozenset[str]:
    """Those of the names of a server's roles that its moderators have."""
    words = {role: _words(role) for role in roles}
    is_game = any(not _POSITIONS.isdisjoint(each) for each in words.values())
    name = frozenset(_words(server))
    return frozenset(role for role, each in words.items() if _is_moderators(each, name, is_game=is_game))


def _is_moderators(words: list[str], server: frozenset[str], *, is_game: bool) -> bool:
    if not words or not _IS_ONLY_ABOUT.isdisjoint(words):
        return False
    if any(map(_MODERATES.fullmatch, words)):
        return True
    said = frozenset(words)
    if is_game and said <= {"support", "supports"}:
        return False
    return bool(said & _OWNERS and said <= _OWNERS | _BESIDE_OWNERS | server) or bool(
        said & _TEAMS and said <= _TEAMS | _BESIDE_TEAMS | server
    )


def _words(name: str) -> list[str]:
    return _WORD.findall(name[:_LONGEST].casefold())
