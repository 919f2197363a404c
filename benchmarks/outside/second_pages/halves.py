"""Which half an item belongs to: the scheme of the outside sets, over its world (template, word, style or logo)."""

import hashlib


def half(world: str) -> str:
    """`dev` may be looked at while rules are written; `held` is only counted."""
    return "held" if hashlib.sha256(world.encode()).digest()[0] & 1 else "dev"
