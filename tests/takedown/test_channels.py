"""Whom we ask: the registry is sound, choices fit the target, and nobody is tipped off."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from zhengben.core.brand import Brand, Channel
from zhengben.core.lead import KINDS
from zhengben.locale.words import LANGUAGES, say
from zhengben.takedown import channels
from zhengben.takedown.channels import METHODS, STATUS, Book, PlaybookError, read_contacts, read_receiver, receivers
from zhengben.takedown.letter import ADDRESSEES, Addressee, CaseView

CONTACTS = """
[[contact]]
host = "cloud.example"
kind = "host"
name = "某云"
mailbox = "abuse@cloudco.example"
source = "checked by telephone"
verified_on = 2026-11-20

[[contact]]
network = "203.0.113.0/24"
kind = "cdn"
name = "Some CDN"
mailbox = "Abuse@cdn.example"
language = "en"

[[contact]]
host = "example"
kind = "registrar"
name = "Registrar"
mailbox = "abuse@registrar.example"
"""

SOUND = resources.files("zhengben.takedown").joinpath("playbooks", "weibo.toml").read_text("utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    path = tmp_path / "contacts.toml"
    path.write_text(CONTACTS, "utf-8")
    return Book(path)


def test_the_registry_is_large_sourced_and_honest() -> None:
    found = receivers()
    assert len(found) >= 30
    assert len({one.id for one in found}) == len(found)
    assert all(one.source and (one.verified_on or one.read_on) for one in found)
    assert all(one.status == "unverified" for one in found), "a verified receiver needs a person's name in the review"
    assert {kind for one in found for kind in one.takes} >= {
        "domain",
        "url",
        "app_listing",
        "app_file",
        "account",
        "listing",
    }


def test_every_code_of_the_registry_has_words() -> None:
    codes = {f"receiver.field.{code}" for one in receivers() for code in (*one.fields, *one.documents)}
    codes |= {f"receiver.kind.{kind}" for kind in ADDRESSEES}
    codes |= {f"receiver.method.{method}" for method in METHODS} | {f"receiver.status.{status}" for status in STATUS}
    for language in LANGUAGES:
        assert all(say(code, language) for code in codes)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('kind = "platform"', 'kind = "friend"', "kind: use one of"),
        ('method = "form"', 'method = "pigeon"', "method: use one of"),
        ('status = "unverified"', 'status = "verified"', "verified_on belongs"),
        ('status = "unverified"', 'status = "maybe"', "status: use one of"),
        ('id = "weibo"', 'id = "other"', "named after its id"),
        ('takes = ["account", "post"]', 'takes = ["account", "dream"]', "takes: use kinds of lead"),
        ('takes = ["account", "post"]', "takes = []", "'takes' is missing"),
        ('en = "Weibo"', "", "name: give zh and en"),
        ("source =", "origin =", "unknown key 'origin'"),
        ("read_on = 2026-11-22", "", "say where and when"),
        ('id = "weibo"', 'id = "weibo"\nurl = "https://weibo.com/x"', "without its scheme"),
        ('id = "weibo"', 'id = "weibo"\nmailbox = "a b@c"', "one plain mailbox"),
        ('id = "weibo"', 'id = "weibo', "not TOML"),
    ],
)
def test_an_unsound_playbook_is_named(old: str, new: str, problem: str) -> None:
    assert old in SOUND
    with pytest.raises(PlaybookError, match=rf"weibo\.toml: .*{problem}"):
        read_receiver(SOUND.replace(old, new), "weibo.toml")


def test_a_page_is_asked_for_at_its_host_first(book: Book, view: CaseView, brand: Brand) -> None:
    page = replace(view, host="shop.cloud.example", address="203.0.113.9")
    asks = book.asks(page, brand)
    assert [ask.addressee.kind for ask in asks] == ["host", "cdn", "registrar"]
    assert [ask.channel for ask in asks] == ["email.host", "email.cdn", "email.registrar"]
    assert asks[1].addressee.language == "en"
    domain = replace(page, kind="domain", target="shop.cloud.example")
    assert [ask.addressee.kind for ask in book.asks(domain, brand)] == ["registrar", "host", "cdn"]


def test_nobody_is_asked_without_a_checked_mailbox(view: CaseView, brand: Brand) -> None:
    for kind in KINDS:
        assert Book().asks(replace(view, kind=kind, host="wei1idai.cn"), brand) == ()


def test_a_verified_store_is_written_to_and_an_unverified_one_is_shown(
    view: CaseView, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = replace(
        view, kind="app_listing", host="h5.appstore.vivo.com.cn", target="https://h5.appstore.vivo.com.cn/1"
    )
    assert Book().people(listing)[0].id == "vivo"
    checked = SOUND.replace(
        'id = "weibo"', 'id = "vivo"\nmailbox = "ip@vivo.example"\nverified_on = 2026-11-22'
    ).replace('status = "unverified"', 'status = "verified"')
    checked = checked.replace('["account", "post"]', '["app_listing"]').replace('"weibo.com"', '"vivo.com.cn"')
    checked = checked.replace('kind = "platform"', 'kind = "store"') + "\n[sla]\nack_hours = 72\n"
    vivo = read_receiver(checked, "vivo.toml")
    monkeypatch.setattr(channels, "receivers", lambda: (vivo,))
    (ask,) = Book().asks(listing, brand)
    assert (ask.channel, ask.addressee.mailbox, ask.silence_h) == ("vivo", "ip@vivo.example", 72)
    assert Book().people(listing) == ()
    assert Book().asks(replace(listing, host="other.example"), brand) == ()


@pytest.mark.parametrize(
    "mailbox", ["abuse@wei1idai-app.example", "x@mail.wei1idai-app.example", "kf@webank.com", "not a mailbox"]
)
def test_the_impostor_and_the_brand_are_never_written_to(mailbox: str, view: CaseView, brand: Brand) -> None:
    def lookup(_host: str, _address: str) -> Sequence[Addressee]:
        return [Addressee(kind="host", name="x", mailbox=mailbox)]

    assert Book(lookup=lookup).asks(view, brand) == ()


def test_a_platform_may_be_written_to_under_its_own_host(view: CaseView, brand: Brand) -> None:
    def lookup(_host: str, _address: str) -> Sequence[Addressee]:
        return [Addressee(kind="platform", name="x", mailbox="ip@market.example")]

    listing = replace(view, kind="listing", host="market.example")
    assert [ask.addressee.mailbox for ask in Book(lookup=lookup).asks(listing, brand)] == ["ip@market.example"]


def test_one_mailbox_is_asked_once(view: CaseView, brand: Brand, tmp_path: Path) -> None:
    path = tmp_path / "contacts.toml"
    path.write_text(CONTACTS.replace("abuse@registrar.example", "ABUSE@cloudco.example"), "utf-8")
    asks = Book(path).asks(replace(view, host="shop.cloud.example", address=""), brand)
    assert [(ask.addressee.kind, ask.addressee.mailbox) for ask in asks] == [("host", "abuse@cloudco.example")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[[contact]]\nkind = "host"\nname = "x"\nmailbox = "a@b.example"', "contact 1: give either host or network"),
        ('[[contact]]\nhost = "a"\nkind = "x"\nname = "x"\nmailbox = "a@b.example"', "contact 1: kind is 'x'"),
        (
            '[[contact]]\nhost = "a"\nkind = "host"\nname = "x"\nmailbox = "a"',
            "contact 1: 'a' is not one plain mailbox",
        ),
        ('[[contact]]\nhost = "a"\nkind = "host"\nname = "x"', "contact 1: 'mailbox' is missing"),
        (
            '[[contact]]\nnetwork = "203.0.113.9/8"\nkind = "host"\nname = "x"\nmailbox = "a@b.example"',
            "contact 1: network",
        ),
        ('[[contacts]]\nhost = "a"', "unknown key 'contacts'"),
        ("hello", "not TOML"),
    ],
)
def test_contacts_that_cannot_be_used_are_named(text: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "contacts.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PlaybookError, match=rf"contacts\.toml.*{problem}"):
        read_contacts(path)


def test_strange_addresses_do_not_stumble(book: Book, view: CaseView, brand: Brand) -> None:
    for address in ("", "nonsense", "2001:db8::1", "999.1.1.1"):
        assert book.asks(replace(view, address=address, host=""), brand) == ()


def test_people_see_forms_that_fit(book: Book, view: CaseView) -> None:
    page = {one.id for one in book.people(view)}
    assert {"google-safe-browsing", "12321"} <= page
    assert "weibo" not in page
    account = replace(view, kind="account", host="weibo.com", target="https://weibo.com/u/1")
    assert book.people(account)[0].id == "weibo"


def domains(brand: Brand, *values: str) -> Brand:
    """Give the brand with these domains as its own."""
    return replace(brand, channels=tuple(Channel(kind="domain", exists="yes", value=value) for value in values))


@pytest.mark.parametrize(
    ("own", "mailbox"),
    [
        ("webank.com", "legal@webank.com"),
        ("webank.com", "Legal@Mail.WeBank.COM"),
        ("www.webank.com", "legal@webank.com"),
        ("WeBank.com.cn", "abuse@it.webank.com.cn"),
        ("微粒贷.中国", "a@xn--g5t065dinl.xn--fiqs8s"),
    ],
)
def test_the_brand_itself_is_never_written_to_however_its_domain_is_written(
    own: str, mailbox: str, view: CaseView, brand: Brand
) -> None:
    book = Book(lookup=lambda _host, _address: [Addressee(kind="host", name="x", mailbox=mailbox)])
    page = replace(view, kind="url", host="evil.cn")
    assert book.asks(page, domains(brand, own)) == ()
    assert len(book.asks(page, domains(brand, "other.com"))) == 1


@pytest.mark.parametrize(
    ("host", "mailbox", "asked"),
    [
        ("pay.evil.cn", "abuse@evil.cn", 0),
        ("evil.cn", "abuse@mail.evil.cn", 0),
        ("pay.evil.cn", "abuse@mail.evil.cn", 0),  # a brother of the page is its maker as well
        ("微粒贷官网.cn", "a@xn--kbtx8g7z6anoci2y.cn", 0),  # the same name in the letters of mail
        ("weilidai.github.io", "abuse@github.io", 1),  # the platform lends names; its mailbox is its own
        ("evil.cn", "abuse@notevil.cn", 1),
    ],
)
def test_the_impostor_is_not_tipped_off(host: str, mailbox: str, asked: int, view: CaseView, brand: Brand) -> None:
    book = Book(lookup=lambda _host, _address: [Addressee(kind="host", name="x", mailbox=mailbox)])
    assert len(book.asks(replace(view, kind="url", host=host), brand)) == asked
