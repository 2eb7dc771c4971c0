"""A course in another language than the page around it says so wherever it is shown, and runs its own way."""

from typing import Any

import pytest
from bs4 import Tag

from momentum.search.actions import rebuild
from tests.factories import make_course, make_enrolment, make_question
from tests.pages import soup

TABLE = "<table><thead><tr><th>النبات</th></tr></thead><tbody><tr><td>نعناع</td></tr></tbody></table>"


@pytest.fixture
def course(db: None) -> Any:
    """Three days in Arabic about a garden of herbs."""
    made = make_course(
        title="بستان الأعشاب",
        slug="herbs",
        summary="أعشاب على الشرفة.",
        description=f"<p>دورة قصيرة.</p>{TABLE}",
        outcomes=["تعرف النعناع"],
        language="ar",
    )
    for lesson in made.lessons.all():
        lesson.title, lesson.summary = f"زراعة {lesson.day}", "عن الزراعة."
        lesson.content, lesson.key_points = f"<p>الماء أولا.</p>{TABLE}<pre>water = 1</pre>", ["الماء"]
        lesson.save()
        lesson.action_items.update(text="اسق النبتة.")
        make_question(lesson, kind="single", prompt="ماذا نسقي؟", choices=["النعناع", "الحجر"], answer=[0])
    return made


def _unmarked(response: Any) -> list[str]:
    """Return what is written in Arabic letters on a page and isn't said to be Arabic, from right to left."""
    body = soup(response).body
    assert isinstance(body, Tag)
    found = []
    for text in body.find_all(string=lambda text: any("\u0600" <= sign <= "\u06ff" for sign in text or "")):
        around = text.find_parent(lambda one: one.has_attr("lang") or one.name in {"script", "textarea"})
        if around.name not in {"script", "textarea"} and (around.get("lang"), around.get("dir")) != (
            "ar",
            "rtl",
        ):
            found.append(str(text))
    return found


def test_every_page_of_a_learner_says_what_is_arabic_and_stays_english_itself(
    as_learner: Any, learner: Any, course: Any
) -> None:
    make_course(title="Herbs and more", category=course.category)
    other = make_course(title="ماء", language="ar", category=course.category)
    pages = [
        "/courses/",
        "/courses/?q=بستان",
        "/search/suggestions/?q=بس",
        "/courses/herbs/",
        f"/courses/{other.slug}/",
    ]
    rebuild()
    seen = {address: as_learner.get(address) for address in pages}
    make_enrolment(learner, course, done=1)
    lately = ("/today/", "/courses/herbs/", "/courses/herbs/lessons/1/", "/courses/herbs/lessons/2/", "/")
    seen |= {f"{address} enrolled": as_learner.get(address) for address in lately}
    seen["/courses/herbs/review/"] = as_learner.get("/courses/herbs/review/")

    for address, page in seen.items():
        if address.startswith("/search/"):
            (option,) = soup(page).select("[role=option][lang]")
            assert (option["lang"], option["dir"]) == ("ar", "rtl")
            continue
        assert page.status_code == 200, address
        assert _unmarked(page) == [], address
        html = soup(page).html
        assert html is not None
        assert (html["lang"], html.get("dir")) == ("en", None)
        assert soup(page).select("main [lang=ar][dir=rtl]"), address


def test_a_lesson_has_its_table_in_a_region_and_its_code_from_left_to_right(
    as_learner: Any, learner: Any, course: Any
) -> None:
    make_enrolment(learner, course)

    page = soup(as_learner.get("/courses/herbs/lessons/1/"))

    (prose,) = page.select(".prose")
    assert (prose["lang"], prose["dir"]) == ("ar", "rtl")
    assert [(one["aria-label"], one["tabindex"]) for one in prose.select("[role=region]")] == [
        ("Table", "0"),
        ("Code", "0"),
    ]
    assert [one["dir"] for one in prose.select("copyable-code [role=region]")] == ["ltr"]
    assert [str(one["src"]) for one in page.select("script[src*=copyable-code]")]
    assert course.lessons.get(day=1).content.startswith("<p>الماء أولا.</p><table>"), (
        "it is stored without regions"
    )


def test_a_certificate_and_the_pages_of_the_panel_say_it_too(
    as_admin: Any, learner: Any, course: Any
) -> None:
    place = make_enrolment(learner, course, done=3)
    lesson = course.lessons.get(day=2)

    pages = [
        as_admin.get(f"/certificates/{place.certificate.number}/"),
        as_admin.get("/panel/courses/"),
        as_admin.get(f"/panel/courses/{course.id}/"),
        as_admin.get("/panel/certificates/"),
        as_admin.get(f"/panel/users/{learner.id}/"),
    ]

    assert [page.status_code for page in pages] == [200] * 5
    assert [_unmarked(page) for page in pages] == [[]] * 5
    heading = soup(as_admin.get(f"/panel/lessons/{lesson.id}/")).select_one("h1")
    assert heading is not None
    assert (heading["lang"], heading["dir"]) == ("ar", "rtl")
