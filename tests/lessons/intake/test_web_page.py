"""Web pages that somebody saved, or that Notion, Google Docs and others export."""

from __future__ import annotations

import json
import sys

import pytest

from bot.errors import NotesError
from bot.lessons import intake
from tests.lessons.intake.reading_files import left, pairs, read

PORT = [("What is a port?", "A number."), ("Why?", "So.")]


@pytest.mark.parametrize(
    "page",
    [
        "<h2>What is a port?</h2><p>A number.</p><h2>Why?</h2><p>So.</p>",
        "<H2 id=a>What is a <B>port</B>?<a href='#a'>\u00b6</a></H2>A number.<h2>Why?</h2><p>So.",
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


def test_what_opens_a_panel_below_it_is_a_question_as_its_neighbours_are():
    """Page builders make accordions of any tags. Tabs and the button of a menu open something, too."""
    page = """<header><button aria-controls=menu>Menu</button><ul id=menu><li><a href="/">Home</a></ul></header>
    <h1>Help</h1>
    <div><div role=tab aria-controls=a><i></i><a>What is a port?</a></div><div id=a><p>A number.</div></div>
    <div><div><span role=button aria-controls=b>Opening a port</span></div>
    <div><div id=b hidden>Use sudo.</div></div></div>
    <ul><li><button role=tab aria-controls=c>Mac</button><li><button role=tab aria-controls=d>Windows</button></ul>
    <div id=c>brew</div><div id=d>choco</div>"""
    assert pairs(page, "help.html") == [("What is a port?", "A number."), ("Opening a port", "Use sudo.")]


@pytest.mark.parametrize(
    "opener",
    ["<button {}>Copy</button>", "<a role=button {}>Show more</a>", "<div><span role=button {}>Mac</span></div>"],
)
def test_what_opens_a_part_of_an_answer_is_no_title_in_it(opener):
    """Most of what opens something on a page is no question."""
    page = f"<h2>How do I install it?</h2><p>Run this:</p>{opener.format('aria-controls=a')}<pre id=a>pip</pre>"
    answer = pairs(f"<h1>FAQ</h1>{page}<h2>Why?</h2><p>So.</p>", "faq.html")[0][1]
    assert "**" not in answer
    assert answer.endswith("```\npip\n```")


@pytest.mark.parametrize("anchor", ["<a id=main-content></a>", "<h1 id=main-content>FAQ</h1>"])
def test_the_place_that_a_skip_link_leads_to_is_not_the_page(anchor):
    """Many sites, such as those of Drupal, have one in front of their text."""
    page = f"<nav>Home</nav>{anchor}<div><h2>What is a port?</h2><p>A number.</p></div>"
    assert pairs(page, "faq.html") == [("What is a port?", "A number.")]


def test_the_attachments_and_comments_of_a_confluence_page_are_no_answers():
    """Its export has them beside the text, and its headings look like those of the text."""
    page = """<title>IT : Port FAQ</title><div id=main><div id=content><div id=main-content class=wiki-content>
    <h2>What is a port?</h2><p>A number.</p><h2>Opening one</h2><p>Use sudo.</p></div>
    <h2>Attachments:</h2><p>port.png</p><h2>Comments:</h2><p>Is it open? Posted by Tom</p></div></div>"""
    assert pairs(page, "it.html") == [("What is a port?", "A number."), ("Opening one", "Use sudo.")]
    assert "Comments: Is it open? Posted by Tom" in read(page, "it.html").unplaced[0].text


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
    assert left(page, "faq.htm") == [(0, "Home Blog?"), (0, "Us")]


def test_only_the_main_part_of_a_page_is_read_if_it_names_one():
    """The rest is named: headings around it are those of the site."""
    page = (
        "<h1>Our site</h1><h2>Searching?</h2>Press S.<main><h1>Ports</h1><h2><a href='#why'>Why?</a></h2>So."
        "</main><h2>Questions?</h2>Write to us."
    )
    found = read(page, "faq.html")
    assert [(each.lesson, each.entries[0].question) for each in found.lessons] == [("Ports", "Why?")]
    assert left(page, "faq.html") == [(0, "Our site Searching? Press S. Questions? Write to us.")]
    assert pairs("<p></main><h2>Why?</h2><p>So.</p>", "faq.html") == [("Why?", "So.")]


@pytest.mark.parametrize("tag", ["table", "details", "svg", "form", "ul", "a href='x'"])
def test_a_tag_that_never_ends_loses_nothing_below_it(tag):
    """Such pages are shown by browsers, and so their owners do not see it."""
    page = f"<{tag}><h2>What is a port?</h2><p>A number.</p><h2>Why?</h2><p>So.</p>"
    assert pairs(page, "faq.html") == PORT


def test_an_answer_that_a_button_opens_is_read():
    """It is hidden when the page is saved, unlike what the page never shows, and the button to copy is no text."""
    page = (
        "<h3><button aria-controls=a>Why?</button></h3><div id=a hidden><p>So.</p><pre>x</pre>"
        "<button>Copy</button><span aria-hidden=true>!</span><p hidden>draft</p></div>"
    )
    assert pairs(page, "faq.html") == [("Why?", "So.\n\n```\nx\n```")]


def test_a_document_of_google_is_read_by_its_style_sheet():
    """It writes bold words with a class, in several parts, and its links lead through Google."""
    page = """<style>.c4{color:#000;font-weight:400}.c1{color:#000;font-weight:700}</style>
    <body class="doc-content"><p class="c2 title"><span class="c4">Course FAQ</span></p>
    <p class="c2"><span class="c1">When is it</span><span class="c1">?</span></p><p class="c2"><span class="c4">See
    </span><a href="https://www.google.com/url?q=https://e.org/?a%3Db&amp;sa=D&amp;ust=1">the&nbsp;calendar</a>.</p>
    <p class="c2"><span class="c1">How long?</span></p><p class="c2"><span class="c4">Two weeks.</span></p>"""
    found = read(page, "course.html")
    assert [each.lesson for each in found.lessons] == ["Course FAQ"]
    assert pairs(page, "course.html") == [
        ("When is it?", "See [the calendar](https://e.org/?a=b)."),
        ("How long?", "Two weeks."),
    ]


def test_escaped_tags_in_the_data_for_search_engines_are_tags():
    """Members would read them. An answer about tags keeps them as they are."""

    def page(answers: dict[str, str]) -> str:
        asked = [{"name": name, "acceptedAnswer": {"text": text}} for name, text in answers.items()]
        data = json.dumps({"@type": ["FAQPage"], "mainEntity": asked})
        return f"<script type=application/ld+json>{data}</script>"

    escaped = "&lt;p&gt;&lt;a href=&quot;https://e.org&quot;&gt;So&lt;/a&gt; &amp;amp; so.&lt;/p&gt;"
    assert pairs(page({"How?": escaped}), "faq.html") == [("How?", "[So](https://e.org) & so.")]
    about = {"Which tag?": "&lt;p&gt; begins one.", "And a list?": "With &lt;ul&gt;."}
    assert [answer for _, answer in pairs(page(about), "faq.html")] == ["<p> begins one.", "With <ul>."]


def test_the_accepted_answer_of_a_page_of_a_forum_is_the_answer():
    """Its text has names and other posts. Where nothing is accepted, the text of whoever asked is no answer."""
    mia = {"@type": "Person", "name": "Mia"}
    asked = {"@type": "Question", "name": "How hot?", "text": "I ask.", "answerCount": 1, "author": mia}
    answer = {"@type": "Answer", "text": "<p>Very.</p>", "author": mia}

    def page(**more: object) -> str:
        data = json.dumps({"@type": ["WebPage", "QAPage"], "mainEntity": asked | more})
        said = "<h1>How hot?</h1><p>Mia: I ask.</p><p>Tom: Very.</p>"
        return f"<script type='application/ld+json'>{data}</script>{said}"

    assert pairs(page(acceptedAnswer=answer), "topic.html") == [("How hot?", "Very.")]
    with pytest.raises(NotesError, match="topics of a forum, none with an accepted answer"):
        read(page(suggestedAnswer=[answer]), "topic.html")


@pytest.mark.parametrize("are_apart", [False, True])
def test_a_question_without_an_answer_hides_no_other_questions_of_a_page(are_apart):
    """A shop's page can have a customer's question, and its own below it."""
    asked = {"@type": "Question", "name": "How hot?"}
    data: list[object] = [
        {"@type": "QAPage", "mainEntity": asked},
        {"@type": "FAQPage", "mainEntity": [{"name": "Why?", "acceptedAnswer": {"text": "So."}}]},
    ]
    page = "".join(
        f"<script type=application/ld+json>{json.dumps(each)}</script>" for each in (data if are_apart else [data])
    )
    assert pairs(page, "faq.html") == [("Why?", "So.")]


@pytest.mark.parametrize("tag", ["div", "p"])
def test_comments_of_a_document_of_google_are_never_published(tag):
    """They stand below the last answer, with names of those who wrote the page. A footnote is no comment."""
    comment = '<a href="#cmnt_ref1" id="cmnt1">[a]</a><span>@mia@e.org is this right? -- Tom</span>'
    more = f"<div style=margin:5px><p>{comment}</p><p>Yes.</p></div>" if tag == "div" else f"<p>{comment}</p>"
    page = (
        "<body class=doc-content><h2>How hot?</h2><p><span>Very.</span><sup>"
        '<a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><h2>Why?</h2><p>So.</p>' + more
    )
    assert pairs(page, "faq.html") == [("How hot?", "Very."), ("Why?", "So.")]
    (comments,) = (text for _, text in left(page, "faq.html") if "Tom" in text)
    assert "is this right?" in comments


def test_an_anchor_that_is_only_called_like_a_comment_of_google_is_none():
    """A page can give any name to its parts: it is imported as a whole."""
    page = "<p><a id=cmnt-top></a>Kilns</p><h2>How hot?</h2><p><a id=cmnt1></a>Very.</p><h2>Why?</h2><p>So.</p>"
    assert pairs(page, "faq.html") == [("How hot?", "Very."), ("Why?", "So.")]


def test_lists_in_lists_of_google_stay_in_each_other():
    """It writes them one after the other, and says only in a class how deep each is."""
    lists = [(0, "ul", "Write"), (1, "ul", "a mail"), (2, "ol", "short</li><li>kind"), (1, "ul", "a letter")]
    lists += [(0, "ul", "Wait"), (2, "ul", "long"), (2, "ul", "patiently")]
    body = "".join(f'<{tag} class="c1 lst-kix_x1y-{n} start"><li>{text}</li></{tag}>' for n, tag, text in lists)
    page = f"<h1>FAQ</h1><h2>How do I join?</h2>{body}<p>Then:</p><ul class=lst-kix_a-1><li>Come.</li></ul>"
    assert pairs(page, "faq.html") == [
        (
            "How do I join?",
            "- Write\n  - a mail\n    1. short\n    2. kind\n  - a letter\n- Wait\n  - long\n  - patiently\n\n"
            "Then:\n\n- Come.",
        )
    ]


def test_a_page_of_notion_keeps_the_order_of_its_list():
    """Each item is a list of its own there, toggles are in lists, and spaces of a style are no code."""
    page = """<article class="page sans"><header><h1 class="page-title">Help</h1></header><div class="page-body">
    <ul class="toggle"><li><details open=""><summary>How do I log in?</summary>
    <ol type="1" start="1"><li>Open it</li></ol><ol type="1" start="2"><li>Click<ul><li>once</li></ul></li></ol>
    <figure style="white-space:pre-wrap"><div>Wait.</div></figure>
    <pre class="code"><code class="language-Python">x = 1</code></pre></details></li></ul></div></article>"""
    (found,) = pairs(page, "help.html")
    assert found == ("How do I log in?", "1. Open it\n2. Click\n   - once\n\nWait.\n\n```Python\nx = 1\n```")


def test_a_page_of_confluence_has_questions_in_what_it_expands():
    """Its macro for this is a question like any toggle; a cell may be as wide as two columns."""
    page = """<h1 id="title-heading">IT</h1><div class="expand-container"><div class="expand-control">
    <span>Why?</span></div><div id="e" class="expand-content"><p>So.</p></div></div>
    <table class="confluenceTable"><tbody><tr><th><p>Question</p></th><th><p>Answer</p></th></tr>
    <tr><td><p>Who?</p></td><td><p>We.</p></td></tr>
    <tr><td colspan="2">nobody</td></tr></tbody></table>"""
    assert pairs(page, "it.html") == [("Why?", "So."), ("Who?", "We.")]


def test_questions_of_a_table_are_found_beside_cells_of_several_rows():
    """Such as a topic in front of them. Answers keep their paragraphs, and marks of footnotes are no links."""
    page = """<table><tr><th>Topic<th>Question<th>Answer<tr><td rowspan="2">Ports<td>What is a port?<td>
    <p>A number.<p>Yes.<ul><li>x</ul><tr><td>Why?<td>So<a href="#1">[1]</a>.<tr><td colspan="3">Others</table>"""
    assert pairs(page, "faq.html") == [("What is a port?", "A number.\n\nYes. \n- x"), ("Why?", r"So\[1\].")]


def test_code_of_sphinx_and_docusaurus_keeps_its_language_and_lines():
    """The first names it around the code, and the second ends lines with tags. Headings lead to themselves."""
    page = """<div class="body" role="main"><h2>Why?<a class="headerlink" href="#why" title="Link">\u00b6</a></h2>
    <div class="highlight-python3 notranslate"><div class="highlight"><pre><span></span>a = __b__
</pre></div></div><h2 class="anchor">Who?<a href="https://e.org/p#who" class="hash-link">\u200b</a></h2>
    <pre class="prism-code language-bash"><code><span>cd x<br></span><span>ls<br></span></code></pre></div>"""
    assert pairs(page, "faq.html") == [("Why?", "```python\na = __b__\n```"), ("Who?", "```bash\ncd x\nls\n```")]


def test_words_that_look_like_markup_stay_words():
    """As in browsers, which show what stands there; and what no browser follows is no link."""
    page = (
        "<h2>Why?</h2><p>&lt;details&gt; a_b __init__ 5 * 3 &amp;lt; [x]</p><p># no</p><p>1. no</p>"
        '<p><a href="javascript:alert(1)">run</a> <img src="data:image/png;base64,AAAA" alt="d"></p>'
    )
    answer = r"<details> a_b \_\_init\_\_ 5 \* 3 &lt; \[x\]" + "\n\n\\# no\n\n1. no\n\nrun"
    assert pairs(page, "faq.html") == [("Why?", answer)]


def test_links_lead_to_the_site_of_a_page_with_its_address():
    """A page that is saved by hand does not know where it was."""
    found = read('<h2>Why?</h2><p>See <a href="/x/y">this</a>.</p>', "faq.html", "https://e.org/faq")
    assert found.lessons[0].entries[0].answer == "See [this](https://e.org/x/y)."


@pytest.mark.parametrize(
    "hostile",
    [
        "&#" + "9" * 5000 + ";",
        "&#2;&#xfdd0;",
        "<a " * 9,
        "<!--",
        "<![CDATA[ ",
        "<?php ",
        "</",
        "\x00\x02\x04",
        "<p title='" + "&#" * 99,
        "<script type='application/ld+json'>" + "[" * 100_000,
        "<div>" * 100_000,
        "<blockquote>" * 20_000 + "x",
        "<b>x" * 100_000,
        "<summary>x<sub>" * 100_000,
        "<table><tr><td>" * 20_000,
    ],
)
def test_what_is_no_html_is_text_and_harmless(hostile):
    """A page may be cut off in a tag, or may never have been a page."""
    page = f"<h2>What is a port?</h2><p>A number.</p><h2>Why?</h2><p>So.</p>{hostile}"
    assert [question for question, _ in pairs(page, "faq.html")][:1] == ["What is a port?"]


@pytest.mark.parametrize("tag", ["<li>x", "<ul><li>x", "<details><summary>x", "<dl><dt>x<dd>", "<h2>Why?</h2>x"])
def test_a_page_of_too_many_parts_is_refused(tag):
    """It would take minutes to read."""
    with pytest.raises(NotesError, match=r"has more than [\d,]+ parts|There is nothing to import"):
        read(tag * 100_000, "faq.html")


def test_a_page_that_asks_nothing_is_refused():
    """The error is that of other files; as nobody sees the lines of a page, it shows a text that was not used."""
    with pytest.raises(NotesError, match=r"There is nothing to import.* 'Welcome\.': outside of every question"):
        read("<p>Welcome.</p>", "faq.html")


def test_where_the_package_is_missing_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    monkeypatch.delitem(sys.modules, "bot.lessons.intake.web_page", raising=False)
    monkeypatch.delattr(intake, "web_page", raising=False)
    with pytest.raises(NotesError, match="can only be read after: pip install turbohtml"):
        read("<h2>What is a port?</h2><p>A number.</p>", "faq.html")


def test_what_is_hidden_below_its_button_is_its_answer():
    """Also if the button does not name it by an id, as where a script looks for what stands below."""
    page = (
        "<html><body><main><h1>FAQ</h1><div><button aria-expanded=false>How hot?</button><div hidden>"
        "<p>Very.</p></div></div><div><h3><button aria-expanded=false>How wet?</button></h3>"
        "<div hidden>Dry.</div></div>"
        "<p hidden>Secret.</p></main></body></html>"
    )
    assert pairs(page, "faq.html") == [("How hot?", "Very."), ("How wet?", "Dry.")]
