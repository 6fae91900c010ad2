"""What an `OfferStore` promises."""

from __future__ import annotations

import msgspec
import pytest

from cvcore.ids import OfferId
from cvcore.offers.errors import StaleOffer
from cvcore.offers.ports import OfferRecord
from cvcore.testing.contracts.contract import ADA, BOB, ODD, AllStores, Contract
from cvcore.testing.samples import an_offer_record
from cvcore.unit import Begin

OFFER = OfferId("offer-1")


class OfferContract(Contract):
    """Everybody's own offers, found by the text they were read from, corrected one at a time."""

    async def test_an_offer_comes_back_as_it_went_in(self, begin: Begin[AllStores]) -> None:
        record = an_offer_record(created_at=ODD, updated_at=ODD)
        await _add(begin, record)
        async with begin() as unit:
            assert await unit.offers.get(ADA, OFFER) == record
            assert await unit.offers.get(ADA, OfferId("offer-9")) is None

    async def test_an_offer_is_its_owners_only(self, begin: Begin[AllStores]) -> None:
        await _add(begin, an_offer_record())
        source = an_offer_record().offer.source
        async with begin() as unit:
            assert await unit.offers.get(BOB, OFFER) is None
            assert await unit.offers.remove(BOB, OFFER) is False
            found = unit.offers.by_source(
                BOB, kind=source.kind, value=source.value, content_hash=source.content_hash
            )
            assert await found is None
        async with begin() as unit:
            assert await unit.offers.get(ADA, OFFER) == an_offer_record()

    async def test_an_offer_is_found_by_its_very_text(self, begin: Begin[AllStores]) -> None:
        record = an_offer_record()
        source = record.offer.source
        await _add(begin, record)
        async with begin() as unit:
            by_source, value = unit.offers.by_source, source.value
            same = by_source(ADA, kind="url", value=value, content_hash=source.content_hash)
            assert await same == record
            assert await by_source(ADA, kind="url", value=value, content_hash="d" * 64) is None

    async def test_pages_are_newest_first(self, begin: Begin[AllStores]) -> None:
        await _add(begin, *(an_offer_record(n) for n in (2, 1, 3)))
        async with begin() as unit:
            first = await unit.offers.page(ADA, limit=2, before=None)
            assert [record.id for record in first] == ["offer-3", "offer-2"]
            rest = await unit.offers.page(ADA, limit=2, before=first[-1].id)
            assert [record.id for record in rest] == ["offer-1"]

    async def test_a_stale_correction_is_not_written(self, begin: Begin[AllStores]) -> None:
        first = an_offer_record()
        offer = msgspec.structs.replace(first.offer, title="Corrected")
        second = msgspec.structs.replace(first, offer=offer, version=2)
        await _add(begin, first)
        async with begin() as unit:
            await unit.offers.update(second)
        with pytest.raises(StaleOffer):
            async with begin() as unit:
                await unit.offers.update(msgspec.structs.replace(first, version=2))
        async with begin() as unit:
            assert await unit.offers.get(ADA, OFFER) == second

    async def test_a_removed_offer_is_gone(self, begin: Begin[AllStores]) -> None:
        await _add(begin, an_offer_record())
        async with begin() as unit:
            assert await unit.offers.remove(ADA, OFFER) is True
        async with begin() as unit:
            assert await unit.offers.get(ADA, OFFER) is None
            assert await unit.offers.remove(ADA, OFFER) is False


async def _add(begin: Begin[AllStores], *records: OfferRecord) -> None:
    async with begin() as unit:
        for record in records:
            await unit.offers.add(record)
