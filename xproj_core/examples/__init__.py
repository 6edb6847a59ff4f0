"""What there is to try XProj on: sentences to click, a dataset, a demonstration to review."""

from xproj_core.examples.sentences import SOURCE, Example, get, load

__all__ = ["SOURCE", "Example", "get", "load"]
