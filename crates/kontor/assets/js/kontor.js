// Comforts for who has scripts; every page works without them. Elements say by data attributes what they want:
//
//   data-search              the field that “/” and Ctrl-K go to
//   data-suggest="/url"      on its form: what fits is fetched while somebody types, and opens below
//   data-go="a"              the link that “g a” follows
//   data-dialog="id"         opens that dialog, where the page has it
//   data-confirm="question"  on a form or its button: asks before the form is sent
//   data-auto-submit         a form that sends itself when a field changes
//   data-first               a form whose changes must be sent before anything in a form with data-after-first; [data-first-hint] then says so
//   data-poll="/url"         on an element with an id: its content is fetched again until the answer's element has no data-poll; then the page is
//   data-upload              a form whose files are sent with progress, shown in its <progress>
//   data-flash, data-dismiss a message and the button that puts it away
//   data-print               prints the page
//   data-grid, data-cell     a table of small fields: arrows and Enter go to the neighbour, a digit goes on by itself
//   data-sum, data-summand   a form that shows in its [data-total] what its summands come to
//   data-png="/url.svg"      a hidden button that appears and keeps that drawing as a picture
//   data-drop="/url"         around boxes with data-who: one dragged onto another leads to that address with from and to

const POLL_MS = 700;
const GO_MS = 1200;
const TYPING_MS = 60;

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

// Keys

let goUntil = 0;

const isTyping = (target) => target.closest?.("input, select, textarea, [contenteditable]") != null;

const focusSearch = (event) => {
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
};

const follow = (letter) => document.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.click();

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null);
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return focusSearch(event);
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.timeStamp < goUntil) {
    goUntil = 0;
    follow(event.key);
  } else if (event.key === "g") goUntil = event.timeStamp + GO_MS;
  else if (event.key === "/") focusSearch(event);
  else if (event.key === "c") document.querySelector("[data-quick]")?.click();
  else if (event.key === "?") document.getElementById("shortcuts")?.showModal();
});

// Suggestions

