"""The logs of identity providers and of services that are bought, not run.

Spec: https://developer.okta.com/docs/reference/api/system-log/
Spec: https://docs.github.com/en/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/reviewing-the-audit-log-for-your-organization
Spec: https://developers.google.com/workspace/admin/reports/v1/appendix/activity/login
Spec: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes
Spec: https://duo.com/docs/adminapi#logs
Spec: https://goteleport.com/docs/reference/audit-events/
Spec: https://doc.traefik.io/traefik/observability/access-logs/
Spec: https://docs.slack.dev/admins/audit-logs-api
Spec: https://docs.snowflake.com/en/sql-reference/account-usage/login_history
Why: as data; the first shape whose marks a record bears is what it is.
Trap: many of these say a time without a zone that their documentation calls UTC.
"""

from __future__ import annotations

from stopa.model.event import LogSource
from stopa.readers._cloud_shape import Shape
from stopa.readers._cloud_unpack import activity, as_told
from stopa.readers._columns import Pick
from stopa.readers._times import epoch, epoch_millis, stated, utc

OKTA_NAMES = (
    "eventType displayMessage legacyEventType authenticationContext securityContext "
    "debugContext debugData alternateId displayName detailEntry ipAddress userAgent "
    "rawUserAgent geographicalContext authenticationProvider credentialProvider "
    "credentialType externalSessionId requestUri logOnlySecurityData isProxy asNumber "
    "dtHash threatSuspected ipChain authenticationStep requestId"
)
GITHUB_TIMES = (
    Pick("@timestamp", epoch_millis),
    Pick("created_at", epoch_millis),
    Pick("@timestamp", stated),
    Pick("created_at", stated),
)
DUO = LogSource("cisco", None, "duo")
FALCON = LogSource("crowdstrike", None, "fdr")
FALCON_TIMES = (
    Pick("timestamp", stated),
    Pick("timestamp", epoch_millis),
    Pick("ContextTimeStamp", epoch),
)

