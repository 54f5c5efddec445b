"""One table of verdicts, made from the registry: HTML for a lesson, Markdown for the README."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from cnnlib.equations.records import Equation

MARKS = {
    "holds": "✓",
    "holds with a condition": "(✓)",
    "notation": "≈",
    "corrected": "✗",
    "missing": "+",
}


@dataclass(frozen=True)
class Table:
    """Equation, verdict, one line why.

    Parameters
    ----------
    records : sequence of Equation
        The rows.
    """

    records: Sequence[Equation]

    def markdown(self) -> str:
        """A Markdown table, the same each time.

        Returns
        -------
        str
        """
        rows = [
            f"| {r.id} | {r.title} | {MARKS[r.verdict]} {r.verdict} | {r.why} |"
            for r in self.records
        ]
        return "\n".join(["| id | equation | verdict | why |", "|---|---|---|---|", *rows, ""])

    def html(self) -> str:
        """An HTML table with the correct form of each equation as MathML.

        Returns
        -------
        str
        """
        from cnnlib.equations.mathml import lines
        from cnnlib.equations.view import styled

        rows = "".join(
            f'<tr><th scope="row">{r.id}</th>'
            f'<td><span class="cnn-title">{escape(r.title)}</span>{lines(r.correct)}</td>'
            f'<td class="cnn-verdict">{verdict(r)}</td><td>{escape(r.why)}</td></tr>'
            for r in self.records
        )
        head = "".join(f'<th scope="col">{h}</th>' for h in ("id", "equation", "verdict", "why"))
        return styled(
            "cnn-table", f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_markdown_(self) -> str:
        return self.markdown()

    def __repr__(self) -> str:
        return self.markdown()


def verdict(record: Equation) -> str:
    """The verdict in words with its mark, never by colour alone."""
    kind = record.verdict.split()[0] if record.verdict != "holds with a condition" else "condition"
    mark = f'<span aria-hidden="true">{MARKS[record.verdict]}</span>'
    return f'<span class="cnn-badge cnn-{kind}">{mark} {record.verdict}</span>'
