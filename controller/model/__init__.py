"""The rows of the server's database, one file a subject."""

from controller.model.absences import Absence
from controller.model.airings import Airing, AiringMove, StationVerdict
from controller.model.alarm_templates import AlarmTemplate
from controller.model.api import ApiAnswer, ApiKey
from controller.model.area_changes import AreaChange, Deed
from controller.model.areas import Area, AreaKind, AreaPlace, AreaWindow
from controller.model.bulletins import (
    Approval,
    Bulletin,
    BulletinKind,
    Decision,
    Field,
    Hearing,
    Recording,
)
from controller.model.calendar_keys import CalendarKey
from controller.model.columns import Instant, Row
from controller.model.first_start import FirstStart
from controller.model.foreign import SELF_TOLD, BoxKind, ForeignBox, ForeignOffer
from controller.model.gaps import ServerGap, StationGap
from controller.model.hooks import Hook, HookDelivery, HookEvent
from controller.model.identity import ClaimFailure, StationCertificate, StationClaim
from controller.model.inbox import InboxChoice
from controller.model.lexicon import LexiconEntry
from controller.model.mails import Mail, ReportMail
from controller.model.notice_templates import NoticeTemplate
from controller.model.ordering import PriorityPlace
from controller.model.oversight import Alarm, AuditLine, Fact, Holiday, WorkerBeat
from controller.model.papers import Paper
from controller.model.passkeys import Passkey, SpentChallenge
from controller.model.people import (
    Grant,
    LoginFailure,
    Person,
    RecoveryCode,
    ResetLink,
    Role,
    SecondFactor,
    Stage,
    WebSession,
)
from controller.model.pushes import PushSubscription
from controller.model.relays import RelayGrant, RelaySource, SourceKind
from controller.model.releases import Rollout, StationAgent
from controller.model.station_air import StationDecision, StationSound
from controller.model.station_health import Diagnosis, SelfTest, StationSample
from controller.model.stations import Station, StationPlan, StationRecording, StationState
from controller.model.tallies import Tally
from controller.model.traffic import (
    JournalLine,
    Order,
    OrderDelivery,
    OrderKind,
    Outgoing,
    Quarantined,
    StationJournal,
)

__all__ = [
    "SELF_TOLD",
    "Absence",
    "Airing",
    "AiringMove",
    "Alarm",
    "AlarmTemplate",
    "ApiAnswer",
    "ApiKey",
    "Approval",
    "Area",
    "AreaChange",
    "AreaKind",
    "AreaPlace",
    "AreaWindow",
    "AuditLine",
    "BoxKind",
    "Bulletin",
    "BulletinKind",
    "CalendarKey",
    "ClaimFailure",
    "Decision",
    "Deed",
    "Diagnosis",
    "Fact",
    "Field",
    "FirstStart",
    "ForeignBox",
    "ForeignOffer",
    "Grant",
    "Hearing",
    "Holiday",
    "Hook",
    "HookDelivery",
    "HookEvent",
    "InboxChoice",
    "Instant",
    "JournalLine",
    "LexiconEntry",
    "LoginFailure",
    "Mail",
    "NoticeTemplate",
    "Order",
    "OrderDelivery",
    "OrderKind",
    "Outgoing",
    "Paper",
    "Passkey",
    "Person",
    "PriorityPlace",
    "PushSubscription",
    "Quarantined",
    "Recording",
    "RecoveryCode",
    "RelayGrant",
    "RelaySource",
    "ReportMail",
    "ResetLink",
    "Role",
    "Rollout",
    "Row",
    "SecondFactor",
    "SelfTest",
    "ServerGap",
    "SourceKind",
    "SpentChallenge",
    "Stage",
    "Station",
    "StationAgent",
    "StationCertificate",
    "StationClaim",
    "StationDecision",
    "StationGap",
    "StationJournal",
    "StationPlan",
    "StationRecording",
    "StationSample",
    "StationSound",
    "StationState",
    "StationVerdict",
    "Tally",
    "WebSession",
    "WorkerBeat",
]
