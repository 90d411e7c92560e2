"""Deterministic checks of one claim against one passage: each says what differs, and where."""

from __future__ import annotations
