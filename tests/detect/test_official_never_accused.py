"""The hard rule: what a dossier lists is never accused, whatever kind of lead it comes as and however it is spelled."""

import itertools
from collections.abc import Iterator

import pytest

from fresh_items import brands
from zhengben.core.brand import Brand, Channel, Names
from zhengben.core.lead import KINDS
from zhengben.core.verdict import Label
from zhengben.detect.official_line import only_channel
from zhengben.flow.look import look

LOOKED = tuple(kind for kind in KINDS if kind not in {"app_file", "image"})
WORDS = {
    "domain": ("官网", "网址"), "phone": ("客服", "客服电话"), "account": ("公众号", "微信公众号"),
    "app": ("应用", "APP"), "sms_sender": ("短信号码",), "poi": ("网点",), "mini_program": ("小程序",),
}  # fmt: skip
CHANNELS = list({(c.kind, c.value): (brand, c) for brand in brands() for c in brand.channels if c.value}.values())
IDS = [f"{brand.id}-{channel.kind}-{channel.value}" for brand, channel in CHANNELS]


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def spellings(channel: Channel) -> Iterator[str]:
    value = channel.value
    yield from (value, value.upper(), value.title(), wide(value), f" {value} ", f"{value}\u200b", f"“{value}”")
    if channel.kind == "domain":
        yield from (f"www.{value}", f"https://{value}", f"http://www.{value}/", f"https://m.{value}/a?b=1", f"{value}.")
        yield from (f"HTTPS://WWW.{value.upper()}/", f"{value}:443")
    if channel.kind in {"phone", "sms_sender"}:
        yield from (
            f"+86 {value}",
            f"+86{value}",
            f"0086-{value}",
            f"86 {value}",
            f"{value[:3]}-{value[3:]}",
            f"({value})",
        )
        yield from (" ".join(value), f"tel:{value}", f"☎{value}", f"{value}（24小时）")


def lines(brand: Brand, channel: Channel) -> Iterator[str]:
    """Give what people paste: every spelling alone, and each behind one of the ways to say what it is."""
    name, word, other = brand.names.primary, WORDS[channel.kind][0], WORDS[channel.kind][-1]
    frames = (
        f"{word} {{}}", f"{name}{other}：{{}}", f"{name} {{}} 开发者：{brand.owner}", f"{channel.kind} {{}}",
        f"{name} {{}}",
        f"{name} {word} {{}} 主体：{brand.owner}", f"{name}官方{word}：{{}}",
    )  # fmt: skip
    for spelled, frame in zip(dict.fromkeys(spellings(channel)), itertools.cycle(frames), strict=False):
        yield from (spelled, frame.format(spelled))


# A name in Chinese proves nothing, and is no identifier of another kind of thing than an account or what it writes.
ASKED = [
    pytest.param(brand, channel, kind, id=f"{name}-{kind}")
    for (brand, channel), name in zip(CHANNELS, IDS, strict=True)
    for kind in LOOKED
    if channel.value.isascii() or kind in {"account", "post", "text"}
]


@pytest.mark.parametrize(("brand", "channel", "kind"), ASKED)
def test_no_spelling_of_a_channel_is_accused_as_any_kind(brand: Brand, channel: Channel, kind: str) -> None:
    wrong = {}
    for line in lines(brand, channel):
        seen = look(line, brands(), kind=kind)
        if seen.verdict.accuses or any(verdict.accuses for verdict in seen.verdicts):
            wrong[line] = (seen.verdict.brand, [(reason.code, reason.weight) for reason in seen.verdict.reasons])
    assert wrong == {}


OWNERS = list({brand.owner: brand for brand in brands()}.values())


@pytest.mark.parametrize("brand", OWNERS, ids=lambda brand: brand.id)
@pytest.mark.parametrize("kind", LOOKED)
def test_the_owner_by_its_registered_name_is_never_accused(brand: Brand, kind: str) -> None:
    frames = (
        "{}", " {} ", "{} 存续 货币金融服务", "{}（存续）", "企业：{}", "{} 统一社会信用代码 91440300MA5DA0QL1X",
        "{}|存续", "{}，存续",
    )  # fmt: skip
    for frame, owner in itertools.product(
        frames, (brand.owner, wide(brand.owner), f"\u200b{brand.owner}", f"“{brand.owner}”")
    ):
        seen = look(frame.format(owner), brands(), kind=kind)
        accused = [verdict.brand for verdict in (seen.verdict, *seen.verdicts) if verdict.accuses]
        assert accused == [], frame.format(owner)


