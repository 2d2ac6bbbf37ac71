"""Loads SQLAlchemy's asynchronous engine without its ORM, which takes 6 MiB and a tenth of a second of a start.

`import sqlalchemy.ext.asyncio` would load the ORM, as its sessions are in the same package as the engine.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from typing import Any

import sqlalchemy.ext

PACKAGE = "sqlalchemy.ext.asyncio"
ENGINE = ("AsyncConnection", "AsyncEngine", "create_async_engine")


def leave_out_orm() -> None:
    """Prepare the package with the engine alone; the rest of it is loaded when something else of it is used."""
    spec = find_spec(PACKAGE)
    if PACKAGE in sys.modules or spec is None or spec.loader is None:
        return
    package, load_all = module_from_spec(spec), spec.loader.exec_module
    sys.modules[PACKAGE] = package
    sqlalchemy.ext.asyncio = package
    from sqlalchemy.ext.asyncio import engine  # noqa: PLC0415 -- the package has to be prepared first

    # `Any`: whatever SQLAlchemy has there.
    def find(name: str) -> Any:
        if name.startswith("__"):  # Python itself looks for these
            raise AttributeError(name)
        del package.__getattr__
        load_all(package)
        return getattr(package, name)

    # What another version does not have in this file is found by loading all.
    found = {name: getattr(engine, name) for name in ENGINE if hasattr(engine, name)}
    package.__dict__.update(found, __getattr__=find)
