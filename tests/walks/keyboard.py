"""A person with a keyboard only: Tab to a thing, then Enter, Space, an arrow or words."""

from playwright.sync_api import Locator, Page

# More presses than any page needs: whoever has to press as often has been lost.
MOST_PRESSES = 120
# Where the focus stands, and whether some of it is seen there: not under another, not unmarked.
IN_SIGHT = """(one) => {
  const box = one.getBoundingClientRect(), label = one.labels?.[0] ?? one;
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const at = document.elementFromPoint(box.left + box.width / 2, (top + bottom) / 2);
  const looks = [one, label].flatMap((part) => [getComputedStyle(part),
    getComputedStyle(part, '::before')]);
  return Boolean(at) && (at === one || one.contains(at) || at.contains(one) || label.contains(at))
    && looks.some((look) => look.outlineStyle !== 'none' || look.boxShadow !== 'none');
}"""


class Keyboard:
    """Uses a page as its keys do; every thing used must show that it has the focus."""

    def __init__(self, page: Page) -> None:
        """The page has been opened; nothing has the focus yet."""
        self.page = page
        self._settle()

    def reach(self, thing: Locator) -> None:
        """Tab until it has the focus."""
        for _ in range(MOST_PRESSES):
            if thing.evaluate("(one) => one === document.activeElement"):
                self._is_in_sight(thing)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not to be reached by keyboard: {thing}")

    def press(self, thing: Locator) -> None:
        """Follow a link or press a button."""
        self.reach(thing)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self._settle()

    def type(self, thing: Locator, words: str) -> None:
        """Type into a box, over what stood there."""
        self.reach(thing)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def choose(self, radio: Locator) -> None:
        """Choose one of a group: Tab stops at one of them, the arrows go on."""
        group = radio.page.locator(f"input[name='{radio.get_attribute('name')}']")
        for _ in range(MOST_PRESSES):
            if group.evaluate_all("(some) => some.includes(document.activeElement)"):
                break
            self.page.keyboard.press("Tab")
        for _ in range(group.count()):
            if radio.evaluate("(one) => one === document.activeElement"):
                self.page.keyboard.press("Space")
                assert radio.is_checked()
                self._is_in_sight(radio)
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"not to be chosen by keyboard: {radio}")

    def pick(self, box: Locator, label: str) -> None:
        """Pick from a drop-down by typing its words."""
        self.reach(box)
        self.page.keyboard.type(label)
        assert box.locator("option:checked").inner_text() == label

    def _settle(self) -> None:
        """Type that comes later than its page moves what stands below."""
        self.page.wait_for_load_state("networkidle")

    def _is_in_sight(self, thing: Locator) -> None:
        """A browser may scroll to it a moment later."""
        for _ in range(20):
            if thing.evaluate(IN_SIGHT):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"focus out of sight: {thing}")
