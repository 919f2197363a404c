"""Speech between quotation marks is somebody's who is told of; a marked name and a page's own words are none."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.verdict import Verdict
from zhengben.detect.direct_speech import in_speech, speeches, turns
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei", "webank", "jiebei", "weiyedai")))


def verdict(title: str, body: str) -> Verdict:
    page = f"<html><title>{title}</title><body><p>{body}</p></body></html>".replace("\n", "</p><p>")
    return look_at_file("page.html", page.encode(), brands()).verdict


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("他说：“我是客服，请先转账。”", [(3, 15)]),
        ("「您好，我是某行的客服」と言われた", [(0, 12)]),
        ('he said "this is the bank, please pay"', [(8, 38)]),
        ("打开“某某贷款服务平台”，点击申请", []),
        ("备注“急办，谢谢”", []),
        ("“没有结尾的引号，说到哪里都不算", []),
        ("", []),
    ],
)
def test_a_sentence_between_marks_is_speech(text: str, spans: list[tuple[int, int]]) -> None:
    assert list(speeches(text)) == spans


def test_what_lies_across_a_mark_is_not_inside() -> None:
    text = "他说：“我是客服，请先转账。”我挂了"
    assert in_speech(text, 5, 10)
    assert not in_speech(text, 10, 17)


@pytest.mark.parametrize(
    "body",
    [
        "手机又震起来。\n“赵先生是吧，我是微粒贷风控部的。您的卡号填错了，得先转 3000 做个认证。”\n他没吭声。",
        "同事接到电话：「我是微粒贷客服，您的账户异常，请提供验证码给专员」，是骗子。<form><input name=nick></form>",
        "剧中对白：“我们受微粒贷委托，先交保证金 2000 元再放款，懂了吗？”镜头拉远。",
    ],
)
def test_a_novel_a_witness_and_a_play_are_not_their_villain(body: str) -> None:
    assert not verdict("第四十七章 电话那头 - 墨云书院", body).accuses


def test_the_same_words_without_marks_are_the_pages_own() -> None:
    assert verdict("放款办理", "我是微粒贷风控部的，您的卡号填错了\n得先转 3000 元做个认证，认证后放款").accuses


def test_a_clerk_who_names_no_brand_is_none_of_its() -> None:
    said = "我是客服，请把验证码告诉我\n<form><input placeholder=昵称></form>"
    assert verdict("联系我们", said).label.value == "unrelated"


def test_an_agent_who_is_told_of_is_not_the_page() -> None:
    told = "“本店是微粒贷唯一授权代办中心，欢迎咨询。”他说。\n须先交保证金 300 元，审核后放款"
    assert not verdict("申请 - 江州信息网", f"{told}\n© 2026 江州信息网").accuses


def test_a_dialogue_is_its_speakers_and_one_line_with_a_label_is_none() -> None:
    told = "坐席：您好，我是微粒贷客服，请先转账\n学员：那我该怎么办呢，先转吗"
    assert len(turns(told)) == 2
    assert turns("客服：请先支付保证金 300 元后放款") == ()
    assert turns("客服：请先支付保证金 300 元后放款\n用户：好的，我马上就去支付") == ()


def test_a_case_study_in_dialogue_is_not_accused_for_its_swindler() -> None:
    told = "坐席：您好，我是微粒贷客服，您的额度已批，请先交保证金 3000 元放款\n学员：那我要转到哪里\n讲师：这里该挂断"
    assert not verdict("课堂练习", told).accuses


def test_an_account_that_a_speaker_gives_is_his() -> None:
    told = "坐席：我是微粒贷客服，请转到户名 王国平 卡号 6222000011112222333\n讲师点评：注意这句话的用词"
    assert not verdict("话术分析", told).accuses


@pytest.mark.parametrize(("one", "two"), ["“”", "「」", "『』", '""'])
def test_a_page_cannot_quote_itself_free(one: str, two: str) -> None:
    said = f"{one}我是微粒贷风控部的，您的卡号填错了，得先转 3000 元做个认证，认证后放款{two}\n立即办理"
    assert verdict("放款办理", said).accuses
