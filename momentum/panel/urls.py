from django.urls import include, path

from momentum.core.declarations import declared
from momentum.panel.views import (
    audit,
    home,
    mail,
    mail_kinds,
    mail_numbers,
    mail_texts,
    mail_versions,
    suppressions,
    users,
)

OPEN_WHILE_IMPERSONATING = {"panel:impersonation-end"}
app_name = "panel"
urlpatterns = [
    path("", home.home, name="home"),
    # The pages of other apps: each has a namespace of its own, such as `panel:payments:payments`.
    *(path("", include((module, app))) for app, module in declared("panel.urls").items()),
    path("users/", users.users, name="users"),
    path("users/export/", users.export, name="users-export"),
    path("users/new/", users.invitation, name="user-new"),
    path("users/<uuid:user_id>/", users.user, name="user"),
    path("users/<uuid:user_id>/role/", users.user_role, name="user-role"),
    path("users/<uuid:user_id>/status/", users.user_status, name="user-status"),
    path("users/<uuid:user_id>/invitation/", users.user_invitation, name="user-invitation"),
    path("users/<uuid:user_id>/courses/", users.user_courses, name="user-courses"),
    path("users/<uuid:user_id>/impersonation/", users.impersonation, name="user-impersonation"),
    path("impersonation/end/", users.impersonation_end, name="impersonation-end"),
    path("enrolments/<uuid:enrolment_id>/removal/", users.enrolment_removal, name="enrolment-removal"),
    path("audit/", audit.entries, name="audit"),
    path("audit/export/", audit.export, name="audit-export"),
    path("mail/", mail.letters, name="mail"),
    path("mail/kinds/", mail_kinds.every, name="mail-kinds"),
    path("mail/kinds/<str:kind>/", mail_texts.text, name="mail-kind"),
    path("mail/kinds/<str:kind>/state/", mail_kinds.state, name="mail-kind-state"),
    path("mail/kinds/<str:kind>/preview/", mail_texts.preview, name="mail-kind-preview"),
    path("mail/kinds/<str:kind>/page/", mail_texts.page, name="mail-kind-page"),
    path("mail/kinds/<str:kind>/test/", mail_texts.test, name="mail-kind-test"),
    path("mail/kinds/<str:kind>/versions/<int:number>/", mail_versions.version, name="mail-kind-version"),
    path(
        "mail/kinds/<str:kind>/versions/<int:number>/restoration/",
        mail_versions.restoration,
        name="mail-kind-restoration",
    ),
    path("mail/numbers/", mail_numbers.numbers, name="mail-numbers"),
    path("mail/suppressions/", suppressions.suppressions, name="mail-suppressions"),
    path("mail/<uuid:message_id>/", mail.letter, name="letter"),
    path("mail/<uuid:message_id>/page/", mail.letter_page, name="letter-page"),
    path("mail/<uuid:message_id>/resend/", mail.resend, name="letter-resend"),
]
