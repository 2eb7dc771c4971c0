"""A title as long as titles may be, with a word wider than a phone, sticks out nowhere in the panel."""

from playwright.sync_api import Page

from tests.browser.conftest import Product

TITLE = f"{'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau' * 2} and other incomprehensibilities"[
    :160
]


def test_a_title_with_a_very_long_word_sticks_out_nowhere(page: Page, product: Product) -> None:
    product.sign_in(page, "admin")
    page.goto("/panel/courses/new/")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Category").select_option(index=1)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("heading", level=1, name=TITLE).wait_for()

    found = []
    # In the editor a column's head is one with its words, as on the page that comes of it.
    cells = page.locator("main").evaluate(
        """(main, word) => {
          const part = document.createElement("div");
          part.className = "prose-editor";
          const row = `<tr><th><p>Stage</p></th><td>${word}</td></tr>`;
          part.innerHTML = `<div class="ProseMirror"><table><tbody>${row}</tbody></table></div>`;
          main.append(part);
          const head = part.querySelector("th");
          const widths = [head.firstChild.getClientRects().length, head.offsetWidth > 30];
          part.remove();
          return widths;
        }""",
        TITLE.split()[0],
    )
    assert cells == [1, True]
    for address in (page.url, f"{page.url}lessons/new/", f"{page.url}delete/", "/panel/", "/panel/courses/"):
        page.goto(address)
        for width in (320, 390, 820, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{address} at {width}")
    page.goto("/panel/courses/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Delete draft").click()
    page.locator("main form button").click()

    assert found == []


# As if authors had written nothing but this: titles, summaries, lines of lists. Tables scroll by themselves.
WRITTEN = """title => {
  const own = [...document.querySelectorAll("main [lang]")].flatMap((one) => [one, ...one.querySelectorAll("*")]);
  for (const one of own) {
    const isText = !one.childElementCount && one.textContent.trim();
    if (isText && !one.closest("table, pre, svg, button")) one.textContent = title;
  }
}"""


def test_words_wider_than_a_phone_stick_out_of_no_page_of_a_learner(page: Page, product: Product) -> None:
    product.sign_in(page, "learner")
    course = "/courses/a-habit-that-holds/"

    found = []
    for address in (
        "/",
        "/today/",
        "/courses/",
        course,
        f"{course}lessons/2/",
        f"{course}reviews/",
        "/premium/",
    ):
        page.goto(address)
        page.evaluate(WRITTEN, TITLE)
        for width in (320, 390, 820, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{address} at {width}")

    assert found == []
