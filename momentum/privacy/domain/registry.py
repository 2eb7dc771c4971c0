"""Every column of every table: whether it is about somebody, and what becomes of it when they go.

A test fails for a column that isn't here. Each is one of four kinds:

- `mine`: about the person; they get it when they ask for everything, and it goes with them.
- `hidden`: about the person, but of no use to them and a danger in a file (hashes, keys); it goes with them.
- `trace`: names somebody for whom the row isn't kept, such as who approved a review; it is emptied when they go.
- `plain`: about nobody.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db.models import Model, Q, QuerySet


class Leaving(StrEnum):
    """What becomes of a person's rows when their account is deleted."""

    DELETED = "deleted"
    # The ids that name the person are replaced by one that names nobody, the same in all rows: figures stay true.
    ANONYMISED = "anonymised"
    # The row stays, as the law wants it, and its reference to the person is emptied; so is that of what hangs on it.
    UNLINKED = "unlinked"
    # Kept as it is, because it holds an id and nothing else, and whom that belongs to is forgotten.
    KEPT = "kept"


@dataclass(frozen=True)
class Table:
    """What a table holds. `owners`: the lookups that lead from a row to the id of the person it is about."""

    owners: tuple[str, ...] = ()
    leaving: Leaving = Leaving.DELETED
    mine: str = ""
    hidden: str = ""
    trace: str = ""
    plain: str = ""

    @property
    def columns(self) -> list[str]:
        """Every column, of whatever kind."""
        return f"{self.mine} {self.hidden} {self.trace} {self.plain}".split()

    @property
    def is_personal(self) -> bool:
        return bool(self.owners)


_USER = ("user",)
_ROW = "id created_at updated_at"

