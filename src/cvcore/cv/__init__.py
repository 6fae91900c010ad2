"""The CV document: JSON Resume as frozen Structs, with ids, paths, texts, a hash and codecs.

`paths` reads and changes a CV at a path such as `work[w3].highlights[b2]`.
"""

from cvcore.cv import paths
from cvcore.cv.canonical import canonical, cv_hash, document_hash
from cvcore.cv.checking import check, is_date
from cvcore.cv.codec import (
    from_json_resume,
    ids_in,
    is_json_resume,
    node_from,
    plain,
    to_json_resume,
)
from cvcore.cv.errors import CvTooLarge, InvalidCv, InvalidPatch, NoSuchPath, Problem, WrongValue
from cvcore.cv.labels import LABELS, labels_for
from cvcore.cv.markdown import to_markdown, to_text
from cvcore.cv.model import (
    ID_PREFIX,
    SECTIONS,
    Award,
    Basics,
    Certificate,
    Cv,
    Education,
    Interest,
    Item,
    Language,
    Line,
    Location,
    Origin,
    Profile,
    Project,
    Publication,
    Reference,
    Skill,
    Volunteer,
    Work,
)
from cvcore.cv.numbering import counted, new_id
from cvcore.cv.patching import patched
from cvcore.cv.rows import with_ids_of
from cvcore.cv.schema import json_schema
from cvcore.cv.sizes import CV_BYTES_MAX, CV_VALUES_MAX
from cvcore.cv.text import TextAt, section_order, texts

__all__ = [
    "CV_BYTES_MAX",
    "CV_VALUES_MAX",
    "ID_PREFIX",
    "LABELS",
    "SECTIONS",
    "Award",
    "Basics",
    "Certificate",
    "Cv",
    "CvTooLarge",
    "Education",
    "Interest",
    "InvalidCv",
    "InvalidPatch",
    "Item",
    "Language",
    "Line",
    "Location",
    "NoSuchPath",
    "Origin",
    "Problem",
    "Profile",
    "Project",
    "Publication",
    "Reference",
    "Skill",
    "TextAt",
    "Volunteer",
    "Work",
    "WrongValue",
    "canonical",
    "check",
    "counted",
    "cv_hash",
    "document_hash",
    "from_json_resume",
    "ids_in",
    "is_date",
    "is_json_resume",
    "json_schema",
    "labels_for",
    "new_id",
    "node_from",
    "patched",
    "paths",
    "plain",
    "section_order",
    "texts",
    "to_json_resume",
    "to_markdown",
    "to_text",
    "with_ids_of",
]
