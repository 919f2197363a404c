"""Which law fits: a loan is a financial service, so the e-commerce law never carries its notice."""

from zhengben.core.basis import ARTICLES, bases


def codes(**facts: object) -> list[str]:
    """Give the codes that fit."""
    return [b.code for b in bases(**facts)]  # type: ignore[arg-type]  # keywords are checked by the tests


def test_a_loan_listing_stands_on_the_civil_code() -> None:
    found = codes(finance=True, kind="listing", has_right=True, asks_secrets=False)
    assert found[0] == "civil_code_1195"
    assert "ecommerce_42" not in found


def test_goods_that_are_no_finance_may_use_the_ecommerce_law() -> None:
    assert "ecommerce_42" in codes(finance=False, kind="listing", has_right=False, asks_secrets=False)


def test_names_of_apps_and_accounts_use_the_competition_law() -> None:
    assert "competition_2025_7" in codes(finance=True, kind="app_listing", has_right=True, asks_secrets=False)
    assert "trademark_57" not in codes(finance=True, kind="account", has_right=False, asks_secrets=False)


def test_a_registrar_is_reminded_of_its_agreement() -> None:
    assert (
        codes(finance=False, kind="domain", has_right=True, asks_secrets=True, generic_domain=True)[-1]
        == "icann_raa_3_18"
    )


def test_every_code_cites_an_article() -> None:
    assert all(ARTICLES.values())
