"""Every equation of both sources: proved, and refuted where the printed form is wrong."""

import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from cnnlib import equations, ops
from cnnlib.equations.formula import parse
from cnnlib.equations.mathml import sides

RECORDS = equations.all()
VERDICTS = {
    "holds": "S1 S2 S4 S8 J1 J7 J8 J10 J11 J12 J13 J15 J18 P2",
    "holds with a condition": "S7 J2 J6 J9 J14 J17 J20 P1",
    "notation": "J4 J5 J16 J19",
    "corrected": "S3 S5 S6 J3 Q J21 J22",
    "missing": "P3 R1 R2 R3 R4 R5 R6 R7 R8 R9",
}
# Each of these says the same as the claim: a constant differentiates to 0 whatever its sign, and
# where the elements outside an array count as 0, a longer sum adds only zeros.
EQUIVALENT = {
    ("J11", "-  b"),
    ("J18", "- b"),
    ("J17", "{k_1+1}"),
    ("J17", "{k_2+1}"),
}


def claims_of(record):
    return record.claims or (record.correct,)


def mutants(latex):
    """The claim with one sign, one zero or one prime of its last side changed."""
    *heads, last = sides(latex)
    changed = {"+": "-", "-": "+", "0": "1", "f'": "f"}
    for found in re.finditer(r"[-+]|(?<![A-Za-z_\d{])0|(?<=[=,{(])0|f'", last):
        wrong = last[: found.start()] + changed[found[0]] + last[found.end() :]
        yield " = ".join([*heads, wrong]), wrong


def is_equivalent(record, wrong):
    return any(record.id == id and piece in wrong for id, piece in EQUIVALENT)


def test_the_registry_holds_every_equation_of_both_sources():
    expected = {id: verdict for verdict, ids in VERDICTS.items() for id in ids.split()}
    assert {r.id: r.verdict for r in RECORDS} == expected


@pytest.mark.timeout(60)  # a proof that has begun to take minutes; 0.9 s on a quiet machine
def test_every_record_is_proved():
    assert [r.id for r in RECORDS if not r.prove()] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.id)
def test_no_changed_claim_is_proved(record):
    wrong = [
        (replace(record, claims=(claim,)), piece)
        for latex in claims_of(record)
        for claim, piece in mutants(latex)
    ]
    assert [piece for r, piece in wrong if r.prove() and not is_equivalent(r, piece)] == []


def test_the_claims_without_a_sign_or_a_zero_fail_too_when_changed():
    """Those that the mutation above does not reach: S2, S4, J8, J15, P2, P3, R8, S1."""
    changes = {
        "S2": (r"f(x_i^l)", r"x_i^l"),
        "S4": (r"f'(x_i^l)", r"f'(y_i^l)"),
        "J8": (r"f(x_{i,j}^l)", r"f(x_{i,i}^l)"),
        "J15": (r"\delta_{i,j}^l", r"\delta_{i,i}^l"),
        "P2": (r"\frac{1}{S}", r"\frac{1}{2}"),
        "P3": (r"\frac{o_p}{y_i}", r"\frac{y_i}{o_p}"),
        "R8": (r"o_{i,j}", r"o_{j,i}"),
        "J22": (r"\otimes", "*"),
        "J14": (r"o^{l-1} \otimes \delta^l", r"\delta^l \otimes o^{l-1}"),
    }
    for id, (right, wrong) in changes.items():
        record = equations.get(id)
        changed = tuple(claim.replace(right, wrong) for claim in claims_of(record))
        assert changed != claims_of(record)
        assert not replace(record, claims=changed).prove(), id


def test_a_failing_reading_is_not_proved_where_the_right_form_is():
    tried = []
    for record in RECORDS:
        head = sides(claims_of(record)[0])[0]
        for reading in (r for r in record.readings if r.setting is None and r.outside == "zero"):
            right, wrong = (
                replace(record, claims=(f"{head} = {form}",)).prove()
                for form in (reading.right or sides(record.correct)[-1], reading.wrong)
            )
            assert not wrong, (record.id, reading.words)
            tried += [record.id] * right
    assert {"S3", "S5", "J3", "J14", "Q", "R1", "R2", "R3", "R4", "R5", "R8"} <= set(tried)


