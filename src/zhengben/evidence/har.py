"""A capture's network log as a HAR 1.2 file, the form every browser's tools open.

Format: http://www.softwareishard.com/blog/har-12-spec/. Bodies are not in it: those of the page are the archive and the
document beside it. What HAR has no field for stands in fields that begin with an underscore, as the format allows. The
same capture gives the same bytes.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from zhengben.core.fetched import Captured, Request

CREATOR = {"name": "zhengben", "version": "1"}
_PAGE = "page_1"


def har(captured: Captured) -> bytes:
    """Give the log of one capture; a capture without requests gives a log without entries."""
    log = {
        "version": "1.2",
        "creator": CREATOR,
        "browser": {"name": "Chromium", "version": ""},
        "pages": [_page(captured)],
        "entries": [_entry(line) for line in captured.network],
        "comment": f"{captured.profile} · {captured.vantage}",
    }
    return json.dumps({"log": log}, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _page(captured: Captured) -> Mapping[str, object]:
    began = captured.network[0].started if captured.network else 0.0
    return {
        "startedDateTime": captured.began or _moment(began),
        "id": _PAGE,
        "title": captured.title or captured.url,
        "pageTimings": {"onContentLoad": -1, "onLoad": -1},
        "_failure": captured.failure,
        "_detail": captured.detail,
        "_notes": list(captured.notes),
    }


def _entry(line: Request) -> Mapping[str, object]:
    took = round(line.seconds * 1000, 1)
    return {
        "pageref": _PAGE,
        "startedDateTime": _moment(line.started),
        "time": took,
        "request": _request(line),
        "response": _response(line),
        "cache": {},
        # one figure is known, the whole; the format wants three that add up to it
        "timings": {"send": 0, "wait": took, "receive": 0},
        "serverIPAddress": line.address,
        "_resourceType": line.kind,
        "_failure": line.failure,
    }


def _request(line: Request) -> Mapping[str, object]:
    return {
        "method": line.method,
        "url": line.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(line.asked),
        "queryString": _pairs(_query(line.url)),
        "headersSize": -1,
        "bodySize": -1 if line.method == "POST" else 0,
    }


def _response(line: Request) -> Mapping[str, object]:
    status = line.status or 0
    told = {name.lower(): value for name, value in line.answered}
    return {
        "status": status,
        "statusText": _words(status),
        "httpVersion": "HTTP/1.1" if status else "",
        "cookies": [],
        "headers": _pairs(line.answered),
        "content": {"size": line.size, "mimeType": told.get("content-type", "")},
        "redirectURL": told.get("location", "") if 300 <= status < 400 else "",
        "headersSize": -1,
        "bodySize": line.size,
    }


def _words(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # none, or one a server made up
        return ""


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return []


def _pairs(rows: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in rows]


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
