"""Where codes stand in a picture file."""

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from zhengben.examine.image import UnreadablePictureError
from zhengben.examine.qr_where import codes_of


def poster(*texts: str) -> bytes:
    sheet = Image.new("RGB", (420 * max(1, len(texts)), 420), "white")
    for number, text in enumerate(texts):
        made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
        code = Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(made, scale=5))).convert("RGB")
        sheet.paste(code, (420 * number + 80, 60))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def test_a_code_is_told_with_its_place() -> None:
    (code,) = codes_of(poster("https://a.example/d"))
    assert code.text == "https://a.example/d"
    x, y, width, height = code.box
    assert 80 <= x < 130
    assert 60 <= y < 110
    assert 80 < width == pytest.approx(height, abs=6)


def test_two_codes_have_two_places() -> None:
    found = sorted(codes_of(poster("https://a.example/1", "https://a.example/2")), key=lambda code: code.box[0])
    assert [code.text[-1] for code in found] == ["1", "2"]
    assert found[1].box[0] - found[0].box[0] == pytest.approx(420, abs=6)


def test_a_picture_without_a_code_has_none() -> None:
    assert codes_of(poster()) == ()


@pytest.mark.parametrize("body", [b"", b"<html>", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_picture_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadablePictureError):
        codes_of(body)
