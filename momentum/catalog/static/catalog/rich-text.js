// <rich-text><textarea></textarea></rich-text>: an editor over a text area of HTML. Without script the text
// area stays. The editor's own module is named by a <link rel="modulepreload" data-editor> in the page.
//
// What the editor can't say is left alone: a block that would come out changed is shown, not edited, and goes out
// as it came in.

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

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function markup(fragment) {
  const holder = document.createElement("div");
  holder.append(fragment.cloneNode(true));
  return holder.innerHTML;
}

function attribute(name) {
  return { default: null, parseHTML: (element) => element.getAttribute(name) };
}

// Something of which the editor knows nothing but its HTML.
function kept(editor, name, tag, options) {
  return editor.Node.create({
    name,
    atom: true,
    selectable: true,
    ...options,
    addAttributes: () => ({
      html: { default: "", parseHTML: (element) => element.dataset.html ?? element.outerHTML },
    }),
    parseHTML: () => options.tags.map((each) => ({ tag: each, priority: 100 })),
    renderHTML: ({ node }) => [tag, { "data-html": node.attrs.html }],
    addNodeView:
      () =>
      ({ node }) => {
        const dom = document.createElement(tag);
        dom.className = tag;
        dom.contentEditable = "false";
        dom.append(parsed(node.attrs.html));
        dom.title = document.querySelector("rich-text").dataset.kept;
        for (const link of dom.querySelectorAll("a")) link.tabIndex = -1;
        return { dom };
      },
  });
}

// Whether the items of a list are paragraphs of their own can't be seen in the editor's HTML, where all are.
const loose = {
  default: null,
  parseHTML: (list) => (list.querySelector(":scope > li > p") ? "yes" : null),
  renderHTML: (given) => (given.loose ? { "data-loose": given.loose } : {}),
};

function extensions(editor) {
  const attributes = editor.Extension.create({
    name: "attributes",
    addGlobalAttributes: () => [
      { types: ["heading", "paragraph"], attributes: { id: attribute("id") } },
      { types: ["heading", "paragraph"], attributes: { lang: attribute("lang"), dir: attribute("dir") } },
      { types: ["tableHeader"], attributes: { scope: attribute("scope") } },
      { types: ["bulletList", "orderedList"], attributes: { loose } },
    ],
  });
  const html = editor.HTML.extend({
    addCommands: () => ({
      editHTML:
        () =>
        ({ editor: instance }) => {
          const fields = { html: { type: "string", title: "HTML", format: "textarea" } };
          const ask = editor.updateAttrsDialog(fields, { title: "HTML" });
          ask(instance, { html: toText(instance.getHTML()) }).then((answer) => {
            if (answer) instance.chain().focus().setContent(toEditor(editor, answer.html)).run();
          });
          return true;
        },
    }),
  });
  return [
    editor.Document,
    editor.Dropcursor,
    editor.Gapcursor,
    editor.Paragraph,
    editor.HardBreak,
    editor.Text,
    editor.History,
    editor.Menu,
    html,
    editor.Bold,
    editor.Italic,
    editor.Blockquote,
    editor.BulletList,
    editor.OrderedList,
    editor.ListItem,
    editor.Heading.configure({ levels: [2, 3, 4] }),
    editor.HorizontalRule,
    editor.Link,
    editor.Superscript,
    editor.Code,
    editor.CodeBlock,
    editor.Table,
    editor.TableRow,
    editor.TableHeader,
    editor.TableCell,
    attributes,
    kept(editor, "keptBlock", "kept-block", { group: "block", tags: ["kept-block"] }),
    kept(editor, "keptInline", "kept-inline", {
      group: "inline",
      inline: true,
      tags: ["kept-inline", "sup.cite", "img", "sub", "del", "kbd", "mark", "abbr", "bdi", "ruby"],
    }),
  ];
}

// Return the editor's HTML as the text that is saved.
function toText(html) {
  const content = parsed(html);
  for (const each of content.querySelectorAll("[data-html]")) each.replaceWith(parsed(each.dataset.html));
  for (const cell of content.querySelectorAll("td, th")) unwrapOnly(cell);
  for (const list of content.querySelectorAll("ul, ol")) {
    if (!list.dataset.loose) for (const item of list.querySelectorAll(":scope > li")) unwrapFirst(item);
    for (const name of ["data-loose", "data-type", "type"]) list.removeAttribute(name);
  }
  for (const table of content.querySelectorAll("table")) headed(table);
  for (const link of content.querySelectorAll("a")) for (const name of ["rel", "target"]) link.removeAttribute(name);
  for (const cell of content.querySelectorAll("[colspan='1'], [rowspan='1']")) {
    for (const name of ["colspan", "rowspan"]) if (cell.getAttribute(name) === "1") cell.removeAttribute(name);
  }
  return markup(content);
}

function unwrapOnly(cell) {
  const only = cell.children.length === 1 && cell.firstElementChild;
  if (only && only.localName === "p" && !only.id) only.replaceWith(...only.childNodes);
}

function unwrapFirst(item) {
  const first = item.firstElementChild;
  if (first?.localName === "p" && !first.id) first.replaceWith(...first.childNodes);
}

// The first rows of a table are its head as long as they have nothing but headings.
function headed(table) {
  const body = table.querySelector(":scope > tbody");
  if (!body || table.tHead) return;
  const head = document.createElement("thead");
  for (const row of [...body.rows]) {
    if (![...row.cells].every((cell) => cell.localName === "th")) break;
    head.append(row);
  }
  if (head.rows.length && body.rows.length) body.before(head);
  else body.prepend(...head.rows);
}

// Return the HTML to edit: each block that the editor would change is wrapped, so that it stays.
function toEditor(editor, html) {
  const all = extensions(editor).filter((one) => one.type !== "extension" || one.name === "attributes");
  const blocks = [...parsed(html).childNodes].map((block) => {
    const before = markup(block);
    if (block.nodeType !== Node.ELEMENT_NODE) return before;
    // The editor writes what is aligned as a style, which the content security policy refuses.
    const aligned = block.matches("[align]") || block.querySelector("[align]");
    const after = aligned ? null : toText(editor.generateHTML(editor.generateJSON(before, all), all));
    if (after === compared(before)) return before;
    const wrapped = document.createElement("kept-block");
    wrapped.dataset.html = before;
    return wrapped.outerHTML;
  });
  return blocks.join("");
}

function compared(html) {
  const content = parsed(html);
  for (const link of content.querySelectorAll("a")) for (const name of ["rel", "target"]) link.removeAttribute(name);
  return markup(content);
}

class RichText extends HTMLElement {
  async connectedCallback() {
    const area = this.querySelector("textarea");
    const editor = await import(address);
    const text = area.value;
    area.value = toEditor(editor, text);
    const instance = editor.createTextareaEditor(area, extensions(editor));
    // What wasn't touched is saved as it came.
    area.value = text;
    instance.on("update", () => {
      area.value = toText(area.value);
    });
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
