"""What a new dossier is told before it is saved."""

from names.kit import WEILIDAI, brand
from zhengben.names.api import match_host, pack
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


def test_everyday_words_one_slip_away_are_counted_and_none_of_them_is_taken_for_the_name() -> None:
    known = brand("kuaili", "快栗", "kuaili")
    row = next(row for row in expected_alerts(known) if row["term"] == "kuaili")
    near = row["near"]
    assert isinstance(near, list)
    assert row["words_near"] == 8
    assert len(near) == 5
    for word in near:
        assert match_host(f"{word}.com", pack((known,))) == ()
        assert match_host(f"{word}daikuan.com", pack((known,))), word


def test_a_name_too_short_for_a_slip_has_no_words_near_it() -> None:
    rows = expected_alerts(brand("beib", "贝", "beib"))
    assert all("words_near" not in row for row in rows)


def test_the_most_to_expect_is_never_less_than_what_was_seen() -> None:
    for row in expected_alerts(brand("cloud", "云贷", "cloud")):
        if "at_most" in row:
            assert float(str(row["at_most"])) > float(str(row["per_million"])) >= 0
            assert int(str(row["at_most_per_day"])) >= int(str(row["per_day"]))


def test_figures_are_kept_and_the_same_when_they_are_made_again() -> None:
    assert expected_alerts(WEILIDAI) == expected_alerts.__wrapped__(WEILIDAI)
