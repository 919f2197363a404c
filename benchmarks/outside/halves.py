"""Which half an item belongs to: by a hash of its own text, so that adding items never moves the old ones."""

import hashlib


def half(text: str) -> str:
    """`dev` may be looked at while rules are written; `held` is only counted."""
    return "held" if hashlib.sha256(text.encode()).digest()[0] & 1 else "dev"
