"""Text in an offer that speaks to a model instead of to people: taken out, and reported."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cvcore.offers.model import Finding
from cvcore.offline.offer_sections import fold
from cvcore.offline.offer_text import Block

_INSTRUCTION = re.compile(
    r"(?:\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|all|"
    r"your|any|system|foregoing)\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|context|"
    r"directions?)\b|"
    r"\b(?:ignor(?:e|ez|er)|oubli(?:e|ez|er)|ne (?:tiens|tenez) pas compte)\b.{0,40}\b(?:instructions?|"
    r"consignes?|regles?|directives?)\b|"
    r"\b(?:you are|act as|pretend to be|tu es|vous etes|agis comme) (?:now )?(?:an? |un |une )?(?:ai|"
    r"llm|language model|large language|assistant|chatbot|gpt|ia|modele de langage)\b|"
    r"\b(?:as an?|if you are an?|si (?:tu es|vous etes) une?|attention,?|note to|dear|hey|hello) "
    r"(?:ai|a\.i\.|llm|language model|large language model|chatgpt|gpt|ai assistant|ia|assistant ia|"
    r"modele de langage|chatbot)\b|"
    r"</?(?:system|assistant|user|instructions?)>|\[/?inst\]|<\|\w+\|>|^\s*(?:system|assistant) ?: |"
    r"\b(?:reveal|print|output|repeat|show)\b.{0,30}\b(?:system prompt|your (?:instructions|prompt))\b|"
    r"\b(?:rate|score|rank|give|mark|note[rz]?|attribue[rz]?)\b.{0,40}\b(?:candidate|applicant|resume|"
    r"cv|candidat)\b.{0,40}\b(?:100|10/10|highest|maximum|perfect|top score|parfait)\b|"
    r"\b(?:include|insert|add|mention|ajoute[rz]?|insere[rz]?)\b.{0,60}\b(?:in (?:your|the) (?:response|"
    r"output|generated)|dans (?:ta|votre) reponse)\b)"
)


def is_instruction(text: str) -> bool:
    """Whether words address a model: an order to drop its rules, a role to play, a mark-up of one."""
    return bool(_INSTRUCTION.search(fold(text)))


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
