"""Derivations, cards and the table: right line by line, and readable without script or kernel."""

from dataclasses import replace

import numpy as np
import pytest

from cnnlib import equations, gradcheck, ops
from cnnlib.equations import examples
from cnnlib.equations.derivations import Line, plans
from cnnlib.equations.evaluate import evaluate
from cnnlib.equations.formula import parse
from cnnlib.equations.mathml import lines, mathml, sides
from cnnlib.equations.numbers import pairs
from cnnlib.equations.steps import Derivation
from cnnlib.examples import two_d

PLANS = list({id(plan): plan for plan in plans().values()}.values())


def name(plan):
    return plan.ids[0]


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_every_line_equals_the_one_before(plan):
    derivation = Derivation(plan)
    assert derivation.proved() == [True] * len(plan.lines)
    assert derivation.steps


@pytest.mark.parametrize("plan", PLANS, ids=name)
def test_a_wrong_line_is_found_wherever_it_stands(plan):
    for k, line in enumerate(plan.lines):
        *heads, last = sides(line.latex)
        wrong = Line(" = ".join([*heads, f"2 {last}"]).strip(), line.reason)
        changed = replace(plan, lines=(*plan.lines[:k], wrong, *plan.lines[k + 1 :]))
        assert not Derivation(changed).proved()[k], line.latex


def test_there_is_a_derivation_for_every_gradient_of_the_sources():
    forward = ["J10", "J11", "J12", "J13", "J14"]
    back = ["J16", "Q", "J17", "J18", "J19", "J20", "J21", "J22"]
    assert list(plans()) == ["S3", "S5", *forward, *back, "P1", "P2", "P3", "R2"]


def test_the_numbers_are_those_of_the_running_examples():
    last = {plan.ids[0]: Derivation(plan).steps[-1].numbers for plan in PLANS}
    ends = {"S3": 11, "S5": 3, "J10": 8, "J16": 4, "P3": 6}
    for id, value in ends.items():
        assert last[id].endswith(f"= {value}"), last[id]
    assert last["P1"].endswith("= {-1}")
    assert last["P2"].endswith(r"= {-\frac{1}{3}}")


def test_the_numbers_of_every_line_of_one_statement_agree():
    for plan in PLANS:
        results = {}
        for step in Derivation(plan).steps:
            head, *_, value = sides(step.numbers)
            assert results.setdefault(head, value) == value, step.latex


def values_of_last_line(id, shape):
    plan = plans()[id]
    example, side = plan.example(), parse(plan.lines[-1].latex)[-1]
    indices = [i for i in plan.every if i in plan.at][: len(shape)]
    found = [
        example.value(side, dict(zip(indices, index, strict=True))) for index in np.ndindex(shape)
    ]
    return np.array(found, float).reshape(shape)


def test_the_weight_gradient_of_the_example_is_that_of_ops():
    np.testing.assert_array_equal(values_of_last_line("J13", (2, 2)), two_d.d_w)


def test_the_delta_below_of_the_example_is_the_numerical_gradient():
    def error(x):
        above = ops.conv(np.maximum(x, 0)[None, None], two_d.w[None, None])[0, 0]
        return 0.5 * float(((above - two_d.t) ** 2).sum())

    expected = gradcheck.numerical_gradient(error, two_d.x_below)
    np.testing.assert_allclose(values_of_last_line("J20", (4, 4)), expected, atol=1e-6)


def test_literal_eq_22_gives_the_wrong_numbers_that_the_lessons_show():
    example = examples.plane()
    side = parse(r"(\delta * \text{rot}_{180^\circ}(w))_{i,j}")[0]
    values = [example.value(side, {"i": i, "j": j}) for i, j in np.ndindex(4, 4)]
    wrong = [[-1, 0, 1, 0], [0, 0, -2, -1], [4, 5, 0, 0], [0, -2, 1, 1]]
    np.testing.assert_array_equal(np.array(values, int).reshape(4, 4), wrong)


def test_an_example_that_lacks_a_number_says_so():
    example = examples.plane()
    with pytest.raises(ValueError, match="a number for each"):
        replace(example, given={}).value(parse("w_{0,0}")[0], {})


