"""The one exception an action raises when a rule of the service is broken."""


class RuleBroken(Exception):
    """A rule stopped the change: `message` is for the person at the screen, `field` names where."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
