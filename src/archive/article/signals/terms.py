"""Which names in meta elements, links, headers and embedded data say what, as tables."""

from __future__ import annotations

__all__ = ["HTTP", "LINKS", "META", "META_EQUIV", "NODE", "SPELLINGS"]


def _of(term: str, words: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), term)


META: dict[str, str] = {
    **_of(
        "headline",
        "og:title twitter:title dc.title dcterms.title citation_title parsely-title sailthru.title "
        "title headline hdl article:title article_title cxenseparse:title rnews:headline",
    ),
    **_of(
        "author",
        "author authors byl byline dc.creator dcterms.creator citation_author parsely-author "
        "sailthru.author article:author og:article:author article_author article.author "
        "cxenseparse:author news_author rnews:author creator vr:author shareaholic:article_author "
        "og:author book:author dc.author web_author",
    ),
    **_of("contributor", "dc.contributor dcterms.contributor"),
    **_of(
        "datePublished",
        "article:published_time article:published:time og:article:published_time "
        "article:published og:published_time "
        "datepublished dc.date dc.date.issued dcterms.issued dcterms.date dc.issued "
        "citation_publication_date citation_date citation_online_date parsely-pub-date "
        "sailthru.date pubdate publish-date publishdate publish_date published_time date "
        "article.published cxenseparse:publishtime cxenseparse:recs:publishtime "
        "originalpublicationdate iso-8601-publish-date published-date article_date_original "
        "publication_date publicationdate article:publish_time rnews:datepublished "
        "vr:published_time shareaholic:article_published_time dc.date.published",
    ),
    **_of("dateCreated", "dc.date.created dcterms.created dc.created date.created"),
    **_of(
        "dateModified",
        "article:modified_time article:modified:time og:article:modified_time "
        "og:updated_time article:modified "
        "dcterms.modified dc.date.modified dc.modified last-modified lastmod last_modified "
        "datemodified revised article.updated modified-date article:updated_time "
        "article_date_updated shareaholic:article_modified_time updated_time modified_time "
        "rnews:datemodified",
    ),
    **_of(
        "publisher",
        "og:site_name publisher dc.publisher dcterms.publisher citation_publisher "
        "article:publisher citation_journal_title shareaholic:site_name",
    ),
    **_of("copyrightNotice", "copyright dc.rights dcterms.rights rights dcterms.rightsholder"),
    **_of("license", "dcterms.license dc.license license"),
    **_of("inLanguage", "dc.language dcterms.language language og:locale content-language"),
    **_of("isBasedOn", "syndication-source original-source dc.source dcterms.source"),
    **_of("url", "og:url twitter:url parsely-link dc.identifier citation_public_url"),
    **_of("description", "og:description description twitter:description dc.description"),
    **_of("articleSection", "article:section parsely-section sailthru.section"),
    **_of(
        "usageInfo",
        "robots googlebot googlebot-news bingbot gptbot ccbot google-extended "
        "tdm-reservation tdm-policy",
    ),
    **_of("conditionsOfAccess", "article:content_tier"),
}
"""Names and properties of meta elements, lower case."""

META_EQUIV: dict[str, str] = {
    "content-language": "inLanguage",
    "last-modified": "dateModified",
    "date": "datePublished",
}
"""What ``http-equiv`` names."""

LINKS: dict[str, str] = {
    "canonical": "url",
    "author": "author",
    "license": "license",
    "amphtml": "encoding",
    "publisher": "publisher",
    "syndication-source": "isBasedOn",
    "original-source": "isBasedOn",
    "copyright": "copyrightNotice",
}
"""Relations of links."""

HTTP: dict[str, str] = {
    "date": "sdDatePublished",
    "last-modified": "dateModified",
    "memento-datetime": "contentReferenceTime",
    "etag": "version",
    "content-language": "inLanguage",
    "x-robots-tag": "usageInfo",
    "tdm-reservation": "usageInfo",
    "tdm-policy": "usageInfo",
}
"""Header fields; ``Link`` goes by `LINKS`."""

NODE: tuple[str, ...] = (
    "headline",
    "name",
    "alternativeHeadline",
    "author",
    "creator",
    "editor",
    "contributor",
    "translator",
    "datePublished",
    "dateModified",
    "dateCreated",
    "publisher",
    "sourceOrganization",
    "provider",
    "copyrightHolder",
    "copyrightYear",
    "copyrightNotice",
    "creditText",
    "license",
    "usageInfo",
    "acquireLicensePage",
    "conditionsOfAccess",
    "isAccessibleForFree",
    "inLanguage",
    "isBasedOn",
    "correction",
    "dateline",
    "locationCreated",
    "url",
    "mainEntityOfPage",
    "articleSection",
    "description",
    "version",
    "expires",
)
"""Properties of an article in JSON-LD that become claims, in this order."""

SPELLINGS: dict[str, str] = {
    **{term: term for term in NODE},
    "creator": "author",
    "mainEntityOfPage": "url",
}
"""What a property of JSON-LD, or of microdata, is claimed as."""
