// Progressive enhancement only: every page works without this file.
"use strict";

// A form is sent once: a second click on the same page does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button[data-busy]")) {
    button.setAttribute("aria-busy", "true");
    button.textContent = button.dataset.busy;
  }
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Files may be dropped on the field that asks for one.
for (const drop of document.querySelectorAll(".drop")) {
  const input = drop.querySelector("input[type=file]");
  const chosen = drop.querySelector("[data-chosen]");
  const show = () => {
    if (chosen && input.files.length) chosen.textContent = input.files[0].name;
  };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
  });
}

// A task's page follows its progress and leaves for the result; without this it reloads itself.
const task = document.querySelector("[data-task]");
if (task && window.EventSource) {
  const refresh = document.querySelector("meta[http-equiv=refresh]");
  if (refresh) refresh.remove();
  const bar = task.querySelector("progress");
  const step = task.querySelector("[data-step]");
  const steps = JSON.parse(task.dataset.steps);
  const over = () => window.location.assign(task.dataset.next);
  const look = async () => {
    const answer = await fetch(`/api/v1/tasks/${task.dataset.task}`, { cache: "no-store" });
    if (!answer.ok) return;
    const seen = await answer.json();
    bar.max = seen.progress.total;
    bar.value = seen.progress.done;
    const name = seen.progress.step.toLowerCase();
    if (name) step.textContent = steps[name] || seen.progress.step;
    if (["completed", "failed", "cancelled"].includes(seen.status)) over();
  };
  const source = new EventSource("/api/v1/events");
  source.addEventListener("task", look);
  source.addEventListener("message", look);
  window.setInterval(look, 1500);
  look();
}

// The review can be worked through by keys: j and k move, a accepts, r rejects.
const changes = [...document.querySelectorAll(".change[data-pending]")];
if (changes.length) {
  let at = -1;
  const go = (to) => {
    at = Math.min(Math.max(to, 0), changes.length - 1);
    changes[at].focus();
    changes[at].scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.metaKey || event.ctrlKey) return;
    const inside = changes.indexOf(document.activeElement.closest(".change"));
    if (inside >= 0) at = inside;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (at >= 0 && (event.key === "a" || event.key === "r")) {
      const action = event.key === "a" ? "accept" : "reject";
      const button = changes[at].querySelector(`button[value=${action}]`);
      if (button) button.click();
    }
  });
}
