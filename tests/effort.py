"""How many examples a property test tries, as a share of what the profile says."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["effort"]


def effort(share: float) -> settings:
    """Settings with so many times the examples of the profile that the run uses.

    A number of its own would hold in every profile, and a long run would not try more.
    """
    profile = settings.default
    assert profile is not None  # what a run has loaded
    return settings(max_examples=max(1, round(profile.max_examples * share)))
