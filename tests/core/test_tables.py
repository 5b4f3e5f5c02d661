"""Tables whose first row holds headings."""

from inboxd.core.tables import tables


def test_a_table_at_the_end_of_a_text_spans_no_more_than_the_text():
    text = "Component | Impact | Steps |\na | b | c |"
    (table,) = tables(text)
    assert table.span == (0, len(text))
    assert dict(table.cells)["impact"] == ("b",)


def test_rows_that_stand_apart_as_html_leaves_them_are_one_table():
    (table,) = tables(
        "| Finding | URL | Impact |\n\n| XSS | /a | theft |\n\n| IDOR | /b | leak |\n"
    )
    assert (table.rows, dict(table.cells)["description"]) == (2, ("XSS", "IDOR"))


def test_a_row_of_figures_is_no_table_of_findings():
    assert tables("| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n") == []
