"""Receipts: the hashes a score depends on, and computing a score again from its own lines."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

import msgspec

from cvcore.cv.canonical import cv_hash
from cvcore.cv.model import Cv
from cvcore.offers.model import Offer
from cvcore.scoring.model import Receipt

KEPT_MAX = 512
_encode = msgspec.json.Encoder(order="deterministic").encode

_cvs: OrderedDict[int, tuple[Cv, str]] = OrderedDict()
_offers: OrderedDict[int, tuple[Offer, str]] = OrderedDict()


def receipt_hash(receipt: Receipt) -> str:
    """SHA-256 (hex) of all that a score depends on: equal receipts, equal scores."""
    return hashlib.sha256(_encode(receipt)).hexdigest()


def offer_hash(offer: Offer) -> str:
    """SHA-256 (hex) of what an offer says; where and when it was read is no part of it."""
    known = _offers.get(id(offer))
    if known is not None and known[0] is offer:
        return known[1]
    said = msgspec.to_builtins(offer)
    said.pop("source", None)
    made = hashlib.sha256(_encode(said)).hexdigest()
    _offers[id(offer)] = (offer, made)
    while len(_offers) > KEPT_MAX:
        _offers.popitem(last=False)
    return made


def kept_cv_hash(cv: Cv) -> str:
    """The hash of a CV's content; the last ones are kept, since one CV meets many offers."""
    known = _cvs.get(id(cv))
    if known is not None and known[0] is cv:
        return known[1]
    made = cv_hash(cv)
    _cvs[id(cv)] = (cv, made)
    while len(_cvs) > KEPT_MAX:
        _cvs.popitem(last=False)
    return made
