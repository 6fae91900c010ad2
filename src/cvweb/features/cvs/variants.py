"""Making a variant for one of one's offers."""

from __future__ import annotations

from cvcore.errors import NotFound
from cvcore.ids import CvId, OfferId, OwnerId
from cvcore.versions import CvRecord, Variants
from cvweb.features.cvs.wire import VariantBody
from cvweb.ports import Unit

TITLE_CHARACTERS_MAX = 80


async def make_variant(
    unit: Unit, variants: Variants, owner: OwnerId, base: CvId, body: VariantBody
) -> CvRecord:
    """A variant of `base`, named as asked, else after the offer and the base.

    Raises:
        NotFound: the owner has no such CV or offer.
        CvBlocked: the CV cannot be tailored.
    """
    offer = None if body.offer_id is None else OfferId(body.offer_id)
    filename = body.filename
    if offer is not None:
        kept = await unit.offers.get(owner, offer)
        if kept is None:
            raise NotFound("offer", offer)
        record = await unit.cvs.get(owner, base)
        title = (kept.offer.title or "").strip()[:TITLE_CHARACTERS_MAX]
        if record is not None and title and not filename:
            filename = f"{title} – {record.filename}"
    return await variants.make_within(unit, owner, base, offer=offer, filename=filename)
