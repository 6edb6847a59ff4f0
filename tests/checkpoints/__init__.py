"""Tiny checkpoints in the real formats, made on the spot; a file for each family.

Every maker writes what `save_pretrained` of the real model writes: configuration, weights in
safetensors, tokeniser files. The subword models are trained on the sentences of `texts`; a
translator learns its lessons by heart, so that a wrong language or a lost token shows.
"""
