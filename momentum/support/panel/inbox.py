"""The list of conversations: who waits, and who takes care of it."""

from typing import override

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_http_methods

from momentum.accounts.models import User
from momentum.accounts.permissions import admin_only, audited, user_of
from momentum.support.actions.answering import resolve, take_over
from momentum.support.models import Conversation
from momentum.ui.bulk_actions import BulkAction
from momentum.ui.formats import moment
from momentum.ui.languages import isolated
from momentum.ui.list_page import Cell, Column, ListPage, Nothing
from momentum.ui.listing import ALL, FilterForm, choice, words

NOBODY = "nobody"
_TAGS = {"waiting": "care", "answered": "good", "resolved": ""}


class ConversationsForm(FilterForm):
    """Conversations."""

    q = words(gettext_lazy("Words, name or email"))
    status = choice(gettext_lazy("Status"), *Conversation.Status.choices)
    assigned = choice(gettext_lazy("Assigned to"))

    @override
    def offer(self) -> None:
        """Fill in who may take care of one."""
        people = [(str(one.pk), one.display_name) for one in User.objects.admins().order_by("name", "email")]
        self.fields["assigned"].choices = [ALL, (NOBODY, _("Nobody")), *people]  # type: ignore[attr-defined]

    @override
    def rows(self) -> "QuerySet[Conversation]":
        """Return all conversations: those that have waited longest, then the latest."""
        return Conversation.objects.select_related("user", "assigned_to").in_turn()

    @override
    def find(self) -> "QuerySet[Conversation]":
        """Return the conversations that are asked for."""
        found = self.rows()
        if text := self.cleaned_data.get("q"):
            by_person = Q(user__name__icontains=text) | Q(user__email__icontains=text)
            by_words = Q(subject__icontains=text) | Q(
                pk__in=Conversation.objects.filter(messages__text__icontains=text).values("pk")
            )
            found = found.filter(by_person | by_words | Q(address__icontains=text))
        if status := self.cleaned_data.get("status"):
            found = found.filter(status=status)
        if assigned := self.cleaned_data.get("assigned"):
            found = found.filter(assigned_to=None if assigned == NOBODY else assigned)
        return found


def _subject(one: Conversation) -> Cell:
    return Cell(isolated(one.subject, one.language), reverse("panel:support:conversation", args=[one.id]))


def _asker(one: Conversation) -> Cell:
    if one.user is None:
        return Cell(one.address, note=_("Visitor"))
    return Cell(one.user.display_name, note=one.user.email)


def _since(one: Conversation) -> Cell:
    return Cell(moment(one.waiting_since), at=one.waiting_since) if one.waiting_since else Cell("–")


CONVERSATIONS = ListPage(
    title=gettext_lazy("Support"),
    route="panel:support:conversations",
    form=ConversationsForm,
    template="support/panel/conversations.html",
    columns=(
        Column(label=gettext_lazy("Subject"), cell=_subject, sort="subject", by=("subject",)),
        Column(label=gettext_lazy("From"), cell=_asker),
        Column(
            label=gettext_lazy("Status"),
            cell=lambda one: Cell(one.get_status_display(), tag=_TAGS[one.status]),
            sort="status",
            by=("status",),
        ),
        Column(
            label=gettext_lazy("Assigned to"),
            cell=lambda one: one.assigned_to.display_name if one.assigned_to else "–",
        ),
        Column(
            label=gettext_lazy("Waiting since"),
            cell=_since,
            sort="waiting",
            by=("waiting_since",),
            newest_first=True,
            nullable=True,
        ),
        Column(
            label=gettext_lazy("Last message"),
            cell=lambda one: Cell(moment(one.last_at), at=one.last_at),
            sort="last",
            by=("last_at",),
            newest_first=True,
        ),
    ),
    actions=(
        BulkAction(
            name="take",
            label=gettext_lazy("Assign selected to me"),
            act=lambda one: take_over(actor=one.actor, conversation=one.row, version=one.version),
            done=ngettext_lazy(
                "%(num)d conversation assigned to you.", "%(num)d conversations assigned to you.", "num"
            ),
        ),
        BulkAction(
            name="resolve",
            label=gettext_lazy("Resolve selected"),
            act=lambda one: resolve(actor=one.actor, conversation=one.row, version=one.version),
            question=ngettext_lazy(
                "Resolve %(num)d conversation? Nobody is told.",
                "Resolve %(num)d conversations? Nobody is told.",
                "num",
            ),
            done=ngettext_lazy("%(num)d conversation resolved.", "%(num)d conversations resolved.", "num"),
        ),
    ),
    count=ngettext_lazy("%(num)d conversation", "%(num)d conversations", "num"),
    nothing=Nothing(
        gettext_lazy("No conversations yet"),
        gettext_lazy("When someone asks a person for help, it appears here and every administrator is told."),
    ),
    no_match=Nothing(
        gettext_lazy("No matching conversations"), gettext_lazy("Remove a filter or try different words.")
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@admin_only
@audited("conversations.listed")
def inbox(request: HttpRequest) -> HttpResponse:
    """All conversations, whoever has waited longest first; POST assigns or resolves several."""
    return CONVERSATIONS.respond(request, tabs=_tabs(request))


def _tabs(request: HttpRequest) -> list[tuple[str, str, bool]]:
    here, mine = reverse("panel:support:conversations"), str(user_of(request).pk)
    asked = {name: request.GET.get(name, "") for name in ("status", "assigned")}
    tabs = (
        (_("All"), {"status": "", "assigned": ""}),
        (_("Waiting"), {"status": "waiting", "assigned": ""}),
        (_("Mine"), {"status": "", "assigned": mine}),
    )
    return [
        (title, f"{here}?{'&'.join(f'{k}={v}' for k, v in wanted.items() if v)}".rstrip("?"), asked == wanted)
        for title, wanted in tabs
    ]
