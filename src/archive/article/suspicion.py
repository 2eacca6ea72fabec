"""Pages that are probably not the article: bot challenges, consent walls, soft paywalls.

A suspicion is shown, never acted upon: the capture stays what it is. The signs are data. Those in
the content count only where little text was found or the status says refused, for whole articles
carry the same scripts and words; those in the header count as they stand. The first mebibyte of a
page is searched, in linear time, and a page with enough text and a good status not at all. Where
nothing was extracted, a small page counts as one with little text.
"""

from __future__ import annotations

import re

from attrs import frozen

__all__ = ["FEW_WORDS", "suspect", "suspect_again"]

FEW_WORDS = 150
"""Below this many words a page is searched for signs."""

_SEARCHED = 1 << 20  # bytes of a page's beginning
_SMALL = 32_768  # bytes; challenge pages and consent walls are smaller, articles mostly larger
_REFUSED = frozenset({401, 402, 403, 405, 406, 429, 503})

_CHALLENGE = "challenge page"
_CONSENT = "consent wall"
_PAYWALL = "soft paywall"


@frozen
class _Sign:
    """A reason, whose mark it is, and what to look for, in lower case."""

    reason: str
    whose: str
    marks: tuple[bytes, ...]


_FIELDS = (
    (_CHALLENGE, "Cloudflare", "cf-mitigated", "challenge", False),
    (_CHALLENGE, "AWS WAF", "x-amzn-waf-action", "", False),
    (_CHALLENGE, "DataDome", "x-datadome", "", True),
    (_CHALLENGE, "DataDome", "x-dd-b", "", True),
    (_CHALLENGE, "Akamai", "server", "akamaighost", True),
)
"""Reason, whose, field name, what its value contains, and whether the status must say refused."""

_SIGNS = (
    _Sign(
        _CHALLENGE,
        "Cloudflare",
        (
            b"<title>just a moment...</title>",
            b"<title>attention required! | cloudflare",
            b"_cf_chl_opt",
            b"cf-chl-",
            b"cf-challenge-running",
            b"checking your browser before accessing",
        ),
    ),
    _Sign(_CHALLENGE, "DataDome", (b"captcha-delivery.com", b"var dd={'rt'")),
    _Sign(_CHALLENGE, "PerimeterX", (b"px-captcha", b"_pxappid", b"captcha.px-cdn.net")),
    _Sign(_CHALLENGE, "Akamai", (b"errors.edgesuite.net", b"/_sec/cp_challenge/", b"sec-if-cpt")),
    _Sign(_CHALLENGE, "Imperva", (b"_incapsula_resource", b"pardon our interruption")),
    _Sign(_CHALLENGE, "Sucuri", (b"sucuri website firewall", b"sucuri_cloudproxy_js")),
    _Sign(_CHALLENGE, "DDoS-Guard", (b"<title>ddos-guard</title>", b"/.well-known/ddos-guard/")),
    _Sign(_CHALLENGE, "AWS WAF", (b"awswafcookiedomainlist", b"gokuprops")),
    _Sign(
        _CHALLENGE,
        "its words",
        (
            b"enable javascript and cookies to continue",
            b"please enable js and disable any ad blocker",
            b"verify you are human",
            b"verify that you are human",
            b"verify you are not a robot",
            b"are you a robot?",
            b"unusual traffic from your computer",
            b"<title>human verification</title>",
            b"<title>access denied</title>",
        ),
    ),
    _Sign(
        _CONSENT,
        "its form",
        (
            b'action="https://consent.',
            b"action='https://consent.",
            b"before you continue to google",
            b"before you continue to youtube",
            b"guce.advertising.com/collectidentifiers",
            b"mit werbung weiterlesen",
            b"mit werbung und tracking weiterlesen",
            b"mit werbung und cookies",
            b"continuer sans accepter et s'abonner",
        ),
    ),
    _Sign(
        _PAYWALL,
        "its words",
        (
            b"subscribe to continue reading",
            b"subscribe to read the full",
            b"to continue reading, subscribe",
            b"to continue reading this article",
            b"this article is for subscribers only",
            b"this content is for subscribers only",
            b"jetzt abonnieren und weiterlesen",
            b"article est r\xc3\xa9serv\xc3\xa9 aux abonn\xc3\xa9s",
            b"contenido exclusivo para suscriptores",
            b"articolo riservato agli abbonati",
        ),
    ),
)

_NOT_FREE = re.compile(rb'"isaccessibleforfree"\s*:\s*"?false')


def suspect(
    status: int, fields: tuple[tuple[str, str], ...], content: bytes, words: int | None
) -> str | None:
    """Why a page is probably not the whole article.

    Args:
        status: the HTTP status.
        fields: the response's header fields, name and value.
        content: the page's bytes, content coding undone.
        words: how many words the extraction found, 0 when it found none; None when there was no
            extraction.

    Returns:
        A few words such as ``challenge page (Cloudflare)``, or None.
    """
    refused = status in _REFUSED
    reason = _by_fields(fields, refused)
    little = len(content) <= _SMALL if words is None else words < FEW_WORDS
    if reason or not (refused or little):
        return reason
    page = content[:_SEARCHED].lower()
    for sign in _SIGNS:
        if any(mark in page for mark in sign.marks):
            return f"{sign.reason} ({sign.whose})"
    if little and _NOT_FREE.search(page):
        return f"{_PAYWALL} (says isAccessibleForFree: false)"
    return None


def suspect_again(
    status: int,
    fields: tuple[tuple[str, str], ...],
    content: bytes,
    words: int | None,
    *,
    before: str | None,
) -> str | None:
    """As `suspect`, of content that was searched before, with that status and as many words.

    Args:
        status: the HTTP status.
        fields: the response's header fields, name and value.
        content: the page's bytes, content coding undone.
        words: how many words the extraction found; None when there was no extraction.
        before: what was suspected then. The content is searched once more only for a challenge, of
            which a header field may have told then.

    Returns:
        As `suspect`.
    """
    if before is not None and before.startswith(_CHALLENGE):
        return suspect(status, fields, content, words)
    return _by_fields(fields, status in _REFUSED) or before


def _by_fields(fields: tuple[tuple[str, str], ...], refused: bool) -> str | None:
    present = [(name.lower(), value.lower()) for name, value in fields]
    for reason, whose, name, part, only_refused in _FIELDS:
        if only_refused and not refused:
            continue
        if any(name == field and part in value for field, value in present):
            return f"{reason} ({whose})"
    return None
