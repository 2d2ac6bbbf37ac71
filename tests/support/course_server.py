"""What a course's server answers: entries that share few words, so that one word of a question finds them."""

from __future__ import annotations

from tests.support.findable import Findable

ENTRIES = tuple(
    Findable(id_, question, phrasings, answer)
    for id_, question, phrasings, answer in (
        (
            "certificate",
            "How do I get a certificate for the course?",
            ("do we get a certificate", "is there a diploma at the end"),
            "Hand in eight of ten exercises.",
        ),
        (
            "center",
            "How do I center a div?",
            ("center an element with flexbox", "put a box in the middle of the page"),
            "Give the parent display flex.",
        ),
        (
            "editor",
            "Which editor should I use for the course?",
            ("what editor do we use", "atom or sublime"),
            "Any editor with extensions.",
        ),
        (
            "nickname",
            "Can I change my nickname here?",
            ("change my name here", "set a nickname"),
            "Choose Edit server profile.",
        ),
        (
            "recordings",
            "Where do I find the recordings of the lectures?",
            ("watch an old stream again", "i missed the lecture"),
            "They are pinned a day later.",
        ),
        (
            "project",
            "What is the final project about?",
            ("what do we have to build for the final project", "requirements of the final project"),
            "A page with three parts for a shop.",
        ),
        (
            "partner",
            "How do I find a partner for the final project?",
            ("form a team for the project",),
            "Write in the team channel.",
        ),
        (
            "screen",
            "How do I share my screen in a voice channel?",
            ("screen share without sound",),
            "Press the screen with the arrow.",
        ),
        ("mute", "How do I mute a channel?", ("too many pings", "turn off notifications"), "Choose Mute."),
        ("code", "How do I post code?", ("format a code block", "code block in a message"), "Use backticks."),
        ("image", "Why is my image not shown?", ("broken image on my page",), "Check the path."),
        ("css", "Why does my stylesheet not load?", ("css file is ignored",), "Check the link."),
    )
)
