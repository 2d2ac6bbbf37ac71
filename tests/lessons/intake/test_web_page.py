"""Web pages that somebody saved, or that Notion, Google Docs and others export."""

from __future__ import annotations

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import left, pairs, read

PORT = [("What is a port?", "A number."), ("Why?", "So.")]


@pytest.mark.parametrize(
    "page",
    [
        "<h2>What is a port?</h2><p>A number.</p><h2>Why?</h2><p>So.</p>",
        "<H2 id=a>What is a <B>port</B>?<a href='#a'>\u00b6</a></H2>A number.<h2>Why?<p>So.",
        "<p><strong>What is a port?</strong></p><p>A number.</p><p><strong>Why?</strong><br>So.</p>",
        "<details><summary>What is a port?</summary><p>A number.</p></details><details><summary>Why?</summary>So.",
        "<ul><li><details open><summary><p>What is a port?</p></summary>A number.</details></li></ul>"
        "<ul><li><details><summary><b>Why?</b></summary><div>So.</div></details></li></ul>",
        "<dl><dt>What is a port?</dt><dd>A number.</dd><dt>Why?<dd><p>So.</dl>",
        "<h3><button aria-expanded=false>What is a port?</button></h3><div>A number.</div>"
        "<h3><button>Why?</button></h3><div>So.</div>",
        "<button>What is a port?</button><div><p>A number.</p></div><button>Why?</button><div>So.</div>",
        "<table><tr><th>Question</th><th>Answer</th></tr><tr><td>What is a port?</td><td>\nA number.\n</td></tr>"
        "<tr><td>Why?</td><td><p>So.</p></td></tr></table>",
        "<table><tr><td><h2>What is a port?</h2><p>A number.</p><h2>Why?</h2><p>So.</p></table>",
    ],
    ids="headings sloppy bold details notion definitions accordion buttons table layout".split(),
)
def test_questions_of_a_page_are_found_in_its_tags(page):
    """However its site writes them, and without the ends that browsers do not need."""
    assert pairs(f"<!doctype html><html><body>{page}</body></html>", "faq.html") == PORT


def test_an_answer_keeps_its_form():
    """Members see what the page says, as Discord writes it."""
    page = """<h1>Kilns</h1><h2>How do I fire?</h2>
    <p>With <b>heat</b> &amp; <em> care </em>: 5 * 3, <code>a*b &lt;x&gt;</code>,
    see <a href="https://e.org/a?b=1&amp;c=2">the guide</a>.</p>
    <p>x<sup>2</sup></p>
    <ul><li>one<ul><li>two</ul><li>three</ul><ol><li>a<li>b</ol>
    <pre><code>fire --now
  &lt;b&gt;

</code></pre><blockquote><p>Hot!</p><p>Yes.</p></blockquote>
    <table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td><td>x</td></tr></table>"""
    found = read(page, "faq.html")
    assert [each.lesson for each in found.lessons] == ["Kilns"]
    assert found.lessons[0].entries[0].answer == (
        "With **heat** & *care* : 5 \\* 3, `a*b <x>`, see [the guide](https://e.org/a?b=1&c=2).\n\nx\u00b2\n\n"
        "- one\n  - two\n- three\n1. a\n2. b\n\n```\nfire --now\n  <b>\n```\n\n> Hot!\n> \n> Yes.\n\n"
        "```\na    b\n---  -\n1|2  x\n```"
    )
    assert not found.unplaced


DATA = """<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "Us", "description": "We"},
  {"@type": "FAQPage", "mainEntity": [
    {"@type": "Question", "name": "What is a port?",
     "acceptedAnswer": {"@type": "Answer", "text": "<p>A number."}},
    {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": "So."}}]}]}
</script>"""


def test_the_data_for_search_engines_is_the_best_source():
    """It has the questions and nothing else of the page; the report says that its text was not read."""
    page = f"<html><head>{DATA}</head><h2>Shall we use cookies?</h2><p>Yes.</p>"
    assert pairs(page, "faq.html") == PORT
    assert [each.why for each in read(page, "faq.html").unplaced] == [
        "the text of the page: its questions are those of its data for search engines"
    ]


@pytest.mark.parametrize("data", [DATA.replace("}]}]}", "}"), DATA.replace("FAQPage", "WebPage"), "<script>{"])
def test_without_such_data_the_text_of_the_page_is_read(data):
    """Also if the data is broken."""
    page = "<h2>What is a port?</h2><p>A number.</p><h2>Why?</h2><p>So.</p>"
    assert pairs(page + data, "faq.html") == PORT


def test_what_stands_beside_the_text_is_no_part_of_an_answer():
    """Menus are named, and what no reader of the page sees is left out."""
    page = (
        "<title>Ports - Us</title><style>p{}</style><nav><a href=/>Home</a> Blog?</nav><!-- a --><h2>Why?</h2>"
        "<script>document.write('<h2>Who?</h2>')</script><svg><title>x</title></svg><p>So.</p>"
        "<noscript>No script?</noscript><footer>Us</footer><script>let never = '<p>ends</p>'"
    )
    found = read(page, "faq.htm")
    assert [(each.lesson, each.entries[0].answer) for each in found.lessons] == [("Ports - Us", "So.")]
    assert left(page, "faq.htm") == [(1, "Home Blog?"), (1, "Us")]


def test_only_the_main_part_of_a_page_is_read_if_it_names_one():
    """The rest is named: headings around it are those of the site."""
    page = (
        "<h1>Our site</h1><h2>Searching?</h2>Press S.<main><h1>Ports</h1><h2><a href='#why'>Why?</a></h2>So."
        "</main><h2>Questions?</h2>Write to us."
    )
    found = read(page, "faq.html")
    assert [(each.lesson, each.entries[0].question) for each in found.lessons] == [("Ports", "Why?")]
    assert left(page, "faq.html") == [(1, "# Our site ## Searching? Press S."), (1, "Questions?Write to us.")]
    assert pairs("<p></main><h2>Why?</h2><p>So.</p>", "faq.html") == [("Why?", "So.")]


@pytest.mark.parametrize(
    "tag", ["nav", "b", "table", "details", "blockquote", "svg", "form", "pre", "ul", "a href='x'"]
)
def test_a_tag_that_never_ends_loses_nothing_below_it(tag):
    """Such pages are shown by browsers, and so their owners do not see it."""
    page = f"<{tag}><h2>What is a port?</h2><p>A number.</p><h2>Why?</h2><p>So.</p>"
    assert pairs(page, "faq.html") == PORT


@pytest.mark.parametrize(
    "hostile",
    [
        "&#" + "9" * 5000 + ";",
        "<a " * 9,
        "<!--",
        "<![CDATA[ ",
        "<?php ",
        "</",
        "\x00\x02\x04",
        "<p title='" + "&#" * 99,
    ],
)
def test_what_is_no_html_is_text_and_harmless(hostile):
    """A page may be cut off in a tag, or may never have been a page."""
    page = f"<h2>What is a port?</h2><p>A number.</p><h2>Why?</h2><p>So.</p>{hostile}"
    assert [question for question, _ in pairs(page, "faq.html")] == [question for question, _ in PORT]


def test_a_page_that_asks_nothing_is_refused():
    """The error is that of other files."""
    with pytest.raises(NotesError, match="There is nothing to import"):
        read("<p>Welcome.</p>", "faq.html")
