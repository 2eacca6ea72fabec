"""What each derived view goes by, told in words: the order of signals, then what else decides.

`docs/explanation/claims.md` is written from this table and the table of signals. A rule that is
changed in a view is changed here too.
"""

from __future__ import annotations

from attrs import frozen

from archive.article.signals.table import PROPERTIES, SignalName, ViewName, order

__all__ = ["RULES", "ViewRules"]


@frozen
class ViewRules:
    """One derived view.

    Args:
        name: the view's.
        tells: what it says.
        property: the property whose claims it is taken from.
        orders: the orders of signals that it goes by, of the table of signals; none where every
            claim counts.
        rules: what decides, in order, each a sentence.
    """

    name: str
    tells: str
    property: str
    orders: tuple[ViewName, ...]
    rules: tuple[str, ...]

    def precedence(self) -> tuple[SignalName, ...]:
        """The signals that it takes, the first one first."""
        return order(self.orders[0]) if self.orders else ()


def _view(name: ViewName, tells: str, *rules: str, parts: tuple[ViewName, ...] = ()) -> ViewRules:
    return ViewRules(name, tells, PROPERTIES[name], (name, *parts), rules)


_AUTHORS = (
    "The first signal that names anybody is believed.",
    "A byline is cut: labels, dates, roles, degrees, places, organisations behind a comma, and what"
    " fields and buttons say (*undefined*, *Text Size*) go; whom a label announces for something"
    " else (*photos by*, *reviewed by*) is no author.",
    "*Surname, Given* is turned round where one name stands before the comma.",
    "Authors of other stories do not count: of nodes of JSON-LD with another headline, of the page"
    " beside the article.",
    "The page's own type decides between person and organisation, but for desks and feeds; without"
    " a type the words of the name do, agencies in lower case included.",
    "Where only organisations are named, people in the visible byline go before them; where only"
    " the publisher is, people whom any other signal names do.",
    "Where another signal and the visible byline agree on other names, they are believed.",
    "The publisher beside people is left out, and so are logins beside names.",
)
_DATES = (
    "A date that is labelled goes before one that only stands there; then the first signal's.",
    "A date that is labelled for something else (*received*, *accepted*, *born*) is none of these.",
    "Dates of other stories, of comments and of the mast-head do not count.",
    "A fuller date of another signal that agrees with it is preferred.",
    "A date in words is read in the page's language; figures in an order that leaves two readings"
    " have no normal form; letters that are no certain zone are left out, and the date stays.",
)

RULES: tuple[ViewRules, ...] = (
    _view(
        "title",
        "the headline",
        "Headlines that are only the name of the site, an h1 that is a link to its first page or a"
        " masthead, do not count.",
        "og:title, else the title element, is gone by: the longest of the h1, JSON-LD and others"
        " that is the same without something set off at an end is taken, and a JSON-LD headline"
        " equal to it does not outvote an h1 inside of it.",
        "An h1 that JSON-LD and a third kind of place have too goes before an og:title that is"
        " worded otherwise.",
        "The name of the site is cut at both ends where the page itself says that it is the"
        " site's.",
        parts=("title-around", "title-agreed"),
    ),
    _view("authors", "the people named as author", *_AUTHORS),
    ViewRules(
        "organisations",
        "the organisations named as author",
        "author",
        ("authors",),
        ("What the signal that is believed for `authors` names that is no person.",),
    ),
    _view("publisher", "who publishes", "The first name that is no address."),
    _view("published", "the date of publication", *_DATES),
    _view("modified", "the date of the last change", *_DATES),
    _view("language", "the language of the page", "The first claim."),
    _view("licence", "the licence, mostly an address", "The first claim."),
    ViewRules(
        "reservations",
        "what is reserved or asked of machines",
        "usageInfo",
        (),
        ("Every claim that reserves or asks something, as `name=value`.",),
    ),
)
"""Every derived view."""
