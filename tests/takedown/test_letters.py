"""Letters: everything an addressee needs, in careful words, and nothing about private people."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from zhengben.core.basis import bases
from zhengben.core.brand import INVENTED, Brand, Right
from zhengben.core.lead import KINDS
from zhengben.takedown.letter import ADDRESSEES, Addressee, CaseView, Complainant, Earlier, Letter
from zhengben.takedown.letters import LetterError, draft, lacking_words
from zhengben.takedown.mail import BYTES, compose
from zhengben.takedown.postmark import Postmark


@pytest.fixture
def letter(view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime) -> Letter:
    return draft(view, brand, addressee, "zh", complainant=complainant, now=now)


@pytest.fixture
def english(view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime) -> Letter:
    return draft(view, brand, addressee, "en", complainant=complainant, now=now)


def test_a_chinese_letter_says_everything(letter: Letter, complainant: Complainant) -> None:
    assert letter.subject == "【侵权通知】疑似冒充“微粒贷”的网页：wei1idai-app.example（ZB-2026-0001）"
    for said in (
        "某云主机公司：", "权利人：深圳前海微众银行股份有限公司", complainant.mailbox, complainant.phone, "5f" * 32,
        "准确地址：https://wei1idai-app.example/下载?from=sms", "疑似冒充“微粒贷”", "第 16577525 号注册商标",
        "第 9 类（计算机程序（可下载软件））", "注册人：腾讯科技（深圳）有限公司", "（经转让取得）",
        "现权利人：深圳前海微众银行股份有限公司", "2026-05-14 至 2036-05-13", "2026-11-22 09:02:03（北京时间）",
        "身份证号、短信验证码", "第一千一百九十五条", "反不正当竞争法", "停止为该地址提供存储", "第一千一百九十六条",
        "愿依法承担因错误通知造成损害的责任", "立即撤回本通知", "附件：xarf.json、evidence-zh.txt、screenshot.png",
    ):  # fmt: skip
        assert said in letter.body, said


def test_an_english_letter_says_the_same(english: Letter) -> None:
    assert english.subject.startswith("[Notice of infringement] suspected impersonating")
    for said in (
        "https://wei1idai-app.example/下载?from=sms", "no. 16577525", "Nice class 9", "by assignment", "5f" * 32,
        "Civil Code, articles 1195 and 1196", "Anti-Unfair Competition Law (2025), article 7", "preliminary finding",
        "stop hosting", "counter", "withdraw the notice at once", "identity number, SMS code", "UTC+8",
    ):  # fmt: skip
        assert said in english.body, said
    assert "{" not in english.body


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("asked", ADDRESSEES)
def test_every_kind_and_addressee_has_a_letter(
    language: str, kind: str, asked: str, view: CaseView, brand: Brand, complainant: Complainant, now: datetime
) -> None:
    seen = replace(view, kind=kind, bases=bases(finance=True, kind=kind, has_right=True, asks_secrets=False))
    whom = Addressee(kind=asked, name="x", mailbox="a@b.example")
    letter = draft(seen, brand, whom, language, complainant=complainant, now=now)
    assert "{" not in letter.body + letter.subject
    assert "(4)" in letter.body


def test_a_financial_product_never_stands_on_the_e_commerce_law_alone(letter: Letter) -> None:
    assert "民法典" in letter.body
    assert "电子商务法" not in letter.body


def test_goods_on_a_platform_name_the_fifteen_days(
    view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime
) -> None:
    goods = replace(
        view, kind="listing", bases=bases(finance=False, kind="listing", has_right=True, asks_secrets=False)
    )
    assert "十五日内" in draft(goods, brand, addressee, "zh", complainant=complainant, now=now).body


def test_no_private_person_is_named(letter: Letter, english: Letter) -> None:
    for one in (letter, english):
        everything = one.body + one.subject + "".join(a.body.decode("utf-8", "replace") for a in one.attachments)
        assert "13800138000" not in everything
        assert "138****8000" in one.body


def test_a_strangers_title_cannot_write_our_letter(
    view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime
) -> None:
    evil = replace(
        view,
        host="",
        title="好\r\nBcc: all@x.example\r\n\r\n七、真实性声明\n我方撤回\u202e",
        target="https://a.example/\r\nX: y",
    )
    letter = draft(evil, brand, addressee, "zh", complainant=complainant, now=now)
    assert "\n" not in letter.subject
    assert "\r" not in letter.subject
    assert letter.body.count("\n七、真实性声明") == 1
    assert "\u202e" not in letter.body
    assert "准确地址：https://a.example/%0D%0AX:%20y" in letter.body


@pytest.mark.parametrize(
    ("change", "why"),
    [({"evidence": ""}, "sealed package"), ({"bases": ()}, "legal basis"), ({"rights": ()}, "no right is in force")],
)
def test_what_must_not_be_written_is_not(
    change: dict[str, object],
    why: str,
    view: CaseView,
    brand: Brand,
    addressee: Addressee,
    complainant: Complainant,
    now: datetime,
) -> None:
    with pytest.raises(LetterError, match=why):
        draft(replace(view, **change), brand, addressee, "zh", complainant=complainant, now=now)  # type: ignore[arg-type]  # the changes are the test's


def test_what_is_missing_is_told(
    view: CaseView, brand: Brand, addressee: Addressee, right: Right, now: datetime
) -> None:
    bare = replace(
        view, screenshot=b"", rights=(replace(right, document=""),), kind="phone", target="4008888888", host=""
    )
    letter = draft(bare, brand, addressee, "zh", complainant=Complainant(company="x", mailbox="a@b.example"), now=now)
    assert {one.partition(":")[0] for one in letter.lacking} == {
        "xarf",
        "right_document",
        "screenshot",
        "phone",
        "address",
    }
    assert all(lacking_words(one, lang) for one in letter.lacking for lang in ("zh", "en"))
    assert "权利证明文件（第 16577525 号）未随附" in [lacking_words(one, "zh") for one in letter.lacking]


def test_a_huge_screenshot_is_left_out_and_the_letter_still_fits(
    view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime
) -> None:
    for size in (1024 * 1024, 4 * 1024 * 1024, 9_000_000):
        letter = draft(replace(view, screenshot=bytes(size)), brand, addressee, "zh", complainant=complainant, now=now)
        assert ("large_screenshot" in letter.lacking) == (size > 5_000_000)
        assert len(compose(letter, "abuse@host.example", Postmark("r.example", b"s"), "k", now)) < BYTES


def test_an_invented_right_marks_the_letter_as_a_drill(
    view: CaseView, brand: Brand, addressee: Addressee, right: Right, complainant: Complainant, now: datetime
) -> None:
    drill = replace(view, rights=(replace(right, source=f"{INVENTED} 演练"),))
    letter = draft(drill, brand, addressee, "zh", complainant=complainant, now=now)
    assert letter.subject.startswith("【演练】")
    report = json.loads(next(a.body for a in letter.attachments if a.name == "xarf.json"))
    assert report["tags"] == ["lifecycle:test"]


def test_an_agent_says_so_and_a_relapse_is_counted(
    view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime
) -> None:
    agent = replace(complainant, company="某律师事务所", agent_of=brand.owner)
    body = draft(replace(view, round=2), brand, addressee, "zh", complainant=agent, now=now).body
    assert "某律师事务所（受权利人委托" in body
    assert "第 2 次复发" in body


@pytest.mark.parametrize(("language", "said"), [("zh", "现予撤回"), ("en", "we withdraw it")])
def test_a_wrong_notice_can_be_taken_back_even_without_a_right(
    language: str,
    said: str,
    view: CaseView,
    brand: Brand,
    addressee: Addressee,
    complainant: Complainant,
    now: datetime,
) -> None:
    wrong = replace(view, rights=(), purpose="retraction", earlier=Earlier(sent_at=now))
    letter = draft(wrong, brand, addressee, language, complainant=complainant, now=now)
    assert said in letter.body
    assert view.target in letter.body
    assert "ZB-2026-0001" in letter.subject
    assert complainant.mailbox in letter.body
    assert "13800138000" not in letter.body
    assert "{" not in letter.subject + letter.body
    assert letter.attachments == ()


def test_the_same_case_gives_the_same_letter(
    letter: Letter, view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime
) -> None:
    assert draft(view, brand, addressee, "zh", complainant=complainant, now=now) == letter
