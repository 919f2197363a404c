"""The owner's own registered name, and buildings named after a bank: nobody is accused for being who he is."""

import pytest

from zhengben.core.brand import Brand
from zhengben.core.verdict import Label, Verdict
from zhengben.examine.listing import examine_listing
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import judged


@pytest.fixture(scope="module")
def webank() -> Brand:
    (brand,) = load_brands(ids=("webank",))
    return brand


def seen(brand: Brand, kind: str, title: str) -> Verdict:
    return judged([examine_listing(kind, f"{kind}:1", {"title": title})], (brand,)).verdict


@pytest.mark.parametrize("kind", ["company", "poi", "account"])
@pytest.mark.parametrize("title", ["深圳前海微众银行股份有限公司", "前海微众银行股份有限公司"])
def test_the_owners_registered_name_accuses_nobody_and_proves_nothing(kind: str, title: str, webank: Brand) -> None:
    verdict = seen(webank, kind, title)
    assert verdict.label is Label.UNKNOWN
    assert verdict.coverage.missing == (f"{kind}.identifier",)


def test_a_directorys_short_form_of_the_owner_accuses_nobody(webank: Brand) -> None:
    assert seen(webank, "company", "微众银行").label is Label.UNKNOWN


@pytest.mark.parametrize(
    "title",
    [
        "微众银行大厦",
        "微众银行大厦(地铁站)",
        "微众银行总部",
        "微众银行大厦停车场",
        "微众银行大厦-A座",
        "微众银行园区东门",
    ],
)
def test_a_building_named_after_the_bank_is_for_a_person_to_look_at(title: str, webank: Brand) -> None:
    assert seen(webank, "poi", title).label is Label.LOOKALIKE


@pytest.mark.parametrize(
    "title",
    [
        "微众银行总部贷款中心",
        "微众银行大厦信贷服务部",
        "微众银行南山网点",
        "微众银行股份有限公司贷款中心",
        "微众银行(福田店)",
        "微众银行",
    ],
)
def test_a_place_that_serves_customers_where_there_is_none_is_false(title: str, webank: Brand) -> None:
    assert seen(webank, "poi", title).label is Label.IMPERSONATION


def test_where_the_dossier_says_nothing_of_accounts_the_bare_name_may_be_the_brands(webank: Brand) -> None:
    assert not any(channel.kind == "account" for channel in webank.channels)
    assert seen(webank, "account", "微众银行").label is Label.LOOKALIKE
    assert seen(webank, "account", "微众银行贷款客服").accuses
