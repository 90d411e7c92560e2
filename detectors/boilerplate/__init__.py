"""Text that a chat model wrote to its user and nobody removed.

One file a rule; importing the package registers all.
"""

from __future__ import annotations

from auditor.detectors.boilerplate import (
    assistant_voice,
    chat_template,
    closer,
    editor_talk,
    interface_residue,
    knowledge_cutoff,
    markdown_residue,
    opener,
    placeholder,
    prompt_echo,
    refusal,
    self_identification,
    tool_marker,
    tracking_link,
)

__all__ = [
    "assistant_voice",
    "chat_template",
    "closer",
    "editor_talk",
    "interface_residue",
    "knowledge_cutoff",
    "markdown_residue",
    "opener",
    "placeholder",
    "prompt_echo",
    "refusal",
    "self_identification",
    "tool_marker",
    "tracking_link",
]
