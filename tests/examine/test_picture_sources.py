"""Pictures written into pages: found, decoded, and found again by their sha256."""

import base64
import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.fetched import Captured
from zhengben.examine.picture_sources import MOST, data_body, embedded, picture_named

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
PACKED = base64.b64encode(GIF).decode()
SVG = b"<svg xmlns='x'><text>a b</text></svg>"


@pytest.mark.parametrize(
    ("source", "bodies"),
    [
        (f'<img src="data:image/gif;base64,{PACKED}">', [GIF]),
        (f"<img src='data:image/gif;base64,{PACKED}'>", [GIF]),
        (f"<img src=data:image/gif;base64,{PACKED}>", [GIF]),
        (f"<style>a{{background:url(data:image/gif;base64,{PACKED})}}</style>", [GIF]),
        (f'<p style="background:url(&quot;data:image/gif;base64,{PACKED}&quot;)">', [GIF]),
        (f'<img src="DATA:IMAGE/GIF;charset=utf-8;BASE64,{PACKED}">', [GIF]),
        (f'<img src="data:image/gif;base64,{PACKED[:6]}\n  {PACKED[6:]}">', [GIF]),
        (f'<img src="data:image/gif;base64,{PACKED.rstrip("=")}">', [GIF]),
        (f'<img src="data:image/gif;base64,{PACKED.replace("=", "%3D")}">', [GIF]),
        ('<img src="data:image/svg+xml,' + "%3Csvg xmlns='x'%3E%3Ctext%3Ea b%3C/text%3E%3C/svg%3E" + '">', [SVG]),
        ('<img src="data:image/svg+xml;utf8,' + SVG.decode() + '">', [SVG]),
        ('<img src="data:image/svg+xml;charset=utf-8,' + SVG.decode().replace("<", "&lt;") + '">', [SVG]),
        (f'<img src="data:image/gif;base64,{PACKED}"><img src="data:image/gif;base64,{PACKED}">', [GIF]),
        ('<img src="data:text/html,<b>x</b>">', []),
        ('<img src="data:image/png;base64,">', []),
        ("data:image/", []),
        ("", []),
    ],
)  # fmt: skip
def test_pictures_written_into_a_page(source: str, bodies: list[bytes]) -> None:
    assert list(embedded(source)) == bodies


def test_only_so_many_are_taken_and_a_storm_is_quick() -> None:
    each = (base64.b64encode(GIF + bytes([n % 256, n // 256])).decode() for n in range(500))
    many = "".join(f'<img src="data:image/gif;base64,{one}">' for one in each)
    assert len(list(embedded(many))) == MOST
    began = time.process_time()
    assert list(embedded("data:image/png," * 100_000 + '"')) != []
    assert list(embedded('"data:image/png;base64,' * 100_000)) == []
    assert time.process_time() - began < 5


def test_the_picture_a_match_names_is_found_in_its_capture() -> None:
    seen = Captured(
        url="http://a.example/", final_url="http://a.example/", profile="mobile", screenshot=b"shot", favicon=b"icon",
        dom=f'<img src="data:image/gif;base64,{PACKED}">',
    )  # fmt: skip
    for body in (b"shot", b"icon", GIF):
        assert picture_named(seen, hashlib.sha256(body).hexdigest()) == body
    assert picture_named(seen, hashlib.sha256(b"").hexdigest()) == b""
    assert picture_named(seen, "0" * 64) == b""


@given(st.binary(min_size=1, max_size=200))
def test_every_picture_comes_out_as_it_went_in(body: bytes) -> None:
    assert data_body("data:image/x-any;base64," + base64.b64encode(body).decode()) == body


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    list(embedded("data:image/png;base64," + text + "data:image/png," + text))
