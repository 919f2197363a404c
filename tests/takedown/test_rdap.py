"""Abuse contacts from RDAP: who answers for a domain and an address, whatever a registry sends."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.brand import Brand
from zhengben.takedown.channels import Book
from zhengben.takedown.letter import CaseView
from zhengben.takedown.rdap import BYTES, Rdap, abuse_contact, dns_service, ip_service

DNS = [
    [["example", "net"], ["http://plain.test/", "https://rdap.registry.test/"]],
    [["co.example"], ["https://rdap.co.test"]],
]
IPS = [[["203.0.0.0/8"], ["https://rdap.apnic.test/"]], [["203.0.113.0/24"], ["https://rdap.narrow.test/"]]]
SERVICES: Mapping[str, Mapping[str, object]] = {
    "dns": {"services": DNS},
    "ip": {"services": [*IPS, [["2001:db8::/32"], ["https://v6.test/"]]]},
}
LISTED = b'{"entities":[{"roles":["abuse"],"vcardArray":["vcard",[["email",{},"text",["a@b"]]]]}]}'


def card(name: str, mailbox: str) -> list[object]:
    return ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", name], ["email", {}, "text", mailbox]]]


def domain(mailbox: str = "abuse@registrar.test", name: str = "某某网络科技有限公司") -> bytes:
    """Write an answer in the shape of RFC 9083: the abuse contact is an entity of the registrar."""
    abuse = {"roles": ["abuse"], "vcardArray": card("Abuse Desk", mailbox)}
    registrar = {"roles": ["registrar"], "vcardArray": card(name, "info@registrar.test"), "entities": [abuse]}
    owner = {"roles": ["registrant"], "vcardArray": card("REDACTED", "private@impostor.test")}
    return json.dumps({"objectClassName": "domain", "entities": [owner, registrar]}).encode()


def network() -> bytes:
    return json.dumps(
        {"entities": [{"roles": ["administrative", "abuse"], "vcardArray": card("Cloud NOC", "abuse@cloudco.test")}]}
    ).encode()


def test_a_registrars_abuse_desk_is_found_below_the_registrar() -> None:
    found = abuse_contact(domain(), "registrar", "RDAP")
    assert found is not None
    assert (found.mailbox, found.name, found.language, found.kind) == (
        "abuse@registrar.test",
        "某某网络科技有限公司",
        "zh",
        "registrar",
    )


def test_the_registrant_is_never_written_to() -> None:
    only_owner = {"entities": [{"roles": ["registrant"], "vcardArray": card("x", "private@impostor.test")}]}
    assert abuse_contact(json.dumps(only_owner).encode(), "registrar", "RDAP") is None


def test_services_are_chosen_by_the_closest_entry_and_only_over_https() -> None:
    assert dns_service(SERVICES["dns"], "wei1idai.example") == "https://rdap.registry.test/"
    assert dns_service(SERVICES["dns"], "wei1idai.co.example") == "https://rdap.co.test"
    assert dns_service(SERVICES["dns"], "wei1idai.org") == ""
    assert ip_service(SERVICES["ip"], "203.0.113.9") == "https://rdap.narrow.test/"
    assert ip_service(SERVICES["ip"], "203.9.9.9") == "https://rdap.apnic.test/"
    assert ip_service(SERVICES["ip"], "2001:db8::1") == "https://v6.test/"
    assert ip_service(SERVICES["ip"], "nonsense") == ""


def test_the_book_writes_to_whom_rdap_names(view: CaseView, brand: Brand) -> None:
    asked: list[str] = []

    def get(url: str) -> bytes:
        asked.append(url)
        return domain() if "/domain/" in url else network()

    lookup = Rdap(get, SERVICES, lambda host: ".".join(host.split(".")[-2:]))
    asks = Book(lookup=lookup).asks(view, brand)
    assert [(ask.addressee.kind, ask.addressee.mailbox) for ask in asks] == [
        ("host", "abuse@cloudco.test"),
        ("registrar", "abuse@registrar.test"),
    ]
    assert asked == [
        "https://rdap.registry.test/domain/wei1idai-app.example",
        "https://rdap.narrow.test/ip/203.0.113.9",
    ]


def test_a_registry_that_is_away_costs_one_addressee() -> None:
    def get(url: str) -> bytes:
        if "/domain/" in url:
            raise OSError("no answer")
        return network()

    found = Rdap(get, SERVICES, lambda host: host)("a.example", "203.0.113.9")
    assert [one.kind for one in found] == ["host"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b'{"entities":7}', b'{"entities":[7,{"roles":["abuse"]}]}', b"[" * 100_000,
        bytes(BYTES + 1), domain("not a mailbox"), domain("a@b\r\nBcc: x@y"), LISTED,
    ],
)  # fmt: skip
def test_junk_names_nobody(body: bytes) -> None:
    assert abuse_contact(body, "registrar", "RDAP") is None


KEYS = st.sampled_from(["entities", "roles", "vcardArray", "x"])
JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.just("abuse"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner),
)


@given(JSON)
def test_no_shape_makes_it_stumble(value: object) -> None:
    abuse_contact(json.dumps(value).encode(), "host", "RDAP")
    dns_service(value if isinstance(value, dict) else {"services": value}, "a.example")
    ip_service({"services": value}, "203.0.113.9")


def test_a_bottomless_answer_is_read_to_a_depth() -> None:
    table: dict[str, object] = {"roles": ["abuse"], "vcardArray": card("x", "abuse@deep.test")}
    for _ in range(20):
        table = {"entities": [table]}
    assert abuse_contact(json.dumps(table).encode(), "host", "RDAP") is None


def test_a_hostile_name_stays_in_its_line() -> None:
    found = abuse_contact(domain(name="x\r\nBcc: y\u202e" + "z" * 500), "registrar", "RDAP")
    assert found is not None
    assert "\n" not in found.name
    assert len(found.name) <= 80
