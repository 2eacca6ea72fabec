"""Settings for every test."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("archive", deadline=None)  # a slow machine is not a defect
settings.load_profile("archive")