APPS = [(brand, c) for brand in brands() for c in brand.official("app") if c.role != "host"]


@pytest.mark.parametrize(("brand", "channel"), APPS, ids=lambda x: getattr(x, "id", getattr(x, "value", "")))
def test_a_listing_by_fields_with_package_and_owner_waits_for_the_signature(brand: Brand, channel: Channel) -> None:
    for package in (channel.value, channel.value.upper(), f" {channel.value} ", wide(channel.value)):
        detail = {"title": brand.names.primary, "package": package, "developer": {"name": brand.owner}}
        seen = look("https://store.example/detail/1", brands(), kind="app_listing", detail=detail)
        assert seen.verdict.label is Label.UNKNOWN, package
        assert "app.signature" in seen.verdict.coverage.missing


@pytest.mark.parametrize(("brand", "channel"), APPS, ids=lambda x: getattr(x, "id", getattr(x, "value", "")))
def test_the_owner_typed_beside_another_package_clears_nothing(brand: Brand, channel: Channel) -> None:
    line = f"{brand.names.primary} com.fake.{brand.id} 开发者：{brand.owner}"
    seen = look(line, brands(), kind="app_listing")
    assert seen.verdict.label is Label.LOOKALIKE, channel.value


def test_the_owner_typed_as_developer_of_an_app_that_cannot_exist_clears_nothing() -> None:
    seen = look("微粒贷官方版 com.wld.fast 开发者：深圳前海微众银行股份有限公司", brands(), kind="app_listing")
    assert seen.verdict.label is Label.IMPERSONATION
    assert seen.verdict.reasons[0].code == "no_such_app"


@pytest.mark.parametrize(
    "line",
    [
        "清屿商业银行客服中心 微信公众号 gh_qingyu001 加客服微信 qykf8866 办理提额",
        "清屿商业银行贷款 微信公众号 gh_qingyu001 主体：莆田恒达网络有限公司 客服QQ 2837465510",
    ],
)
def test_the_brands_identifier_beside_anothers_contact_proves_nothing(line: str) -> None:
    assert look(line, brands(), kind="account").verdict.label is not Label.OFFICIAL


def test_a_listed_package_is_known_in_english_and_traditional_words() -> None:
    app = Channel(kind="app", value="hk.pennylark.wallet", exists="yes", source="test", platform="android")
    owner = "百靈支付（香港）有限公司"
    bank = Brand(
        id="lark", owner=owner, finance=True, names=Names(primary="百靈錢包", aliases=("PennyLark",)), channels=(app,)
    )
    line = f"PennyLark 百靈錢包 package hk.pennylark.wallet developer {owner}"
    assert only_channel(line, bank) is app
    assert only_channel(line.replace("wallet d", "wallet2 d"), bank) is None
    assert only_channel(f"{line} download", bank) is None


def test_a_listed_account_name_with_another_operator_is_not_cleared_by_its_name() -> None:
    seen = look("清屿商业银行 微信公众号 主体：莆田恒达网络有限公司", brands(), kind="account")
    assert seen.verdict.label is Label.IMPERSONATION


@pytest.mark.parametrize("line", ["清屿商业银行 微信公众号 gh_qingyu001", "gh_qingyu001", "公众号 GH_QINGYU001"])
def test_a_listed_account_is_known_by_its_identifier(line: str) -> None:
    assert look(line, brands(), kind="account").verdict.label is Label.OFFICIAL


def test_an_identifier_that_a_dossier_denies_by_value_is_judged_elsewhere() -> None:
    denied = Channel(kind="app", exists="no", value="com.old.app", statement="withdrawn", source="a test")
    brand = Brand(id="b", owner="某某公司", finance=True, names=Names(primary="微粒贷"), channels=(denied,))
    seen = look("com.old.app", (brand,), kind="app_listing", detail={"title": "微粒贷"})
    assert "no_such_app" not in {reason.code for reason in seen.verdict.reasons}


@pytest.mark.parametrize("more", ["下载", "办理提额", "加微信 qykf8866", "13812345678", "http://qy-vip.top"])
def test_one_word_more_and_an_official_number_clears_nothing(more: str) -> None:
    bank = next(brand for brand in brands() if brand.id == "qingyu")
    assert only_channel("清屿商业银行客服电话 400-123-7788", bank) is not None
    assert only_channel(f"清屿商业银行客服电话 400-123-7788 {more}", bank) is None
