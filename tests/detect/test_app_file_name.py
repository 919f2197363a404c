"""What a file is called is a claim of its own, for a person to look at; a sample's or a report's name is none."""

import pytest

from zhengben.core.appfacts import AppFacts, Name
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label
from zhengben.detect.app_file_name import detect, stem_of
from zhengben.detect.registry import detect_all
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

BRANDS = load_brands()
LOAN = next(brand for brand in BRANDS if brand.id == "weilidai")
TORCH = AppFacts(platform="android", package="com.torch.light", names=(Name(text="手电筒", place="application"),))


def seen(target: str, app: AppFacts | None = TORCH) -> Sighting:
    return Sighting(kind="app_file", target=target, app=app)


def codes(target: str, app: AppFacts | None = TORCH) -> list[str]:
    return [reason.code for reason in detect(seen(target, app), LOAN, pack(BRANDS))]


@pytest.mark.parametrize(
    "target",
    [
        "微粒贷.apk",
        "/box/in/微粒贷官方版.apk",
        "https://a.example/d/微粒贷.apk?from=1",
        "微 粒 贷.xapk",
        "微粒貸.ipa",
        "https://a.example/%E5%BE%AE%E7%B2%92%E8%B4%B7.apk#x",
        "C:\\Users\\me\\weilidai.apk",
        "V微粒贷_2.1.hap",
    ],
)
def test_another_app_under_the_brands_name_is_for_a_person_to_look_at(target: str) -> None:
    assert codes(target) == ["app_file_named"]
    reasons = detect_all(seen(target), BRANDS)["weilidai"]
    assert judge("weilidai", reasons, Coverage()).label is Label.LOOKALIKE


@pytest.mark.parametrize(
    "target",
    [
        "app.apk",
        "",
        "https://a.example/",
        "https://weilidai.example/dl/update.apk",
        "/samples/微粒贷/0001.apk",
        "微粒贷诈骗样本.apk",
        "假微粒贷骗局揭秘.apk",
        "https://[::1",
        "e3b0c44298fc1c149afbf4c8996fb924.apk",
        "手电筒.apk",
    ],
)
def test_a_place_a_sample_and_another_name_say_nothing(target: str) -> None:
    assert codes(target) == []


def test_the_app_in_which_the_brand_lives_may_be_kept_under_any_name() -> None:
    assert codes("微粒贷.apk", AppFacts(platform="android", package="com.tencent.mm")) == []


def test_what_a_label_says_already_is_not_said_twice() -> None:
    own = AppFacts(platform="android", package="com.a.b", names=(Name(text="微粒贷", place="application"),))
    assert codes("微粒贷.apk", own) == []


def test_a_sighting_that_holds_no_app_has_no_file() -> None:
    assert codes("微粒贷.apk", None) == []


def test_the_reason_shows_the_files_name_and_where_the_brands_stands_in_it() -> None:
    reason = detect(seen("/x/微粒贷极速版.apk"), LOAN, pack(BRANDS))[0]
    assert (reason.facts["file"], reason.facts["matched"]) == ("微粒贷极速版", "微粒贷")


def test_a_file_name_is_cut_before_it_fills_a_page() -> None:
    assert len(stem_of("微" * 5000 + ".apk")) <= 60
