"""Pictures that tests draw, as the bytes a page or an app would hold."""

import io

from PIL import Image


def png(image: Image.Image) -> bytes:
    """Give a picture as a PNG file."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
