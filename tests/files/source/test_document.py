"""Documents: where each part of the data stands in its file."""

from sources import SHEET, both, key_place, place

from collabcheck.files.source.document import Document
from collabcheck.files.source.reader import read_text
from collabcheck.problems import Place


@both
def test_every_value_has_its_place(loader: type) -> None:
    document = read_text("s.yaml", SHEET.encode(), "yaml", loader)
    assert str(place(document, ("organisation",))) == "s.yaml:4:15"
    assert place(document, ("answers", "contracts", "choice", 1)) == Place("s.yaml", 10, 19)
    assert place(document, ("discussion", "links", 1)) == Place("s.yaml", 18, 7)
    assert key_place(document, ("answers", "merger")) == Place("s.yaml", 14, 3)
    assert key_place(document, ("discussion", "links", 1)) == place(document, ("discussion", "links", 1))
    assert place(document, ()) == Place("s.yaml", 2, 1)


def test_columns_count_characters() -> None:
    assert place(read_text("f", "{ŵ😀: [😀, b]}".encode(), "yaml"), ("ŵ😀", 1)) == Place("f", 1, 10)
    assert place(read_text("f", '{"ŵ😀": ["😀", "b"]}'.encode(), "json"), ("ŵ😀", 1)) == Place("f", 1, 14)


def test_a_place_that_is_not_there_is_the_nearest_around_it() -> None:
    document = read_text("f", b"a:\n  question: x\n  is: [z]\n", "yaml")
    assert place(document, ("a", "missing", "deeper")) == place(document, ("a",))
    assert place(document, ("a", "tag-of-a-union", "is", 0)) == Place("f", 3, 8)
    assert place(document, ("a", "question", "is", 0)) == Place("f", 3, 8), "a tag may be called like a key"
    assert place(document, ("nothing",)) == place(document, ())
    assert place(Document("table.csv", {}), ("a",)) == Place("table.csv")


def test_json_and_yaml_have_the_same_places() -> None:
    text = '{"a": [1, {"b": "x", "c": null}],\n "d": {"e": []}}'
    assert read_text("f", text.encode(), "json") == read_text("f", text.encode(), "yaml")
