"""`trends` and `resources` show what the pack says, all of it."""

from pathlib import Path

import pytest
from builders import a_factor, an_area, pack_data
from commands import call, tiny, write_pack, write_tiny

from collabcheck.files.packs import load_pack
from collabcheck.pack import Pack


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a tiny pack and a sheet."""
    write_tiny(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def shipped() -> Pack:
    """The pack that ships."""
    return load_pack()


def joined(text: str) -> str:
    """Return a text as one line, wherever it was wrapped."""
    return " ".join(text.split())


def test_trends_lists_every_trend_with_its_id(shipped: Pack) -> None:
    done = call("trends")
    assert (done.code, done.err) == (0, "")
    for trend in shipped.trends:
        assert trend.id in done.out
        assert trend.title in joined(done.out)


def test_a_trend_is_shown_with_all_that_it_says(shipped: Pack) -> None:
    for trend in shipped.trends:
        done = call("trends", trend.id, "--plain")
        assert (done.code, done.err) == (0, "")
        said = joined(done.out)
        for words in (
            *(point.text for point in trend.summary),
            *(implication.text for implication in trend.implications),
            *(question.text for theme in trend.themes for question in theme.questions),
            *(prompt.text for prompt in trend.discussion),
            *(related.title for related in trend.related),
            *(shipped.resource[name].title for name in trend.resources),
        ):
            assert joined(words) in said


@pytest.mark.parametrize(
    ("words", "wrong", "meant"),
    [
        (("trends", "collaborative-workin"), "collaborative-workin", "collaborative-working"),
        (("resources", "--factor", "siz"), "siz", "size"),
        (("resources", "--nation", "Scotland"), "Scotland", "scotland"),
        (("resources", "--nation", "wale"), "wale", "wales"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_one(words: tuple[str, ...], wrong: str, meant: str) -> None:
    done = call(*words)
    assert (done.code, done.out) == (2, "")
    assert f"“{wrong}”" in done.err
    assert f"Did you mean “{meant}”?" in done.err


def test_an_area_is_told_from_a_factor_and_a_pack_without_nations_says_so(folder: Path) -> None:
    mine = pack_data(factors=[a_factor("size", area="inside")], areas=[an_area("inside")])
    write_pack(folder / "mine", {**mine, "resources": []})
    area = call("resources", "--factor", "inside", "--pack", "mine")
    assert (area.code, "“inside” is an area, and no factor. Use one of its factors: size." in area.err) == (2, True)
    assert "Use one of: size." in call("resources", "--factor", "zzz", "--pack", "mine").err
    nation = call("resources", "--nation", "wales", "--pack", "mine")
    assert (nation.code, "the pack does not ask where people work" in nation.err) == (2, True)


def test_resources_lists_all_with_address_and_age(shipped: Pack) -> None:
    done = call("resources", COLUMNS="60")
    assert (done.code, done.err) == (0, "")
    for resource in shipped.resources:
        assert joined(resource.title) in joined(done.out)
        assert resource.link is None or resource.link in done.out  # whole, so that it can be copied
        assert joined(resource.date) in joined(done.out)


def shown(shipped: Pack, *words: str) -> set[str]:
    out = set(call("resources", *words, "--plain").out.splitlines())
    return {known.id for known in shipped.resources if out & {known.title, f"{known.title} – {known.link}"}}


def test_resources_can_be_limited_to_a_factor(shipped: Pack) -> None:
    for factor in shipped.factor:
        wanted = {known.id for known in shipped.resources if factor in known.factors}
        assert shown(shipped, "--factor", factor) >= wanted
    assert len(shown(shipped, "--factor", "size")) < len(shipped.resources)


def test_resources_for_a_nation_are_its_own_and_those_for_all(shipped: Pack) -> None:
    for nation in ("england", "wales", "scotland", "northern-ireland"):
        wanted = {known.id for known in shipped.resources if not known.nations or nation in known.nations}
        assert shown(shipped, "--nation", nation) == wanted


def test_both_limits_hold_together(shipped: Pack) -> None:
    both = shown(shipped, "--factor", "size", "--nation", "wales")
    assert both == shown(shipped, "--factor", "size") & shown(shipped, "--nation", "wales")


@pytest.mark.parametrize("command", [("trends",), ("trends", "collaborative-working"), ("resources",)])
def test_pages_are_written_by_suffix_and_never_over_a_file(folder: Path, command: tuple[str, ...]) -> None:
    done = call(*command, "-o", "page.md")
    assert (done.code, done.out, done.err) == (0, "", "Saved to page.md\n")
    page = (folder / "page.md").read_text(encoding="utf-8")
    assert page.startswith("# ")
    assert page == call(*command, "--format", "markdown").out
    again = call(*command, "-o", "page.md")
    assert again.code == 1
    assert "[file-exists]" in again.err
    assert call(*command, "-o", "page.md", "--force").code == 0
    assert call(*command, "-o", "page.txt").code == 0
    assert (folder / "page.txt").read_text(encoding="utf-8") == call(*command).out


@pytest.mark.parametrize("words", [("-o", "page.json"), ("-o", "page.pdf"), ("--format", "json")])
def test_a_page_has_no_format_for_programs(folder: Path, words: tuple[str, str]) -> None:
    done = call("trends", *words)
    assert (done.code, done.out) == (2, "")
    assert words[1] in done.err
    assert not (folder / words[1]).exists()


@pytest.mark.parametrize("command", [("trends",), ("trends", "collaborative-working"), ("resources",)])
def test_pages_keep_to_the_width_but_for_addresses(command: tuple[str, ...]) -> None:
    for columns in (60, 80, 120):
        lines = call(*command, COLUMNS=str(columns)).out.splitlines()
        assert max(len(line) for line in lines if "://" not in line) <= columns


def test_another_pack_is_read_where_it_is_named() -> None:
    assert "A trend" in tiny("trends").out
    assert tiny("trends", "trend").code == 0
    assert tiny("trends", "collaborative-working").code == 2


def test_a_folder_without_a_pack_is_told() -> None:
    done = call("trends", "--pack", ".")
    assert (done.code, done.out) == (1, "")
    assert "[no-pack]" in done.err


def test_who_names_the_file_of_a_pack_is_told_to_name_its_folder(folder: Path) -> None:
    (folder / "trends.yaml").write_text("pack: mine\n", encoding="utf-8")
    done = call("pack", "check", str(folder / "trends.yaml"))
    assert "this is a file, and a pack is a folder [no-pack]" in done.out
    assert "Name the folder that it is in." in done.out


def test_a_pack_with_problems_tells_them_all(folder: Path) -> None:
    trends = folder / "pack" / "trends.yaml"
    text = trends.read_text("utf-8").replace('"minutes": 1', '"minutes": 0').replace('"version": "1"', '"version": 1')
    trends.write_text(text, "utf-8")
    done = tiny("trends")
    assert (done.code, done.out) == (1, "")
    assert done.err.count("trends.yaml:") == 2


@pytest.mark.parametrize("words", ["form", "trends --format markdown", "resources --format markdown"])
def test_the_pack_in_use_is_not_written_over(folder: Path, words: str) -> None:
    pack = folder / "pack" / "trends.yaml"
    before = pack.read_bytes()
    done = call(*words.split(), "--pack", "pack", "-o", "pack/trends.yaml", "--force")
    assert (done.code, pack.read_bytes()) == (2, before)
    assert "is one of the files that are read" in done.err


def test_a_trend_says_where_it_comes_from_without_a_claim_that_it_was_described_there(shipped: Pack) -> None:
    for trend in shipped.trends:
        assert f"Where it comes from: {trend.based_on}." in joined(call("trends", trend.id).out)
