import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from momentum.ui import guide
from momentum.ui.fragments import render_block


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/ui/")
    request.user = AnonymousUser()
    return request


def test_a_block_is_rendered_alone_with_what_its_page_imports(request_: HttpRequest) -> None:
    answer = render_block(request_, "ui/guide.html", "main", guide.context(guide.ExampleForm()))
    text = answer.content.decode()

    assert answer.status_code == 200
    assert text.lstrip().startswith('<div class="wrap section--tight guide">')
    assert "<html" not in text
    assert 'class="card"' in text
    assert "csrfmiddlewaretoken" in text


def test_a_block_of_a_layout_above_can_be_asked_for_too(request_: HttpRequest) -> None:
    text = render_block(
        request_, "ui/guide.html", "masthead", guide.context(guide.ExampleForm())
    ).content.decode()

    assert text.lstrip().startswith('<header class="masthead">')


def test_a_block_that_does_not_exist_is_an_error(request_: HttpRequest) -> None:
    with pytest.raises(KeyError):
        render_block(request_, "ui/guide.html", "nowhere", guide.context(guide.ExampleForm()))
