"""Pages and files made to hurt whoever examines them. They bear nobody's name: none is accused, none may stop us."""

from collections.abc import Callable

from zhengben.range.ground import Plot
from zhengben.range.thing import Place, Thing

MEGABYTE = 1 << 20


def _reported(plot: Plot, *places: Place, kind: str = "url") -> Thing:
    return Thing(
        id=plot.id, sort=plot.sort, kind=kind, impostor=False, feed="report", appears=plot.appears,
        locator=places[0].url, places=places,
    )  # fmt: skip


def _inside(plot: Plot) -> Thing:
    """Send the visitor to addresses inside his own network."""
    target = plot.chance.choice(
        ("http://127.0.0.1:8000/admin", "http://169.254.169.254/latest/meta-data/", "http://[::1]/")
    )
    return _reported(plot, Place(host=plot.host("junk"), path="/go", body=b"", moved=target))


def _circle(plot: Plot) -> Thing:
    """Send the visitor round for ever."""
    host = plot.host("junk")
    return _reported(
        plot,
        Place(host=host, path="/a", body=b"", moved=f"http://{host}/b"),
        Place(host=host, path="/b", body=b"", moved=f"http://{host}/a"),
    )


def _big(plot: Plot) -> Thing:
    """Give more than a page may have."""
    line = b"<p>0123456789</p>"
    return _reported(plot, Place(host=plot.host("junk"), path="/big", body=line, times=MEGABYTE * 9 // len(line)))


def _deep(plot: Plot) -> Thing:
    """Give elements in elements in elements."""
    return _reported(plot, Place(host=plot.host("junk"), path="/deep", body=b"<div>" * 60_000))


def _no_zip(plot: Plot) -> Thing:
    """Give a package that is none."""
    body = b"PK\x03\x04" + bytes(plot.chance.randrange(256) for _ in range(900))
    place = Place(host=plot.host("junk"), path="/x.apk", body=body, content="application/vnd.android.package-archive")
    return _reported(plot, place)


def _no_text(plot: Plot) -> Thing:
    """Give bytes that call themselves a page."""
    body = bytes(plot.chance.randrange(256) for _ in range(4000))
    return _reported(plot, Place(host=plot.host("junk"), path="/", body=body, content="text/html; charset=gb2312"))


HOSTILE: dict[str, Callable[[Plot], Thing]] = {
    "hostile_inside": _inside,
    "hostile_circle": _circle,
    "hostile_big": _big,
    "hostile_deep": _deep,
    "hostile_no_zip": _no_zip,
    "hostile_no_text": _no_text,
}
