"""The generic transaction: what a service needs of a store, without knowing one.

A service takes a `Begin[U]` and says in `U`, a Protocol, which slices of the transaction it uses.
One class per adapter fits all the slices by its shape.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

U_co = TypeVar("U_co", covariant=True)


class Begin(Protocol[U_co]):
    """Begins one transaction.

    Leaving the block commits all of it; an exception in the block undoes all of it and goes on.
    Units do not nest: a service that is called inside a block takes the unit as an argument.
    """

    def __call__(self) -> AbstractAsyncContextManager[U_co]:
        """A new unit."""
        ...
