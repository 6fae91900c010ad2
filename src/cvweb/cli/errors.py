"""What can be wrong with the files somebody names on the command line."""

from __future__ import annotations

from cvcore.errors import Refusal


class FileNotReadable(Refusal):
    """There is no such file, it is a folder, or it may not be read."""

    code = "file_not_readable"

    def __init__(self, *, file: str, why: str) -> None:
        super().__init__(f"cannot read {file}: {why}; give the path of a file")
        self.file, self.why = file, why


class FileNotWritable(Refusal):
    """The answer cannot be written where it should go."""

    code = "file_not_writable"

    def __init__(self, *, file: str, why: str) -> None:
        super().__init__(f"cannot write {file}: {why}; choose another place with -o or --out")
        self.file, self.why = file, why


class InvalidOffer(Refusal):
    """A JSON file given as an offer is none that `cvweb read-offer` wrote."""

    code = "invalid_offer"

    def __init__(self, *, file: str, why: str) -> None:
        super().__init__(
            f"{file} is JSON, but no offer as `cvweb read-offer` prints it: {why}; "
            "give the job page itself, or read it again"
        )
        self.file, self.why = file, why
