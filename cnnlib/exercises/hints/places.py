"""Turned kernels, sizes and borders."""

from cnnlib.exercises.hints.hint import Hint

HINTS: dict[str, Hint] = {
    # The kernel and its turn
    "flipped": Hint(
        "Something is turned that should stay as it is",
        "Your numbers are those of a turned kernel or a turned map. Nothing is turned here.",
        "Take a kernel that is 1 in its first cell and 0 elsewhere. Which input should output 0 "
        "be, and which one is yours?",
    ),
    "not-flipped": Hint(
        "The kernel is read in the wrong direction",
        "You slide the kernel as it is. Seen from the receiving cell, its weights arrive in the "
        "opposite order.",
        "Take one cell. Write down, for each product it takes part in, which weight it meets, in "
        "reading order. Compare with your loop.",
    ),
    "flipped-twice": Hint(
        "Turned twice, so not turned at all",
        "You turn the kernel and then use a true convolution, which turns it once more. Two half "
        "turns leave it as it was.",
        "Turn it yourself and slide, or leave the turning to the convolution: one of the two.",
    ),
    "one-axis-flipped": Hint(
        "Turned along one axis only",
        "Your kernel is mirrored, not turned. Half a turn reverses the rows and the columns.",
        "Write the numbers 1 2 3 / 4 5 6 on paper and turn the sheet upside down. Compare it "
        "with what your code makes of them.",
    ),
    "transposed": Hint(
        "Rows and columns are swapped",
        "Two indices have changed places. On a square map you may not "
        "notice; these are not square.",
        "Read each index aloud: the first one counts rows, down; the second one columns, across.",
    ),
    "quarter-turned": Hint(
        "A quarter turn instead of half a turn",
        "np.rot90 turns by 90 degrees. The kernel has to end upside down.",
        "How many quarter turns make half a turn?",
    ),
    "input-turned": Hint(
        "The map is turned instead of the kernel",
        "Your numbers come out upside down: the input or the result was turned, not the kernel.",
        "Only w is read the other way round. o keeps its place.",
    ),
    "channels-turned": Hint(
        "The channels are turned too",
        "Reversing all four axes of w also reverses filters and channels. Only the two spatial "
        "axes are turned.",
        "The first two axes of w say who is joined with whom. They must stay in order.",
    ),
    # Sizes and borders
    "too-short": Hint(
        "One place too few",
        "You stop one step early. N numbers and m weights have N − m + 1 places, not N − m.",
        "Put a 3-wide kernel on 6 numbers and count its places with a finger. Then look at the "
        "end of your range.",
    ),
    "one-too-many": Hint(
        "One place too many",
        "Your range starts one step too early or ends one step too late.",
        "Count how many outputs an input in the middle is used by: as many as there are weights.",
    ),
    "wrong-size": Hint(
        "The wrong size",
        "The result does not have the size that is asked for.",
        "Count the places first, on paper: how many numbers must there be? Then choose loops or "
        "modes (valid, full).",
    ),
    "border-not-clipped": Hint(
        "Past the border",
        "Near a border some of the outputs you ask for do not exist. In NumPy a negative index "
        "wraps round to the other end; an index that is too large raises an error.",
        "Two questions for every product: is i at least 0, and is i still below the number of "
        "outputs? Both have to be asked.",
    ),
    "leftover-dropped": Hint(
        "The rows that were left over are missing",
        "Some rows or columns of the input are never read. Their gradient is 0, and it still has "
        "to be there.",
        "The gradient has one number for each number of the input.",
    ),
    "leftover-kept": Hint(
        "Windows that are not full",
        "You also use the rows or columns that do not fill a window. Here they are left out.",
        "How many full windows fit? Whole-number division tells.",
    ),
    "leftover-in-front": Hint(
        "The leftover rows are at the wrong end",
        "The kernel starts in the first row, so what it does not reach lies at the end.",
        "Where does output (0, 0) stand? Start from there.",
    ),
    "size-typed-in": Hint(
        "It only works for one size",
        "The lesson's numbers come out right, other sizes do not. Is a size written as a number in "
        "your code?",
        "Take every size from the arguments: len(o), w.shape, and so on.",
    ),
}
