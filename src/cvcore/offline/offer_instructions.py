"""Text in an offer that speaks to a model instead of to people: taken out, and reported."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cvcore.offers.model import Finding
from cvcore.offline.offer_text import Block
from cvcore.offline.offer_wording import fold, wording


def is_instruction(text: str) -> bool:
    """Whether words address a model: an order to drop its rules, a role to play, its mark-up."""
    return bool(wording("instruction").search(fold(text)))


def without_instructions(
    blocks: Sequence[Block],
) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """The blocks without the sentences that address a model, and a finding for each of those."""
    kept: list[Block] = []
    findings: list[Finding] = []
    for block in blocks:
        if not is_instruction(block.text):
            kept.append(block)
            continue
        sentences = re.split(r"(?<=[.!?])\s+", block.text)
        rest = " ".join(one for one in sentences if not is_instruction(one))
        if rest == block.text or is_instruction(rest):
            rest = ""
        if rest.strip():
            kept.append(msgspec.structs.replace(block, text=rest))
        taken = " ".join(one for one in sentences if is_instruction(one)) or block.text
        findings.append(
            Finding(
                code="instruction_text",
                detail="words that address a model instead of a reader were left out",
                text=taken[:300],
            )
        )
    return tuple(kept), tuple(findings)
