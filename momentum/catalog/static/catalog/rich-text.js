// <rich-text><textarea></textarea></rich-text>: an editor over a text area of HTML. Without script the text
// area stays. The editor's own module is named by a <link rel="modulepreload" data-editor> in the page.

// The editor would add a style element, which the content security policy refuses, unless it finds one. What it
// finds is this, which is a style element by name only; the rules are in editor.css.
const style = document.createElementNS("urn:momentum:nothing", "style");
style.setAttribute("data-tiptap-style", "");
document.head.append(style);

const address = document.querySelector("link[data-editor]").href;

const LABELS = {
  format_bold: "Bold",
  format_italic: "Italic",
  format_list_bulleted: "Bullet list",
  format_list_numbered: "Numbered list",
  format_quote: "Quotation",
  horizontal_rule: "Divider",
  link: "Link",
  link_off: "Remove link",
  superscript: "Superscript",
  undo: "Undo",
  redo: "Redo",
  code: "HTML",
};

class RichText extends HTMLElement {
  async connectedCallback() {
    const area = this.querySelector("textarea");
    const editor = await import(address);
    editor.createTextareaEditor(area, [
      editor.Document,
      editor.Dropcursor,
      editor.Gapcursor,
      editor.Paragraph,
      editor.HardBreak,
      editor.Text,
      editor.History,
      editor.Menu,
      editor.HTML,
      editor.Bold,
      editor.Italic,
      editor.Blockquote,
      editor.BulletList,
      editor.OrderedList,
      editor.ListItem,
      editor.Heading.configure({ levels: [2, 3] }),
      editor.HorizontalRule,
      editor.Link,
      editor.Superscript,
      editor.Code,
      editor.CodeBlock,
      editor.Table,
      editor.TableRow,
      editor.TableHeader,
      editor.TableCell,
    ]);
    this.#label(area);
  }

  #label(area) {
    const name = area.labels[0]?.textContent.trim();
    const page = this.querySelector('.ProseMirror[contenteditable="true"]');
    page?.setAttribute("aria-label", name ?? "");
    page?.setAttribute("role", "textbox");
    page?.setAttribute("aria-multiline", "true");
    for (const button of this.querySelectorAll(".prose-menubar [data-name], .prose-menubar__button")) {
      const known = LABELS[button.textContent.trim()];
      if (known && !button.getAttribute("aria-label")) button.setAttribute("aria-label", known);
    }
  }
}

customElements.define("rich-text", RichText);
