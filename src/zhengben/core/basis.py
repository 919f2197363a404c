"""Which law a notice may stand on. A decision table, not one template for all.

电子商务法 第2条 excludes financial products and services, so against a listing of a financial service it never
stands alone: 民法典 第1195、1196条 carries the notice. 反不正当竞争法（2025）第七条 names app names and icons,
account names and keyword advertising. Words for the codes are in `locale` under `basis`.
"""

from dataclasses import dataclass

CIVIL_CODE, TRADEMARK, COMPETITION, ECOMMERCE, FRAUD, REGISTRAR = (
    "civil_code_1195", "trademark_57", "competition_2025_7", "ecommerce_42", "anti_fraud_25", "icann_raa_3_18",
)  # fmt: skip

_PUBLIC_NAMES = frozenset({"app_listing", "app_file", "account", "search_ad", "company", "poi", "domain", "url"})
_GOODS = frozenset({"listing"})


@dataclass(frozen=True, slots=True)
class Basis:
    """One legal ground: its code and the article as it is cited."""

    code: str
    article: str


ARTICLES = {
    CIVIL_CODE: "《中华人民共和国民法典》第一千一百九十五条、第一千一百九十六条",
    TRADEMARK: "《中华人民共和国商标法》第五十七条",
    COMPETITION: "《中华人民共和国反不正当竞争法》（2025年修订）第七条",
    ECOMMERCE: "《中华人民共和国电子商务法》第四十二条",
    FRAUD: "《中华人民共和国反电信网络诈骗法》第二十五条",
    REGISTRAR: "ICANN Registrar Accreditation Agreement, section 3.18",
}


def bases(
    *, finance: bool, kind: str, has_right: bool, asks_secrets: bool, generic_domain: bool = False
) -> tuple[Basis, ...]:
    """Give the grounds that fit a target, the strongest first.

    `kind` is a kind of lead; `generic_domain` tells that the addressee is a gTLD registrar.
    """
    fits = {
        CIVIL_CODE: True,
        TRADEMARK: has_right,
        COMPETITION: kind in _PUBLIC_NAMES,
        ECOMMERCE: kind in _GOODS and not finance,
        FRAUD: asks_secrets or finance,
        REGISTRAR: generic_domain,
    }
    return tuple(Basis(code, ARTICLES[code]) for code, holds in fits.items() if holds)
