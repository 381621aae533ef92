// Never lose a word. Pages with a draft work without this: it saves while somebody types, says
// what is saved and what is not, and sends the form once there is signal again.
const EVERY = 10_000;
const TRY_AGAIN = 5_000;
const LONGEST = 8_000;

const WORDS = {
  saving: "Saving",
  notYet: "Not saved yet",
  noSignal: "Not saved yet. There is no signal. Your words stay on this page.",
  waiting: "Not sent yet. There is no signal. Keep this page open: it is sent by itself, once, when the signal is back.",
  locked: "Not saved yet. This screen was locked. Your words stay here: save, and you are asked for your password.",
};

const place = document.querySelector("[data-draft]");
if (place) keepDraft(place.closest("form"), place);

// A blank page for where there is no signal; it knows nobody.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/note-worker.js", { scope: "/" }).catch(() => {});
}

function keepDraft(form, place) {
  const status = place.querySelector("[data-draft-status]");
  const turn = form.elements.draft_turn;
  let kept = words();
  let sending = null;
  let leaving = false;
  let waiting = false;

  place.querySelector("[data-draft-button]").hidden = true;
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", () => save());
  document.addEventListener("visibilitychange", () => document.hidden && save());
  window.setInterval(() => save(), EVERY);
  form.addEventListener("submit", send);

  // Everything typed, as the form would send it; a file cannot be kept.
  function words() {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const isOurs = name === "csrfmiddlewaretoken" || name === "draft_turn";
      if (typeof value === "string" && !isOurs) typed.append(name, value);
    }
    return typed.toString();
  }

  function say(message) {
    if (status.textContent !== message) status.textContent = message;
  }

  function changed() {
    if (!waiting && words() !== kept) say(WORDS.notYet);
  }

  // Saves what is typed now; resolves to whether the server answered at all.
  async function save({ always = false } = {}) {
    if (sending) await sending;
    if (leaving || (!always && (waiting || words() === kept))) return true;
    sending = put(words());
    try {
      return await sending;
    } finally {
      sending = null;
    }
  }

  async function put(typed) {
    turn.value = Number(turn.value) + 1;
    const body = new URLSearchParams(typed);
    body.set("keep_draft", "yes");
    body.set("draft_turn", turn.value);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (!waiting) say(WORDS.saving);
    let answer;
    try {
      answer = await fetch(form.getAttribute("action") || window.location.href, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(LONGEST),
      });
    } catch {
      if (!waiting) say(WORDS.noSignal);
      return false;
    }
    if (answer.ok) window.dispatchEvent(new Event("used"));
    const told = answer.ok ? await answer.json().catch(() => null) : null;
    if (told?.turn === Number(body.get("draft_turn"))) {
      kept = typed;
      say(words() === typed ? `Saved ${told.at}` : WORDS.notYet);
    } else {
      say(answer.status === 401 ? WORDS.locked : WORDS.notYet);
    }
    return true;
  }

  // Asks for signal first: a form sent without it would leave this page and its words behind.
  async function send(event) {
    if (leaving) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    const button = event.submitter;
    while (!(await save({ always: true }))) {
      say(WORDS.waiting);
      await signal();
    }
    leaving = true;
    form.requestSubmit(button);
  }

  function signal() {
    return new Promise((back) => {
      window.addEventListener("online", back, { once: true });
      window.setTimeout(back, TRY_AGAIN);
    });
  }

  // Come back to with the browser's own button: the page is as it was, and works again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leaving = waiting = false;
  });
}
