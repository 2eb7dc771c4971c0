// Files for a form: dropped anywhere on the page, listed with their sizes, and sent with a bar that shows how far it is.
// Without this script the field and the form work as they are.

const size = (bytes) => {
  const [number, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1024), "kilobyte"] : [bytes / 1024 / 1024, "megabyte"];
  const style = { style: "unit", unit, maximumFractionDigits: 1 };
  return number.toLocaleString(document.documentElement.lang, style);
};

class FileDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    this.form = this.closest("form");
    this.leave = new AbortController();
    const { signal } = this.leave;
    this.querySelector("[data-hint]").hidden = false;
    this.input.addEventListener("change", () => this.list(), { signal });
    this.form.addEventListener("submit", (event) => this.send(event), { signal });
    document.addEventListener("dragover", (event) => this.over(event), { signal });
    document.addEventListener("dragleave", (event) => !event.relatedTarget && this.lift(), { signal });
    document.addEventListener("drop", (event) => this.drop(event), { signal });
    this.list();
  }

  disconnectedCallback() {
    this.leave.abort();
  }

  over(event) {
    if (this.sending || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.classList.add("is-over");
  }

  lift() {
    this.classList.remove("is-over");
  }

  drop(event) {
    if (this.sending || !event.dataTransfer.files.length) return;
    event.preventDefault();
    this.lift();
    const all = new DataTransfer();
    for (const file of [...this.input.files, ...event.dataTransfer.files]) all.items.add(file);
    this.input.files = all.files;
    this.list();
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
    event.preventDefault();
    if (this.sending) return;
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) this.bar.value = (100 * loaded) / total;
    });
    request.upload.addEventListener("load", () => this.say(this.dataset.sent));
    request.addEventListener("load", () => this.answered(request));
    request.addEventListener("error", () => this.fail(this.dataset.failed));
    const body = new FormData(this.form);
    this.busy(true);
    request.send(body);
  }

  get button() {
    return this.form.querySelector("button:not([type=button])");
  }

  get bar() {
    return this.form.querySelector("[data-upload-progress]");
  }

  busy(sending) {
    this.sending = sending;
    this.label ??= this.button.textContent;
    this.button.disabled = sending;
    this.say(sending ? this.dataset.uploading : this.label);
    this.form.setAttribute("aria-busy", String(sending));
    this.bar.hidden = !sending || !this.input.files.length;
    this.bar.value = 0;
    if (sending) this.form.querySelector("[data-upload-failed]").hidden = true;
  }

  say(sentence) {
    this.button.textContent = sentence;
  }

  answered(request) {
    const address = request.getResponseHeader("HX-Redirect");
    if (address) {
      location.assign(address);
    } else if (request.status === 422) {
      this.refused(request.responseText);
    } else {
      this.fail(request.status === 413 ? this.dataset.tooLarge : this.dataset.failed);
    }
  }

  // What was wrong is shown, and the files that were chosen stay chosen.
  refused(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("form:has(file-drop)");
    const kept = this.input.files;
    this.form.replaceWith(fresh);
    fresh.querySelector('file-drop input[type="file"]').files = kept;
    fresh.querySelector("file-drop").list();
    const wrong = fresh.querySelector('[aria-invalid="true"]');
    (wrong ?? fresh.querySelector("button:not([type=button])")).focus();
  }

  fail(sentence) {
    this.busy(false);
    const said = this.form.querySelector("[data-upload-failed]");
    said.textContent = sentence;
    said.hidden = false;
  }
}

customElements.define("file-drop", FileDrop);
