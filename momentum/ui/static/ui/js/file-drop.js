// <file-drop>: a file field whose files can be dropped anywhere on the page, are listed with their sizes, and are sent
// with a bar that shows how far they are and a button that gives up. components/field.html makes one of every file
// field, page.js fetches this where there is one. Without it the field and its form work as they are.
//
// The first of a form's fields sends the form, and says under the form's button how it goes.

const SHOWN_FROM = 1024 * 1024; // A smaller upload is over before a bar could be read.

const local = (number, style) => number.toLocaleString(document.documentElement.lang, style);

const size = (bytes) => {
  const [number, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1024), "kilobyte"] : [bytes / 1024 / 1024, "megabyte"];
  return local(number, { style: "unit", unit, maximumFractionDigits: 1 });
};

class FileDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    this.form = this.closest("form");
    this.status = this.querySelector("[data-status]");
    this.leave = new AbortController();
    const { signal } = this.leave;
    this.input.addEventListener("change", () => this.list(), { signal });
    if (this.leads) {
      this.querySelector("[data-hint]").hidden = false;
      this.button.parentElement.after(this.status);
      this.form.addEventListener("submit", (event) => this.send(event), { signal });
      this.status.querySelector("button").addEventListener("click", () => this.cancel(), { signal });
    }
    this.list();
  }

  disconnectedCallback() {
    this.leave.abort();
  }

  get leads() {
    return this.form.querySelector("file-drop") === this;
  }

  get button() {
    return this.form.querySelector("button:not([type=button])");
  }

  takes(file) {
    const kinds = this.input.accept.split(",").map((kind) => kind.trim().toLowerCase());
    return kinds.some((kind) => kind === "" || file.type === kind || file.name.toLowerCase().endsWith(kind));
  }

  add(file) {
    const all = new DataTransfer();
    if (this.input.multiple) for (const one of this.input.files) all.items.add(one);
    all.items.add(file);
    this.input.files = all.files;
    this.closest("details")?.setAttribute("open", "");
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  list() {
    const shown = this.querySelector("[data-files]");
    shown.hidden = !this.input.files.length;
    shown.replaceChildren(
      ...[...this.input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name}, ${size(file.size)}`;
        return item;
      }),
    );
  }

  send(event) {
    const files = [...this.form.querySelectorAll('input[type="file"]')].flatMap((input) => [...input.files]);
    if (!this.request && !files.length) return; // An ordinary form.
    event.preventDefault();
    if (this.request) return;
    const body = new FormData(this.form, event.submitter);
    const request = (this.request = new XMLHttpRequest());
    request.open("POST", this.form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) this.show(loaded / total);
    });
    request.upload.addEventListener("load", () => this.arrived());
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.fail(this.dataset.failed));
    this.busy(true);
    this.progress.hidden = files.reduce((sum, file) => sum + file.size, 0) < SHOWN_FROM;
    this.show(0);
    request.send(body);
  }

  get progress() {
    return this.status.querySelector("[data-progress]");
  }

  show(part) {
    this.status.querySelector("progress").value = part;
    this.status.querySelector("[data-percent]").textContent = local(part, { style: "percent", maximumFractionDigits: 0 });
  }

  // Everything is there; whether it is taken is for the server to say, and can't be stopped any more.
  arrived() {
    this.button.textContent = this.dataset.arrived;
    this.status.querySelector("button").hidden = true;
  }

  cancel() {
    this.request.abort();
    this.busy(false);
    this.say(this.dataset.cancelled, "care");
    this.button.focus();
  }

  busy(sending) {
    if (!sending) this.request = null;
    this.label ??= this.button.textContent;
    this.button.disabled = sending;
    this.button.textContent = sending ? this.dataset.uploading : this.label;
    this.form.setAttribute("aria-busy", String(sending));
    this.progress.hidden = true;
    this.status.querySelector("button").hidden = false;
    this.say("");
  }

  say(sentence, kind = "fault") {
    const said = this.status.querySelector("[data-said]");
    said.className = `note note--${kind}`;
    said.textContent = sentence;
    said.hidden = !sentence;
  }

  answered(request) {
    const address = request.getResponseHeader("HX-Redirect");
    if (address) {
      location.assign(address);
    } else if (request.status === 422) {
      this.refused(request.responseText);
    } else if (request.status === 413) {
      this.fail(this.dataset.tooLarge);
    } else {
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      this.fail(answer.querySelector(".note")?.textContent.trim() || this.dataset.failed);
    }
  }

  // What was wrong is shown, and the files that were chosen stay chosen.
  refused(text) {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const fresh = [...answer.forms].find((form) => form.querySelector(`file-drop [name="${this.input.name}"]`));
    if (!fresh) return this.fail(this.dataset.failed);
    const kept = [...this.form.querySelectorAll('input[type="file"]')].map(({ name, files }) => [name, files]);
    this.form.replaceWith(fresh);
    for (const [name, files] of kept) {
      fresh.elements[name].files = files;
      fresh.elements[name].closest("file-drop").list();
    }
    (fresh.querySelector("[data-focus]") ?? fresh.querySelector('[aria-invalid="true"]'))?.focus();
  }

  fail(sentence) {
    this.busy(false);
    this.say(sentence);
  }
}

customElements.define("file-drop", FileDrop);

const fields = () => [...document.querySelectorAll("file-drop")].filter((one) => !one.form.matches('[aria-busy="true"]'));
const lift = () => fields().forEach((one) => one.classList.remove("is-over"));

document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files") || !fields().length) return;
  event.preventDefault();
  fields().forEach((one) => one.classList.add("is-over"));
});
document.addEventListener("dragleave", (event) => !event.relatedTarget && lift());
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length || !fields().length) return;
  event.preventDefault();
  lift();
  for (const file of event.dataTransfer.files) {
    const taking = fields().find((one) => one.takes(file));
    if (taking) taking.add(file);
    else fields()[0].say(fields()[0].dataset.otherKind);
  }
});
