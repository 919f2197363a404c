"""Where the codes of a picture stand; called by name in a limited worker, because the picture is an impostor's."""

from zhengben.examine.image import open_picture
from zhengben.examine.qr import Code, read_codes


def codes_of(body: bytes) -> tuple[Code, ...]:
    """Give every code of one picture file with its box, and no words read.

    Raises:
        UnreadablePictureError: not a picture.
        zhengben.examine.qr.EngineMissingError: no reader of codes on this machine.
    """
    return read_codes(open_picture(body).pixels)
