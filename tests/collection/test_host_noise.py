"""What stands on every page of a host, as the captures of that time tell it."""

from __future__ import annotations

import archive
from archive.collection.judging import HOST_PAGES, site_of
from archive.index.neighbours import find_others
from tests.capture.settings import LOCAL
from tests.collection.press import Clock
from tests.servers import Nginx

SPRING = "Enjoying this piece? Join the friends of this paper today and read every story of ours."
WINTER = "Our winter sale is on: read the whole paper until spring for next to nothing at all."


def story(number: int, notice: str, hurt: int = 14) -> bytes:
    """One of some stories, with a notice of the house in its midst that no markup tells."""
    lines = [
        f"Story {number} begins on the quay, where the river rose by two metres in the night.",
        f"The bridge of story {number} was closed by the police for the whole of the next day.",
        notice,
        f"In story {number} the doctors said that {hurt} people were hurt before it was closed.",
        f"The mayor of story {number} thanked the fire brigade and promised a new dam by autumn.",
    ]
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    title = f"<title>Flood {number}</title>"
    return f"<html><head>{title}</head><body><article>{paragraphs}</article></body></html>".encode()


def capture_all(press: archive.Collection, nginx: Nginx, notice: str, hurt: int) -> archive.Capture:
    """Capture three stories of a host; the first of them."""
    found = [
        press.add(
            nginx.publish(f"noise-{at}.html", story(at, notice, hurt if at == 0 else 14)), LOCAL
        )
        for at in range(3)
    ]
    return found[0]


def test_a_notice_that_the_whole_host_exchanged_is_no_edit(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """Each side is held against other pages of its own time, so that later ones change nothing."""
    first = capture_all(press, nginx, SPRING, 14)
    clock.advance(86_400)
    second = capture_all(press, nginx, WINTER, 14)
    clock.advance(86_400)
    third = capture_all(press, nginx, SPRING.replace("friends", "members"), 41)
    told = press.pair(first, second)
    assert told.comparison.same
    assert (told.comparison.filters["boilerplate"], told.host_pages) == (2, 2)
    (change,) = press.compare(second, third).changes
    assert change.classes == ("number",)


def test_in_a_run_the_pages_before_stay_the_nearest(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """What a comparison rests on is the same once eight pages came before, whatever follows."""
    for at in range(12):
        clock.advance(60)
        press.add(nginx.publish(f"near-{at}.html", story(at, SPRING)), LOCAL)
    captures = list(press.captures())

    def near(at: int) -> list[str]:
        asked = [(site_of(captures[at].final_url), captures[at].row.date)]
        own = [captures[at].url]
        found = press._reading.ask(lambda index: find_others(index, asked, own, HOST_PAGES))
        return sorted(row.id for row in found)

    assert near(9) == sorted(capture.id for capture in captures[1:9])
    assert len(near(0)) == HOST_PAGES
    clock.advance(60)
    before = near(9)
    press.add(nginx.publish("near-12.html", story(12, WINTER)), LOCAL)
    assert near(9) == before
