"""The list of lessons: README's table, lesson 00 and the Progress widget are made from it.

`python -m cnnlib.lessons` prints the table as Markdown.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Lesson(NamedTuple):
    """One notebook of the course.

    Attributes
    ----------
    number : int
        Its place in the course.
    name : str
        The notebook's file name without number and suffix, a verb first.
    title : str
        As students read it.
    minutes : int
        How long it takes a second-year student, honestly.
    sources : str
        Which equations of the two sources it works through.
    gain : str
        What you can say afterwards.
    ready : bool
        False where it is planned.
    """

    number: int
    name: str
    title: str
    minutes: int
    sources: str
    gain: str
    ready: bool = False

    @property
    def stem(self) -> str:
        """The notebook's file name without suffix; its question bank has the same name."""
        return f"{self.number:02d}_{self.name}"


LESSONS = (
    Lesson(0, "start_here", "Start here", 25, "", "how to work through the course", True),
    Lesson(
        1,
        "slide_a_kernel_1d",
        "Slide a kernel, 1D",
        40,
        "S1, S2",
        "what a convolution layer computes, number by number",
        True,
    ),
    Lesson(
        2,
        "send_errors_back_1d",
        "Send errors back, 1D",
        70,
        "S3-S5",
        "how the error reaches weights, bias and inputs",
        True,
    ),
    Lesson(
        3,
        "slide_a_kernel_2d",
        "Slide a kernel, 2D",
        55,
        "J1, J5, J7-J9",
        "why a kernel needs so few weights",
        True,
    ),
    Lesson(
        4,
        "collect_weight_gradients",
        "Collect weight gradients",
        55,
        "J10-J14",
        "which products add up to one weight's gradient",
        True,
    ),
    Lesson(
        5,
        "flip_the_kernel",
        "Flip the kernel",
        60,
        "J2, J3, S6",
        "when a kernel is turned, and when not",
        True,
    ),
    Lesson(
        6,
        "follow_the_delta",
        "Follow the delta",
        75,
        "J15-J22",
        "where the flip in the backward pass comes from",
        True,
    ),
    Lesson(
        7,
        "pool_and_route",
        "Pool and route",
        50,
        "P1-P3, S7",
        "what pooling does to the errors",
        True,
    ),
    Lesson(
        8,
        "stride_pad_dilate",
        "Stride, pad, dilate",
        55,
        "readers",
        "why only the list of products changes",
        True,
    ),
    Lesson(
        9,
        "stack_channels",
        "Stack channels",
        60,
        "J4, readers",
        "how a few maps become many, and back",
        True,
    ),
    Lesson(
        10,
        "train_a_cnn",
        "Train a CNN",
        70,
        "all",
        "how a network learns to read digits",
        True,
    ),
    Lesson(
        11,
        "trace_one_number",
        "Trace one number",
        55,
        "readers",
        "the way from one pixel to the error",
        True,
    ),
    Lesson(
        12,
        "check_the_sources",
        "Check the sources",
        60,
        "all",
        "which printed equations are right",
        True,
    ),
    Lesson(
        13,
        "keep_gradients_alive",
        "Keep gradients alive",
        50,
        "related posts",
        "why deep networks stop learning",
        True,
    ),
)


def markdown_table(folder: str = "notebooks/", lessons: Iterable[Lesson] = LESSONS) -> str:
    """The table of lessons for README; ready ones are links, planned ones say so.

    Parameters
    ----------
    folder : str
        Where the notebooks lie, as seen from the page.
    lessons : iterable of Lesson

    Returns
    -------
    str
        Markdown, one line per lesson.
    """
    head = [
        "| | lesson | what you will be able to say | minutes | sources |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *(_row(lesson, folder) for lesson in lessons)])


def _row(lesson: Lesson, folder: str) -> str:
    title = (
        f"[{lesson.title}]({folder}{lesson.stem}.ipynb)"
        if lesson.ready
        else f"{lesson.title} (planned)"
    )
    return (
        f"| {lesson.number:02d} | {title} | {lesson.gain} | {lesson.minutes} | {lesson.sources} |"
    )


if __name__ == "__main__":
    print(markdown_table())