SERVICES = (
    *(
        Shape(
            "Okta System Log",
            LogSource("okta", None, "okta"),
            marks,
            (Pick("published", utc),),
            ("actor.alternateId", "actor.displayName"),
            spelled=OKTA_NAMES,
        )
        for marks in (
            ("eventType", "actor", "published", "client"),
            ("eventType", "actor", "outcome"),
            ("eventType", "legacyEventType", "actor"),
        )
    ),
    Shape(
        "Google Workspace activity",
        LogSource("gcp", None, "google_workspace.{}"),
        ("id.applicationName",),
        (Pick("id.time", utc),),
        ("actor.email", "actor.profileId"),
        aliases=(
            ("eventName", "name"),
            ("setting_name", "parameters.SETTING_NAME"),
            ("new_value", "parameters.NEW_VALUE"),
        ),
        service_of="id.applicationName",
        unpack=activity,
    ),
    Shape(
        "Slack audit log",
        LogSource("slack", None, "audit"),
        ("action", "actor.type", "context"),
        (Pick("date_create", epoch), Pick("date_create", utc)),
        ("actor.user.email", "actor.user.name"),
    ),
    Shape(
        "Bitbucket audit log",
        LogSource("bitbucket", None, "audit"),
        ("auditType.category", "auditType.action"),
        (Pick("timestamp", stated), Pick("timestamp", epoch)),
        ("author.name",),
    ),
    *(
        Shape(
            "GitHub audit log",
            LogSource("github", None, "audit"),
            marks,
            GITHUB_TIMES,
            ("actor",),
        )
        for marks in (
            ("action", "actor", "_document_id"),
            ("action", "actor", "created_at", "org"),
            ("action", "actor", "repo"),
            ("action", "actor", "org"),
            ("action", "actor", "business"),
        )
    ),
    Shape(
        "Auth0 tenant log",
        LogSource("auth0", None, "tenant"),
        ("data.type", "data.client_id"),
        (Pick("data.date", utc),),
        ("data.user_name", "data.details.request.auth.user.email"),
    ),
    Shape(
        "Auth0 tenant log",
        LogSource("auth0", None, "tenant"),
        ("log_id", "client_id", "type"),
        (Pick("date", utc),),
        ("user_name",),
    ),
    Shape(
        "Auth0 tenant log",
        LogSource("auth0", None, "tenant"),
        ("log_id", "data"),
        (Pick("data.date", utc),),
        ("data.user_name",),
    ),
    Shape(
        "OneLogin events",
        LogSource("onelogin", None, "onelogin.events"),
        ("event_type_id",),
        (Pick("event_timestamp", utc), Pick("created_at", utc)),
        ("actor_user_name", "user_name"),
    ),
    Shape(
        "Duo administrator log",
        DUO,
        ("action", "username", "isotimestamp"),
        (Pick("isotimestamp", utc), Pick("timestamp", epoch)),
        ("username",),
    ),
    Shape(
        "Duo authentication log",
        DUO,
        ("factor", "access_device", "result"),
        (Pick("isotimestamp", utc), Pick("timestamp", epoch)),
        ("user.name", "username"),
    ),
    Shape(
        "Box events",
        LogSource("box", None, "events"),
        ("type=event", "event_type"),
        (Pick("created_at", stated),),
        ("created_by.login",),
    ),
    Shape(
        "Snowflake login history",
        LogSource("snowflake", None, "login_history"),
        ("EVENT_TIMESTAMP", "IS_SUCCESS", "USER_NAME"),
        (Pick("EVENT_TIMESTAMP", utc),),
        ("USER_NAME",),
    ),
    Shape(
        "Salesforce event log",
        LogSource("salesforce", None, "events"),
        ("EVENT_TYPE", "ORGANIZATION_ID", "USER_ID"),
        (Pick("TIMESTAMP_DERIVED", utc), Pick("TIMESTAMP", utc)),
        ("USER_NAME", "USER_ID"),
    ),
    *(
        Shape(
            "CrowdStrike Falcon data",
            FALCON,
            marks,
            FALCON_TIMES,
            ("event.UserName", "UserName"),
            ("event.ComputerName", "ComputerName", "aid"),
            aliases=(("event_simpleName", "event_simplename"),),
        )
        for marks in (
            ("aid", "cid", "event"),
            ("event_simpleName", "aid"),
            ("event_simpleName", "event_platform"),
            ("fdr_event_type",),
        )
    ),
    Shape(
        "osquery results",
        LogSource("osquery", None, "results"),
        ("name", "action", "columns"),
        (Pick("unixTime", epoch),),
        ("columns.user", "columns.username"),
        ("hostIdentifier", "decorations.hostname"),
    ),
    Shape(
        "SentinelOne activity",
        LogSource("sentinelone", None, "activity"),
        ("activityType", "accountId", "primaryDescription"),
        (Pick("createdAt", utc),),
        ("data.username", "userId"),
        ("data.computerName",),
        spelled=(
            "activityType accountId accountName primaryDescription secondaryDescription createdAt "
            "updatedAt agentId groupId siteId siteName userId computerName ruleName"
        ),
    ),
    Shape(
        "Proofpoint messages",
        LogSource("proofpoint", None, "messages"),
        ("messageTime", "sender", "phishScore"),
        (Pick("messageTime", utc),),
        ("sender",),
    ),
    Shape(
        "Sublime audit log",
        LogSource("sublime", None, "audit"),
        ("created_by.email_address", "type", "data"),
        (Pick("created_at", utc),),
        ("created_by.email_address",),
    ),
    Shape(
        "Zscaler administrator audit log",
        LogSource("zscaler", None, "audit"),
        ("event.auditlogtype", "event.action"),
        (),
        ("adminid",),
        unpack=as_told,
    ),
    Shape(
        "Netskope audit log",
        LogSource("netskope", None, "audit"),
        ("audit_log_event", "user"),
        (Pick("timestamp", utc), Pick("timestamp", epoch)),
        ("user",),
    ),
    Shape(
        "Cisco Umbrella DNS log",
        LogSource("cisco", None, "umbrella"),
        ("domain", "responseCode", "externalIp"),
        (Pick("timestamp", utc),),
        ("policyIdentity",),
    ),
    Shape(
        "Cloudflare firewall events",
        LogSource("cloudflare", None, "firewall"),
        ("RayID", "ClientIP", "Action"),
        (Pick("Datetime", utc),),
    ),
    Shape(
        "Cloudflare requests",
        LogSource("cloudflare", None, "http"),
        ("ClientIP", "ClientRequestHost", "EdgeStartTimestamp"),
        (Pick("EdgeStartTimestamp", utc), Pick("EdgeEndTimestamp", utc)),
    ),
    Shape(
        "Cloudflare requests",
        LogSource("cloudflare", None, "http"),
        ("ClientIP", "ClientRequestHost", "EdgeColoCode"),
        (Pick("EdgeEndTimestamp", utc),),
    ),
    Shape(
        "Teleport audit log",
        LogSource("teleport", None, "audit"),
        ("event", "code=T", "uid", "time", "cluster_name"),
        (Pick("time", stated),),
        ("user",),
        ("server_hostname",),
    ),
    Shape(
        "Traefik access log",
        LogSource(category="webserver"),
        ("ClientAddr", "RequestMethod", "RequestPath", "DownstreamStatus"),
        (Pick("StartUTC", utc), Pick("time", stated)),
        ("ClientUsername",),
        aliases=(
            ("c-ip", "ClientHost"),
            ("cs-host", "RequestHost"),
            ("cs-method", "RequestMethod"),
            ("cs-uri", "RequestPath"),
            ("cs-uri-query", "RequestPath"),
            ("cs-uri-stem", "RequestPath"),
            ("cs-version", "RequestProtocol"),
            ("cs-user-agent", "request_User-Agent"),
            ("cs(User-Agent)", "request_User-Agent"),
            ("cs-referer", "request_Referer"),
            ("sc-status", "DownstreamStatus"),
            ("sc-bytes", "DownstreamContentSize"),
        ),
    ),
)
