"""The questions are right, the list of lessons holds, and the widgets' Python side checks."""

import re

import numpy as np
import pytest
from traitlets import TraitError

from cnnlib import examples, lessons, ops, quizzes
from cnnlib.geometry import Window
from cnnlib.widgets import Progress, Quiz

BANK = "01_slide_a_kernel_1d"
SCOPE = {
    "np": np,
    "ops": ops,
    "Window": Window,
    "one_d": examples.one_d,
    "two_d": examples.two_d,
    "tall": examples.tall,
}
QUESTIONS = [
    pytest.param(question, id=f"{bank}/{section}/{question.id}")
    for bank in quizzes.banks()
    for section, questions in quizzes.load(bank).items()
    for question in questions
]
NUMBER = re.compile(r"(?<![\w.])\u2212?\d+(?:,\d{3})*(?:\.\d+)?")
INDEX = re.compile(r"(?<=\w)[*`]?\[[\d, ]+\]")
MARKUP = re.compile(r"\*([^*\s](?:[^*]*[^*\s])?)\*|`([^`]+)`")


def numbers(text: str) -> list[float]:
    """The numbers a choice states; an index like w[1] is none."""
    plain = MARKUP.sub(lambda match: match[1] or match[2], text)
    found = NUMBER.findall(INDEX.sub("", plain))
    return [float(number.replace("\u2212", "-").replace(",", "")) for number in found]


def states(text: str, expression: str) -> bool:
    """Does the text state what the expression gives? True proves anything."""
    value = eval(expression, dict(SCOPE))
    if value is True or value is np.True_:
        return True
    expected = np.ravel(np.asarray(value, dtype=float))
    return len(expected) == len(numbers(text)) and np.allclose(numbers(text), expected)


def test_numbers_are_read_from_a_choice_and_indices_are_not():
    assert numbers("∂*E*/∂*w*[1,0] = −8, about 0.03 of *x*[2]") == [-8, 0.03]
    assert numbers("[2 −1] at `w[0]`") == [2, -1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_right_choice_states_what_the_package_computes(question):
    if numbers(question.right.text):
        assert question.check, "a right choice with a number needs a check"
    if question.check:
        assert states(question.right.text, question.check)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_wrong_choice_states_what_its_wrong_idea_gives(question):
    for choice in question.choices:
        if choice.check:
            assert not choice.right
            assert states(choice.text, choice.check), choice.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_choice_is_explained_and_differs_from_the_others(question):
    assert 3 <= len(question.choices) <= 4
    assert len({choice.text for choice in question.choices}) == len(question.choices)
    assert len({choice.why for choice in question.choices}) == len(question.choices)
    for choice in question.choices:
        assert choice.text
        assert len(choice.why) >= 20
        assert not (choice.right and choice.misconception)
        assert quizzes.SLUG.fullmatch(choice.misconception or "none")


@pytest.mark.parametrize("question", QUESTIONS)
def test_two_choices_never_state_the_same_numbers(question):
    stated = [tuple(n) for choice in question.choices if (n := numbers(choice.text))]
    alone = [tuple(n) for n in stated if not re.search(r"[a-z]{3}", question.right.text)]
    assert len(set(alone)) == len(alone)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_words_keep_to_the_markup(question):
    words = [question.text, question.concept]
    words += [text for choice in question.choices for text in (choice.text, choice.why)]
    for text in words:
        rest = MARKUP.sub("", text)
        assert not re.search(r"[*`<>$]|(?<!\w)-\d| - ", rest), rest
        assert re.match(r"[^ ].*[^ ]$|^.?$", text), "no space at either end"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_known_by_a_slug(question):
    assert quizzes.SLUG.fullmatch(question.id)


@pytest.mark.parametrize("bank", [name for name in quizzes.banks() if name != "inventory"])
def test_a_bank_belongs_to_a_lesson_and_has_its_sections(bank):
    assert bank in [lesson.stem for lesson in lessons.LESSONS]
    counts = {name: len(questions) for name, questions in quizzes.load(bank).items()}
    assert counts["recall"] == 2
    assert counts["quiz"] == 3
    assert "inventory" not in counts


def test_right_choices_stand_in_different_places():
    places = [param.values[0].choices.index(param.values[0].right) for param in QUESTIONS]
    assert max(np.bincount(places)) <= 0.6 * len(places)


def test_the_inventory_has_ten_ideas_each_with_its_lesson_and_named_misconceptions():
    items = quizzes.questions("inventory", "inventory")
    assert len(items) == 10
    assert len({item.concept for item in items}) == 10
    for item in items:
        assert item.lesson in range(1, 11)
        assert sum(bool(choice.misconception) for choice in item.choices) >= 2


def test_a_changed_wording_is_another_question():
    question = quizzes.questions(BANK, "quiz")[0]
    assert question.version == question._replace(check="1", id="other").version
    assert question.version != question._replace(text=question.text + "!").version


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[quiz]]\nid = 'a'\ntext = 'b'\n", "choices"),
        ("[[Quiz 1]]", "Expected"),
        ("[['Quiz 1']]\nid = 'a'\ntext = 'b'\nchoices = []\n", "no slug"),
        ("[[quiz]]\nid = 'a'\ntext = 'b'\nchoices = [{text = 'c', why = 'd'}]\n", "exactly one"),
        ("[[quiz]]\nid = 'a'\ntext = 'b'\nchoices = [{text = 'c', wy = 'd'}]\n", "wy"),
    ],
)
def test_a_bank_in_another_form_is_refused_with_the_remedy(monkeypatch, tmp_path, text, fault):
    (tmp_path / "broken.toml").write_text(text)
    monkeypatch.setattr(quizzes.resources, "files", lambda package: tmp_path)
    with pytest.raises(ValueError, match=rf"broken\.toml: .*{fault}.*README"):
        quizzes.load.__wrapped__("broken")


