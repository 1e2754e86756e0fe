// Small comforts. Every page works without this file.

const go = new Map([...document.querySelectorAll("[data-go]")].map((link) => [link.dataset.go, link.href]));
let waitsForGo = false;

const isTyping = (target) => target.matches("input, select, textarea") || target.isContentEditable;

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.querySelector("[data-search]")?.focus();
    return;
  }
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (waitsForGo && go.has(event.key)) {
    location.assign(go.get(event.key));
  } else if (event.key === "/") {
    event.preventDefault();
    document.querySelector("[data-search]")?.focus();
  } else if (event.key === "?") {
    document.querySelector("#shortcuts")?.showModal();
  }
  waitsForGo = event.key === "g";
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto-submit]");
  if (form) form.requestSubmit();
});

// An element with data-poll is fetched again until the answer's element no longer asks for it.
const poll = async (element) => {
  const answer = await fetch(element.dataset.poll, { headers: { accept: "text/html" } });
  if (answer.redirected || !answer.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(element.id);
  if (!fresh || !fresh.dataset.poll) return location.reload();
  element.replaceChildren(...fresh.childNodes);
  setTimeout(() => poll(element), 700);
};
for (const element of document.querySelectorAll("[data-poll]")) setTimeout(() => poll(element), 700);

// Uploads tell how far they are.
for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const bar = form.querySelector("progress");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.onprogress = ({ loaded, total }) => {
      bar.hidden = false;
      bar.max = total;
      bar.value = loaded;
    };
    request.onload = () => {
      if (request.status === 200 && request.responseURL !== form.action) return location.assign(request.responseURL);
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.querySelector("main").replaceWith(page.querySelector("main"));
    };
    request.onerror = () => form.submit();
    request.send(new FormData(form));
  });
}
