"""What worried people type that no rule can judge: each gets words that fit it, and none says that it is safe."""

import tomllib
from importlib import resources
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.flow import asked
from zhengben.flow.asked import fitted, service
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look
from zhengben.flow.typed import asked_about
from zhengben.locale.words import catalogue, say
from zhengben.publish.answer import Answer, Kind, compose

BRANDS = load_brands()
NUMBERS = tomllib.loads(resources.files("zhengben.flow").joinpath("asked.toml").read_text("utf-8"))["service_numbers"]
SAFE = ("安全的", "放心", "没有问题", "可信", "is safe", "trustworthy", "harmless")


def answered(typed: str) -> Answer:
    question = asked_about(typed)
    seen = look(question, BRANDS)
    return fitted(compose(seen.verdict, BRANDS), question, seen.verdict, seen.sighting)


@pytest.mark.parametrize("number", sorted(set(NUMBERS) - {"source"}))
def test_a_public_number_is_named_and_its_callers_are_doubted(number: str) -> None:
    answer = answered(f" {number} ")
    assert (answer.kind, answer.headline) == ("unknown", f"service_{NUMBERS[number]}")
    assert number in say(f"answer_page.{answer.headline}", "zh", answer.facts)
    assert number in say("answer_step.service_way", "en", answer.facts)
    assert "先挂断" in say("answer_step.service_way", "zh", answer.facts)


@pytest.mark.parametrize(
    "typed",
    ["96110是真的吗", "96110打电话给我怎么办", "is 96110 a scam?", "接到96110来电", "96110 called me", "“96110”"],
)
def test_the_polices_line_against_fraud_is_named_in_a_question_too(typed: str) -> None:
    assert answered(typed).headline == "service_anti_fraud"


@pytest.mark.parametrize("question", ["096110", "96110x", "196110", "９６１１０", "961100", "0755-96110", ""])
def test_a_number_that_only_looks_like_one_is_none(question: str) -> None:
    assert service(question) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "我被骗了怎么办",
        "钱已经转过去了",
        "刚刚被骗了5000",
        "验证码告诉他了",
        "装了他发的软件怎么办",
        "I was scammed",
        "i already sent the money",
        "help!",
        "怎么追回",
        "What should I do",
    ],
)
def test_who_was_robbed_is_told_whom_to_call_first(typed: str) -> None:
    answer = answered(typed)
    assert answer.headline == "plea"
    assert answer.steps[0] == "paid"


@pytest.mark.parametrize(
    "typed",
    [
        "警察打电话说我涉嫌洗钱",
        "妈我手机坏了先借我5000转到这个卡",
        "客服让我打开共享屏幕",
        "说我中奖了",
        "做任务返佣金，先垫300",
        "要注销校园贷账户",
        "they asked my mom for the code",
        "老师带我赚钱，稳赚",
        "快递理赔让我加QQ",
        "He wants gift cards",
    ],
)
def test_a_well_known_tale_is_called_one_and_still_cannot_be_told(typed: str) -> None:
    answer = answered(typed)
    assert (answer.headline, answer.under) == ("unknown", "tale_under")
    assert answer.doubtful


@pytest.mark.parametrize(
    "typed", ["银行不会让您共享屏幕", "警方提醒：让你转到安全账户的都是骗子", "We will never ask for your code"]
)
def test_who_warns_of_a_tale_tells_none(typed: str) -> None:
    assert answered(typed).under != "tale_under"


@pytest.mark.parametrize(
    "typed", ["验证码283711", "您的验证码是 4402，5分钟内有效", "6217 0000 1234 5678 901", "Your code: 552190"]
)
def test_a_code_or_a_card_is_to_be_told_to_nobody(typed: str) -> None:
    answer = answered(typed)
    assert (answer.headline, answer.under) == ("secret", "secret_under")


