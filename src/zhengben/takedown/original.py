"""What rechecks compare with: the pages and files of the sealed look, as small plain values.

A target may have shown several faces at once (cloaking). Those that show the brand, ask for something or hand out a
file are the impostor at work (`texts`); a harmless one shown beside them (`faces`) is no sign that it is gone.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Self

from zhengben.core.fetched import Captured, Fetched, Seen
from zhengben.takedown.phrases import phrases
from zhengben.takedown.visible import Visible, decode, visible

TEXT = 20_000
FACES = 8
SHINGLE = 3
_FILES = (".apk", ".xapk", ".ipa", ".mobileconfig", ".hap", ".plist")
_FILE_TYPES = ("application/vnd.android", "application/x-apple-aspen", "application/octet-stream", "application/zip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The sealed look. `kind` is a kind of lead, `names` the brand's names, `addresses` where the host pointed then.

    `sha256s` are the digests of whole bodies, `texts` and `titles` of the impostor at work, `faces` of harmless pages.
    """

    kind: str
    url: str
    sha256s: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    is_file: bool = False

    @classmethod
    def of(cls, kind: str, seen: Seen, names: Iterable[str] = ()) -> Self:
        """Remember one look at a target; raise ValueError where nothing of it arrived."""
        known = tuple(dict.fromkeys(filter(None, names)))
        bodies = list(filter(_arrived, seen.fetched))
        looks = [*bodies, *_captured_pages(seen)]
        if not looks:
            raise ValueError("nothing was seen: there is no original to compare with")
        pages = [page_of(one) for one in looks if not is_file(one)]
        at_work, harmless = _sorted_faces(pages, known)
        return cls(
            kind=kind,
            url=looks[0].url,
            sha256s=_few(hashlib.sha256(one.body).hexdigest() for one in bodies if one.body),
            titles=_few(page.title for page in at_work),
            texts=_few(page.text[:TEXT] for page in at_work),
            faces=_few(page.text[:TEXT] for page in harmless),
            names=known,
            addresses=_few(one.address for one in looks),
            is_file=not pages,
        )

    def record(self) -> dict[str, object]:
        """Give it as plain JSON values."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> Self:
        """Read what `record` gave; raise TypeError for unknown or missing fields."""
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
        return cls(**values)  # type: ignore[arg-type]  # a record of ours, checked by the class itself


def original_from(
    record: Mapping[str, object], get: Callable[[str], bytes], kind: str = "url", names: Iterable[str] = ()
) -> Original:
    """Read an original from `Original.record`, or from digests by profile whose bodies `get` gives (the vault).

    The second shape is `{profile: {url, final_url, status, sha256, address}}`.
    """
    if "texts" in record:
        return Original.from_record(record)
    looks = tuple(_recalled(str(profile), told, get) for profile, told in record.items() if isinstance(told, Mapping))
    return Original.of(kind, Seen(fetched=looks), names)


def alike(one: str, other: str) -> float:
    """Give how alike two texts are, from 0 to 1: the share of common three-character pieces.

    >>> alike("微粒贷官方下载", "微粒贷官方下载"), alike("微粒贷官方下载", "今天天气很好啊")
    (1.0, 0.0)
    """
    left, right = _pieces(one), _pieces(other)
    if not left or not right:
        return 0.0
    return len(left & right) / len(left | right)


def page_of(fetched: Fetched) -> Visible:
    """Give what a download shows; nothing for a file."""
    if is_file(fetched):
        return Visible("", "")
    return visible(decode(fetched.body, fetched.header("content-type")))


def as_fetched(captured: Captured) -> Fetched:
    """Give a capture as if its page, after its scripts ran, had been downloaded."""
    return Fetched(
        url=captured.url,
        final_url=captured.final_url,
        profile=captured.profile,
        vantage=captured.vantage,
        status=captured.status,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=captured.dom.encode("utf-8", "replace"),
        failure=captured.failure,
        detail=captured.detail,
    )


def is_file(fetched: Fetched) -> bool:
    """Tell whether an answer is a file to install or keep, and no page."""
    kind = fetched.header("content-type").lower()
    return kind.startswith(_FILE_TYPES) or fetched.body[:4] == b"PK\x03\x04"


def hands_out(shown: Visible) -> bool:
    """Tell whether a page links to a file to install."""
    links = (link.lower().split("?")[0].split("#")[0] for link in shown.links)
    return any(link.endswith(_FILES) or link.startswith("itms-services:") for link in links)


def named(shown: Visible, names: Iterable[str]) -> bool:
    """Tell whether a page shows one of the names."""
    words = f"{shown.title} {shown.text}".lower()
    return any(name.lower() in words for name in names)


def wants_secrets(shown: Visible) -> bool:
    """Tell whether a page has inputs and words that want what a search box or a guest book does not."""
    words = " ".join((shown.title, shown.text, *shown.prompts))
    return bool(shown.prompts) and phrases("markers")["secrets"].search(words) is not None


def working(shown: Visible, names: Iterable[str]) -> bool:
    """Tell whether a page shows the brand, asks for secrets or hands out a file."""
    return named(shown, names) or wants_secrets(shown) or hands_out(shown)


def _captured_pages(seen: Seen) -> list[Fetched]:
    return [as_fetched(one) for one in seen.captured if not one.failure and one.dom]


def _arrived(fetched: Fetched) -> bool:
    return not fetched.failure and fetched.status is not None and fetched.status < 400


def _sorted_faces(pages: list[Visible], names: tuple[str, ...]) -> tuple[list[Visible], list[Visible]]:
    """Give the pages that do the impostor's work and those that do not; where none does, all count as its work."""
    at_work = [page for page in pages if working(page, names)] or pages
    return at_work, [page for page in pages if page not in at_work]


def _recalled(profile: str, told: Mapping[str, object], get: Callable[[str], bytes]) -> Fetched:
    status = told.get("status")
    return Fetched(
        url=str(told.get("url", "")),
        final_url=str(told.get("final_url", "")),
        profile=profile,
        status=status if isinstance(status, int) else None,
        body=get(str(told["sha256"])),
        address=str(told.get("address", "")),
    )


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))[:FACES]


def _pieces(text: str) -> set[str]:
    tight = "".join(text[:TEXT].split())
    return {tight[at : at + SHINGLE] for at in range(len(tight) - SHINGLE + 1)} or ({tight} if tight else set())
