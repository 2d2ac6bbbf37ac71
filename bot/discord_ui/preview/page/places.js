// The places at the left, and the Apps menu of each message. All else on this page is SimCord's.

const LOOK = 500; // milliseconds between two looks, as SimCord does it

const nav = make("nav", { id: "places" });
const trouble = make("p", { id: "places-trouble", role: "alert", hidden: true });
const list = make("ul");
const days = make("button", { id: "places-days", type: "button" });
const now = make("time", { id: "places-now" });
const dialog = make("dialog", { id: "places-dialog" });
const read = new Map(); // the last message that each member saw in each place; "0" is none
let seen = null;
let drawn = "";
let newest = 0n; // the last message that was shown since the place was opened
let greeting = null; // the last message of a preview in which nothing has happened

nav.append(list, days, now, trouble);
document.getElementById("preview-workspace").prepend(nav);
document.getElementById("preview-shell").classList.add("messages-closed");
document.body.append(dialog);
days.addEventListener("click", () => send("days"));
const messages = document.getElementById("channel-message-list");
messages.addEventListener("contextmenu", openMenu);
new MutationObserver(addMenus).observe(messages, { childList: true, subtree: true });
const app = document.getElementById("preview-app");
new MutationObserver(showNewest).observe(app, { attributeFilter: ["aria-busy"] });
const box = document.getElementById("channel-composer-input");
new MutationObserver(goOnTyping).observe(box.parentElement, { childList: true });
box.form.addEventListener("focusin", suggest);
look();

function make(name, { text = "", role, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  if (text) made.textContent = text;
  if (role) made.setAttribute("role", role);
  made.append(...children);
  return made;
}

function headers() {
  return { "X-Simcord-Capability": location.hash.slice(1), "X-Simcord-Context": window.simcordPreview.contextId };
}

async function look() {
  try {
    if (window.simcordPreview?.contextId) {
      const answer = await fetch("/places", { headers: headers(), cache: "no-store" });
      const text = answer.ok ? await answer.text() : drawn;
      if (text !== drawn) draw(JSON.parse(text));
      drawn = text;
    }
  } catch {
    // SimCord's page says that the preview has ended.
  }
  setTimeout(look, LOOK);
}

function draw(next) {
  const menusChanged = JSON.stringify(seen?.menus) !== JSON.stringify(next.menus);
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.place : null;
  seen = next;
  nav.setAttribute("aria-label", seen.words.places);
  list.replaceChildren(...seen.places.map(row));
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focused) list.querySelector(`[data-place="${focused}"]`)?.focus();
  days.textContent = seen.words.days;
  now.dateTime = seen.now;
  now.textContent = new Date(seen.now).toLocaleString(seen.language, { weekday: "short", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  if (menusChanged) {
    document.querySelectorAll(".places-apps").forEach((each) => each.remove());
    addMenus();
  }
}

function row(place) {
  const key = `${seen.viewer}/${place.id}`;
  const isHere = place.id === seen.place;
  if (isHere) read.set(key, place.last);
  const row = make("li", { className: place.kind });
  if (place.kind === "forum") {
    const open = make("button", { type: "button", text: "+" }, make("span", { text: ` ${seen.words.post}` }));
    open.dataset.place = place.id;
    open.addEventListener("click", writePost);
    row.append(make("span", { text: place.name }), open);
    return row;
  }
  const open = make("button", { type: "button", text: place.name });
  open.dataset.place = place.id;
  if (isHere) open.setAttribute("aria-current", "page");
  row.classList.toggle("is-new", (read.get(key) ?? "0") !== place.last);
  open.addEventListener("click", () => go(place.id));
  row.append(open);
  return row;
}

// SimCord's page leaves a place as it leaves a member: all drafts and menus of the old one are closed.
function go(place) {
  const picker = document.getElementById("viewer-picker");
  const option = make("option", { value: `${seen.viewer}/${place}`, text: picker.selectedOptions[0]?.textContent ?? "" });
  picker.append(option);
  picker.value = option.value;
  picker.dispatchEvent(new Event("change"));
}

// As in Discord, what is new comes into sight. SimCord's page is busy while it draws.
function showNewest() {
  const last = BigInt(messages.lastElementChild?.dataset.messageId ?? 0);
  if (!last) newest = 0n; // a place is being opened
  if (app.ariaBusy === "true" || last <= newest) return;
  const timeline = document.getElementById("channel-timeline");
  // Before the page has its size, nothing can scroll, and SimCord's page scrolls when it has: then once more.
  if (timeline.scrollHeight > timeline.clientHeight) newest = last;
  greeting ??= window.simcordPreview.targetId;
  // Later, as SimCord's page first restores what was in sight.
  setTimeout(() => (timeline.scrollTop = String(last) === greeting ? 0 : timeline.scrollHeight));
}

// The fields of a command take the place of the text box until it is sent.
function goOnTyping() {
  if (box.isConnected && document.activeElement === document.body) box.focus();
}

// As in Discord, the bot's suggestions come before the first letter. SimCord's page asks for them at each input.
function suggest({ target }) {
  if (target.matches(".command-option-input") && !target.value) target.dispatchEvent(new Event("input"));
}

function addMenus() {
  if (!seen?.menus.length) return;
  for (const tools of document.querySelectorAll(".channel-message .message-context-actions:not(:has(.places-apps))")) {
    const { messageId } = tools.closest(".channel-message").dataset;
    const menu = make("select", { className: "places-apps", ariaLabel: seen.words.apps });
    menu.append(make("option", { text: seen.words.apps, value: "", hidden: true }));
    menu.append(...seen.menus.map(({ name, label }) => make("option", { value: name, text: label })));
    menu.addEventListener("change", () => {
      send("menu", { message: messageId, name: menu.value });
      menu.value = "";
    });
    tools.append(menu);
  }
}

function openMenu(event) {
  const menu = event.target.closest(".channel-message")?.querySelector(".places-apps");
  if (!menu || event.target.closest("a, img")) return;
  event.preventDefault();
  menu.focus();
  menu.showPicker();
}

function writePost() {
  const { post, title, text, send: label, cancel } = seen.words;
  const name = make("input", { required: true, maxLength: 100 });
  const body = make("textarea", { required: true, maxLength: 2000, rows: 5 });
  const stop = make("button", { type: "button", text: cancel });
  stop.addEventListener("click", () => dialog.close());
  const form = make("form", {}, make("h2", { text: post }), make("label", { text: title }, name), make("label", { text }, body),
    make("div", {}, stop, make("button", { text: label })));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    dialog.close();
    const opened = await send("post", { title: name.value, text: body.value });
    if (opened.error) dialog.showModal(); // with what was typed
    else go(opened.place);
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}

async function send(kind, extra = {}) {
  nav.setAttribute("aria-busy", "true");
  let done = null;
  try {
    const answer = await fetch("/api/action", {
      method: "POST", headers: { ...headers(), "Content-Type": "application/json" }, body: JSON.stringify({ kind, ...extra }),
    });
    done = answer.ok ? await answer.json() : { error: seen.words.failed };
  } catch {
    done = { error: seen.words.failed };
  }
  nav.removeAttribute("aria-busy");
  trouble.textContent = done.error ?? "";
  trouble.hidden = !done.error;
  if (!done.error && !done.place) document.getElementById("refresh").click();
  return done;
}
