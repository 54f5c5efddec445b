"""Lecture size for every widget of a notebook at once."""

from typing import Any

from ipywidgets.widgets.widget import Widget, _instances


def lecture(large: bool = True) -> None:
    """Show every widget in lecture size, those that are there and those to come.

    Run it in a cell at the top of a lesson before you run the others, or at any time.

    Parameters
    ----------
    large : bool
        False goes back to the usual size.
    """
    for widget in list(_instances.values()):
        _resize(widget, large)
    Widget.on_widget_constructed(_enlarge if large else None)


def _enlarge(widget: Any) -> None:
    _resize(widget, True)


def _resize(widget: Any, large: bool) -> None:
    """Only what knows a lecture size has one."""
    if widget.has_trait("lecture"):
        widget.lecture = large