TABLES: dict[str, Table] = {
    # --- people ---------------------------------------------------------------------------------------
    "accounts.User": Table(
        owners=("pk",),
        mine="id email name role time_zone time_zones_declined language bio celebrates public_address is_active "
        "date_joined last_login signed_out_at",
        hidden="password avatar",
    ),
    "accounts.Session": Table(
        owners=_USER,
        mine="user created_at last_seen_at expires_at user_agent",
        hidden="key_hash data",
        plain="id updated_at",
    ),
    "accounts.Browser": Table(
        owners=_USER, mine="user created_at user_agent last_seen_at", hidden="key_hash", plain="id updated_at"
    ),
    "accounts.AddressChange": Table(
        owners=_USER, mine="user created_at email old_confirmed_at new_confirmed_at", plain="id updated_at"
    ),
    "accounts.Grant": Table(
        owners=_USER, mine="user created_at user_agent expires_at", hidden="auth_hash", plain="id updated_at rotation"
    ),
    "mfa.Authenticator": Table(owners=_USER, mine="user type created_at last_used_at", hidden="data", plain="id"),
    "socialaccount.SocialApp": Table(plain="id provider provider_id name client_id secret key settings"),
    "socialaccount.SocialAccount": Table(
        owners=_USER, mine="user provider uid last_login date_joined extra_data", plain="id"
    ),
    "socialaccount.SocialToken": Table(
        owners=("account__user",), mine="expires_at", hidden="token token_secret", plain="id app account"
    ),
    "account.EmailAddress": Table(owners=_USER, mine="user email verified primary", plain="id"),
    "account.EmailConfirmation": Table(
        owners=("email_address__user",), mine="created sent", hidden="key", plain="id email_address"
    ),
    "privacy.Export": Table(
        owners=_USER, mine="user created_at ready_at expires_at fetched_at", hidden="file", plain="id updated_at failed"
    ),
    "privacy.Deletion": Table(
        owners=_USER, mine="user created_at due_at withdrawn_at begun_at", plain="id updated_at"
    ),
    # The mails to them, and what they said, unless it let them in. Those to addresses without an account are nobody's.
    "mail.Message": Table(
        owners=_USER, mine="user created_at kind address language subject state sent_at", hidden="text html",
        plain="id updated_at cause keeps attempts last_attempt error",
    ),
    # --- what people do -------------------------------------------------------------------------------
    "learning.Enrolment": Table(
        owners=_USER, mine="user course status origin enrolled_at completed_at taken_at", plain=_ROW
    ),
    "learning.Progress": Table(
        owners=_USER,
        mine="user lesson started_at completed_at seconds video_position positioned_at",
        plain=_ROW,
    ),
    "learning.Tick": Table(owners=_USER, mine="user action_item created_at", plain="id updated_at"),
    "learning.Answer": Table(
        owners=_USER, mine="user question attempt given right at", plain=f"{_ROW} sent_as"
    ),
    "learning.Change": Table(owners=_USER, mine="user created_at", hidden="digest client_id", plain="id updated_at"),
    "learning.LearningDay": Table(owners=_USER, mine="user date seconds lessons finished_at zone", plain=_ROW),
    "learning.ReadingClock": Table(owners=_USER, mine="user lesson beat_at"),
    "learning.Review": Table(
        owners=_USER,
        mine="user course stars text signed status reason published_at written_at",
        trace="moderated_by",
        plain=f"{_ROW} version",
    ),
    "learning.AwaitedPayment": Table(owners=_USER, mine="user course created_at", plain="id updated_at order"),
    "learning.Certificate": Table(
        owners=("enrolment__user",),
        mine="number learner_name course_title days finished_on issued_at status reason decided_at",
        trace="decided_by",
        plain=f"{_ROW} enrolment",
    ),
    "engagement.Standing": Table(
        owners=_USER,
        mine="user points lessons courses longest_course courses_in_time most_in_a_day streak_days streak_row "
        "streak_first streak_last streak_rested_on streak_longest updated_at",
    ),
    "engagement.Award": Table(owners=_USER, mine="user badge at seen_at showcased", plain=_ROW),
    "recommendation.Recommendation": Table(
        owners=("learner",), mine="learner course place reason because", plain="id"
    ),
    "search.Search": Table(owners=_USER, mine="user at text corrected filters found", plain="id"),
    "search.Click": Table(owners=("search__user",), mine="course position at", plain="id search"),
    "analytics.Visitor": Table(owners=_USER, mine="user id first_on"),
    "analytics.VisitDay": Table(owners=("visitor__user",), mine="visitor day", plain="id"),
    "events.Event": Table(
        owners=("actor_id", "subject_id"),
        leaving=Leaving.ANONYMISED,
        mine="name at actor_id subject_id data",
        plain="id",
    ),
    "events.AuditEntry": Table(
        owners=("actor_id", "subject_id"), leaving=Leaving.KEPT, mine="name at data", hidden="actor_id subject_id",
        plain="id request_id",
    ),
    # --- courses --------------------------------------------------------------------------------------
    "catalog.Category": Table(plain=f"{_ROW} name slug description icon position active"),
    "catalog.Course": Table(
        trace="reviewed_by",
        plain=f"{_ROW} title slug summary description outcomes category duration_days level language thumbnail "
        "cover_seed status access price_minor currency provenance rhythm in_sequence featured published_at "
        "enrolment_count stars_1 stars_2 stars_3 stars_4 stars_5 rating_count rating_sum version",
    ),
    "catalog.Lesson": Table(
        plain=f"{_ROW} course day title slug summary content key_points minutes status preview version removed"
    ),
    "catalog.ActionItem": Table(plain=f"{_ROW} position lesson text note removed"),
    "catalog.Resource": Table(plain=f"{_ROW} position lesson title url"),
    "catalog.Question": Table(
        plain=f"{_ROW} position lesson kind prompt choices answer tolerance explanation page page_label removed"
    ),
    "catalog.Source": Table(plain=f"{_ROW} position lesson number title page page_label quote"),
    "catalog.Edition": Table(plain="course changed_at content"),
    "catalog.Video": Table(plain=f"{_ROW} lesson file media_type captions"),
    "recommendation.Likeness": Table(plain="id course other together words"),
    "recommendation.Favourite": Table(plain="id category course new place weight"),
    "search.Kind": Table(plain="id category days offer level language"),
    "search.Document": Table(plain="course kind learners config title head words text spelling"),
    "search.Passage": Table(plain="lesson course words text"),
    "search.Word": Table(plain="word courses"),
    # What several people asked for in the same words, and nobody's alone.
    "search.Phrase": Table(plain="text searches"),
    # --- the studio -----------------------------------------------------------------------------------
    "studio.Job": Table(
        trace="actor",
        plain=f"{_ROW} number title topic audience level language tone days category tier writer fingerprint counted "
        "free_preview status attempt outline course rating rating_note cancel_requested error_code error started_at "
        "finished_at",
    ),
    "studio.JobLesson": Table(
        plain=f"{_ROW} job day title status brief draft words attempts error lesson started_at finished_at"
    ),
    "studio.Proposal": Table(
        trace="actor decided_by",
        plain=f"{_ROW} job_lesson note base_version status draft attempts error decided_at",
    ),
    "studio.Call": Table(
        plain=f"{_ROW} job proposal step day key model status requests input_tokens output_tokens cache_read_tokens "
        "cache_write_tokens reserved_micros usd_micros price_version prompt_version request_ids settled_at"
    ),
    "studio.LogLine": Table(plain=f"{_ROW} job at level text day"),
    "studio.Reference": Table(plain=f"{_ROW} job position title file sha256 bytes pages words notes"),
    "studio.ReferenceText": Table(plain="reference document"),
    "studio.Step": Table(plain=f"{_ROW} job name position status detail attempts error started_at finished_at"),
    # --- money: what the law makes us keep stays, and names nobody ---------------------------------------
    "payments.Order": Table(
        owners=_USER, leaving=Leaving.UNLINKED,
        mine="user created_at kind course plan title list_amount amount currency coupon status paid_at withdrawn_at",
        hidden="session_id session_url", plain="id updated_at provider session_expires_at problem revision",
    ),
    "payments.Subscription": Table(
        owners=_USER, leaving=Leaving.UNLINKED,
        mine="user status interval amount currency period_start period_end cancel_at_period_end ended_at grace_until",
        hidden="ref customer", plain=f"{_ROW} order provider",
    ),
    "payments.Payment": Table(
        owners=("order__user", "subscription__user"), leaving=Leaving.UNLINKED,
        mine="amount refunded currency status failure paid_at period_start period_end receipt",
        hidden="intent invoice", plain=f"{_ROW} order subscription provider",
    ),
    "payments.Refund": Table(
        owners=("payment__order__user", "payment__subscription__user"), leaving=Leaving.UNLINKED,
        mine="amount status reason created_at", hidden="ref", trace="requested_by", plain="id updated_at payment error",
    ),
    "payments.Dispute": Table(
        owners=("payment__order__user", "payment__subscription__user"), leaving=Leaving.UNLINKED,
        mine="amount status reason created_at", hidden="ref", plain="id updated_at payment",
    ),
    "payments.Redemption": Table(
        owners=_USER, leaving=Leaving.UNLINKED, mine="user coupon created_at released_at", plain="id updated_at order"
    ),
    "payments.Membership": Table(owners=_USER, mine="user began_at", plain=_ROW),
    "payments.Customer": Table(owners=_USER, mine="user provider", hidden="ref", plain=_ROW),
    "payments.Coupon": Table(plain=f"{_ROW} code percent amount currency max_uses uses starts_at ends_at active"),
    "payments.Coupon_courses": Table(plain="id coupon course"),
    "payments.Plan": Table(plain=f"{_ROW} interval amount currency active"),
    "payments.ReceiptCounter": Table(plain="year last"),
    "payments.LedgerEntry": Table(plain="id cause account amount currency payment at"),
    "payments.Reconciliation": Table(plain=f"{_ROW} provider since checked findings finished_at"),
    # What the provider told us of what happened; `privacy.retention` empties the texts of those that were handled.
    "payments.WebhookEvent": Table(
        plain=f"{_ROW} provider ref type livemode happened_at payload about outcome error handled_at"
        " handled_times"
    ),
    # --- the stand-in provider's own memory -----------------------------------------------------------------
    "sandbox.Thing": Table(plain="id kind about data due_at made_at notes"),
    "sandbox.Call": Table(plain="key digest answer"),
    "sandbox.Delivery": Table(plain="id type payload made_at attempts delivered_at answered"),
    "sandbox.Desk": Table(plain="id ahead copies shuffled"),
    # --- Django's own, which we don't fill ----------------------------------------------------------------
    "auth.Permission": Table(plain="id name content_type codename"),
    "auth.Group": Table(plain="id name"),
    "auth.Group_permissions": Table(plain="id group permission"),
    "contenttypes.ContentType": Table(plain="id app_label model"),
}  # fmt: skip


def personal() -> dict[str, Table]:
    """Return the tables that hold rows about somebody."""
    return {label: table for label, table in TABLES.items() if table.is_personal}


def rows_of(label: str, user_id: object) -> "QuerySet[Model]":
    """Return what a table holds about somebody."""
    model = apps.get_model(label)
    about = Q()
    for owner in TABLES[label].owners:
        about |= Q(**{owner: user_id})
    found: QuerySet[Model] = model._default_manager.filter(about)  # noqa: SLF001 - Django's name for any model's
    return found