const suggestions = (form) => {
  const field = form.querySelector("[data-search]");
  let box = null;
  let asked = 0;
  let timer = 0;

  const entries = () => [...(box?.querySelectorAll("a") ?? [])];
  const close = () => {
    box?.remove();
    box = null;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(field.value)}`);
      const next = answer.ok && !answer.redirected && parse(await answer.text()).getElementById("suggest");
      // Who typed on meanwhile has asked again.
      if (mine !== asked || document.activeElement !== field) return;
      close();
      if (!next) return;
      form.append((box = next));
      entries().forEach((entry, place) => (entry.id = `suggest-${place}`));
      field.setAttribute("aria-expanded", "true");
    } catch {
      close();
    }
  };
  const select = (step) => {
    const all = entries();
    if (!all.length) return;
    const now = all.findIndex((entry) => entry.ariaSelected === "true");
    const next = all[(now + step + all.length + (now < 0 && step < 0 ? 1 : 0)) % all.length];
    for (const entry of all) entry.ariaSelected = entry === next ? "true" : "false";
    field.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, TYPING_MS);
  });
  field.addEventListener("focus", ask);
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
  // A click must not take the focus, or the list is gone before it counts.
  form.addEventListener("mousedown", (event) => event.target.closest(".suggest") && event.preventDefault());
  field.addEventListener("keydown", (event) => {
    const chosen = entries().find((entry) => entry.ariaSelected === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") select(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && chosen) chosen.click();
    else if (event.key === "Escape" && box) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
};

for (const form of document.querySelectorAll("form[data-suggest]")) suggestions(form);
// Tables to fill in

const cellBeside = (field, rows, columns) => {
  const cell = field.closest("td");
  const lines = [...cell.closest("tbody").rows];
  const line = lines[lines.indexOf(cell.parentElement) + rows];
  return line?.cells[cell.cellIndex + columns]?.querySelector("input");
};

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!field.matches?.("[data-grid] input") || event.ctrlKey || event.metaKey || event.altKey) return;
  // In a text the arrows to the sides belong to the text.
  const isText = !field.matches("[data-cell]");
  const step = STEPS[event.key];
  if (!step || (isText && step[1] !== 0)) return;
  event.preventDefault();
  const next = cellBeside(field, ...step);
  next?.focus();
  next?.select();
});

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("[data-grid] [data-cell]")) return;
  // Whoever types 1 for yes means five points.
  if (field.dataset.cell === "yes" && field.value === "1") field.value = "5";
  if (/^[0-5]$/.test(field.value)) cellBeside(field, 0, 1)?.focus();
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-sum]");
  const total = form?.querySelector("[data-total]");
  if (!total) return;
  const sum = [...form.querySelectorAll("[data-summand]")].reduce((sum, { value }) => sum + (Number.parseInt(value, 10) || 0), 0);
  total.value = sum;
  total.classList.toggle("loss", sum !== Number(form.dataset.sum));
});

// Clicks

const closeMenus = (target) => {
  for (const menu of document.querySelectorAll(":is(details.menu, details.picker)[open]")) {
    if (menu.contains(target)) continue;
    // Escape within the menu leads back to what opened it.
    if (!target && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
};

const openDialog = (event, opener) => {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  closeMenus(null);
  dialog.showModal();
};

document.addEventListener("click", (event) => {
  const target = event.target;
  closeMenus(target);
  const opener = target.closest("[data-dialog]");
  if (opener) openDialog(event, opener);
  if (target.closest("[data-dismiss]")) target.closest("[data-flash]")?.remove();
  if (target.closest("[data-print]")) window.print();
  // The backdrop belongs to the dialog; what lies within has elements of its own, save the padding.
  if (target.matches("dialog") && isOutside(target, event)) target.close();
});

const isOutside = (dialog, { clientX, clientY }) => {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
};

// Forms

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
  else if (form.matches("[data-upload]")) upload(event, form);
});

document.addEventListener("change", (event) => event.target.closest("form[data-auto-submit]")?.requestSubmit());

const hold = (event) => {
  if (!event.target.closest("form[data-first]")) return;
  for (const button of document.querySelectorAll("form[data-after-first] button")) button.disabled = true;
  for (const hint of document.querySelectorAll("[data-first-hint]")) hint.hidden = false;
};
document.addEventListener("input", hold);
document.addEventListener("change", hold);

const upload = (event, form) => {
  const bar = form.querySelector("progress");
  if (!bar) return;
  event.preventDefault();
  const hidden = bar.closest("[hidden]");
  const busy = (is) => {
    for (const button of form.querySelectorAll("button")) button.disabled = is;
    hidden?.toggleAttribute("hidden", !is);
  };
  const request = new XMLHttpRequest();
  request.upload.onprogress = ({ loaded, total }) => {
    bar.max = 1;
    bar.value = total ? loaded / total : 0;
    // All is sent; what follows is the server's part, whose length nobody knows.
    if (loaded === total) bar.removeAttribute("value");
  };
  request.onload = () => {
    if (request.status < 400 && request.responseURL !== form.action) return location.assign(request.responseURL);
    busy(false);
    show(request.responseText);
  };
  // Without an answer the browser's own way says best what is wrong.
  request.onerror = () => {
    busy(false);
    form.submit();
  };
  const data = new FormData(form, event.submitter);
  busy(true);
  request.open("POST", form.action);
  request.send(data);
};

// The main part of an answer that is a page: the form again, with what is wrong.
const show = (html) => {
  const main = parse(html).querySelector("main");
  if (!main) return;
  document.querySelector("main").replaceWith(main);
  watch(main);
  (main.querySelector("[aria-invalid]") ?? main).focus();
};

// Drawings as pictures: the browser has the fonts, so it draws best.

const PNG_SCALE = 2;

const keepPng = (button) => {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * PNG_SCALE;
    canvas.height = image.naturalHeight * PNG_SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "kontor.png" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }, "image/png");
  };
  image.src = button.dataset.png;
};

for (const button of document.querySelectorAll("[data-png]")) {
  button.hidden = false;
  button.addEventListener("click", () => keepPng(button));
}

// One box dragged onto another

const DRAG_PX = 8;

const boxAt = (x, y, map) => {
  const box = document.elementFromPoint(x, y)?.closest("[data-who]");
  return box && map.contains(box) ? box : null;
};

for (const map of document.querySelectorAll("[data-drop]")) {
  let from = null, start = null, isDragged = false;
  map.addEventListener("dragstart", (event) => event.preventDefault());
  map.addEventListener("pointerdown", (event) => {
    [from, start, isDragged] = [event.button === 0 ? event.target.closest("[data-who]") : null, [event.clientX, event.clientY], false];
  });
  map.addEventListener("pointermove", (event) => {
    if (!from || isDragged || Math.hypot(event.clientX - start[0], event.clientY - start[1]) < DRAG_PX) return;
    isDragged = true;
    from.toggleAttribute("data-dragged", true);
  });
  window.addEventListener("pointerup", (event) => {
    if (!from) return;
    const to = isDragged ? boxAt(event.clientX, event.clientY, map) : null;
    from.toggleAttribute("data-dragged", false);
    if (to && to.dataset.who !== from.dataset.who) {
      const address = new URL(map.dataset.drop, location.href);
      address.searchParams.set("from", from.dataset.who);
      address.searchParams.set("to", to.dataset.who);
      location.assign(address);
    }
    from = null;
  });
  // What ends a drag is no click on the box.
  map.addEventListener("click", (event) => isDragged && event.preventDefault(), true);
}

// What is going on

const poll = async (id) => {
  const element = document.getElementById(id);
  if (!element?.dataset.poll) return;
  try {
    const answer = await fetch(element.dataset.poll, { headers: { Accept: "text/html" } });
    const next = answer.ok && !answer.redirected && parse(await answer.text()).getElementById(id);
    // Without the element, or without its wish for more, the work is done or the session over: the page knows how to go on.
    if (!next || !next.dataset.poll) return location.reload();
    element.replaceChildren(...next.childNodes);
  } catch {
    // The server is away for a moment; ask again.
  }
  setTimeout(poll, POLL_MS, id);
};

const watch = (root) => {
  for (const element of root.querySelectorAll("[data-poll][id]")) setTimeout(poll, POLL_MS, element.id);
};

watch(document);

// On narrow screens the menu and the tabs are lines that scroll; the place one is at shall be seen.
for (const here of document.querySelectorAll(".nav [aria-current], .tabs [aria-current]")) {
  const line = here.closest(".side, .tabs");
  line.scrollLeft += here.getBoundingClientRect().left - line.getBoundingClientRect().left - (line.clientWidth - here.offsetWidth) / 2;
}
