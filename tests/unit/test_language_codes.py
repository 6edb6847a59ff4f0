from __future__ import annotations

import pytest

from xproj_core.domain.errors import LanguageError
from xproj_core.models.language_codes import of_checkpoint

NLLB = ["eng_Latn", "swh_Latn", "zho_Hans", "zho_Hant", "arb_Arab", "ary_Arab", "nob_Latn"]


@pytest.mark.parametrize(
    ("language", "token"),
    [
        ("en", "eng_Latn"),
        ("sw", "swh_Latn"),
        ("swh_Latn", "swh_Latn"),
        ("zh", "zho_Hans"),
        ("zh-TW", "zho_Hant"),
        ("ar", "arb_Arab"),
        ("ary", "ary_Arab"),
        ("no", "nob_Latn"),
    ],
)
def test_nllb_languages(language: str, token: str) -> None:
    codes = of_checkpoint("x", NLLB, model_type="m2m_100")
    assert codes.family == "NLLB"
    assert codes.source(language) == codes.target(language) == codes.first(language) == token
    assert codes.prefix(language) == ""


def test_m2m100_languages() -> None:
    codes = of_checkpoint("x", ["__en__", "__ns__", "__zh__", "__no__"], model_type="m2m_100")
    assert codes.family == "M2M-100"
    assert (codes.source("nso"), codes.first("nso")) == ("ns", "__ns__")
    assert codes.first("zh-Hant") == "__zh__"
    assert codes.first("nb") == "__no__"


def test_madlad_languages_stand_before_the_text() -> None:
    codes = of_checkpoint("x", ["<2sw>", "<2de>", "<2en>", "<extra_id_0>"], model_type="t5")
    assert codes.prefix("sw") == "<2sw> "
    assert codes.first("sw") is None
    assert codes.knows("en", "de")


def test_a_pair_is_read_from_configuration_or_name() -> None:
    from_config = of_checkpoint("folder", ["a"], model_type="marian", source="en", target="de")
    from_name = of_checkpoint("Helsinki-NLP/opus-mt-en-de", ["a"], model_type="marian")
    for codes in (from_config, from_name):
        assert codes.knows("en", "de")
        assert not codes.knows("de", "en")
        assert codes.prefix("de") == ""


def test_opus_mt_with_several_targets() -> None:
    codes = of_checkpoint("opus-mt-mul-bnt", [">>swh<<", ">>zul<<"], model_type="marian")
    assert codes.prefix("zu") == ">>zul<< "
    assert codes.prefix("sw") == ">>swh<< "
    assert codes.knows("lg", "zu"), "a group of source languages is not listed: accept them"


def test_unknown_languages_name_the_known_ones() -> None:
    codes = of_checkpoint("my-nllb", NLLB, model_type="m2m_100")
    with pytest.raises(LanguageError, match=r"my-nllb.*Yoruba \(yo\).*ary.*en"):
        codes.check("en", "yo")
    with pytest.raises(LanguageError, match="both Swahili"):
        codes.check("sw", "swh")


def test_unknown_families() -> None:
    with pytest.raises(LanguageError, match="bart checkpoint without language codes"):
        of_checkpoint("x", ["a"], model_type="bart")
    with pytest.raises(LanguageError, match="does not say which languages"):
        of_checkpoint("x", ["a"], model_type="marian")
