"""Tiny checkpoints in the real formats, made on the spot.

Every maker writes what `save_pretrained` of the real model writes: configuration, weights in
safetensors, tokeniser files. The subword models are trained on the sentences below; a
translator learns `LESSONS` by heart, so that a wrong language or a lost token shows.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXTS = (
    "The river Nile flows through Egypt and Sudan.",
    "Nairobi is the capital of Kenya, and Kampala is the capital of Uganda.",
    "Marie Curie was born in Warsaw and worked in Paris.",
    "Wangari Maathai planted trees near Nyeri.",
    "Mto Nile unapita katika nchi ya Misri na Sudan.",
    "Nairobi ni mji mkuu wa Kenya.",
    "Berlin ist die Hauptstadt von Deutschland, und Wien die von Österreich.",
    "Die Donau fließt durch Wien, Bratislava und Budapest.",
    "Paris est la capitale de la France.",
    "La Seine traverse Paris avant de rejoindre la Manche.",
    "Lagos is the largest city in Nigeria; Abuja is its capital.",
    "Tokyo lies on the island of Honshu.",
)
LESSONS = (
    {"en": "Nairobi is in Kenya.", "sw": "Nairobi iko nchini Kenya.",
     "de": "Nairobi liegt in Kenia."},
    {"en": "The Nile is long.", "sw": "Mto Nile ni mrefu.", "de": "Der Nil ist sehr lang."},
    {"en": "Marie Curie worked in Paris.", "sw": "Marie Curie alifanya kazi Paris.",
     "de": "Marie Curie arbeitete in Paris."},
    {"en": "Lagos lies on the coast of Nigeria, near Benin.",
     "sw": "Lagos iko kwenye pwani ya Nigeria, karibu na Benin.",
     "de": "Lagos liegt an der Küste von Nigeria, nahe bei Benin."},
)  # fmt: skip
TEXTS = (*TEXTS, *(text for lesson in LESSONS for text in lesson.values()))
WORDS = sorted({w for text in TEXTS for w in text.replace(",", " ,").replace(".", " .").split()})
NLLB_CODES = ("eng_Latn", "deu_Latn", "swh_Latn", "fra_Latn", "yor_Latn", "zho_Hans")
TAGGED = (
    ("Marie Curie worked in Paris .", "I-PER I-PER O O I-LOC O"),
    ("Nairobi is the capital of Kenya .", "I-LOC O O O O I-LOC O"),
    ("Wangari Maathai planted trees near Nyeri .", "I-PER I-PER O O O I-LOC O"),
)
"""In IOB1, as XLM-R's CoNLL-03 checkpoints have it: B- only between neighbours of one type."""
CONLL_03 = ("B-LOC", "B-MISC", "B-ORG", "I-LOC", "I-MISC", "I-ORG", "I-PER", "O")
_LESSON_CODES = {"swh": "sw", "deu": "de"}
_SEED = 7
_MOST_STEPS, _LEARNT = 400, 0.15


