"""Trainers, by name: what can be taught languages from a user's own sentences."""

from __future__ import annotations

from xproj_core.domain.registry import Registry
from xproj_core.learn.trainer import Trainer

trainers: Registry[Trainer] = Registry("trainer")
trainers.add("mini", "xproj_core.mini.train.teach:load", "Mini: from sentence pairs, on a laptop")