def pages():
    yield from (Derivation(plan).html() for plan in PLANS)
    yield equations.table().html()
    yield from (equations.get(id)._repr_html_() for id in ("J22", "S3", "Q", "R4", "J9", "P1"))


def test_pages_need_no_script_and_no_network():
    for page in pages():
        assert "<script" not in page
        assert "onclick" not in page
        assert "http" not in page.replace('xmlns="http://www.w3.org/1998/Math/MathML"', "")
        assert "$" not in page


def test_a_derivation_offers_one_next_line_at_a_time():
    derivation = equations.derivation("J13")
    page = derivation.html()
    count = len(derivation.steps)
    assert page.count('<details class="cnn-next"') == count - 1
    assert page.count('<details class="cnn-why"') == count + 1  # and what is checked
    assert page.count('<details class="cnn-numbers"') == count
    assert " open>" not in page
    assert derivation.html(every_line=True).count(" open>") == count - 1


def test_a_derivation_can_stop_where_a_lesson_does():
    begun = equations.derivation("S5").first(4)
    assert begun.prove()
    assert [step.latex for step in begun.steps] == [
        step.latex for step in equations.derivation("S5").steps[:4]
    ]
    assert "flip" not in begun.html()
    assert begun.result() == equations.derivation("S5").result()


def test_a_line_that_is_not_proved_says_so():
    plan = plans()["S3"]
    wrong = Line(plan.lines[2].latex.replace("i+a", "i"), "Lost.")
    changed = replace(plan, lines=(*plan.lines[:2], wrong, *plan.lines[3:]))
    assert Derivation(changed).html().count("NOT PROVED") == 1
    assert "NOT PROVED" not in Derivation(plan).html()


def test_text_is_escaped():
    record = replace(equations.get("J1"), title="<script>", why="a < b & c")
    page = record._repr_html_()
    assert "<script" not in page
    assert "a &lt; b &amp; c" in page


def test_a_record_that_is_not_proved_says_so_on_its_card():
    record = replace(equations.get("J13"), claims=(r"\frac{\partial E}{\partial w_{m',n'}^l} = 0",))
    assert "NOT PROVED" in record._repr_html_()


def test_the_table_names_every_equation_with_its_verdict():
    text = equations.table().markdown()
    rows = text.splitlines()[2:]
    assert len(rows) == len(equations.all())
    for record, row in zip(equations.all(), rows, strict=True):
        assert row.startswith(f"| {record.id} | ")
        assert record.verdict in row
        assert row.count("|") == 5
    assert equations.table(["J22", "S3"]).markdown().count("\n") == 4


def test_a_logarithm_stands_off_its_number_and_a_comma_within_one_does_not():
    assert '<mi>ln</mi><mspace width="0.17em"></mspace><mn>10</mn>' in mathml(r"\ln 10")
    assert "mspace" not in mathml(r"\ln(1/10)")
    assert "<mn>103,680</mn>" in mathml("103{,}680")


def test_every_formula_becomes_mathml():
    for record in equations.all():
        for latex in (record.correct, record.printed):
            if latex:
                assert "\\" not in mathml(latex), latex
        assert record.html() == mathml(record.correct)


def test_roles_are_marked_and_primes_are_readable():
    page = mathml(r"\delta_{i',j'} w")
    assert '<mi class="cnn-delta">' in page
    assert '<mi class="cnn-kernel">w</mi>' in page
    assert "<msup><mi>i</mi>" not in page


def test_an_equation_is_cut_only_at_its_outer_equals_signs():
    assert sides(r"a = \sum_{i=0}^{2} [p = v_i] = c") == ["a", r"\sum_{i=0}^{2} [p = v_i]", "c"]
    assert lines("a = b = c").count("<math") == 2


def test_evaluate_refuses_what_is_no_formula():
    with pytest.raises(TypeError, match="expression"):
        evaluate("w", examples.plane().scope, {})


def test_numbers_that_are_not_whole_are_refused():
    with pytest.raises(ValueError, match="whole numbers"):
        pairs(np.array(["w"]), [0.5])


def test_a_table_of_one_equation_takes_its_id_as_it_is():
    assert equations.table("J7").html() == equations.table(["J7"]).html()
    with pytest.raises(KeyError, match="pass an id of these"):
        equations.table(equations.all()[:1])
