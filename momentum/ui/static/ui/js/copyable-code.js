// <copyable-code data-copy="Copy" data-copied="Copied"> around a <pre>: gets a button that copies the code.

const SAID_FOR = 3_000;

class CopyableCode extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const { lang, dir } = document.documentElement;
    this.button = Object.assign(document.createElement("button"), {
      type: "button", className: "btn btn--small", textContent: this.dataset.copy, lang, dir: dir || "ltr",
    });
    this.button.addEventListener("click", () => this.#copy());
    this.prepend(this.button);
  }

  async #copy() {
    const code = this.querySelector("pre");
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // Where a browser forbids it, the code is marked, so that it is one key away.
      return getSelection().selectAllChildren(code);
    }
    const status = document.getElementById("announcements");
    this.button.textContent = this.dataset.copied;
    if (status) status.textContent = this.dataset.copied;
    setTimeout(() => {
      this.button.textContent = this.dataset.copy;
      if (status) status.textContent = "";
    }, SAID_FOR);
  }
}

customElements.define("copyable-code", CopyableCode);
