"""The table, row by row as they come: columns have fixed widths."""

from rows import Row

_COLUMNS = "  {:<44} {:>14} {:>10}  {:<5} {:<18} {:>4}  {}"


def print_title(title: str) -> None:
    """Print the head of a part's rows."""
    print(f"\n{title}\n")
    print(_COLUMNS.format("", "figure", "goal", "", "95 % interval", "n", "").rstrip(), flush=True)


def print_row(row: Row) -> None:
    """Print a row, and whether it meets its goal."""
    print(_COLUMNS.format(*_cells(row)).rstrip(), flush=True)


def _cells(row: Row) -> list[str]:
    figure = "-" if row.figure is None else f"{_number(row.figure)} {row.unit}"
    goal = "" if row.goal is None else f"<= {_number(row.goal)}"
    interval = " to ".join(map(_number, row.interval)) if row.interval else ""
    return [row.name, figure, goal, _verdict(row), interval, str(row.count or ""), row.note]


def _verdict(row: Row) -> str:
    if row.goal is None or row.figure is None:
        return ""
    return "met" if row.figure <= row.goal else "over"


def _number(value: float) -> str:
    """With three digits or more, and no fraction where the value has none."""
    if value == int(value):
        return f"{value:.0f}"
    return f"{value:.{1 if abs(value) >= 100 else 2}f}"