@pytest.mark.parametrize(
    ("typed", "brand"),
    [
        ("微粒贷", "weilidai"),
        ("微粒贷怎么还款", "weilidai"),
        ("微粒贷客服电话", "weilidai"),
        ("is webank real", "webank"),
        ("wei li dai", "weilidai"),
        ("维粒贷", "weilidai"),
    ],
)
def test_a_bare_name_is_answered_with_the_genuine_ways(typed: str, brand: str) -> None:
    answer = answered(typed)
    assert (answer.headline, answer.brand, answer.reasons) == ("about", brand, ())


@pytest.mark.parametrize(
    "typed", ["凡是微粒贷APP都是诈骗，请勿下载", "【微粒贷】您的额度已批 wei1idai.top", "微粒贷 13800138000 找他开"]
)
def test_a_name_beside_something_to_follow_is_no_bare_name(typed: str) -> None:
    assert answered(typed).headline != "about"


@pytest.mark.parametrize(
    ("typed", "under"),
    [
        ("400-889-7761", "service_400_under"),
        ("13800138000", "mobile_under"),
        ("95588", "service_95_under"),
        ("+86 139 1122 8890", "mobile_under"),
        ("9538", "too_little_under"),
        ("?", "too_little_under"),
        ("你好", "too_little_under"),
        ("0755-86013388", "unknown_under"),
        ("4008", "too_little_under"),
    ],
)
def test_a_number_is_explained_by_its_kind_and_a_scrap_asks_for_more(typed: str, under: str) -> None:
    answer = answered(typed)
    assert (answer.headline, answer.under) == ("unknown", under)


def test_what_is_false_or_official_is_left_as_it_is() -> None:
    assert answered("95384").kind == "official"
    assert answered("微粒贷.apk").kind == "false"
    false = Answer(kind="false", headline="false_scam", under="under_scam")
    assert fitted(false, "我被骗了", Verdict(Label.SCAM, "b", 90), Sighting(kind="text", target="x")) is false


def test_a_doubtful_message_with_a_way_to_reach_somebody_keeps_its_reasons() -> None:
    reasons = (Reason("says_it_is", 45, {}),)
    doubtful = Answer(kind="unknown", headline="doubtful", under="doubtful_under", doubtful=True, reasons=reasons)
    seen = Sighting(kind="text", target="x", contacts=(Contact(kind="qq", value="12345678", raw="12345678"),))
    verdict = Verdict(Label.LOOKALIKE, "weilidai", 45, reasons, Coverage())
    assert fitted(doubtful, "微粒贷客服让我加QQ 12345678", verdict, seen) is doubtful


def test_a_link_that_could_be_anybodys_names_no_brand() -> None:
    answer = answered("https://t.cn/A6xyz")
    assert (answer.kind, answer.brand) == ("unknown", "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_public_number_has_words_and_none_says_safe(language: str) -> None:
    words = catalogue(language)
    for sort in set(NUMBERS.values()) - {NUMBERS["source"]}:
        assert words[f"answer_page.service_{sort}"]
    fitting = [text for key, text in words.items() if key.startswith(("answer_page.", "answer_step."))]
    assert not [text for text in fitting if any(word in text for word in SAFE)]


def test_every_table_of_questions_has_a_source() -> None:
    for table, kept in asked._TABLES.items():
        parts = [kept] if "source" in kept else list(kept.values())
        assert all(len(part["source"]) >= 15 for part in parts), table


@given(st.text(max_size=200))
def test_any_question_gets_one_of_the_four_answers_in_words(typed: str) -> None:
    if not typed.strip():
        return
    answer = answered(typed)
    assert answer.kind in get_args(Kind)
    for language in ("zh", "en"):
        assert say(f"answer_page.{answer.headline}", language, answer.facts)
        assert say(f"answer_page.{answer.under}", language, answer.facts)
        assert all(say(f"answer_step.{step}", language, answer.facts) for step in answer.steps)


@pytest.mark.parametrize("typed", ["妈妈让我打电话给你", "老板叫我打车过去", "提醒他让他充电", "老师要你交作业"])
def test_an_errand_is_no_tale_of_money(typed: str) -> None:
    assert answered(typed).under != "tale_under"
