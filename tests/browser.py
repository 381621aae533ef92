"""What browser tests ask of a page: accessibility faults, reflow, sizes of targets."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"


def axe_violations(page: Page) -> list[str]:
    """Every fault axe finds, as "rule: element", best practices included; [] when there is none."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page as a whole is wider than the window (WCAG 1.4.10)."""
    wider: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wider


def small_targets(page: Page, least: int = 24) -> list[str]:
    """Links and controls smaller than ``least`` px each way (WCAG 2.5.8); not links in a sentence.

    A radio's or checkbox's label counts with it.
    """
    script = """(least) => [...document.querySelectorAll('a, button, input, select, textarea')]
      .filter((one) => one.checkVisibility() && one.type !== 'hidden')
      .filter((one) => getComputedStyle(one).display !== 'inline')
      .filter((one) => { const box = one.getBoundingClientRect();
                         return box.width > 1 && (box.width < least || box.height < least); })
      .map((one) => one.outerHTML.slice(0, 200))"""
    small: list[str] = page.evaluate(script, least)
    return small


def missed_by_a_thumb(page: Page) -> list[str]:
    """Controls, and links that stand by themselves, that a tap 21 px above or below misses.

    So a target is at least 44 px high and no neighbour lies in it; links in a sentence are left.
    """
    script = """() => [...document.querySelectorAll('a, button, select, textarea, summary, input')]
      .filter((one) => one.checkVisibility() && !['hidden', 'radio', 'checkbox'].includes(one.type))
      .filter((one) => getComputedStyle(one).display !== 'inline'
                       || one.parentElement.textContent.trim() === one.textContent.trim())
      .flatMap((one) => {
        one.scrollIntoView({block: 'center'});
        const box = one.getBoundingClientRect();
        if (box.width <= 1 || box.height >= 44) return [];
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        return [-21, 21]
          .map((far) => document.elementFromPoint(x, y + far))
          .filter((hit) => !one.contains(hit))
          .map((hit) => `${one.outerHTML.slice(0, 200)} meets ${hit?.outerHTML.slice(0, 100)}`);
      })"""
    missed: list[str] = page.evaluate(script)
    return missed


def focus_not_seen(page: Page) -> list[str]:
    """What the keyboard reaches and nobody sees: it looks as before, or lies under something.

    The ring of a radio or checkbox is drawn on its label (WCAG 2.4.7, 2.4.11).
    """
    script = """() => {
      const parts = (one) => [one, ...(one.labels ?? [])];
      const look = (one) => parts(one).flatMap((part) => ['', '::before', '::after'].map((side) => {
        const style = getComputedStyle(part, side || null);
        return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor].join();
      })).join();
      const hit = (one) => {
        one.scrollIntoView({block: 'nearest'});
        const box = one.getClientRects()[0];
        return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      };
      const isSeen = (one) => {
        const at = hit(one);
        return parts(one).some((part) => part.contains(at)) || at?.contains(one);
      };
      const selector = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
      const found = [...document.querySelectorAll(selector)]
        .filter((one) => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled)
        .flatMap((one) => {
          document.activeElement.blur();
          const before = look(one);
          one.focus({focusVisible: true});
          const said = document.activeElement !== one ? ['takes no focus']
            : [...(look(one) === before ? ['looks as before'] : []),
               ...(isSeen(one) ? [] : ['is covered'])];
          return said.map((words) => `${one.outerHTML.slice(0, 200)} ${words}`);
        });
      document.activeElement.blur();
      scrollTo(0, 0);
      return found;
    }"""
    found: list[str] = page.evaluate(script)
    return found


def faults(page: Page) -> list[str]:
    """Everything of the above that is wrong with a page at the size of its window."""
    found = axe_violations(page) + small_targets(page) + focus_not_seen(page)
    if page.viewport_size == PHONE:
        found += missed_by_a_thumb(page)
    return [*found, "scrolls sideways"] if scrolls_sideways(page) else found
