"""What came back knows whether it is whole."""

from zhengben.core.fetched import Captured, Fetched


def test_headers_are_found_whatever_their_case() -> None:
    answer = Fetched(url="u", final_url="u", profile="desktop", headers=(("Content-Type", "text/html"),))
    assert answer.header("content-type") == "text/html"
    assert answer.header("x-none") == ""


def test_a_failure_is_never_complete() -> None:
    assert Fetched(url="u", final_url="u", profile="desktop").complete
    assert not Fetched(url="u", final_url="u", profile="desktop", failure="timeout").complete
    assert not Captured(url="u", final_url="u", profile="desktop", failure="capture_unavailable").complete
