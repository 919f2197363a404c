"""What a new dossier is told before it is saved."""

from names.kit import WEILIDAI, brand
from zhengben.names.calibration import expected_alerts


def test_a_rare_name_expects_few_alerts_and_says_how_sure_that_is() -> None:
    rows = {str(row["term"]): row for row in expected_alerts(WEILIDAI)}
    assert rows["weilidai"]["per_million"] == 0.0
    assert float(str(rows["weilidai"]["at_most"])) > 0
    assert "lure" in str(rows["wld"]["matches"])
    assert rows["微粒贷"]["common_words_hit"] == 0 or rows["微粒贷"]["matches"] == "in Chinese domain names"


def test_an_everyday_word_expects_many_and_shows_them() -> None:
    rows = {str(row["term"]): row for row in expected_alerts(brand("cloud", "云贷", "cloud"))}
    assert float(str(rows["cloud"]["per_million"])) > 100
    assert rows["cloud"]["examples"]
    assert "everyday" in str(rows["cloud"]["matches"])


def test_a_listed_domain_is_no_alert_and_other_names_with_the_word_are() -> None:
    rows = expected_alerts(brand("weibo", "手机", "paypal", domain=("paypal.com",)))
    shown = next(row["examples"] for row in rows if row["term"] == "paypal")
    assert isinstance(shown, list)
    assert shown
    assert not any(host.endswith(".paypal.com") for host in shown)
    assert any("手机号" in str(row["examples"]) for row in rows if row["matches"] == "in text")
