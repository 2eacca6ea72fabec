"""The reading of a page: its visible blocks, and where each stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import decode, extract, tree
from archive.article.reading import REGIONS, Reading, apart, embeds
from archive.article.reading.page import read_page
from archive.article.reading.walk import walk
from archive.article.shown import show
from tests.article.structures import BESIDE, STRUCTURES, UNSHOWN

URL = "https://news.example/story"
SENTENCE = "The mayor took the money that was meant for the pier, the county court found on Monday."
LINES = (
    "The council decided on Tuesday evening to close the old ferry pier for the whole winter.",
    "Residents of the islands will have to travel through the new terminal on the coast road.",
    "The decision follows an inspection that found damage in almost half of all the supports.",
    "Repairs are expected to begin in January and to last until the end of April at the least.",
    "Shopkeepers along the quay fear that they will lose a large part of their usual custom.",
    "A petition against the closure has gathered signatures in the town and on the islands.",
)


def paragraphs(*lines: str) -> str:
    """Lines as paragraphs."""
    return "".join(f"<p>{line}</p>" for line in lines)


def page(inner: str, before: str = "", after: str = "") -> bytes:
    """A page with this between the paragraphs of its article."""
    return (
        "<html><head><title>Council closes the pier</title></head><body>"
        '<header class="top"><nav><ul><li><a href="/news">News</a></li></ul></nav></header>'
        f"{before}<main><article><h1>Council closes the pier</h1>{paragraphs(*LINES[:3])}{inner}"
        f"{paragraphs(*LINES[3:])}</article></main>{after}"
        "<footer><p>© The Courier. All rights reserved.</p></footer></body></html>"
    ).encode()


def read(content: bytes) -> Reading:
    """The reading of a page, as the comparison makes it."""
    found = extract(content, "text/html; charset=utf-8", URL)
    root = tree.parse(decode(content, "text/html; charset=utf-8").text)
    assert not isinstance(root, tree.NotHtml)
    show(root)
    return read_page(root, URL, found.text, ("Council closes the pier",))


def region_of(reading: Reading, words: str) -> str | None:
    """The region of the block that has these words."""
    return next((block.region for block in reading.blocks if words in block.text), None)


@pytest.mark.parametrize("name", sorted(STRUCTURES))
def test_a_sentence_is_the_articles_however_it_is_marked_up(name: str) -> None:
    """What a browser shows between two paragraphs is article, but for controls and navigation."""
    found = region_of(read(page(STRUCTURES[name].format(SENTENCE))), SENTENCE[:40])
    if name in UNSHOWN:
        assert found is None
    elif name in BESIDE:
        assert found in ("other", "navigation")
    else:
        assert found in ("article", "head")


HIDDEN = (
    "<p hidden>{}</p>",
    "<div hidden><section><p>{}</p></section></div>",
    '<p hidden="until-found">{}</p>',
    "<template><p>{}</p></template>",
    "<dialog><p>{}</p></dialog>",
    "<textarea>{}</textarea>",
    '<p style="display:none">{}</p>',
    '<p style="color: red; DISPLAY : none !important">{}</p>',
    '<div style="display:none"><p>{}</p></div>',
    '<p style="visibility:hidden">{}</p>',
    '<p style="visibility: collapse">{}</p>',
    '<div style="content-visibility:hidden"><p>{}</p></div>',
    '<div style="content-visibility:hidden"><p style="visibility:visible">{}</p></div>',
    '<p style="d\\69splay:n\\6f ne">{}</p>',
    '<p style="display:none;display:blok">{}</p>',
    '<p style="display:none!/**/important;display:block">{}</p>',
    '<p hidden style="display:blok">{}</p>',
    '<dialog style="display:revert"><p>{}</p></dialog>',
    "<meter>{}</meter>",
    "<div popover><p>{}</p></div>",
    "<select><option>{}</option></select>",
    "<noscript><p>{}</p></noscript>",
    '<video src="a.mp4"><p>{}</p></video>',
    "<script>{}</script>",
    "<style>{}</style>",
    "<!-- {} -->",
    '<input type="hidden" value="{}">',
    '<img alt="{}">',
    '<p title="{}"></p>',
)
SHOWN = (
    '<p style="display:block">{}</p>',
    '<p style="display:none; display:block">{}</p>',
    '<p hidden style="display:block">{}</p>',
    "<dialog open><p>{}</p></dialog>",
    '<p style="visibility:visible">{}</p>',
    '<div style="visibility:hidden"><p style="visibility:visible">{}</p></div>',
    '<p aria-hidden="true">{}</p>',
    '<p class="hidden visually-hidden">{}</p>',
    "<details><p>{}</p></details>",
    '<x-a><template shadowrootmode="open"><p>{}</p></template></x-a>',
    '<p style="overflow:hidden">{}</p>',
    '<p style="display:/**/block">{}</p>',
    '<p style="color:red;/* display:none">{}</p>',
    """<p style="--label:'display:none;'">{}</p>""",
    '<p style="display:none;all:initial">{}</p>',
    '<p hidden style="display:revert">{}</p>',
    '<p><b style="content-visibility:hidden">{}</b></p>',
    '<p hidden="until-found" style="content-visibility:visible">{}</p>',
    '<div style="visibility:hidden"><p style="visibility:initial">{}</p></div>',
    "<dialog open popover><p>{}</p></dialog>",
    '<map name="m"><p>{}</p></map>',
)


@pytest.mark.parametrize("markup", HIDDEN)
def test_what_html_and_inline_style_hide_is_not_read(markup: str) -> None:
    """A paragraph that a browser does not show stands neither in the reading nor anywhere in it."""
    assert SENTENCE[:40] not in read(page(markup.format(SENTENCE))).text


@pytest.mark.parametrize("markup", SHOWN)
def test_what_they_show_is_read(markup: str) -> None:
    """A paragraph that a browser shows is the article's, whatever its class says."""
    assert region_of(read(page(markup.format(SENTENCE))), SENTENCE[:40]) == "article"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (
            "<p>built in 1911<sup>1</sup> and cost 14<sup>[2]</sup> crowns</p>",
            "1911 [1] and cost 14 [2] c",
        ),
        ('<p>in 1911<sup><a href="#f">1</a></sup>.</p>', "in 1911 [1]."),
        ("<p>It holds 10<sup>6</sup> litres on 300 m<sup>2</sup>.</p>", "10^6 litres on 300 m²."),
        ("<p>It took 1<sup>1</sup>/<sub>2</sub> hours, H<sub>2</sub>O.</p>", "1 1/2 hours, H2O."),
        ("<p>the 3<sup>rd</sup> of May</p>", "the 3rd of May"),
        ("<p>the pier<sup>3</sup> is</p>", "the pier [3] is"),
        ("<p>cost <s>14</s> 41 million</p>", "cost ~~14~~ 41 million"),
        ("<p><del>The mayor <b>took</b> it.</del></p>", "~~The mayor took it.~~"),
        ('<p style="text-decoration: line-through">He took it.</p>', "~~He took it.~~"),
        ("<p><q>We acted</q>, she said.</p>", "“We acted”, she said."),
        ("<p><q>We <q>acted</q></q>, she said.</p>", "“We ‘acted’”, she said."),
        (
            "<p>so <math><mi>F</mi><mo>=</mo><mfrac><mi>m</mi><mn>2</mn></mfrac></math> holds</p>",
            "so F=m/2 holds",
        ),
        ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>だ</p>", "漢(かん)だ"),
    ],
)
def test_markup_becomes_signs(markup: str, words: str) -> None:
    """What raised, struck, quoted and formula markup says stands in the words."""
    assert words in read(page(markup)).text


