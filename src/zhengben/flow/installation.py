"""What one installation is told about the world around it: `zhengben.toml` in its home. Everything has a default.

[mail]                                  # without it no notice leaves the house
host = "smtp.bank.example"
port = 587
security = "starttls"                   # starttls | tls | auto | none
user = "brand-protection"
password_file = "smtp-password"         # beside this file, mode 600
reply_domain = "replies.bank.example"   # its MX leads to the inbox below
inbox = "127.0.0.1:2525"                # where replies arrive; empty: none

[complainant]
company = "某某银行股份有限公司"
mailbox = "brand-protection@bank.example"
phone = ""
address = ""

[[vantages]]                            # "down" needs two; the first is this machine
name = "overseas"
proxy = "10.0.0.9:3128"                 # an HTTP proxy of yours that can CONNECT

[browser]
use = true
profiles = "desktop mobile wechat"      # who takes the portrait of an accused page
referrer = ""                           # where they say they come from, such as a search engine's address
region = ""                             # where they say they are: CN, CN-44, HK, ... (collect/profiles.py)
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

FILE = "zhengben.toml"


class InstallationError(ValueError):
    """A settings file that cannot be used; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How letters leave and replies come back. An empty host: nothing leaves."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password_file: str = ""
    reply_domain: str = "replies.invalid"
    inbox: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complainant:
    """Who signs the letters: a company and a role mailbox."""

    company: str = ""
    mailbox: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vantage:
    """One more place to look from: an HTTP proxy of one's own, as `host:port`."""

    name: str
    proxy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Who stamps the time on sealed packages, if anybody does."""

    tsa: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """Whether pages are captured in a browser where one is installed, and as whom (names with blanks between)."""

    use: bool = True
    profiles: str = "desktop mobile wechat"
    referrer: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Everything `zhengben.toml` may say."""

    mail: Mail = field(default_factory=Mail)
    complainant: Complainant = field(default_factory=Complainant)
    evidence: Evidence = field(default_factory=Evidence)
    vantages: tuple[Vantage, ...] = ()
    browser: Browser = field(default_factory=Browser)


_SECTIONS = ("mail", "complainant", "evidence", "browser")
_Kind = TypeVar("_Kind")


def read_installation(home: Path) -> Installation:
    """Read the settings of a home; defaults where there is no file. Raises InstallationError for anything unknown."""
    path = home / FILE
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Installation()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InstallationError(f"{path}: not TOML ({error}); mend that line") from None
    unknown = sorted(set(data) - {*_SECTIONS, "vantages"})
    if unknown:
        raise InstallationError(f"{path}: unknown section {unknown[0]!r}; use {', '.join((*_SECTIONS, 'vantages'))}")
    rows = data.get("vantages", [])
    if not isinstance(rows, list):
        raise InstallationError(f"{path}: 'vantages' is not a list; write [[vantages]] with two brackets")
    return Installation(
        mail=_section(path, "mail", Mail, data.get("mail", {})),
        complainant=_section(path, "complainant", Complainant, data.get("complainant", {})),
        evidence=_section(path, "evidence", Evidence, data.get("evidence", {})),
        vantages=tuple(_section(path, "vantages", Vantage, row) for row in rows),
        browser=_section(path, "browser", Browser, data.get("browser", {})),
    )


def _section(path: Path, name: str, kind: type[_Kind], values: object) -> _Kind:
    known = kind.__dataclass_fields__  # type: ignore[attr-defined]  # every kind here is a dataclass
    if not isinstance(values, dict):
        raise InstallationError(f"{path}: {name!r} is not a section; write [{name}] on a line of its own")
    for key, value in values.items():
        if key not in known:
            raise InstallationError(f"{path}: unknown key {key!r} in [{name}]; use {', '.join(known)}")
        if type(value) is not known[key].type:
            raise InstallationError(f"{path}: {key!r} in [{name}] should be a {known[key].type.__name__}")
    try:
        return kind(**values)
    except TypeError as error:
        raise InstallationError(f"{path}: [{name}] is incomplete: {error}") from None
