"""Every error XProj raises on purpose. Messages say what, where, and what to do.

XProjError
├── InputError            something the user typed, pasted or uploaded
│   ├── FormatError       a file or paste that does not parse (file, line, column)
│   └── TooLongError      a text over the limit
├── LanguageError         a language an engine does not know
├── EngineError           a model that cannot be found, loaded or run
│   ├── NotInstalledError a package a back end needs is missing
│   └── CheckpointError   a folder or id that is not a usable checkpoint
├── PluginError           something that another package adds and that cannot be loaded
├── ProjectionError       evidence a projector cannot work with
└── StoreError            a store that cannot be used, or something that is not in it
    └── ConflictError     somebody else changed it first
"""

from __future__ import annotations


class XProjError(Exception):
    """Base of all errors that are shown to the user as a sentence, not a traceback."""


class InputError(XProjError):
    """Text, labels or options that cannot be used as given."""


class FormatError(InputError):
    """A file that does not parse.

    Args:
        problem: what is wrong and what was expected.
        file: the file's name, if there is one.
        line: 1-based line number.
        column: 1-based column number.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        self.problem, self.file, self.line, self.column = problem, file, line, column
        places = [
            file,
            f"line {line}" if line is not None else None,
            f"column {column}" if column is not None else None,
        ]
        where = ", ".join(p for p in places if p)
        super().__init__(f"{where}: {problem}" if where else problem)


class TooLongError(InputError):
    """A text longer than XProj takes in one piece."""


class LanguageError(XProjError):
    """A language, or a pair of languages, that the engine in use does not know."""


class EngineError(XProjError):
    """A model that could not be loaded or did not run."""


class NotInstalledError(EngineError):
    """A back end whose package is missing.

    Args:
        what: the back end's name, as the user chose it.
        package: the name to give to pip.
    """

    def __init__(self, what: str, package: str) -> None:
        super().__init__(f"{what} needs the package {package}. Install it: pip install {package}")


class CheckpointError(EngineError):
    """A folder or hub id that holds no usable checkpoint."""


class PluginError(XProjError):
    """Something that another package adds and that cannot be loaded.

    Args:
        kind: what it would be: "projector".
        name: its entry point's name.
        package: the package's name and version.
        cause: what came of importing it.
    """

    def __init__(self, kind: str, name: str, package: str, cause: Exception) -> None:
        reason = f"{type(cause).__name__}: {cause}".rstrip(".: ")
        super().__init__(
            f"The {kind} {name!r} of the package {package} cannot be loaded ({reason})."
            f" Update or uninstall the package; everything else works without it."
        )


class ProjectionError(XProjError):
    """Sentences, alignment and candidates that do not fit together."""


class StoreError(XProjError):
    """A store that cannot be opened or written, or that does not have what was asked for."""


class ConflictError(StoreError):
    """A change to something that somebody else has changed meanwhile; nothing was written.

    Attributes:
        by: who was first.
        at: when, UTC, ISO 8601.
        revision: the revision that is there now.
    """

    def __init__(self, message: str, *, by: str, at: str, revision: int) -> None:
        super().__init__(message)
        self.by, self.at, self.revision = by, at, revision
