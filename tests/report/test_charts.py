"""Charts of many organisations, before a page or a terminal draws them: what stands where, and what is kept back."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.report import charts
from collabcheck.report.blocks import TOO_FEW, Heat, HeatRow, Mark, Middle, Point, Stretch, Strip, Strips, Table
from collabcheck.report.compared import parts, pieces

LOW, HIGH = Mark("At risk", 0, 1), Mark("Ready", 1, 1)
SCALE = (Stretch(Fraction(0), LOW), Stretch(Fraction(40), HIGH))

counts = st.lists(st.none() | st.integers(0, 10_000), min_size=10, max_size=10).map(tuple)
places = st.fractions(0, 100)


def a_strip(*counts: int | None, at: tuple[int, int, int] = (20, 30, 50), here: int | None = None) -> Strip:
    low, median, high = map(Fraction, at)
    middle = Middle(low, Point(median, str(median)), high, f"{low} to {high}, median {median}")
    return Strip("Size", counts, "35", middle, (), None if here is None else Point(Fraction(here), str(here)))


def strips(*rows: Strip) -> Strips:
    return Strips("The spread", ("Factor", "In each tenth", "Mean", "Middle half", "Bands"), SCALE, rows, ())


def heat(groups: int) -> Heat:
    return Heat("The groups", "Factor", tuple(f"Group {i}" for i in range(groups)), (HeatRow("Size", ()),), ())


# Strips.


def test_a_cell_is_filled_by_its_share_of_the_largest_and_one_organisation_can_be_seen() -> None:
    (row,) = charts.strips(strips(a_strip(0, 1, 500, 1000, 0, 0, 0, 0, 0, 0))).rows
    assert [cell.height for cell in row.cells[:4]] == [0, charts.LEAST, charts.TALL // 2, charts.TALL]
    assert {cell.y + cell.height for cell in row.cells} == {row.y + charts.TALL}
    assert [cell.x for cell in row.cells[:3]] == ["0%", "10%", "20%"]


def test_a_number_that_is_not_shown_looks_like_every_other_one() -> None:
    (row,) = charts.strips(strips(a_strip(None, 0, None, 12, 9, None, 0, 0, 0, 0))).rows
    hidden = [(cell.y, cell.height) for cell in row.cells if not cell.shown]
    assert hidden == [(row.y + charts.TALL, 0)] * 3


@pytest.mark.parametrize(("median", "anchor"), [(0, "start"), (5, "start"), (50, "middle"), (95, "end"), (100, "end")])
def test_the_median_has_its_figure_inside_the_chart(median: int, anchor: str) -> None:
    (row,) = charts.strips(strips(a_strip(*[5] * 10, at=(0, median, 100)))).rows
    assert row.median == charts.Tick(f"{median}%", str(median), anchor)


def test_without_scores_there_is_no_middle_half_and_a_dash_for_the_mean() -> None:
    block = strips(Strip("Size", (None,) * 10, TOO_FEW, None, ()))
    (row,) = charts.strips(block).rows
    assert (row.figure, row.low, row.high, row.median, row.here) == ("–", "", "", None, "")


def test_one_organisation_has_its_own_figure_at_the_right_and_not_that_of_the_others() -> None:
    beside = replace(strips(a_strip(*[5] * 10, here=72), a_strip(*[5] * 10)), here="You")
    assert [row.figure for row in charts.strips(beside).rows] == ["72", "–"]
    assert [row.figure for row in charts.strips(strips(a_strip(*[5] * 10))).rows] == ["35"]


def test_a_mean_with_decimals_stands_at_the_right_too() -> None:
    row = replace(a_strip(*[5] * 10), figure="3.4")
    assert [row.figure for row in charts.strips(strips(row)).rows] == ["3.4"]


def test_rows_stand_below_one_another_and_long_names_have_lines_of_their_own() -> None:
    long = Strip("A name that is much too long for one line of a narrow page", (1,) * 10, "–", None, ())
    first, second, third = charts.strips(strips(a_strip(*[1] * 10), long, a_strip(*[1] * 10))).rows
    assert (len(first.lines), len(second.lines)) == (1, 2)
    assert first.y + charts.TALL < second.lines[0][0] < second.y
    assert third.y - second.y == charts.TALL + charts.BELOW + charts.LINE


def test_a_chart_of_strips_has_the_bands_of_other_charts_and_may_be_empty() -> None:
    chart = charts.strips(strips())
    assert [zone.name for zone in chart.zones] == ["▼ At risk", "▲ Ready"]
    assert (chart.rows, chart.height) == ((), charts.HEAD)


# Lines of cells.


@given(counts, st.integers(10, 60))
def test_a_line_has_as_many_cells_for_every_count_and_none_is_lost(counts: tuple[int | None, ...], width: int) -> None:
    line = a_strip(*counts).cells(width)
    each = len(line) // 10
    assert len(line) == 10 * each <= width
    signs = line[::each]
    assert line == "".join(sign * each for sign in signs)
    assert [sign == "?" for sign in signs] == [number is None for number in counts]
    assert [sign == "·" for sign in signs] == [number == 0 for number in counts]


@given(counts)
def test_more_organisations_are_never_shaded_lighter(counts: tuple[int | None, ...]) -> None:
    shades = dict(zip(counts, a_strip(*counts).cells(10), strict=True))
    shades.pop(None, None)
    assert ["·░▒▓█".index(shades[number]) for number in sorted(filter(None, shades))] == sorted(
        "·░▒▓█".index(shades[number]) for number in filter(None, shades)
    )


@given(places, places, places, st.none() | places)
def test_the_marks_stay_below_their_line(
    low: Fraction, median: Fraction, high: Fraction, here: Fraction | None
) -> None:
    low, median, high = sorted((low, median, high))
    middle = Middle(low, Point(median, ""), high, "")
    marks = Strip("Size", (1,) * 10, "", middle, (), None if here is None else Point(here, "")).marks(40)
    assert len(marks) <= 40
    assert ("◆" in marks) == (here is not None)
    assert "┼" in marks or marks[min(int(median * 40 / 100), 39)] == "◆"


def test_marks_show_the_middle_half_the_median_and_one_organisation() -> None:
    assert a_strip(*[1] * 10, at=(10, 30, 60), here=90).marks(20) == "  ├───┼─────┤     ◆"
    assert a_strip(*[1] * 10, at=(50, 50, 50)).marks(20) == "          ┼"
    assert Strip("Size", (1,) * 10, "", None, ()).marks(20) == ""


# Heat maps.


def test_columns_have_letters_and_go_on_with_two() -> None:
    letters = heat(28).letters
    assert (letters[0], letters[25:]) == ("A", ("Z", "AA", "AB"))


def test_few_groups_keep_their_names_and_more_have_letters_with_a_legend() -> None:
    assert (heat(6).heads[0], heat(6).legend) == ("Group 0", ())
    assert (heat(7).heads[0], heat(7).legend[6]) == ("A", ("G", "Group 6"))


@given(st.integers(0, 40), st.integers(1, 12))
def test_pieces_hold_every_column_once_and_are_about_equal(groups: int, most: int) -> None:
    found = [heat(groups).columns[piece] for piece in pieces(groups, most)]
    assert tuple(name for piece in found for name in piece) == heat(groups).columns
    sizes = {len(piece) for piece in found}
    assert not sizes or (max(sizes) <= most and max(sizes) - min(sizes) <= 1)
    assert len(found) == -(-groups // most)


@given(st.integers(0, 12), st.integers(1, 5))
def test_each_part_of_a_table_has_the_names_and_all_beside_its_groups(groups: int, most: int) -> None:
    columns = ("Factor", "All", *map(str, range(groups)))
    found = list(parts(Table("By role", columns, (tuple((name,) for name in columns),)), most))
    assert [part.columns[:2] for part in found] == [("Factor", "All")] * max(1, -(-groups // most))
    assert tuple(name for part in found for name in part.columns[2:]) == columns[2:]
    assert [part.rows for part in found] == [(tuple((name,) for name in part.columns),) for part in found]
