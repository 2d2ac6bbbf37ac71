"""Turns spellings that are common in chats into the words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

_SHORT = {
    "u": "you", "ur": "your", "urs": "yours", "ya": "you", "yall": "you all", "r": "are", "y": "why",
    "w/": "with", "w/o": "without", "->": "to", "b/c": "because", "bc": "because",
    "cuz": "because", "coz": "because", "bcz": "because", "bcoz": "because", "b4": "before",
    "abt": "about", "btwn": "between", "b/w": "between", "thru": "through", "tho": "though",
    "wat": "what", "wut": "what", "wht": "what", "wt": "what", "whr": "where",
    "hw": "how", "dat": "that", "teh": "the", "wieviel": "wie viel", "wieviele": "wie viele",
    "cud": "could", "cld": "could", "wud": "would", "wld": "would", "shud": "should", "shld": "should",
    "hav": "have", "hv": "have", "gud": "good", "gr8": "great", "l8r": "later", "m8": "mate", "w8": "wait",
    "h8": "hate", "2day": "today", "2nite": "tonight", "2morrow": "tomorrow", "tmrw": "tomorrow",
    "4ever": "forever", "any1": "anyone", "some1": "someone", "every1": "everyone", "no1": "no one",
    "sb": "somebody", "sm1": "someone", "ne1": "anyone",
    "smth": "something", "smt": "something", "sth": "something", "sumthing": "something",
    "pls": "please", "plz": "please", "plss": "please", "pleez": "please", "plez": "please", "thx": "thanks",
    "thnx": "thanks", "tnx": "thanks", "ty": "thank you", "tysm": "thank you", "tyvm": "thank you",
    "tia": "thanks", "rly": "really", "rlly": "really", "prolly": "probably", "probs": "probably",
    "rn": "right now", "asap": "quickly", "idk": "do not know", "dunno": "do not know", "iirc": "i think",
    "afaik": "i think", "srsly": "seriously", "sry": "sorry", "srry": "sorry", "lmk": "let me know",
    "gimme": "give me", "gimmie": "give me", "lemme": "let me", "gonna": "going to", "gunna": "going to",
    "wdym": "what do you mean", "wanna": "want to", "gotta": "have to", "hafta": "have to", "needa": "need to",
    "tryna": "trying to", "tryina": "trying to", "finna": "going to", "imma": "i am going to",
    "ima": "i am going to", "kinda": "kind of", "sorta": "sort of", "outta": "out of", "lotta": "lot of",
    "lotsa": "lots of", "useta": "used to", "sposta": "supposed to", "coulda": "could have",
    "shoulda": "should have", "woulda": "would have", "mighta": "might have", "musta": "must have",
    "whatcha": "what are you", "dontcha": "do you not", "cmon": "come on", "howto": "how to",
    "dosnt": "does not", "dosent": "does not", "doesent": "does not", "doenst": "does not", "deosnt": "does not",
    "dident": "did not", "didint": "did not", "dnt": "do not", "dotn": "do not", "isint": "is not",
    "cant": "can not", "wont": "will not", "shant": "shall not", "aint": "is not", "im": "i am",

    "gibts": "gibt es", "gehts": "geht es", "funktionierts": "funktioniert es", "nich": "nicht",
    "vllt": "vielleicht", "iwie": "irgendwie", "wieso": "warum", "weshalb": "warum",
    "fuer": "fur", "fuers": "furs",
    "xq": "por que", "pq": "por que", "porq": "por que", "xfa": "por favor", "porfa": "por favor",
    "tmb": "tambien",

    "msg": "message", "msgs": "messages", "ppl": "people", "acct": "account", "accts": "accounts",
    "env": "environment", "envs": "environments", "cmd": "command", "cmds": "commands",
    "dirs": "directories", "pkg": "package", "pkgs": "packages", "py": "python", "proj": "project",
    "projs": "projects", "repo": "repository", "repos": "repositories", "func": "function",
    "funcs": "functions", "param": "parameter", "params": "parameters", "pw": "password", "psw": "password",
    "vid": "video", "vids": "videos", "pic": "picture", "pics": "pictures", "lang": "language",
    "langs": "languages", "prog": "program", "progs": "programs",
}  # fmt: skip

# Replaced only in a library in German alone, as "is" is English, and where it has no such word: .NET, Nix.
GERMAN_SPELLINGS: Mapping[str, str] = {
    "is": "ist", "ne": "eine", "nen": "einen", "nem": "einem", "ner": "einer", "nix": "nichts", "net": "nicht",
    "gehn": "gehen", "sehn": "sehen", "stehn": "stehen",
}  # fmt: skip
# Likewise in a library in Spanish alone.
SPANISH_SPELLINGS: Mapping[str, str] = {
    "q": "que", "k": "que", "ke": "que", "d": "de", "x": "por", "pa": "para", "xa": "para", "dnd": "donde",
    "dond": "donde", "tb": "tambien", "tbn": "tambien", "aki": "aqui", "kiero": "quiero", "qiero": "quiero",
}  # fmt: skip

# Replaced only if a library, at least partly in English, has the long word and not the short one: `rm` and `del`
# are commands, too, and "ver" is Spanish.
ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    "n": ("and",), "nd": ("and",), "w": ("with",), "rm": ("remove", "delete"), "del": ("delete", "remove"),
    "mk": ("make", "create"), "chk": ("check",), "dl": ("download",), "inst": ("install",), "rem": ("remove",),
    "ren": ("rename",), "cp": ("copy",), "mv": ("move",), "ls": ("list",), "upd": ("update",), "upg": ("upgrade",),
    "cfg": ("config", "configuration"), "conf": ("config", "configuration"), "ver": ("version",),
    "diff": ("difference",), "dir": ("directory",),
    "db": ("database",), "lib": ("library",), "libs": ("libraries",), "dep": ("dependency",),
    "deps": ("dependencies",), "req": ("requirement", "requirements"), "reqs": ("requirements",),
    "doc": ("documentation",), "docs": ("documentation",), "var": ("variable",), "vars": ("variables",),
    "arg": ("argument",), "args": ("arguments",), "str": ("string",), "num": ("number",), "info": ("information",),
    "hw": ("homework", "hardware"),
}  # fmt: skip
# Behind one of these, "hw" is not "how".
BEFORE_NOUNS = frozenset("my our your the this his her their".split())

# These say how somebody feels, and nothing about the question.
_FILLERS = "lol lmao lmfao rofl omg omfg wtf wth tbh ngl imo imho btw fyi smh ffs bruh ikr istg ugh iykwim"

_NEGATED = "do does did is are was were has have had could would should must might need dare ought".split()
_ASKING = "what where when why how who".split()
# Endings that are joined to the word before, with or without an apostrophe. "were", "well", "shell" are words.
_ENDINGS = {
    "d": ("did", _ASKING),
    "s": ("is", [*_ASKING, "that", "there", "here"]),
    "re": ("are", ["you", "they", *_ASKING]),
    "ll": ("will", ["you", "they", "it", "that", "there", *_ASKING]),
    "ve": ("have", ["i", "you", "we", "they", "could", "would", "should", "must", "might"]),
}


def _contractions() -> Iterator[tuple[str, tuple[str, ...]]]:
    for verb in _NEGATED:
        yield f"{verb}nt", (verb, "not")
        if verb not in {"do", "have"}:  # "don" and "haven" are words
            yield f"{verb}n", (verb, "not")
    for ending, (meant, words) in _ENDINGS.items():
        for word in words:
            yield word + ending, (word, meant)
    # "whydo", "howdoi", "canu": small words at the beginning of a question, written as one.
    for opening, who in product(("can", "could", "should", "would", "did", "do"), ("i", "u", "you")):
        if opening + who != "doi":
            yield opening + who, (opening, "you" if who == "u" else who)
    for asking, verb, who in product(
        _ASKING, ("do", "does", "did", "can", "to", "is", "are"), ("", "i", "u", "you")
    ):
        yield asking + verb + who, tuple(filter(None, (asking, verb, "you" if who == "u" else who)))
    # "whyd u" and "whydu" mean the same.
    for asking, who in product(_ASKING, ("i", "u", "you", "ya")):
        yield f"{asking}d{who}", (asking, "did", who if who == "i" else "you")
    # "wats", "hwd": the ending of an abbreviated word.
    for short, asking in _SHORT.items():
        if asking in _ASKING and len(short) > 1:
            for ending, (meant, words) in _ENDINGS.items():
                if asking in words:
                    yield short + ending, (asking, meant)


CHAT_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    **dict(_contractions()),
    **{short: tuple(long.split()) for short, long in _SHORT.items()},
    **dict.fromkeys(_FILLERS.split(), ()),
}

# Digits that are words by their sound if they are alone: "how 2 make it", "thx 4 the help".
_TO_AFTER = frozenset(
    """how want need have try trying going got used like where when what way ways easy able time
    command commands code line script button key shortcut option syntax function tool program step steps""".split()
)
_FOR_BEFORE = frozenset("me my the a an this that u you your it".split())
_DIGITS = {"8": ("ate", "eat", "ait"), "4": ("for", "fore"), "2": ("to", "too", "two"), "1": ("one",)}
_SOUNDS = re.compile(r"[a-z]+[8421][a-z]*|[8421][a-z]{2,}")


# "Pruefung" is "Prüfung", which is read as "prufung".
_DIGRAPH = re.compile("(?<=[aou])e")


def without_digraphs(word: str) -> str:
    """A German word with its umlauts written as umlauts are read: "pruefung" -> "prufung"."""
    return _DIGRAPH.sub("", word)


def digit_as_word(digit: str, before: str, after: str) -> str:
    """The word that a digit stands for between these two words; the digit itself if it is a number."""
    if digit == "2" and before in _TO_AFTER and after.isalpha():
        return "to"
    return "for" if digit == "4" and after in _FOR_BEFORE else digit


def sounds_of(word: str) -> Iterator[str]:
    """The words that a word with a digit may stand for by its sound: 'activ8' -> 'activate', 'activeat', …"""
    if _SOUNDS.fullmatch(word):
        at = next(n for n, char in enumerate(word) if char in _DIGITS)
        yield from (word[:at] + sound + word[at + 1 :] for sound in _DIGITS[word[at]])
