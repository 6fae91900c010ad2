"""Readers that need no model and no network: the default of the whole program."""

from cvcore.offline.offer_reader import read_offer, reading_of
from cvcore.offline.offer_text import Block, Hints, OfferText

__all__ = ["Block", "Hints", "OfferText", "read_offer", "reading_of"]