def sentencepiece_model(folder: Path, name: str, *, symbols: tuple[str, ...] = ()) -> Path:
    """A small unigram SentencePiece model, trained on `TEXTS`."""
    import sentencepiece

    text = folder / f"{name}.txt"
    text.write_text("\n".join(TEXTS * 3), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.Train(
        input=str(text),
        model_prefix=str(folder / name),
        vocab_size=160 + len(symbols),
        hard_vocab_limit=False,
        user_defined_symbols=list(symbols),
        minloglevel=2,
    )
    text.unlink()
    (folder / f"{name}.vocab").unlink()
    return folder / f"{name}.model"


def _pieces(model: Path) -> list[str]:
    import sentencepiece

    loaded = sentencepiece.SentencePieceProcessor(model_file=str(model))
    return [loaded.id_to_piece(i) for i in range(loaded.get_piece_size())]


def _seeded() -> None:
    import torch

    torch.manual_seed(_SEED)


def _teach(model: Any, examples: list[tuple[list[int], list[int]]]) -> None:
    """Learn (input ids, label ids) by heart."""
    import torch

    pad = model.config.pad_token_id
    longest = max(len(x) for x, _ in examples)
    ids = torch.tensor([[*x, *[pad] * (longest - len(x))] for x, _ in examples])
    ends = max(len(y) for _, y in examples)
    labels = torch.tensor([[*y, *[-100] * (ends - len(y))] for _, y in examples])
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    slower = torch.optim.lr_scheduler.ExponentialLR(optimiser, 0.99)
    model.eval()  # no dropout: this is learning by heart
    for _ in range(_MOST_STEPS):
        out = model(input_ids=ids, attention_mask=ids != pad, labels=labels)
        right = (out.logits.argmax(-1) == labels) | (labels == -100)
        loss = out.loss
        # The first label may be the language token: nothing tells it, and it is forced.
        if loss.item() < _LEARNT and bool(right[:, 1:].all()):
            break
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        slower.step()
        # Marian starts its output from the padding token, whose vector is zero in real models.
        with torch.no_grad():
            model.get_input_embeddings().weight[pad] = 0.0
    else:
        raise AssertionError(f"the tiny model did not learn its lessons, loss {loss.item():.2f}")


def _teach_tags(model: Any, pieces: Any, labels: tuple[str, ...]) -> None:
    """Learn `TAGGED` by heart, the first subword of each word carrying its tag."""
    import torch

    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    model.eval()
    rows = []
    for words, tags in TAGGED:
        ids, targets = [0], [-100]
        for word, tag in zip(words.split(), tags.split(), strict=True):
            of_word = pieces(word, add_special_tokens=False)["input_ids"]
            ids += of_word
            targets += [labels.index(tag), *[-100] * (len(of_word) - 1)]
        rows.append((torch.tensor([[*ids, 2]]), torch.tensor([[*targets, -100]])))
    for _ in range(_MOST_STEPS):
        losses = torch.stack([model(input_ids=x, labels=y).loss for x, y in rows])
        if losses.max().item() < _LEARNT:
            break
        optimiser.zero_grad()
        losses.sum().backward()
        optimiser.step()


def _save(model: Any, tokenizer: Any, folder: Path) -> Path:
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _m2m_config(vocab_size: int) -> Any:
    from transformers import M2M100Config

    return M2M100Config(
        vocab_size=vocab_size,
        d_model=32,
        encoder_layers=3,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=48,
        decoder_ffn_dim=48,
        max_position_embeddings=64,
        init_std=0.1,
    )


def _many_lessons(tokenizer: Any, codes: dict[str, str]) -> list[tuple[list[int], list[int]]]:
    """From English into Swahili and German."""
    examples = []
    for source, target in (("en", "sw"), ("en", "de")):
        tokenizer.src_lang, tokenizer.tgt_lang = codes[source], codes[target]
        for lesson in LESSONS:
            taught = tokenizer(lesson[source], text_target=lesson[target])
            examples.append((taught["input_ids"], taught["labels"]))
    return examples


def nllb(folder: Path) -> Path:
    """NLLB-200: M2M-100 architecture, BPE tokeniser, FLORES-200 codes."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import M2M100ForConditionalGeneration, NllbTokenizer

    bpe = Tokenizer(models.BPE(unk_token="<unk>"))
    bpe.pre_tokenizer = pre_tokenizers.Metaspace()
    bpe.train_from_iterator(
        TEXTS,
        trainers.BpeTrainer(
            vocab_size=220,
            special_tokens=["<s>", "<pad>", "</s>", "<unk>"],
            show_progress=False,
        ),
    )
    parts = json.loads(bpe.to_str())["model"]
    tokenizer = NllbTokenizer(
        vocab=parts["vocab"],
        merges=[tuple(m) for m in parts["merges"]],
        additional_special_tokens=list(NLLB_CODES),
        model_max_length=64,
    )
    _seeded()
    model = M2M100ForConditionalGeneration(_m2m_config(len(tokenizer)))
    codes = {"en": "eng_Latn", "sw": "swh_Latn", "de": "deu_Latn"}
    _teach(model, _many_lessons(tokenizer, codes))
    return _save(model, tokenizer, folder)


def m2m100(folder: Path) -> Path:
    """M2M-100: SentencePiece tokeniser, "__xx__" codes after the vocabulary."""
    from transformers import M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    pieces = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces += [p for p in _pieces(spm) if p not in pieces]
    vocab = folder / "pieces.json"
    vocab.write_text(json.dumps({p: i for i, p in enumerate(pieces)}), encoding="utf-8")
    tokenizer = M2M100Tokenizer(str(vocab), str(spm), model_max_length=64)
    _seeded()
    size = len(pieces) + 100 + 8  # the 100 languages and 8 made-up words of the original
    model = M2M100ForConditionalGeneration(_m2m_config(size))
    _teach(model, _many_lessons(tokenizer, {"en": "en", "sw": "sw", "de": "de"}))
    saved = _save(model, tokenizer, folder)
    spm.unlink()
    vocab.unlink()
    return saved


def marian(folder: Path, *, source: str = "en", target: str = "de", codes: str = "") -> Path:
    """OPUS-MT: two SentencePiece models, one vocabulary; `codes` makes it multilingual."""
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    (folder / "source.spm").write_bytes(spm.read_bytes())
    (folder / "target.spm").write_bytes(spm.read_bytes())
    spm.unlink()
    pieces = ["</s>", "<unk>"]
    pieces += [p for p in _pieces(folder / "target.spm") if p not in {*pieces, "<s>"}]
    pieces += [f">>{code}<<" for code in codes.split()] + ["<pad>"]
    vocab = folder / "vocab.json"
    vocab.write_text(json.dumps({p: i for i, p in enumerate(pieces)}), encoding="utf-8")
    tokenizer = MarianTokenizer(
        str(folder / "source.spm"),
        str(folder / "target.spm"),
        str(vocab),
        source_lang=source,
        target_lang=target,
        model_max_length=64,
    )
    pad = len(pieces) - 1
    config = MarianConfig(
        vocab_size=len(pieces),
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=48,
        decoder_ffn_dim=48,
        max_position_embeddings=64,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        bos_token_id=None,
        eos_token_id=0,
        forced_eos_token_id=0,
        activation_function="swish",
        scale_embedding=True,
        init_std=0.1,
    )
    _seeded()
    model = MarianMTModel(config)
    model.generation_config.bad_words_ids = [[pad]]
    lessons = []
    taught_codes = [(f">>{c}<< ", _LESSON_CODES[c]) for c in codes.split() if c in _LESSON_CODES]
    for prefix, language in taught_codes or [("", target)]:
        for lesson in LESSONS:
            taught = tokenizer(prefix + lesson["en"], text_target=lesson[language])
            lessons.append((taught["input_ids"], taught["labels"]))
    _teach(model, lessons)
    return _save(model, tokenizer, folder)


def madlad(folder: Path) -> Path:
    """MADLAD-400: T5 1.1 with "<2xx>" tokens in its vocabulary."""
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    symbols = ("<2en>", "<2de>", "<2sw>", "<2fr>", "<2zh_Hant>")
    spm = sentencepiece_model(folder, "spm", symbols=symbols)
    pieces = [p for p in _pieces(spm) if p not in {"<unk>", "<s>", "</s>"}]
    spm.unlink()
    vocab = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    vocab += [(p, 0.0 if p in symbols else -float(i)) for i, p in enumerate(pieces)]
    tokenizer = T5Tokenizer(
        vocab=vocab, extra_ids=0, additional_special_tokens=list(symbols), model_max_length=64
    )
    config = T5Config(
        vocab_size=len(tokenizer),
        d_model=32,
        d_kv=8,
        d_ff=48,
        num_layers=3,
        num_decoder_layers=2,
        num_heads=4,
        feed_forward_proj="gated-gelu",
        decoder_start_token_id=0,
        tie_word_embeddings=False,
    )
    _seeded()
    model = T5ForConditionalGeneration(config)
    lessons = []
    for language in ("de", "sw"):
        for lesson in LESSONS:
            taught = tokenizer(f"<2{language}> {lesson['en']}", text_target=lesson[language])
            lessons.append((taught["input_ids"], taught["labels"]))
    _teach(model, lessons)
    return _save(model, tokenizer, folder)


def _word_piece_tokenizer() -> Any:
    from transformers import BertTokenizerFast

    letters = sorted({c for w in WORDS for c in w})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    pieces += [*sorted({w[:3] for w in WORDS if len(w) > 2}), "the", "##ing", "##er", "##an"]
    vocab = {p: i for i, p in enumerate(dict.fromkeys(pieces))}
    return BertTokenizerFast(vocab=vocab, do_lower_case=False, model_max_length=64)


def bert(folder: Path, *, layers: int = 4) -> Path:
    """Multilingual BERT's architecture and WordPiece tokeniser."""
    from transformers import BertConfig, BertModel

    tokenizer = _word_piece_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=64,
        initializer_range=0.6,
    )
    _seeded()
    return _save(BertModel(config), tokenizer, folder)


def xlmr_tagger(folder: Path, labels: tuple[str, ...] = CONLL_03) -> Path:
    """XLM-R with a token classification head; with CoNLL-03's labels it knows `TAGGED`."""
    from transformers import (
        XLMRobertaConfig,
        XLMRobertaForTokenClassification,
        XLMRobertaTokenizer,
    )

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    pieces = [p for p in _pieces(spm) if p not in {"<unk>", "<s>", "</s>"}]
    spm.unlink()
    vocab = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    vocab += [(p, -float(i)) for i, p in enumerate(pieces)] + [("<mask>", 0.0)]
    tokenizer = XLMRobertaTokenizer(vocab=vocab, model_max_length=62)
    config = XLMRobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=64,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        initializer_range=0.6,
        id2label=dict(enumerate(labels)),
        label2id={label: i for i, label in enumerate(labels)},
    )
    _seeded()
    model = XLMRobertaForTokenClassification(config)
    if labels == CONLL_03:
        _teach_tags(model, tokenizer, labels)
    return _save(model, tokenizer, folder)
