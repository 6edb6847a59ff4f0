"""The example dataset is one that a run can be tried on."""

from __future__ import annotations

from collections import Counter

from xproj_core.examples import dataset


def test_its_sides_have_the_same_labels_which_are_those_it_names() -> None:
    items = list(dataset.items())
    assert 20 <= len(items) <= 50
    for item in items:
        assert item.source is not None and item.target is not None
        sides = [item.source, item.target, *item.others.values()]
        labels = [Counter(span.label for span in side.spans) for side in sides]
        assert labels[0] == labels[1] == labels[2], item.key
        assert set(labels[0]) <= set(dataset.LABELS)
        assert len(item.target) > 3 and set(item.others) == {dataset.PIVOT}
    assert any(not i.target.spans for i in items if i.target), "sentences without entities too"
