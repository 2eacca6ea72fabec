"""Whose marks a page carries: of who makes challenges, consent walls, paywalls. Facts, as data.

Whole articles carry the same scripts; so a mark counts only on a page that shows next to nothing,
or that was refused.
"""

from __future__ import annotations

import re

__all__ = ["is_article", "is_paywalled", "judge_fields", "judge_marks"]

_CHALLENGE = "challenge page"
_CONSENT = "consent wall"
_PAYWALL = "soft paywall"

_FIELDS = (
    (_CHALLENGE, "Cloudflare", "cf-mitigated", "challenge", False),
    (_CHALLENGE, "AWS WAF", "x-amzn-waf-action", "", False),
    (_CHALLENGE, "DataDome", "x-datadome", "", True),
    (_CHALLENGE, "DataDome", "x-dd-b", "", True),
    (_CHALLENGE, "Akamai", "server", "akamaighost", True),
)
"""Reason, whose, field name, what its value contains, and whether the status must say refused."""

_MARKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        _CHALLENGE,
        "Cloudflare",
        (
            "<title>just a moment...</title>",
            "<title>attention required! | cloudflare",
            "_cf_chl_opt",
            "cf-chl-",
            "cf-challenge-running",
            "checking your browser before accessing",
            "challenges.cloudflare.com",
        ),
    ),
    (_CHALLENGE, "DataDome", ("captcha-delivery.com", "var dd={'rt'")),
    (_CHALLENGE, "PerimeterX", ("px-captcha", "_pxappid", "captcha.px-cdn.net")),
    (_CHALLENGE, "Akamai", ("errors.edgesuite.net", "/_sec/cp_challenge/", "sec-if-cpt")),
    (_CHALLENGE, "Imperva", ("_incapsula_resource", "pardon our interruption")),
    (_CHALLENGE, "Sucuri", ("sucuri website firewall", "sucuri_cloudproxy_js")),
    (_CHALLENGE, "DDoS-Guard", ("<title>ddos-guard</title>", "/.well-known/ddos-guard/")),
    (_CHALLENGE, "AWS WAF", ("awswafcookiedomainlist", "gokuprops", "awswaf.com")),
    (_CHALLENGE, "hCaptcha", ("hcaptcha.com/1/api", "h-captcha")),
    (_CHALLENGE, "Anubis", ("/.within.website/x/cmd/anubis", "anubis_challenge")),
    (_CHALLENGE, "GeeTest", ("geetest.com",)),
    (_CHALLENGE, "reCAPTCHA", ("recaptcha/api.js", "g-recaptcha")),
    (_CONSENT, "OneTrust", ("onetrust", "cookielaw.org")),
    (_CONSENT, "Didomi", ("didomi", "privacy-center.org")),
    (_CONSENT, "Sourcepoint", ("sp_message", "sourcepoint", "sp-prod.net", "privacy-mgmt.com")),
    (_CONSENT, "Quantcast", ("qc-cmp", "quantcast")),
    (_CONSENT, "Usercentrics", ("usercentrics",)),
    (_CONSENT, "Cookiebot", ("cookiebot",)),
    (_CONSENT, "TrustArc", ("trustarc", "truste-consent", "consent.truste")),
    (_CONSENT, "others", ("consensu.org", "iubenda", "axeptio", "tarteaucitron", "consentmanager")),
    (_PAYWALL, "Piano", ("tinypass.com", "piano.io", "tp-container-inner")),
    (_PAYWALL, "Poool", ("poool.fr", "poool-widget")),
    (_PAYWALL, "others", ("evolok", "zephr", "leaky-paywall", "mppglobal", "pelcro", "laterpay")),
)
"""Reason, whose, and what stands in the page, in lower case."""


_ARTICLE = re.compile(
    r'"@type"\s*:\s*(?:\[\s*)?"(?:\w*article|\w*posting|report)"'
    r"|property\s*=\s*[\"']og:type[\"'][^>]*content\s*=\s*[\"']article",
    re.IGNORECASE,
)


def is_article(markup: str) -> bool:
    """Whether a page says to machines that it is an article.

    Args:
        markup: the page.
    """
    return bool(_ARTICLE.search(markup))


def judge_fields(fields: tuple[tuple[str, str], ...], *, refused: bool) -> str | None:
    """What the header fields of a response tell.

    Args:
        fields: name and value.
        refused: whether the status says that the page was refused.
    """
    present = [(name.lower(), value.lower()) for name, value in fields]
    for reason, whose, name, part, only_refused in _FIELDS:
        if only_refused and not refused:
            continue
        if any(name == field and part in value for field, value in present):
            return f"{reason} ({whose})"
    return None


def judge_marks(markup: str) -> str | None:
    """What the marks in a page tell, of one that shows next to nothing or was refused.

    Args:
        markup: the page, in lower case.
    """
    for reason, whose, marks in _MARKS:
        if any(mark in markup for mark in marks):
            return f"{reason} ({whose})"
    return None


def is_paywalled(markup: str) -> bool:
    """Whether a page carries the mark of somebody who makes paywalls; whole articles may.

    Args:
        markup: the page, in lower case.
    """
    return any(
        mark in markup for reason, _, marks in _MARKS if reason == _PAYWALL for mark in marks
    )