def test_the_parts_of_a_page_have_their_regions() -> None:
    """Headline and standfirst are head, navigation, footer, comments and asides are none of it."""
    content = page("", after='<section id="comments"><p>First!</p></section><aside>Buy it</aside>')
    content = content.replace(b"</h1>", b"</h1><div class=teaser>What the council wants.</div>")
    reading = read(content)
    assert region_of(reading, "News") == "navigation"
    assert region_of(reading, "What the council wants") == "head"
    assert region_of(reading, "First!") == "comments"
    assert region_of(reading, "Buy it") == "aside"
    assert region_of(reading, "All rights") == "footer"
    assert reading.headline == "Council closes the pier"


APART = (
    "<aside><h3>Facts</h3><ul><li>{}</li><li>Opened 1911</li></ul></aside>",
    "<footer><p>{}</p></footer>",
    '<div class="related"><p>{}</p></div>',
    '<section class="promo"><h3>Background</h3><p>{}</p></section>',
    '<div id="comments"><p>{}</p></div>',
    '<div class="replies"><div class="comment">{}</div></div>',
    '<div class="newsletter">{}</div>',
    '<div role="menu"><p>{}</p></div>',
)
CONTAINERS = {
    "article": "<main><article>{}</article></main>",
    "main": "<main>{}</main>",
    "div": "<div class=page>{}</div>",
    "text apart": "<main><div class=text>{}</div></main>",
}