def test_every_corrected_equation_has_a_counterexample_and_nothing_that_holds_has_one():
    for record in RECORDS:
        if record.verdict == "corrected":
            assert record.counterexample() is not None, record.id
        if record.verdict == "holds":
            assert record.counterexample() is None, record.id


def test_every_failing_reading_has_integers_that_show_it():
    for record in RECORDS:
        for found in record.counterexamples():
            assert not np.array_equal(found.wrong, found.right), record.id
            assert all(a.dtype.kind == "i" for a in found.arrays.values()), record.id


def test_the_smallest_counterexample_to_eq_22_is_one_delta_and_two_weights():
    found = equations.get("J22").counterexample()
    np.testing.assert_array_equal(found.arrays["w"], [[1, 0]])
    np.testing.assert_array_equal(found.arrays["delta"], [[1]])
    np.testing.assert_array_equal(found.wrong, [[0, 1]])
    np.testing.assert_array_equal(found.right, [[1, 0]])


def test_that_a_pool_does_not_multiply_is_shown_where_one_number_is_the_largest():
    found = equations.get("R7").counterexample()
    np.testing.assert_array_equal(found.arrays["o"], [2, 1])
    np.testing.assert_array_equal(found.wrong, [2, 0])
    np.testing.assert_array_equal(found.right, [1, 0])


@pytest.mark.parametrize("id", ["S5", "S6", "S7", "J17", "J20", "J21", "J22"])
def test_right_sides_of_input_gradients_agree_with_ops(id):
    for found in equations.get(id).counterexamples():
        if not {"w", "delta"} <= set(found.arrays) or "v" in found.arrays:
            continue
        delta, w = (np.asarray(found.arrays[k], float)[None, None] for k in ("delta", "w"))
        expected = ops.conv_input_gradient(delta, w, (1, 1, *found.right.shape))
        np.testing.assert_allclose(found.right, expected[0, 0], atol=0)


@pytest.mark.parametrize("id", ["S3", "J14"])
def test_right_sides_of_weight_gradients_agree_with_ops(id):
    for found in equations.get(id).counterexamples():
        o = np.asarray(found.arrays["y" if id == "S3" else "o"], float)[None, None]
        delta = np.asarray(found.arrays["delta"], float)[None, None]
        expected = ops.conv_weight_gradient(delta, o, found.right.shape)
        np.testing.assert_allclose(found.right, expected[0, 0], atol=0)


def test_a_kernel_hides_the_double_flip_exactly_if_a_half_turn_leaves_it_as_it_is():
    hiding = {tuple(a.ravel().tolist()) for a in equations.get("J22").hidden_by()}
    every = {(a, b, b, a) for a in range(3) for b in range(3) if a != b}
    assert hiding == every


def test_nothing_hides_that_eq_21_stands_in_the_wrong_place():
    assert equations.get("J21").hidden_by() == []


def test_what_a_proof_covers_is_said_with_its_sizes_and_assumptions():
    for record in RECORDS:
        assert "Every element, at these sizes" in record.covers
        assert "Other sizes are not covered" in record.covers
    assert "input 2×4, kernel 1×3" in equations.get("J20").covers
    assert "Taken as 0 outside its array: δ and x" in equations.get("J20").covers


def test_an_unknown_id_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match="J21, J22"):
        equations.get("J23")
    with pytest.raises(KeyError, match="pass an id"):
        equations.derivation("J1")


def test_notation_that_is_not_known_is_refused_with_the_place():
    with pytest.raises(ValueError, match="after 'w'"):
        parse(r"w ] 2")
    with pytest.raises(ValueError, match="notation"):
        parse(r"w ? 2")


def test_importing_and_proving_load_no_more_than_they_need():
    code = (
        "import sys; from cnnlib import equations; equations.all(); equations.table().markdown();"
        "assert 'sympy' not in sys.modules; equations.get('J13').prove();"
        "assert 'sympy' in sys.modules and 'latex2mathml' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
