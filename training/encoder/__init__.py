"""One encoder for aligner and tagger: multilingual-e5-small, cut and fine-tuned on open data.

`python -m training.encoder --work FOLDER --resume` trains; see training/README.md, "Encoder".
"""
