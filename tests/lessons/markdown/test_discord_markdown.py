"""Members see an answer as its author meant it, although Discord supports less than the author's site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lessons.markdown.discord_markdown import for_discord
from bot.lessons.markdown.inline_markdown import Links
from bot.lessons.markdown.not_shown import not_shown


def shown(text: str) -> str:
    return for_discord(text).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See <b>this</b> and <i>that</i>.", "See **this** and *that*."),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("> one<br>two\n>\n> three", "> one\n> two\n> \n> three"),
        ("- one<br>two\n  - three<br>four", "- one\n  two\n  - three\n    four"),
        ("<ul><li>a<br>b</li><li>c</li></ul>d", "- a\n  b\n- c\n\nd"),
        ("<kbd>Ctrl</kbd>+<kbd>C</kbd>", "`Ctrl`+`C`"),
        ("H<sub>2</sub>O, x<sup>2</sup>, a<sub>ij</sub>", "H\u2082O, x\u00b2, a_(ij)"),
        ("a &lt; b &amp;&nbsp;c", "a < b & c"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        (
            "<ul>\n  <li>a\n    <ul>\n      <li>b</li>\n    </ul>\n  </li>\n  <li>c</li>\n</ul>\nd",
            "- a\n  - b\n- c\n\nd",
        ),
        ('<a href="https://e.org">there</a>', "[there](https://e.org)"),
        ("- [ ] a\n- [x] b", "- \u2610 a\n- \u2611 b"),
        ("> [!WARNING]\n> Hot.", "> **Warning**\n> Hot."),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 |", "> ```\n> a  b\n> -  -\n> 1  2\n> ```"),
        ("> [!TIP]\n> |a|b|\n> |-|-|\n> |1|2|", "> **Tip**\n> ```\n> a  b\n> -  -\n> 1  2\n> ```"),
        ("> ```\n> >>> a<br>\n>\n> ```\n> b<br>c", "> ```\n> >>> a<br>\n> \n> ```\n> b\n> c"),
        (">>> print(1)\n1", ">>> print(1)\n1"),
        ("> a\n> > b<br>c\n> d", "> a\n> > b\n> > c\n> d"),
        ("a\n<blockquote>\nb\n</blockquote>\nc", "a\n\n> b\n\nc"),
        ("<p>a</p><blockquote><p>b</p><p>c</p></blockquote>", "a\n\n> b\n> \n> c"),
        ("It says <blockquote>a<br>b</blockquote> there", "It says\n\n> a\n> b\n\nthere"),
        ("|a|b|\n|-|-|\n|c|d<blockquote>e</blockquote>|", "```\na  b\n-  ---\nc  d e\n```"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n> \n> b"),
        ('<blockquote\n  cite="e.org">a</blockquote>', "> a"),
        ("- a\n\n  <blockquote>\n    b\n  </blockquote>", "- a\n\n> b"),
        ("> <details><summary>a</summary>\n> b\n> </details>", "> a\n> \n> b"),
        ("Use `<p><blockquote>` and `<p><pre>a</pre>`", "Use `<p><blockquote>` and `<p><pre>a</pre>`"),
        ("<p>Run `a`:</p><pre>b</pre>", "Run `a`:\n\n```\nb\n```"),
        ("x $a^2$ costs $5 and $6", "x `a^2` costs $5 and $6"),
        ("$$\na\n$$", "```\na\n```"),
        ("$$\na = 1\n\nb = 2\n$$\nc", "```\na = 1\n\nb = 2\n```\nc"),
        ("$$\n\nIt is cheap.\n\n$$", "$$\n\nIt is cheap.\n\n$$"),
        ("\\[\na_1 * b_1\n\\]", "```\na_1 * b_1\n```"),
        ("$$a\n= b$$", "```\na\n= b\n```"),
        ("$$ E $$\n\nIt is $$a^2$$ or \\(a + b_1\\).", "`E`\n\nIt is `a^2` or `a + b_1`."),
        ("Open file\\(s\\) \\[a\\] (see \\(b\\_c\\)), $$ and $$", "Open file(s) \\[a\\] (see (b\\_c)), $$ and $$"),
        ("~~~py\nx\n~~~", "```py\nx\n```"),
        ("#### Deep", "### Deep"),
        ("+ a", "- a"),
        ("a\n\n---\n\nb\n* * *\nc", "a\n\n\u2500\u2500\u2500\n\nb\n\u2500\u2500\u2500\nc"),
        ("- a\n\n  ___\n\n  b", "- a\n\n  \u2500\u2500\u2500\n\n  b"),
        ("> a\n> ---\n> b", "> a\n> \u2500\u2500\u2500\n> b"),
        ("a<hr/>b", "a\n\u2500\u2500\u2500\nb"),
        ("---\n\na\n\n***\n", "a"),
        ("```\n---\n```", "```\n---\n```"),
        ("Kiln\n: An oven.\n: A hot one.", "Kiln\n- An oven.\n- A hot one."),
        ("See ==this==, H~2~O and x^2^, but a == b == c", "See **this**, H\u2082O and x\u00b2, but a == b == c"),
        ("List<String> and `<b>` stay", "List<String> and `<b>` stay"),
        ("```html\n<b>| a |</b> &amp; [x](y)\n```", "```html\n<b>| a |</b> &amp; [x](y)\n```"),
        ("Write to <help@e.org> or <mailto:us@e.org>.", "Write to help@e.org or us@e.org."),
        ("Call <tel:+491234>, <+49 12 34>", "Call +491234, +49 12 34"),
        ("Get <ftp://e.org/a> or steam://run/1 here", "Get `ftp://e.org/a` or `steam://run/1` here"),
        ("List<https://e.org> <str:int> `<a@e.org>`", "List<https://e.org> <str:int> `<a@e.org>`"),
        ("<pre><code>a &lt; b\n  c</code></pre>", "```\na < b\n  c\n```"),
        ("<p>So:</p><pre><code>a\n  b\n</code></pre><p>Or.</p>", "So:\n\n```\na\n  b\n```\n\nOr."),
    ],
)
def test_what_means_the_same_is_written_as_discord_writes_it(text, expected):
    """There is no remark, as nothing is lost."""
    found = for_discord(text)
    assert found.text == expected
    assert not found.remarks


def test_a_narrow_table_is_lined_up_as_code_and_a_wide_one_is_a_list():
    """Both can be read on a phone."""
    assert shown("| Port | Use |\n|---|---|\n| 22 | ssh |") == "```\nPort  Use\n----  ---\n22    ssh\n```"
    marked = "| Sign | Use |\n|---|---|\n| \\* | *any* |\n| `\\_` | a_b \\_c_ |\n| \u6771 | _e_ |"
    assert shown(marked) == "```\nSign  Use\n----  -------\n*     any\n\\_    a_b _c_\n\u6771    e\n```"
    wide = f"| Port | Use |\n|---|---|\n| 22 | {'ssh ' * 20}|\n| 80 | [web](https://e.org) |"
    assert (
        shown(wide)
        == f"**Port \u00b7 Use**\n- 22 \u00b7 Use: {'ssh ' * 19}ssh\n- 80 \u00b7 Use: [web](https://e.org)"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
        "<tr>\n<td>\n1\n</td>\n\n<td>\n2\n</td>\n</tr>\n</table>",
        "<table><tr><td>a<td>b<tr><td>1<td>2</table>",
    ],
)
def test_a_table_of_html_is_a_table_however_its_lines_are_divided(text):
    """Websites write each cell on a line of its own, or leave out where it ends."""
    assert shown(f"So:\n{text}\nAnd?") == "So:\n\n```\na  b\n-  -\n1  2\n```\n\nAnd?"


def test_a_table_of_html_may_have_a_title_and_links_and_keeps_what_is_behind_it():
    """Nothing of it is lost, and what Discord does not know of it is named."""
    text = (
        "<table><caption>Ports</caption><tr><th>Use</th><th>More</th></tr>"
        '<tr><td colspan="1">ssh</td><td><a href="https://e.org">here</a></td></tr></table> Done.'
    )
    assert shown(text) == "Ports\n\n**Use \u00b7 More**\n- ssh \u00b7 More: [here](https://e.org)\n\nDone."
    assert [each.text for each in for_discord(text).remarks] == ['<td colspan="1">']


@pytest.mark.parametrize(
    "text",
    ["<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "<table><tr><td>a</td><td>b</td></tr></table>"],
)
def test_a_table_of_html_that_only_arranges_a_page_is_text(text):
    """The first page of a project puts its pictures beside each other in this way."""
    assert "```" not in shown(text)


def test_a_wide_table_of_html_without_headings_does_not_repeat_its_first_row():
    """Only headings say what the cells below them are."""
    price = "12 euros, and the clay is paid for by the kilogram at the desk"
    rows = [("Plan", "Small studio with a kiln"), ("Price", price)]
    for cell in ("td", "th"):  # also where each row begins with its own heading
        text = "".join(f"<tr><{cell}>{name}</{cell}><td>{said}</td></tr>\n" for name, said in rows)
        out = shown(f"<table>\n{text}</table>")
        assert out.split("\n\n") == ["Plan Small studio with a kiln", f"Price {price}"]
    headed = "<thead><tr><td>Plan</td><td>Price</td></tr></thead>"
    out = shown(f"<table>{headed}<tr><td>Small</td><td>{price}</td></tr></table>")
    assert out == f"**Plan \u00b7 Price**\n- Small \u00b7 Price: {price}"


@pytest.mark.parametrize(
    "items",
    [
        "<ul><li>Get it.</li><li>Run it.</li></ul>",
        "\n\n1. Get it.\n2. Run it.\n\n",
        "\n\n* Get it.\n* Run it.\n\n",
    ],
)
def test_lists_in_the_cells_of_a_table_of_html_stay_lists(items):
    """The first page of a project often tells so how to install it, system by system."""
    rows = "".join(f"<tr><th>{name}</th><th>{items}</th></tr>\n" for name in ("Windows", "Linux"))
    out = shown(f"<table>\n{rows}</table>")
    assert "```" not in out
    lines = [line.split(maxsplit=1)[-1] for line in out.split("\n") if line.strip()]
    assert lines == ["Windows", "Get it.", "Run it.", "Linux", "Get it.", "Run it."]


def test_code_about_tables_does_not_divide_a_table_of_html():
    """In it, a tag is a word."""
    out = shown("<table><tr><th>Tag</th><th>Use</th></tr>\n<tr><td>`<tr>`</td><td>a row</td></tr></table>")
    assert "`<tr>` a row" in out


def test_links_inside_a_site_lead_to_it_where_its_address_is_known():
    """If the address is unknown, there is a remark."""
    text = "See [the guide](../guide/a.md) and ![x](b.png)."
    there = for_discord(text, Links(base_url="https://e.org/faq/page.md"))
    assert there.text == "See [the guide](https://e.org/guide/a.md) and [x](https://e.org/faq/b.png)."
    found = for_discord(text)
    assert found.text == "See the guide and ."
    assert [each.text for each in found.remarks] == ["![x](b.png)", "[the guide](../guide/a.md)"]


def test_links_by_name_and_footnotes_are_written_out():
    """Their texts from the end of the page are put into the answer."""
    links = Links(
        addresses={"docs": "https://e.org"}, footnotes={"1": "The note."}, anchors={"what": "what-is-it"}
    )
    found = for_discord("See [the docs][docs], [docs] and [above](#what).[^1]", links)
    assert found.text == ("See [the docs](https://e.org), [docs](https://e.org) and above. (1)\n\n(1) The note.")
    assert found.related == ["what-is-it"]
    assert found.used == {"docs", "^1"}


def test_footnotes_refer_to_each_other_however_many_they_are():
    """Each stands below the text once, in the order in which they are read."""
    notes = {str(n): f"See [^{n + 1}]." for n in range(2000)} | {"2000": "The end, as in [^0]."}
    found = for_discord("Why? [^0]", Links(footnotes=notes))
    assert found.text.startswith("Why? (0)\n\n(0) See (1).\n(1) See (2).\n")
    assert found.text.endswith("(1999) See (2000).\n(2000) The end, as in (0).")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [next\npage](/a#b) and\n[one\n more\nthere][docs].",
         "See [next page](https://e.org/a#b) and\n[one more there](https://e.org/docs)."),
        ("- All of [our\n  docs].\n- b", "- All of [our docs](https://e.org/ours).\n- b"),
        ("> See [next\n> page](a).\n> b", "> See [next page](https://e.org/a).\n> b"),
        ("See ![a wide\npicture](a.png).", "See [a wide picture](https://e.org/a.png)."),
        *((text, text) for text in (
            "See [1,\n2] and [no\nlink] here.", "See [a\n\nb](x)", "See [a\n- b](x)", "See [a\n> b](x)",
            "```\nx[1\n](y)\n```", "One [a\ntwo\nthree\nb](x)", "\\[a\nb](x)",
        )),
    ],
)  # fmt: skip
def test_a_link_may_go_over_the_end_of_a_line(text, expected):
    """As on pages that are wrapped at 80 columns. Other brackets stay on their lines."""
    links = Links(base_url="https://e.org/", addresses={"docs": "/docs", "our docs": "/ours"})
    assert for_discord(text, links).text == expected


def test_the_name_of_a_link_may_hold_code():
    """As the pages of programs have them: the name of a function, in backticks."""
    links = Links(addresses={"`fire` command": "https://e.org/fire", "`kiln.open`": "https://e.org/open"})
    found = for_discord("Use the [`fire` command], [this][`kiln.open`] or ![`kiln.open`][].", links)
    assert found.text == (
        "Use the [`fire` command](https://e.org/fire), [this](https://e.org/open) or [`kiln.open`](https://e.org/open)."
    )
    assert found.used == {"`fire` command", "`kiln.open`"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("==Wait!== Then ==open *it*== (==slowly==).", "**Wait!** Then **open *it*** (**slowly**)."),
        ("==Note:== come ==at least== 5 minutes early.", "**Note:** come **at least** 5 minutes early."),
        ('Say "==stop,==" and ==B== 2 times.', 'Say "**stop,**" and **B** 2 times.'),
        ("In ==.env==, or by ==/help==.", "In **.env**, or by **/help**."),
        ("At ==5 %==: ==\U0001f525 here==", "At **5 %**: **\U0001f525 here**"),
        *((text, text) for text in (
            "Both strict(===, !==) and type-converting(==, !=) ones.", "If x ==1 or y== 2, or `a` ==b==c",
            "The signs '==' and '==', **==** and **==**, (==) and (==)", "Use == or !==, as ==b and c== d.",
            "a==b or c==d", "x ==y and y ==z", "Here ==> there ==> on",
            "If x ==1 or y== 2.", "Use ==; then ==: so", 'The signs "==" and "==".',
            "If 'a'=='b' or \"c\"==\"d\".",
        )),
    ],
)  # fmt: skip
def test_an_operator_of_a_program_marks_no_words(text, expected):
    """`==` is both a comparison and, in some editors, a mark."""
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**[https://e.org/a](https://e.org/a)**.", "**<https://e.org/a>**."),
        ("[`https://e.org`](https://e.org/)", "<https://e.org/>"),
        (
            r"[https://e.org/a\_b](https://e.org/a_b), [http://e.org/c_d](http://e.org/c\_d)",
            "<https://e.org/a_b>, <http://e.org/c_d>",
        ),
        ('<a href="https://e.org/a">https://e.org/a</a>', "<https://e.org/a>"),
        ("[see https://e.org](https://e.org/a)", "[see e.org](https://e.org/a)"),
        ("[https://](https://e.org), [e.org](https://e.org)", None),
    ],
)
def test_an_address_is_no_text_of_a_link(text, expected):
    """Discord shows a link with such a text as it is typed."""
    assert shown(text) == (expected or text)
    assert not not_shown(expected or text)


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("[![Build](https://e.org/a.svg)](https://e.org)", "[![Build](https://e.org/a.svg)]"),
        ("[![Build][badge]][docs]", "[![Build][badge]]"),
        ('[<img src="a.svg" alt="Build">](https://e.org)', '[<img src="a.svg" alt="Build">]'),
        ('<a href="https://e.org"><img src="a.svg" alt="Build"></a>', '<img src="a.svg" alt="Build">'),
    ],
)
def test_a_picture_in_a_link_is_the_text_of_the_link(text, picture):
    """The badges of a README. Discord would show a link within a link as it is typed."""
    links = Links(addresses={"docs": "https://e.org", "badge": "https://e.org/a.svg"})
    found = for_discord(f"See {text}.", links)
    assert found.text == "See [Build](https://e.org)."
    assert [each.text for each in found.remarks] == [picture]


@pytest.mark.parametrize(
    "text",
    [
        *("[[Wiki]]", "{{< ref x >}}", "{% hint %}", "```mermaid\ngraph\n```", "[mail](mailto:a@e.org)", "[^x]"),
        *('<Image src="/x.png" />', "a <Badge>b</Badge>", '--8<-- "a.md"', "[TOC]", "{ref}`a`", "~~~\n```\n~~~"),
    ],
)
def test_what_has_no_place_in_discord_is_named(text):
    """There is a remark for each thing."""
    assert for_discord(text).remarks


def test_what_only_a_site_draws_is_not_shown_as_it_is_typed():
    """The words of a tag or a role stay, and lines that only the site fills in are left out."""
    text = 'A <Badge type="tip">new</Badge> {ref}`kiln`.\n\n[TOC]\n\n--8<-- "a.md"\n\n<Image src="/x.png" />\n\nB.'
    assert shown(text) == "A new `kiln`.\n\nB."
    code = "`<Badge>`, `{ref}` and `a` stay.\n\n```\n[TOC]\n```"
    assert shown(code) == code


def test_template_tags_of_a_site_are_named_and_the_words_of_their_links_stay():
    """An address that only the site knows leads members nowhere. Code and other braces stay, and are not named."""
    text = (
        "You need {{ site.data.java }} of [the {{ page.title }}]({{ site.baseurl }}/install/), "
        "[here]({% link a.md %}#b) or ![there]({{site.url}}/a.png)."
    )
    found = for_discord(text, Links(base_url="https://e.org/"))
    assert found.text == "You need {{ site.data.java }} of the {{ page.title }}, here or ."
    assert [each.text for each in found.remarks] == [
        "[the {{ page.title }}]({{ site.baseurl }}/install/)",
        "[here]({% link a.md %}#b)",
        "![there]({{site.url}}/a.png)",
        "{{ site.data.java }}",
        "{{ page.title }}",
    ]
    assert list(not_shown("{{ site.data.java }}"))
    for other in ("`{{ page.title }}` and `[a]({{ site.url }})`", "{{ name }} and {{ sites.a }}"):
        assert (shown(other), for_discord(other).remarks) == (other, [])


@pytest.mark.parametrize(
    "text",
    [
        "$$ holds the process id.\n\n```bash\necho $$\n```",
        "$$ means moderate\n$$$ means expensive\nPizza: $$",
        "$$(VAR) is expanded twice.\n\n- It costs $$",
        "$$name is a variable variable.\n```php\necho $$\n```",
        "$$ is cheap,\nand x_1 costs $5, or $$",
    ],
)
def test_dollar_signs_of_a_shell_or_a_price_are_no_formula(text):
    """They stay where they are, and so does everything between them."""
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Iron.\[[12](https://e.org/x?id=3#cite_note-12)\]", None),
        (r"\[[1](https://e.org/a_b)\]\[[2](https://e.org/c_d)\]", None),
        (r"\[![a](https://e.org/a_b.png)\]", r"\[[a](https://e.org/a_b.png)\]"),
        (r"\[**x** = y\], \[https://e.org/a=b\], \[a\_b\]", None),
        (r"Press \[Ctrl+C\], \[my_file\], \[18+\], \[--a=b\], \[--name=value\]", None),
        (r"\(see RFC=1\), \(C++\)", "(see RFC=1), (C++)"),
    ],
)
def test_escaped_brackets_around_links_and_keys_are_no_formula(text, expected):
    """Programs that convert web pages to Markdown escape the brackets of their footnotes."""
    assert shown(text) == (expected or text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a <b>b</b>", "tag"),
        ("a|b\n-|-\nc|d", "table"),
        ("> | a | b |\n> |---|---|", "table"),
        ("> ```bash\n> ls\n> ```\n\na <b>b</b>", "tag"),
        ("[a](b.md)", "link"),
        ("[https://e.org](https://e.org)", "address"),
        ("![a](b.png)", "picture"),
        ("a[^1]", "footnote"),
        ("- [ ] a", "task"),
        ("* [x] a", "task"),
        ("1. [ ] a", "task"),
        ("> [!NOTE]\n> a", "box"),
        ("??? note", "box"),
        ("> a\n>\n> b", "quote"),
        ("> > a\n> >\n> > b", "quote"),
        (":::tip\na\n:::", "box"),
        ("#### a", "heading"),
        ("> ##### a", "heading"),
        ("~~~py\na\n~~~", "fence"),
        ("a [b][1]\n\n[1]: https://e.org", "reference"),
        ("a <!-- b -->", "comment"),
        ("a <Badge>b</Badge>", "component"),
        ("[TOC]", "shortcode"),
        ('--8<-- "a.md"', "shortcode"),
    ],
)
def test_a_lesson_that_was_typed_is_looked_at_alike(text, kind):
    """Authors get advice about markup that Discord does not format."""
    assert [each.text for each in not_shown(text)]
    assert not_shown(text)[0].why == kind
    assert not not_shown(f"````\n{text}\n````")


PARTS = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<br>",
        "|",
        "\n",
        "|-|",
        "`",
        "```",
        "~~~",
        "[",
        "](",
        ")",
        "![",
        "$",
        "&lt;",
        "[^1]",
        "- [ ]",
        "\\",
        "<li>",
        "<pre>",
        "> ",
        "<blockquote",
        "<pre",
        "<blockquote>",
        "</blockquote>",
        "<table>",
        "<tr><td>",
        "</table>",
        "</pre>",
        "$$",
    ]
)


def test_a_tag_that_is_not_closed_is_text():
    """A page on HTML shows such mistakes."""
    assert shown("<blockquote</blockquote>") == "<blockquote"
    assert shown("a\n\n<pre</pre>\n\nb") == "a\n\n<pre\n\nb"
    assert shown("a\n<blockquote\n</blockquote>") == "a\n\n> "


@given(st.lists(PARTS | st.text(max_size=4), max_size=30).map("".join))
def test_any_text_is_converted(text):
    """No text causes an error."""
    for_discord(text)
    list(not_shown(text))