def test_an_unknown_bank_or_section_names_the_known_ones():
    with pytest.raises(TraitError, match="bank is '01'.*01_slide_a_kernel_1d"):
        Quiz("01", "quiz")
    with pytest.raises(TraitError, match="section is 'review'.*recall"):
        Quiz(BANK, "review")
    with pytest.raises(TraitError, match="'before' or 'after'"):
        Quiz("inventory", "quiz")
    with pytest.raises(TraitError, match="unknown settings \\['questions'\\]"):
        Quiz(BANK, questions=[])


def test_the_first_try_counts_for_the_score():
    quiz = Quiz(BANK, "quiz")
    first, second, _ = quizzes.questions(BANK, "quiz")
    right = [question.choices.index(question.right) for question in (first, second)]
    quiz.answers = {
        first.id: {"tried": [right[0]], "sure": 2, "version": first.version},
        second.id: {"tried": [0, right[1]], "sure": None, "version": second.version},
    }
    assert quiz.score == (1, 2, 3)


@pytest.mark.parametrize(
    "answer",
    [
        {"tried": [], "sure": None, "version": "x"},
        {"tried": [4], "sure": None, "version": "x"},
        {"tried": ["0"], "sure": None, "version": "x"},
        {"tried": [0], "sure": 3, "version": "x"},
        {"tried": [0], "sure": None},
        "7",
        None,
    ],
)
def test_an_answer_that_does_not_fit_raises_at_once(answer):
    with pytest.raises(TraitError, match="does not fit"):
        Quiz(BANK, "quiz").answers = {"places": answer}
    with pytest.raises(TraitError, match="does not fit"):
        Quiz(BANK, "quiz").answers = {"elsewhere": {"tried": [0], "sure": 0, "version": "x"}}


def test_the_browser_gets_no_checks():
    state = Quiz(BANK, "quiz").get_state()
    assert "cross_correlate" not in str(state["questions"])
    assert all("check" not in question for question in state["questions"])


def test_before_and_after_show_the_same_ten_questions():
    before, after = Quiz("inventory", "before"), Quiz("inventory", "after")
    assert before.questions == after.questions
    assert len(before.questions) == 10
    assert before.title != after.title


def test_progress_lists_every_lesson_and_counts_the_questions_of_the_ready_ones():
    rows = {row["number"]: row for row in Progress().lessons}
    assert list(rows) == [lesson.number for lesson in lessons.LESSONS]
    assert {name: len(items) for name, items in rows[1]["questions"].items()} == {
        "recall": 2,
        "quiz": 3,
    }
    assert [row["ready"] for row in rows.values()] == [lesson.ready for lesson in lessons.LESSONS]


def test_a_ready_lesson_has_its_notebook_and_takes_the_time_it_says(root):
    for lesson in lessons.LESSONS:
        source = root / "notebooks" / "src" / f"{lesson.stem}.py"
        if lesson.ready:
            times = re.findall(r"\*\*Time:\*\* (\d+) min", source.read_text(encoding="utf-8"))
            assert times == [str(lesson.minutes)], f"{source.name} and cnnlib/lessons.py differ"


def test_the_lecturer_is_told_the_minutes_that_each_lesson_says(root):
    guide = (root / "notebooks" / "lecturing.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\d\d) [^|]+\| (\d+) \|", guide, re.MULTILINE)
    assert told == [(f"{each.number:02}", str(each.minutes)) for each in lessons.LESSONS]


def test_the_table_of_lessons_links_the_ready_ones():
    table = lessons.markdown_table().splitlines()
    assert len(table) == 2 + len(lessons.LESSONS)
    assert "[Slide a kernel, 1D](notebooks/01_slide_a_kernel_1d.ipynb)" in table[3]
    planned = lessons.markdown_table(lessons=[lessons.LESSONS[-1]._replace(ready=False)])
    assert "Keep gradients alive (planned)" in planned
