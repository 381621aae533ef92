// Everything works without this. It adds: counting, folding, focus on the error summary,
// and the cover for a screen that somebody else might see.
import { initAll } from "../frontend/js/govuk-frontend.min.js";

// Said only now, when the scripts are really here: folded answers stay open otherwise.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

if (document.querySelector('[data-module^="moj-"]')) {
  import("../frontend/js/moj-frontend.min.js").then((moj) => moj.initAll());
}

// Our own for radios: GOV.UK's puts aria-expanded on a radio, which ARIA does not allow.
document.querySelectorAll('[data-module="design-radios"]').forEach((group) => {
  const sync = () => group.querySelectorAll("[data-reveals]").forEach((input) => {
    document.getElementById(input.dataset.reveals)
      .classList.toggle("govuk-radios__conditional--hidden", !input.checked);
  });
  group.addEventListener("change", sync);
  window.addEventListener("pageshow", sync);
});

const cover = document.getElementById("cover");
if (cover) {
  const title = document.title;
  const lift = () => { document.title = title; };
  const hide = () => {
    cover.showModal();
    document.title = cover.dataset.title;
  };
  // Only the button lifts it: a key pressed once too often must not show the page again.
  cover.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.preventDefault();
  });
  cover.addEventListener("close", lift);
  document.querySelectorAll("[data-cover]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", hide);
  });
  document.addEventListener("keydown", (event) => {
    const busy = event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]");
    if (event.key === "Escape" && !busy) {
      event.preventDefault();
      hide();
    }
  });
}

// Copying an address to the clipboard; without it, the address is selected and copied by hand.
document.querySelectorAll("[data-copy]").forEach((button) => {
  const field = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(field.value).then(() => {
      button.parentElement.querySelector("[data-copied]").textContent = "Copied";
    }, () => field.select());
  });
});
