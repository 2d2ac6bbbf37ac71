"""Articles of a help centre in JSON are entries; what members wrote below them is not."""

from __future__ import annotations

import json

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import pairs, read

COMMENTS = [
    {"id": 1, "author_id": 7, "body": "<p>Thanks, works!</p>", "created_at": "2026-01-02"},
    {"id": 2, "author_id": 8, "body": "<p>Not for me.</p>", "created_at": "2026-01-03"},
]
ZENDESK = {
    "id": 11,
    "title": "How hot is the kiln?",
    "body": "<p>Up to 1240.</p>",
    "section_id": 3,
    "draft": False,
    "promoted": False,
    "comments_disabled": False,
    "label_names": ["heat"],
    "comments": COMMENTS,
}
INTERCOM = {
    "type": "article",
    "id": "11",
    "workspace_id": "ab",
    "title": "How hot is the kiln?",
    "body": "<p>Up to 1240.</p>",
    "state": "published",
    "comments": COMMENTS,
}
WORDPRESS = {
    "id": 11,
    "slug": "how-hot",
    "status": "publish",
    "type": "post",
    "title": {"rendered": "How hot is the kiln?"},
    "content": {"rendered": "<!-- wp:paragraph -->\n<p>Up to 1240.</p>\n<!-- /wp -->", "protected": False},
    "excerpt": {"rendered": "<p>Up to &hellip;</p>\n", "protected": False},
    "comment_status": "open",
    "comments": [{"id": 1, "author_name": "Bo", "content": {"rendered": "<p>Thanks, works!</p>"}}],
}


@pytest.mark.parametrize(
    "data",
    [
        {"count": 1, "articles": [ZENDESK]},
        [ZENDESK],
        {"type": "list", "data": [INTERCOM]},
        [WORDPRESS],
        WORDPRESS,
        {"articles": [{"title": "How hot is the kiln?", "body": "Up to 1240.", "comments": ["Thanks, works!"]}]},
        {"pages": [{"name": "How hot is the kiln?", "text": "Up to 1240.", "replies": {"nodes": COMMENTS}}]},
    ],
    ids=["Zendesk", "a list", "Intercom", "WordPress", "one post", "plain", "pages"],
)
def test_an_article_is_taken_without_the_comments_below_it(data):
    """The report has what the comments say, and says that they are left out."""
    text = json.dumps(data)
    assert pairs(text, "articles.json") == [("How hot is the kiln?", "Up to 1240.")]
    named = [each.text for each in read(text, "articles.json").unplaced if "comment below an article" in each.why]
    assert "Thanks, works!" in named[0]
    assert not any("7" in each for each in named)


def test_what_nobody_answered_in_a_forum_is_no_article():
    """Its text is somebody's question. So is a post with an accepted reply: that is the answer."""
    post = {"title": "How hot is the kiln?", "body": "Mine stays cold.", "comments": COMMENTS}
    with pytest.raises(NotesError, match="nothing to import"):
        read(json.dumps({"posts": [post]}), "posts.json")
    answered = {**post, "comments": [{"body": "Up to 1240.", "is_accepted": True}, *COMMENTS]}
    assert pairs(json.dumps({"articles": [answered]}), "a.json") == [("How hot is the kiln?", "Up to 1240.")]


def test_a_post_of_wordpress_behind_a_password_is_not_published():
    """Nor is a private one."""
    other = {**WORDPRESS, "title": {"rendered": "What is new?"}, "content": {"rendered": "x", "protected": True}}
    private = {**WORDPRESS, "title": {"rendered": "Which code?"}, "status": "private"}
    assert pairs(json.dumps([WORDPRESS, other, private]), "posts.json") == [
        ("How hot is the kiln?", "Up to 1240.")
    ]


def test_a_post_among_documents_of_a_database_is_no_article():
    """CouchDB and Solr call all that they hold `docs`: there, the text is what a member asks."""
    post = {"title": "How hot is the kiln?", "body": "Mine stays cold, please help.", "comments": COMMENTS}
    with pytest.raises(NotesError, match="nothing to import"):
        read(json.dumps({"docs": [post]}), "dump.json")