def ending(container: str, inner: str) -> Reading:
    """The reading of a page with something at the end of its article."""
    told = f"<h1>Council closes the pier</h1>{paragraphs(*LINES)}"
    nav = '<header><nav><ul><li><a href="/news">News</a></li></ul></nav></header>'
    around = CONTAINERS[container]
    body = around.replace("{}</div></main>", f"{told}</div>{{}}</main>")
    body = body.replace("{}", inner if body != around else told + inner)
    return read(
        f"<html><head><title>Council closes the pier</title></head><body>{nav}{body}"
        "<footer><p>© The Courier. All rights reserved.</p></footer></body></html>".encode()
    )


@pytest.mark.parametrize("container", sorted(CONTAINERS))
@pytest.mark.parametrize("markup", APART)
@pytest.mark.parametrize("words", [SENTENCE, "No."])
def test_what_ends_an_article_is_the_articles(container: str, markup: str, words: str) -> None:
    """Asides, feet and classes at the end say nothing where only words stand in them."""
    inner = markup.format(words)
    if container == "text apart" and not re.match("<(?:aside|footer)|<div role", inner):
        inner = f"<aside>{inner}</aside>"
    assert region_of(ending(container, inner), words) == "article"


OTHERS = (
    '<div class="related"><h3>More</h3><a href="/s/1">A storm hits the island</a><p>{}</p></div>',
    '<div class="comments"><div class="comment"><a href="/u/1">Anna</a><p>{}</p></div></div>',
    '<div id="comments"><p>Anna, 3 May</p><p>{}</p><p>Ben, 4 May</p><p>I do.</p></div>',
    '<div class="replies"><p>{}</p><button>Reply</button></div>',
    '<div class="newsletter"><p>{}</p><form><input type="email"><button>Go</button></form></div>',
    '<div class="promo"><p>{}</p><p><a href="/shop">Buy our yearbook</a></p></div>',
)


@pytest.mark.parametrize("container", ["article", "main", "div"])
@pytest.mark.parametrize("markup", OTHERS)
def test_what_has_another_form_is_not(container: str, markup: str) -> None:
    """Comments with their writers, stories with their links and boxes with controls are beside."""
    found = region_of(ending(container, markup.format(SENTENCE)), SENTENCE[:40])
    assert found in ("comments", "aside", "other")


def test_the_foot_of_a_site_is_not_the_articles() -> None:
    """A foot that says whose the page is, or stands beside navigation, is none of the article's."""
    foot = "<footer><p>© The Courier. All rights reserved in this and all countries.</p></footer>"
    assert region_of(ending("div", foot), "all countries") == "footer"
    beside = (
        "<nav><a href=/a>News</a></nav><footer><p>The Courier has told the news since 1911.</p>"
    )
    assert region_of(ending("div", f"{beside}</footer>"), "since 1911") == "footer"


def test_a_short_heading_that_a_title_has_in_it_is_not_the_headline() -> None:
    """An h1 of a word that stands in the title by chance does not take the headline's place."""
    content = page("").replace(b"</h1>", b"</h1><h1>No.</h1>").replace(b"pier", b"pier now")
    assert read(content).headline == "Council closes the pier now"


PLACEHOLDERS = (
    "This content is hosted by a third party; accept its cookies to view it.",
    "An dieser Stelle finden Sie externen Inhalt. Sie müssen Cookies akzeptieren.",
    "Pour afficher ce contenu, vous devez accepter les cookies.",
    "Para ver este contenido, acepte las cookies.",
    "Per vedere questo contenuto, accetta i cookie.",
    "Para ver este conteúdo, aceite os cookies.",
    "Accepteer cookies om deze inhoud te bekijken.",
    "Godkänn kakor för att se detta innehåll.",
    "Godta informasjonskapsler for å se dette innholdet.",
    "Accepter cookies for at se dette indhold.",
    "Hyväksy evästeet nähdäksesi tämän sisällön.",
    "Zaakceptuj pliki cookie, aby zobaczyć tę treść.",
    "Povolte soubory cookie, aby se zobrazil tento obsah.",
    "Чтобы посмотреть этот контент, примите файлы cookie.",
    "Bu içeriği görmek için çerezleri kabul edin.",
    "このコンテンツを表示するには、Cookieの使用に同意してください。",
    "要查看此内容,请接受 Cookie。",
    "이 콘텐츠를 보려면 쿠키를 허용하세요.",
    "لمشاهدة هذا المحتوى، يرجى قبول ملفات تعريف الارتباط.",
)


