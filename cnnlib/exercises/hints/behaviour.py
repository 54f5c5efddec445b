"""How the function behaves, whatever the task."""

from cnnlib.exercises.hints.hint import Hint

HINTS: dict[str, Hint] = {
    # How the function behaves
    "arguments-swapped": Hint(
        "The arguments are in another order",
        "Your function takes its arguments in another order than the task does.",
        "They are given by place, not by name.",
    ),
    "arguments-ignored": Hint(
        "Always the same result",
        "Whatever it is given, your function returns the same numbers. Does it use a variable of "
        "the notebook, or numbers typed in?",
        "Inside the function use its arguments only.",
    ),
    "remembers-last-call": Hint(
        "It remembers the last call",
        "Called twice with the same arguments, your function returns two different results.",
        "Make the array you add into inside the function, so that each call starts from zeros.",
    ),
    "changed-in-place": Hint(
        "An argument was changed",
        "Your function changes one of the arrays it was given. Whoever called it still needs them.",
        "a -= b changes the array itself; a = a − b makes a new one. Or begin with a.copy().",
    ),
    "truncated": Hint(
        "Digits after the point are cut off",
        "Your numbers are whole where they should have digits after the point.",
        "An array made of integers stores integers only. Make it with dtype=float.",
    ),
    "not-a-number": Hint(
        "Not a finite number",
        "There is a NaN or an infinity in your result.",
        "Look for a division by zero, or for np.empty, which starts with whatever was in memory.",
    ),
    "empty-slice": Hint(
        "An empty result",
        "Your result has no elements. A slice [p:-p] is empty where p is 0.",
        "Write the end of the slice with a size: [p : p + n].",
    ),
    "returned-nothing": Hint(
        "Nothing came back",
        "Your function computes something, but the last line does not return it.",
        "print shows a number, return hands it over.",
    ),
    "wrong-type": Hint(
        "Not in the form that is asked for",
        "Your function returns something else than the task asks for.",
        "Arrays, nested lists and tuples of numbers are all fine, one for each result asked for.",
    ),
    "raised": Hint(
        "An error on the way",
        "Python stopped your function with an error, on a case that has an answer.",
        "Call your function yourself with the numbers of this case and look at the line named.",
    ),
    "too-slow": Hint(
        "It never ends",
        "Your function was stopped after a few seconds. It needs a blink.",
        "Look at the loops: does the thing they test ever change?",
    ),
}
