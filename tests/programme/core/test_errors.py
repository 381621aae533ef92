from programme.core.errors import RuleBroken


def test_rule_broken_carries_its_message_and_field():
    problem = RuleBroken("Enter the date you met", field="happened_on")

    assert (problem.message, problem.field) == ("Enter the date you met", "happened_on")
    assert str(problem) == "Enter the date you met"


def test_rule_broken_may_be_about_no_field():
    assert RuleBroken("This record is closed").field is None
