"""HTML of the small internet: templates under `content/html`, filled with escaped text."""

import html
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_INPUTS = (
    (("照片", "图片"), "file"),
    (("密码",), "password"),
    (("手机", "电话", "验证码", "动态码"), "tel"),
)
_FIELD_NAMES = (
    ("身份证", "idno"), ("手持", "pic"), ("照片", "pic"), ("验证码", "code"), ("动态码", "code"),
    ("支付密码", "paypwd"), ("取款密码", "atm"),
    ("密码", "pwd"),
    ("银行卡", "card"), ("手机", "mobile"), ("电话", "tel"), ("姓名", "name"), ("城市", "city"), ("金额", "money"),
)  # fmt: skip


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


@cache
def _template(name: str) -> str:
    return resources.files(__package__).joinpath("content", "html", f"{name}.html").read_text("utf-8")


def render(name: str, slots: Mapping[str, str]) -> bytes:
    """Fill a template; plain text is escaped, a slot without a value stays empty.

    >>> b"&lt;x&gt;" in render("plain", {"title": "<x>"})
    True
    """
    return _SLOT.sub(lambda m: _shown(slots.get(m.group(1), "")), _template(name)).encode()


def _shown(value: str) -> str:
    return value if isinstance(value, Markup) else html.escape(value)


def paragraphs(texts: Iterable[str], tag: str = "p") -> Markup:
    """Give each text an element of its own."""
    return Markup("\n".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts))


def rows(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Give table rows of a name and a value."""
    return Markup(
        "".join(f"<tr><td>{html.escape(name)}</td><td>{html.escape(value)}</td></tr>" for name, value in pairs)
    )


def comments(entries: Iterable[tuple[str, str]]) -> Markup:
    """Give forum answers: who and what."""
    return Markup(
        "\n".join(
            f'<div class="p"><div class="n">{html.escape(who)}</div><p>{html.escape(what)}</p></div>'
            for who, what in entries
        )
    )


def anchor(url: str, text: str) -> Markup:
    """Give one link."""
    return Markup(f'<p><a href="{html.escape(url)}">{html.escape(text)}</a></p>')


def form(action: str, labels: Iterable[str], button: str, *, by_placeholder: bool = False) -> Markup:
    """Give a form that asks for what the labels say; `by_placeholder` puts the words inside the inputs."""
    inputs = "".join(_input(label, by_placeholder=by_placeholder) for label in labels)
    return Markup(
        f'<form action="{html.escape(action)}" method="post" enctype="multipart/form-data">{inputs}'
        f'<button class="btn">{html.escape(button)}</button></form>'
    )


def _input(label: str, *, by_placeholder: bool) -> str:
    kind = next((kind for words, kind in _INPUTS if any(word in label for word in words)), "text")
    name = next((name for word, name in _FIELD_NAMES if word in label), "info")
    shown = html.escape(label)
    if by_placeholder:
        return f'<input type="{kind}" name="{name}" placeholder="请输入{shown}">'
    return f'<label>{shown}<input type="{kind}" name="{name}"></label>'


def drawing(words: str, colour: str, width: int = 320, height: int = 80) -> bytes:
    """Give an SVG picture that shows words: a logo, a banner."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="100%" height="100%" '
        f'fill="{colour}"/><text x="50%" y="55%" fill="#fff" font-size="{height // 3}" font-family="Noto Sans CJK SC" '
        f'text-anchor="middle">{html.escape(words)}</text></svg>'
    ).encode()
