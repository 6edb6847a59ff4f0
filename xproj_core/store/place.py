"""Where the data lie: a folder that the user can see and set, and the address of the store."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from xproj_core.domain.errors import StoreError

DATA, STORE = "XPROJ_DATA", "XPROJ_STORE"
_HERE = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """XPROJ_DATA, or `data` beside app.py (of an installed package: in the working folder)."""
    setting = os.environ.get(DATA, "").strip()
    if setting:
        return Path(setting).expanduser().resolve()
    return (_HERE if (_HERE / "app.py").exists() else Path.cwd()) / "data"


def address(url: str | None = None) -> str:
    """The SQLAlchemy URL of a store; the folder of an SQLite file is made.

    Raises:
        StoreError: another kind of database, or a folder that cannot be made.
    """
    location = (url or os.environ.get(STORE, "")).strip()
    if not location:
        location = str(data_folder() / "xproj.sqlite")
    kind, separator, rest = location.partition("://")
    if not separator:
        return f"sqlite:///{_prepare_path(Path(location))}"
    if kind == "sqlite":
        # "sqlite:///relative" and "sqlite:////absolute", as SQLAlchemy reads them
        path = rest.removeprefix("/")
        if path in ("", ":memory:"):
            raise StoreError(
                "A store in memory would lose everything at the end. Give the path of a file."
            )
        return f"sqlite:///{_prepare_path(Path(path))}"
    if kind in ("postgres", "postgresql", "postgresql+pg8000"):
        return f"postgresql+pg8000://{rest}"
    raise StoreError(
        f"A store of the kind {kind!r} is not known. {STORE} is the path of an SQLite file,"
        " or postgresql+pg8000://user:password@host/database."
    )


def beside(address: str, what: str) -> Path:
    """A folder for what can be made again of a store's content: beside its SQLite file, or in
    the data folder where the store is no file."""
    kind, _, rest = address.partition("://")
    if kind == "sqlite":
        file = Path(rest.removeprefix("/"))
        return file.with_name(f"{file.stem}-{what}")
    place = address.rpartition("@")[2]  # who opens it does not matter, nor their password
    return data_folder() / f"{what}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"


def _prepare_path(path: Path) -> Path:
    path = path.expanduser().resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {path.parent} cannot be made ({error.strerror}). Set {DATA} to a folder"
            " that you may write to."
        ) from error
    return path
