"""Readers that need no model and no network: the default of the whole program."""

from cvcore.offline.cv_columns import Word
from cvcore.offline.cv_dates import DateSpan, find_dates
from cvcore.offline.cv_layout import lines_of_page
from cvcore.offline.cv_reader import CvReading, read_cv, reading_of_cv
from cvcore.offline.cv_text import CvText, Link, TextLine, lines_of
from cvcore.offline.matcher import OfflineMatcher
from cvcore.offline.offer_reader import read_offer, reading_of
from cvcore.offline.offer_text import Block, Hints, OfferText
from cvcore.offline.writer import OfflineWriter

__all__ = [
    "Block",
    "CvReading",
    "CvText",
    "DateSpan",
    "Hints",
    "Link",
    "OfferText",
    "OfflineMatcher",
    "OfflineWriter",
    "TextLine",
    "Word",
    "find_dates",
    "lines_of",
    "lines_of_page",
    "read_cv",
    "read_offer",
    "reading_of",
    "reading_of_cv",
]
