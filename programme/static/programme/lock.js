// Says before a screen locks, and lets whoever needs longer go on. Without this it just locks:
// nothing typed is lost then either.
const LONGEST_WARNING = 120_000;
const LOOK = 5_000;
// The server writes down when it was last used once a minute.
const EARLIER = 60_000;

const place = document.getElementById("lock");
const words = place.querySelector("[data-lock-words]");
const stay = place.querySelector("button");
const others = new BroadcastChannel("used");
const idle = Number(place.dataset.seconds) * 1000 - EARLIER;
const warning = Math.min(LONGEST_WARNING, idle / 2);
let locks;

function used() {
  locks = Date.now() + idle;
  look();
}

function say(message, mayStay) {
  place.hidden = !message;
  stay.hidden = !mayStay;
  if (words.textContent !== message) words.textContent = message;
}

function look() {
  const left = locks - Date.now();
  const at = new Date(locks).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (left > warning) say("", false);
  else if (left > 0) say(`Nothing was used for a while. This screen locks at ${at}. What you typed stays.`, true);
  else say("This screen is locked. What you typed stays: save it, and you are asked who you are.", false);
}

function usedHere() {
  used();
  others.postMessage("used");
}

stay.addEventListener("click", async () => {
  // Where it is not locked yet, this address only leads on.
  const answer = await fetch(place.dataset.stay, { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer?.type === "opaqueredirect") usedHere();
  else if (answer) {
    locks = Date.now();
    look();
  } else words.textContent = "There is no signal. What you typed stays on this page.";
});
others.addEventListener("message", used);
window.addEventListener("used", usedHere);
window.setInterval(look, LOOK);
document.addEventListener("visibilitychange", look);
usedHere();