@pytest.mark.parametrize("words", PLACEHOLDERS)
@pytest.mark.parametrize(
    "markup",
    [
        "<div>{}</div>",
        "<div><div><p>{}</p></div></div>",
        "<div><h4>Instagram</h4><p>{}</p><button>OK</button></div>",
        '<figure><p>{}</p><p><a href="/privacy">Privacy</a></p></figure>',
    ],
)
def test_what_stands_for_an_embed_is_none_of_the_article(words: str, markup: str) -> None:
    """A box that asks to agree before a post is loaded is beside the text, in 19 languages."""
    found = read(page(markup.format(words)))
    assert region_of(found, words) == "other"
    assert region_of(found, LINES[2]) == region_of(found, LINES[3]) == "article"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>To view this content, visitors have to accept cookies, the court said.</p>",
        "<blockquote><p>“To view this content, accept cookies,” it said.</p></blockquote>",
        "<ul><li>To view this content, visitors have to accept cookies.</li></ul>",
        "<div>Visitors have to accept cookies to see external content, the court said.</div>",
        "<div>This content cost the county 14 million, which nobody wanted to accept.</div>",
    ],
)
def test_an_article_about_such_boxes_is_read(markup: str) -> None:
    """A paragraph, a quotation, an item about cookies and content is the article's."""
    words = re.sub("<[^>]*>", "", markup)
    assert region_of(read(page(markup)), words) == "article"


def test_paragraphs_in_plain_elements_about_such_boxes_are_read() -> None:
    """Where the article's paragraphs are marked up as the sentence is, it is one of them."""
    words = "To view this content, visitors have to accept cookies, the court said."
    content = page(f"<p>{words}</p>").replace(b"<p>", b"<div>").replace(b"</p>", b"</div>")
    assert region_of(read(content), words) == "article"


STORIES = (
    "<ul>{}</ul>",
    "<div>{}</div>",
    '<div class="x"><h3>More</h3><ol>{}</ol></div>',
)


@pytest.mark.parametrize("around", STORIES)
@pytest.mark.parametrize(
    "item", ["{}", "{}<p>2 May</p>", "<p>Sport</p>{}<p>A lead of few words.</p>"]
)
def test_links_in_a_row_are_a_list_of_stories(around: str, item: str) -> None:
    """Two items with a headline that leads elsewhere are other stories, with what is theirs."""
    tag = "div" if "div>{}" in around else "li"
    links = [f'<a href="/s/{n}">A storm hits the island number {n}</a>' for n in range(3)]
    inner = around.format("".join(f"<{tag}>{item.format(one)}</{tag}>" for one in links))
    found = [block for block in read(page(inner)).blocks if block.listed]
    assert len(found) == 3 * (1 + item.count("<p>"))
    assert all(block.region == "aside" for block in found)


def test_one_link_and_short_links_are_no_list() -> None:
    """A paragraph that is one link, and a list of documents with short names, are the article's."""
    for inner in (
        f'<p><a href="/a">{SENTENCE}</a></p>',
        '<ul><li><a href="/1">First report</a></li><li><a href="/2">Second</a></li></ul>',
    ):
        assert not any(block.listed for block in read(page(inner)).blocks)


@pytest.mark.parametrize(
    ("first", "second", "listed"),
    [
        ("A storm hits the island", "Old bridge closed", True),
        ("A storm hits the island", "Old bridge", False),
        ("Old bridge closed", "New road opens", False),
        ("町長が九年で辞任", "水車小屋が博物館に", True),
        ("町長が辞任", "もっと見る", False),
    ],
)
def test_a_short_headline_is_one_beside_another_story(
    first: str, second: str, listed: bool
) -> None:
    """A few words are a headline beside a longer one, never by themselves; kana count as two."""
    inner = f'<div><p><a href="/1">{first}</a></p><p><a href="/2">{second}</a></p></div>'
    found = [block.text for block in read(page(inner)).blocks if block.listed]
    assert found == ([first, second] if listed else [])


def test_classes_never_cut() -> None:
    """A page whose classes are all others, inline elements' too, is cut into the same blocks."""
    inner = f'<p>A <span class="related">b</span><span class="comment">c</span> d.</p>{SENTENCE}'
    renamed = re.sub(rb' class="\w+"', b' class="x9"', page(inner))
    assert [b.text for b in read(page(inner)).blocks] == [b.text for b in read(renamed).blocks]
    assert "A bc d." in read(renamed).text


