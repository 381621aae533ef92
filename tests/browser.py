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


def faults(page: Page) -> list[str]:
    """Everything of the above that is wrong with a page at the size of its window."""
    found = axe_violations(page) + small_targets(page)
    if page.viewport_size == PHONE:
        found += missed_by_a_thumb(page)
    return [*found, "scrolls sideways"] if scrolls_sideways(page) else found
