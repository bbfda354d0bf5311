import pytest

from tools.strings import shorten, slugify, title_case


@pytest.mark.parametrize(
    "text, expected",
    [("Hello, World!", "hello-world"), ("  spaces  ", "spaces"), ("Crème brûlée", "creme-brulee"), ("", "")],
)
def test_slugify(text, expected):
    assert slugify(text) == expected


@pytest.mark.parametrize("width", [5, 10, 80])
def test_shorten_never_exceeds(width):
    assert len(shorten("a fairly long sentence " * width, width)) <= width


def test_title_case_keeps_small_words():
    assert title_case("the lord of the rings") == "The Lord of the Rings"


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "sample.txt"
    path.write_text("one\ntwo\n")
    return path


def test_reads_lines(sample):
    assert sample.read_text().splitlines() == ["one", "two"]
