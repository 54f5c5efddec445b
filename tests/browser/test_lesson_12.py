"""Lesson 12 as a student meets it: vote, the smallest counterexample, mend one equation."""

import pytest


@pytest.fixture
def lesson(open_lesson):
    opened = open_lesson("12_check_the_sources", theme="dark", width=760)
    opened.run_all()
    return opened


def test_a_vote_is_answered_and_a_card_shows_its_counterexample(lesson):
    vote = lesson.part("vote-4").locator('[data-cnnlib="quiz"]')
    lesson.keep_kernel_busy(seconds=6)
    vote.get_by_text("nothing is turned in the gradient").click()
    vote.get_by_role("button", name="Check").click()
    assert "Two half turns are none" in vote.inner_text()
    assert lesson.kernel_is_busy()
    lesson.screenshot("lesson-12-vote", vote)
    card = lesson.part("proof-6").locator(".cnn-card")
    assert "corrected" in card.inner_text()
    card.get_by_text("Counterexample 1").click()
    assert "double flip" in card.inner_text()
    lesson.screenshot("lesson-12-card", card)
    table = lesson.part("every-verdict-every-verdict").locator(".cnn-table")
    assert table.locator("tbody tr").count() == 34
    assert table.evaluate("t => t.scrollWidth <= t.clientWidth + 1")
