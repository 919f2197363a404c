"""A pack for a person: what a web form or a counter wants to know, ready to be copied, and what is still missing.

Most Chinese channels are forms filled in by people. Nothing here sends anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zhengben.core.brand import Brand
from zhengben.locale.words import say
from zhengben.takedown.channels import Receiver
from zhengben.takedown.letter import CaseView, Complainant, Letter
from zhengben.takedown.redact import exact, one_line, redact


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a form: its code, its words, and what to write there; empty where a person must find it."""

    code: str
    words: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything for one receiver: rows to copy, documents to attach, and codes of what is missing."""

    receiver: Receiver
    rows: tuple[Row, ...]
    documents: tuple[Row, ...]
    missing: tuple[str, ...]


def pack(receiver: Receiver, view: CaseView, brand: Brand, complainant: Complainant, letter: Letter) -> Pack:
    """Give the pack for one receiver in the letter's language; `letter` supplies the facts as they were approved."""
    values = _values(view, brand, complainant, letter)
    language = letter.language
    rows = tuple(Row(code, say(f"receiver.field.{code}", language), values.get(code, "")) for code in receiver.fields)
    have = _documents(view)
    documents = tuple(
        Row(code, say(f"receiver.field.{code}", language), have.get(code, "")) for code in receiver.documents
    )
    missing = tuple(row.code for row in (*rows, *documents) if not row.value)
    return Pack(receiver=receiver, rows=rows, documents=documents, missing=missing)


def _values(view: CaseView, brand: Brand, complainant: Complainant, letter: Letter) -> Mapping[str, str]:
    right = view.rights[0] if view.rights else None
    return {
        "right_holder": brand.owner,
        "contact_name": complainant.department or complainant.company,
        "phone": complainant.phone,
        "address": complainant.address,
        "email": complainant.mailbox,
        "target_url": exact(view.target),
        "target_name": one_line(redact(view.title)) or one_line(view.host),
        "package": one_line(view.package),
        "infringement_facts": letter.body,
        "truth_guarantee": say("letter.truth", letter.language),
        "indemnity": say("letter.truth", letter.language),
        "trademark_number": right.number if right else "",
        "trademark_office": right.jurisdiction if right else "",
        "bad_faith_facts": letter.body,
    }


def _documents(view: CaseView) -> Mapping[str, str]:
    certificates = ", ".join(right.document for right in view.rights if right.document)
    return {
        "ownership_certificate": certificates,
        "screenshot": "screenshot.png" if view.screenshot else "",
        "evidence_package": f"{view.evidence}.zip",
    }
