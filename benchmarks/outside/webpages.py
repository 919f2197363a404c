"""Web pages built from short notes, in several layouts, so that no one shape of HTML decides."""

import html
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Note:
    """What a page says, before it is laid out."""

    label: str
    scheme: str
    letter: str
    title: str
    heading: str
    paragraphs: tuple[str, ...]
    fields: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]


def notes() -> list[Note]:
    """Every page of the file, in its order."""
    found: list[Note] = []
    label = scheme = ""
    for line in (DATA / "pages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            label, scheme = line[3:].split()
        elif line and not line.startswith("#"):
            letter, title, heading, body, fields, buttons = line.split("|")
            pairs = [tuple(button.split("=", 1)) for button in buttons.split(",") if button]
            found.append(
                Note(
                    label,
                    scheme,
                    letter,
                    title,
                    heading,
                    tuple(part for part in body.split("/") if part),
                    tuple(part for part in fields.split(",") if part),
                    tuple((text, target) for text, target in pairs),
                )
            )
    return found


def _phone_page(note: Note) -> str:
    inputs = "".join(f'<div class="cell"><input placeholder="请输入{field}"></div>' for field in note.fields)
    links = "".join(f'<a class="btn" href="{html.escape(to)}">{text}</a>' for text, to in note.buttons)
    body = "".join(f"<p>{part}</p>" for part in note.paragraphs)
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{note.title}</title></head><body><h1>{note.heading}</h1>{body}{inputs}{links}</body></html>"
    )


def _form_page(note: Note) -> str:
    inputs = "".join(
        f'<label for="f{n}">{field}</label>'
        f'<input id="f{n}" name="f{n}" type="{"password" if "密码" in field else "text"}">'
        for n, field in enumerate(note.fields)
    )
    links = "".join(f'<li><a href="{html.escape(to)}">{text}</a></li>' for text, to in note.buttons)
    body = "<br>".join(note.paragraphs)
    form = f'<form method="post" action="/post">{inputs}<button>提交</button></form>' if inputs else ""
    return (
        f'<html><head><meta charset="utf-8"><title>{note.title}</title></head>'
        f'<body><div id="top"><b>{note.heading}</b></div>'
        f"<div>{body}</div>{form}<ul>{links}</ul></body></html>"
    )


def _table_page(note: Note) -> str:
    rows = "".join(f'<tr><td>{field}：</td><td><input size="20"></td></tr>' for field in note.fields)
    links = " | ".join(f'<a href="{html.escape(to)}"><span>{text}</span></a>' for text, to in note.buttons)
    body = "".join(f"<div class='t'>{part}</div>" for part in note.paragraphs)
    return (
        f'<HTML><HEAD><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"<TITLE>{note.title}</TITLE></HEAD>"
        f"<BODY><center><font size=6>{note.heading}</font></center>{body}<table>{rows}</table>{links}</BODY></HTML>"
    )


def _split_page(note: Note) -> str:
    inputs = "".join(f'<section><span>{field}</span><input aria-label="{field}"></section>' for field in note.fields)
    links = "".join(
        f"<button onclick=\"location.href='{html.escape(to)}'\">{text}</button>" for text, to in note.buttons
    )
    body = "".join(f"<article><span>{part}</span></article>" for part in note.paragraphs)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{note.title}</title>'
        "<style>.hide{display:none}</style></head>"
        f'<body><main><h2>{note.heading}</h2>{body}{inputs}{links}<p class="hide">© 2026</p></main></body></html>'
    )


LAYOUTS = (_phone_page, _form_page, _table_page, _split_page)


def build(note: Note, number: int) -> str:
    """The page as HTML; NUMBER picks the layout."""
    return LAYOUTS[number % len(LAYOUTS)](note)
