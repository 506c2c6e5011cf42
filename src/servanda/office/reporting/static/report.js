// A report saved as it is typed: one field at a time, with the version it was typed over. What was not sent stays in this browser
// until it is, so that a closed window or a lost line loses nothing. Without it the page is a plain form with a button.
const form = document.getElementById("answers");
const says = document.getElementById("saving");
const kept = (field) => `report:${form.dataset.viewer}:${form.dataset.report}:${form.dataset.section}:${field}`;
const busy = new Map();
const unsent = new Set();
let sentWhole = false;

function tell(word) {
  says.hidden = false;
  says.textContent = says.dataset[word];
}

function typedIn(box) {
  const inputs = [...box.querySelectorAll("input, select, textarea")];
  return inputs.map((input) => [input.name, input.value]);
}

function versionOf(box) {
  return box.querySelector(`[name="version.${box.dataset.field}"]`);
}

function keep(box) {
  unsent.add(box);
  try {
    localStorage.setItem(kept(box.dataset.field), JSON.stringify(typedIn(box)));
  } catch {
    // no room, or storage is switched off: the field is sent at once all the same
  }
}

function forget(box, sent) {
  if (JSON.stringify(typedIn(box).slice(1)) === JSON.stringify(sent.slice(1))) {
    unsent.delete(box);
    localStorage.removeItem(kept(box.dataset.field));
  }
}

async function send(box) {
  const sent = typedIn(box);
  const body = new URLSearchParams(sent);
  body.set("section", form.dataset.section);
  body.set("field", box.dataset.field);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", body });
    if (answer.status === 401 || answer.status === 403) {
      return tell("ended");
    }
    if (!answer.ok) {
      return tell("unsent");
    }
    const { version, conflict } = await answer.json();
    versionOf(box).value = version;
    forget(box, sent);
    tell(conflict ? "conflict" : "saved");
  } catch {
    tell("unsent");
  }
}

// One save of a field at a time: the next waits for the version that the last one brings.
function later(box) {
  keep(box);
  const field = box.dataset.field;
  const before = busy.get(field) ?? { timer: 0, turn: Promise.resolve() };
  clearTimeout(before.timer);
  before.timer = setTimeout(() => {
    before.turn = before.turn.then(() => send(box));
  }, 800);
  busy.set(field, before);
}

function bringBack(box) {
  const held = JSON.parse(localStorage.getItem(kept(box.dataset.field)) ?? "[]");
  if (JSON.stringify(held.slice(1)) === JSON.stringify(typedIn(box).slice(1))) {
    localStorage.removeItem(kept(box.dataset.field));
    return;
  }
  for (const [name, value] of held) {
    const input = box.querySelector(`[name="${CSS.escape(name)}"]`);
    if (input) {
      input.value = value;
    } else {
      box.append(Object.assign(document.createElement("input"), { name, value })); // of a row that the page does not show any more
    }
  }
  if (held.length) {
    tell("found");
    later(box);
  }
}

// The button sends what still waits and goes on only when all of it has arrived.
async function sendWhole(event) {
  if (sentWhole) {
    return;
  }
  event.preventDefault();
  for (const box of [...unsent]) {
    const held = busy.get(box.dataset.field);
    clearTimeout(held.timer);
    held.turn = held.turn.then(() => send(box));
    await held.turn;
  }
  if (unsent.size === 0) {
    sentWhole = true;
    form.requestSubmit(event.submitter);
  }
}

if (form) {
  const boxes = [...form.querySelectorAll("[data-field]")];
  boxes.forEach(bringBack);
  form.addEventListener("input", (event) => later(event.target.closest("[data-field]")));
  form.addEventListener("submit", sendWhole);
  window.addEventListener("online", () => [...unsent].forEach(later));
}
