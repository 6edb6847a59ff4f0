from __future__ import annotations

import pytest

from xproj_core.domain import languages
from xproj_core.domain.errors import LanguageError
from xproj_core.models.language_codes import of_checkpoint

ALL_OF_NLLB = """
ace_Arab ace_Latn acm_Arab acq_Arab aeb_Arab afr_Latn ajp_Arab aka_Latn amh_Ethi apc_Arab
arb_Arab ars_Arab ary_Arab arz_Arab asm_Beng ast_Latn awa_Deva ayr_Latn azb_Arab azj_Latn
bak_Cyrl bam_Latn ban_Latn bel_Cyrl bem_Latn ben_Beng bho_Deva bjn_Arab bjn_Latn bod_Tibt
bos_Latn bug_Latn bul_Cyrl cat_Latn ceb_Latn ces_Latn cjk_Latn ckb_Arab crh_Latn cym_Latn
dan_Latn deu_Latn dik_Latn dyu_Latn dzo_Tibt ell_Grek eng_Latn epo_Latn est_Latn eus_Latn
ewe_Latn fao_Latn pes_Arab fij_Latn fin_Latn fon_Latn fra_Latn fur_Latn fuv_Latn gla_Latn
gle_Latn glg_Latn grn_Latn guj_Gujr hat_Latn hau_Latn heb_Hebr hin_Deva hne_Deva hrv_Latn
hun_Latn hye_Armn ibo_Latn ilo_Latn ind_Latn isl_Latn ita_Latn jav_Latn jpn_Jpan kab_Latn
kac_Latn kam_Latn kan_Knda kas_Arab kas_Deva kat_Geor knc_Arab knc_Latn kaz_Cyrl kbp_Latn
kea_Latn khm_Khmr kik_Latn kin_Latn kir_Cyrl kmb_Latn kon_Latn kor_Hang kmr_Latn lao_Laoo
lvs_Latn lij_Latn lim_Latn lin_Latn lit_Latn lmo_Latn ltg_Latn ltz_Latn lua_Latn lug_Latn
luo_Latn lus_Latn mag_Deva mai_Deva mal_Mlym mar_Deva min_Latn mkd_Cyrl plt_Latn mlt_Latn
mni_Beng khk_Cyrl mos_Latn mri_Latn zsm_Latn mya_Mymr nld_Latn nno_Latn nob_Latn npi_Deva
nso_Latn nus_Latn nya_Latn oci_Latn gaz_Latn ory_Orya pag_Latn pan_Guru pap_Latn pol_Latn
por_Latn prs_Arab pbt_Arab quy_Latn ron_Latn run_Latn rus_Cyrl sag_Latn san_Deva sat_Beng
scn_Latn shn_Mymr sin_Sinh slk_Latn slv_Latn smo_Latn sna_Latn snd_Arab som_Latn sot_Latn
spa_Latn als_Latn srd_Latn srp_Cyrl ssw_Latn sun_Latn swe_Latn swh_Latn szl_Latn tam_Taml
tat_Cyrl tel_Telu tgk_Cyrl tgl_Latn tha_Thai tir_Ethi taq_Latn taq_Tfng tpi_Latn tsn_Latn
tso_Latn tuk_Latn tum_Latn tur_Latn twi_Latn tzm_Tfng uig_Arab ukr_Cyrl umb_Latn urd_Arab
uzn_Latn vec_Latn vie_Latn war_Latn wol_Latn xho_Latn ydd_Hebr yor_Latn yue_Hant zho_Hans
zho_Hant zul_Latn
""".split()
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


@pytest.mark.parametrize("token", ALL_OF_NLLB)
def test_every_code_of_nllb_reaches_its_own_script(token: str) -> None:
    codes = of_checkpoint("x", ALL_OF_NLLB, model_type="m2m_100")
    language = languages.normalise(token)
    assert languages.normalise(language) == language
    assert codes.source(token) == codes.target(language) == languages.nllb_code(language) == token
    assert languages.script(language) == token[4:] or token in ("kor_Hang",)


@pytest.mark.parametrize(
    ("language", "token"),
    [
        ("ps", "pbt_Arab"),
        ("ff", "fuv_Latn"),
        ("qu", "quy_Latn"),
        ("sq", "als_Latn"),
        ("ko", "kor_Hang"),
        ("als", "als_Latn"),
        ("prs", "prs_Arab"),
        ("fa", "pes_Arab"),
        ("tl", "tgl_Latn"),
        ("knc", "knc_Latn"),
        ("tzm", "tzm_Tfng"),
        ("sat", "sat_Beng"),
        ("acm", "acm_Arab"),
        ("crh", "crh_Latn"),
        ("taq", "taq_Latn"),
    ],
)
def test_what_people_call_them(language: str, token: str) -> None:
    assert of_checkpoint("x", ALL_OF_NLLB, model_type="m2m_100").target(language) == token


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
