"""Run by an interpreter that has nothing but the wheel: imports every module of cvcore."""

from __future__ import annotations

import importlib
import importlib.metadata
import pkgutil
import sys

import cvcore

INSTALLED_ALONE = {"cvcore", "msgspec", "pip", "setuptools"}


def main() -> int:
    """0 where all is well; otherwise what could not be imported is raised."""
    installed = {str(one.metadata["Name"]).lower() for one in importlib.metadata.distributions()}
    if extra := installed - INSTALLED_ALONE:
        sys.stderr.write(f"not alone: {sorted(extra)} are installed too\n")
        return 1
    names = [module.name for module in pkgutil.walk_packages(cvcore.__path__, "cvcore.")]
    imported = [name for name in names if not name.startswith("cvcore.testing")]
    for name in imported:
        importlib.import_module(name)
    sys.stdout.write(f"{len(imported)} modules of cvcore imported with msgspec alone\n")
    return 0 if len(imported) > 30 else 1


if __name__ == "__main__":
    sys.exit(main())
