"""Numbers and postcodes that carry their own check."""

import re

NHS_TEST_RANGE = "999"

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")


def tidy_nhs_number(value: str) -> str:
    """The number without the spaces and hyphens people type in it."""
    return re.sub(r"[\s-]", "", value)


def spaced_nhs_number(value: str) -> str:
    """As it is read out: 943 476 5919."""
    digits = tidy_nhs_number(value)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def nhs_number_problem(value: str, allow_test_range: bool) -> str | None:
    """What is wrong with an NHS number, in words; None when it can be one or is blank.

    The last digit checks the others (weights 10 to 2, modulus 11). Ten equal digits belong to
    nobody, and numbers from 999 000 0000 are for invented people only.
    """
    digits = tidy_nhs_number(value)
    if not digits:
        return None
    if not re.fullmatch("[0-9]{10}", digits):
        return "An NHS number has 10 digits"
    if len(set(digits)) == 1 or not _check_digit_fits(digits):
        return "This is not an NHS number. Check the digits"
    if digits.startswith(NHS_TEST_RANGE) and not allow_test_range:
        return "Numbers that begin with 999 are for invented people only"
    return None


def tidy_postcode(value: str) -> str:
    """'SW1A 1AA' from however it was typed; words that are no postcode are only trimmed."""
    match = _postcode(value)
    return " ".join(match.groups()) if match else value.strip()


def postcode_problem(value: str) -> str | None:
    """What is wrong with a postcode, in words; None when it has the form of one or is blank."""
    if not value.strip() or _postcode(value):
        return None
    return "Enter a full UK postcode, like SW1A 1AA"


def _postcode(value: str) -> re.Match[str] | None:
    return POSTCODE.fullmatch(re.sub(r"\s", "", value).upper())


def _check_digit_fits(digits: str) -> bool:
    weighted = sum(
        weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits[:9], strict=True)
    )
    return (11 - weighted % 11) % 11 == int(digits[9])
