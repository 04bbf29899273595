"""How wide a text is in DejaVu Sans, about the widest font that a browser falls back to."""

from __future__ import annotations

import unicodedata

# advance widths in thousandths of an em, U+0020 to U+007E; read from DejaVu Sans 2.37, regular and bold
_REGULAR = (
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637, 637, 637, 637, 637,
    337, 337, 838, 838, 838, 531, 1000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 295, 656, 558, 863, 749, 788, 604, 788, 695, 635,
    611, 732, 685, 989, 686, 611, 686, 391, 337, 391, 838, 500, 500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975,
    634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
)  # fmt: skip
_BOLD = (
    349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696, 696, 696, 696, 696, 696, 696, 696, 696,
    400, 400, 838, 838, 838, 581, 1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 373, 775, 638, 996, 837, 851, 733, 851, 771, 721,
    683, 813, 774, 1104, 771, 725, 726, 458, 366, 458, 838, 500, 500, 675, 716, 593, 716, 679, 436, 716, 712, 343, 343, 666, 343,
    1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712, 366, 712, 838,
)  # fmt: skip
_OTHER = (0.86, 0.94)
_WIDE = 1.05
_FIRST = 0x20


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels of the text at a font size of `size` pixels; of scripts beside Latin rather too many than too few."""
    return sum(_width(character, bold=bold) for character in text) * size


def _width(character: str, *, bold: bool) -> float:
    # a letter with an accent is as wide as without
    letter = unicodedata.normalize("NFD", character)[0]
    if letter.isascii() and letter.isprintable():
        return (_BOLD if bold else _REGULAR)[ord(letter) - _FIRST] / 1000
    if unicodedata.combining(character):
        return 0.0
    wide = unicodedata.east_asian_width(character) in "WF" or ord(character) > 0x2FFF
    return _WIDE if wide else _OTHER[bold]