def test_endless_and_deep_pages_are_read_to_a_bound() -> None:
    """Past the bound a reading and past the depth at which the parser stops, a reading says so."""
    many = read(page("<p>x</p>" * 30_000))
    assert many.past == len(many.blocks) == 20_000
    assert read(page("<div>" * 900 + SENTENCE + "</div>" * 900)).past is None
    assert read(page("<div>" * 5_000 + SENTENCE + "</div>" * 5_000)).past is not None
    assert read(page("y " * 2_000_000)).blocks


TAGS: tuple[str, ...] = (
    "p",
    "div",
    "span",
    "a",
    "ul",
    "li",
    "td",
    "h1",
    "aside",
    "nav",
    "q",
    "s",
    "sup",
    "math",
)
TAGS += ("ruby", "rt", "dialog", "template")
STYLES = ("", "display:none", "visibility:hidden", "visibility:visible", "text-decoration:none")

trees = st.recursive(
    st.text(max_size=12),
    lambda inner: st.tuples(
        st.sampled_from(TAGS), st.sampled_from(STYLES), st.lists(inner, max_size=4)
    ).map(lambda made: f'<{made[0]} href=/x style="{made[1]}">{"".join(made[2])}</{made[0]}>'),
    max_leaves=20,
)


@given(trees, st.none() | st.text(max_size=40))
def test_any_tree_is_read(markup: str, text: str | None) -> None:
    """No tree makes reading raise, and every block has words and a known region."""
    root = tree.parse(f"<html><body><p>x</p>{markup}</body></html>")
    assert not isinstance(root, tree.NotHtml)
    show(root)
    found = read_page(root, URL, text, (text or "",))
    assert all(block.key and block.region in REGIONS for block in found.blocks)
    assert len(found.starts) == len(found.blocks)


def related(prose: int, links: int = 1) -> bytes:
    """A box called *related* with so many signs of prose and so many links that stand alone."""
    alone = "".join(f'<p><a href="/s/{n}">Ferries</a></p>' for n in range(links))
    return f'<div class="related"><h3>B</h3><p>{"x" * (prose - 1)}</p>{alone}</div>'.encode()


@pytest.mark.parametrize(
    ("prose", "links", "region"),
    [
        (apart.LEAD, 1, "aside"),
        (apart.LEAD + 1, 1, "article"),
        (2 * apart.LEAD, 2, "aside"),
        (2 * apart.LEAD + 1, 2, "article"),
    ],
)
def test_a_box_of_stories_has_few_words_beside_its_links(
    prose: int, links: int, region: str
) -> None:
    """Up to 320 signs beside each link that stands alone; more is prose with a link behind it."""
    found = ending("article", related(prose, links).decode())
    assert region_of(found, "xxx") == region


@pytest.mark.parametrize(
    ("signs", "region"), [(apart.SHORT, "comments"), (apart.SHORT + 1, "article")]
)
def test_dates_of_comments_are_short(signs: int, region: str) -> None:
    """Two lines of 30 signs with a digit are dates of comments, of 31 they are words."""
    line = f"<p>{'y' * (signs - 1)}3</p>"
    found = ending("article", f'<div class="comments">{line}<p>{SENTENCE}</p>{line}</div>')
    assert region_of(found, SENTENCE[:40]) == region


@pytest.mark.parametrize(
    ("signs", "region"), [(embeds.SIGNS, "other"), (embeds.SIGNS + 1, "article")]
)
def test_what_stands_for_an_embed_has_few_words(signs: int, region: str) -> None:
    """Up to 600 signs; a longer text in an element of its own is the article's."""
    words = "Acceptcookiestoview this content: "
    text = words + "z" * (signs - len(words.replace(" ", "")))
    text = text.replace("Acceptcookiestoview", "Accept cookies to view")
    assert region_of(read(page(f"<div>{text}</div>")), "Accept cookies") == region


def test_what_was_asked_of_a_page_before_changes_nothing() -> None:
    """A page laid out for a part of its text, and then for the whole, is as if asked once."""
    parts = (
        f"<section>{paragraphs(*LINES[:3])}</section><section>{paragraphs(*LINES[3:])}</section>"
    )
    content = f"<body><h1>Council closes the pier</h1><div>{parts}<p>Photo: Ada</p></div></body>"
    root = tree.parse(content)
    assert not isinstance(root, tree.NotHtml)
    once, twice = walk(root), walk(root)
    part, whole = ("".join(f"{line}\n" for line in LINES[at:]) for at in (3, 0))
    read_page(root, URL, part, (), twice)
    assert read_page(root, URL, whole, (), twice) == read_page(root, URL, whole, (), once)
