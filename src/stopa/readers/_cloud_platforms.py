"""The logs of the cloud platforms: Amazon Web Services, Microsoft Azure and Entra, Google Cloud.

Spec: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
Spec: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
Spec: https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema
Spec: https://learn.microsoft.com/graph/api/resources/directoryaudit and .../resources/signin
Spec: https://cloud.google.com/logging/docs/reference/audit/auditlog/rest/Shared.Types/AuditLog
Spec: https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
Why: as data; the first shape whose marks a record bears is what it is.
Trap: the same event has other names in each export: Graph, diagnostic setting, Log Analytics,
command line. Rules use several of these, so aliases give a field all of its names.
"""

from __future__ import annotations

from stopa.model.event import LogSource
from stopa.readers._cloud_shape import Shape
from stopa.readers._cloud_unpack import delivered, looked_up
from stopa.readers._columns import Pick
from stopa.readers._kubernetes_audit import of_azure, of_google
from stopa.readers._times import epoch, epoch_millis, stated, utc

TRAIL_NAMES = (
    "eventVersion eventSource eventName eventTime eventType eventID eventCategory awsRegion "
    "sourceIPAddress userAgent errorCode errorMessage requestID requestParameters "
    "responseElements additionalEventData userIdentity readOnly recipientAccountId resources "
    "sharedEventID managementEvent serviceEventDetails vpcEndpointId apiVersion principalId "
    "accountId accessKeyId userName invokedBy sessionContext sessionIssuer attributes "
    "mfaAuthenticated creationDate webIdFederationData ConsoleLogin MFAUsed"
)
TRAIL_USERS = (
    "userIdentity.userName",
    "userIdentity.arn",
    "userIdentity.sessionContext.sessionIssuer.userName",
    "userIdentity.principalId",
    "userIdentity.invokedBy",
)
TRAIL = LogSource("aws", None, "cloudtrail")
TRAIL_TIMES = (Pick("eventTime", utc), Pick("EventTime", stated), Pick("@timestamp", stated))
TRAIL_WHOLE = ("requestParameters", "responseElements")
TRAIL_ALIASES = (("src_ip", "sourceIPAddress"),)

AZURE_NAMES = (
    "resourceId operationName operationVersion category resultType resultSignature durationMs "
    "callerIpAddress correlationId tenantId properties identity location level "
    "activityDisplayName activityDateTime loggedByService operationType initiatedBy "
    "targetResources additionalDetails modifiedProperties displayName oldValue newValue "
    "userPrincipalName appId servicePrincipalName ipAddress authenticationRequirement "
    "conditionalAccessStatus deviceDetail riskState resultReason resultDescription userAgent "
    "createdDateTime userDisplayName appDisplayName clientAppUsed errorCode failureReason "
    "countryOrRegion operatingSystem trustType"
)
SIGNIN = LogSource("azure", None, "signinlogs")
SIGNIN_TIMES = (
    Pick("createdDateTime", utc),
    Pick("properties.createdDateTime", utc),
    Pick("CreatedDateTime", utc),
    Pick("time", utc),
    Pick("TimeGenerated", utc),
)
SIGNIN_USERS = (
    "properties.userPrincipalName",
    "userPrincipalName",
    "UserPrincipalName",
    "identity",
    "properties.servicePrincipalName",
    "servicePrincipalName",
    "ServicePrincipalName",
)
# What a diagnostic setting puts into `properties`; Graph and Log Analytics have it at the top.
SIGNIN_WITHIN = """
    appDisplayName appId authenticationProtocol authenticationRequirement autonomousSystemNumber
    isInteractive originalTransferMethod resourceDisplayName riskDetail riskLevelAggregated
    riskLevelDuringSignIn riskState sessionId status.errorCode
"""
AUDIT_WITHIN = """
    result targetResources.modifiedProperties.displayName
    targetResources.modifiedProperties.newValue
"""
SIGNIN_ALIASES = (
    *((f"properties.{n}", top) for n in SIGNIN_WITHIN.split() for top in (n, n[0].upper() + n[1:])),
    ("ResultType", "status.errorCode"),
    ("ResultType", "resultType"),
    ("ResultDescription", "status.failureReason"),
    ("ResultDescription", "resultDescription"),
    ("AuthenticationRequirement", "authenticationRequirement"),
    ("AuthenticationRequirement", "properties.authenticationRequirement"),
    ("conditionalAccessStatus", "properties.conditionalAccessStatus"),
    ("userAgent", "properties.userAgent"),
    ("RiskState", "properties.riskState"),
    ("DeviceDetail.trusttype", "properties.deviceDetail.trustType"),
    ("DeviceDetail.deviceId", "properties.deviceDetail.deviceId"),
    ("ResourceDisplayName", "properties.resourceDisplayName"),
    ("Username", "properties.userPrincipalName"),
    ("ClientApp", "properties.clientAppUsed"),
)
AUDIT = LogSource("azure", None, "auditlogs")
AUDIT_TIMES = (
    Pick("activityDateTime", utc),
    Pick("properties.activityDateTime", utc),
    Pick("ActivityDateTime", utc),
    Pick("time", utc),
    Pick("TimeGenerated", utc),
)
AUDIT_USERS = (
    "properties.initiatedBy.user.userPrincipalName",
    "initiatedBy.user.userPrincipalName",
    "InitiatedBy.user.userPrincipalName",
    "properties.initiatedBy.app.displayName",
    "initiatedBy.app.displayName",
    "identity",
    "Identity",
)
AUDIT_ALIASES = (
    *((f"properties.{n}", top) for n in AUDIT_WITHIN.split() for top in (n, n[0].upper() + n[1:])),
    ("OperationName", "activityDisplayName"),
    ("OperationName", "operationName"),
    ("properties.message", "activityDisplayName"),
    ("properties.message", "OperationName"),
    ("properties.message", "operationName"),
    ("operationName", "OperationName"),
    ("operationName", "activityDisplayName"),
    ("ActivityDisplayName", "activityDisplayName"),
    ("ActivityDisplayName", "properties.activityDisplayName"),
    ("Category", "category"),
    ("LoggedByService", "loggedByService"),
    ("LoggedByService", "properties.loggedByService"),
    ("Status", "result"),
    ("Status", "properties.result"),
    ("TargetResources", "targetResources"),
    ("TargetResources", "properties.targetResources"),
    (
        "TargetResources.ModifiedProperties.NewValue",
        "properties.targetResources.modifiedProperties.newValue",
    ),
    (
        "TargetResources.ModifiedProperties.DisplayName",
        "properties.targetResources.modifiedProperties.displayName",
    ),
    (
        "TargetResources.modifiedProperties.newValue",
        "properties.targetResources.modifiedProperties.newValue",
    ),
    ("targetResources.type", "properties.targetResources.type"),
)
ACTIVITY = LogSource("azure", None, "activitylogs")
ACTIVITY_TIMES = (
    Pick("eventTimestamp", utc),
    Pick("event_timestamp", utc),
    Pick("time", utc),
    Pick("TimeGenerated", utc),
)
ACTIVITY_USERS = (
    "caller",
    "Caller",
    "identity.claims.name",
    "identity.claims.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
)
ACTIVITY_ALIASES = (
    ("operationName", "operation_name.value"),
    ("operationName", "operationName.value"),
    ("operationName", "OperationNameValue"),
    ("OperationNameValue", "operationName"),
    ("OperationNameValue", "operationName.value"),
    ("CategoryValue", "category"),
    ("CategoryValue", "category.value"),
    ("ResourceId", "resourceId"),
    ("ResourceProviderValue", "resourceProviderName.value"),
    ("ResourceProviderValue", "resource_provider_name.value"),
    ("properties.message", "operationName"),
)
RISK = ("riskEventType",)
GOOGLE_NAMES = (
    "insertId logName protoPayload receiveTimestamp authenticationInfo authorizationInfo "
    "principalEmail principalSubject methodName requestMetadata callerIp resourceName "
    "serviceName serviceData policyDelta bindingDeltas callerSuppliedUserAgent "
    "resourceAttributes auditConfigDeltas"
)

PLATFORMS = (
    Shape(
        "CloudTrail event history",
        TRAIL,
        ("EventId", "EventName", "CloudTrailEvent"),
        TRAIL_TIMES,
        (*TRAIL_USERS, "Username"),
        aliases=TRAIL_ALIASES,
        whole=TRAIL_WHOLE,
        unpack=looked_up,
    ),
    Shape(
        "CloudTrail by EventBridge",
        TRAIL,
        ("detail-type", "detail.eventName", "detail.eventSource"),
        (*TRAIL_TIMES, Pick("time", utc)),
        TRAIL_USERS,
        aliases=TRAIL_ALIASES,
        whole=TRAIL_WHOLE,
        unpack=delivered,
    ),
    Shape(
        "CloudTrail",
        TRAIL,
        ("eventName", "eventSource", "userIdentity"),
        TRAIL_TIMES,
        TRAIL_USERS,
        aliases=TRAIL_ALIASES,
        spelled=TRAIL_NAMES,
        whole=TRAIL_WHOLE,
    ),
    Shape(
        "CloudTrail without the caller",
        TRAIL,
        ("eventName", "eventSource", "eventVersion"),
        TRAIL_TIMES,
        spelled=TRAIL_NAMES,
        aliases=TRAIL_ALIASES,
        whole=TRAIL_WHOLE,
    ),
    Shape(
        "Route 53 resolver query log",
        LogSource("aws", None, "dns"),
        ("query_name", "rcode"),
        (Pick("query_timestamp", utc),),
        hosts=("srcids.instance",),
    ),
    Shape(
        "GuardDuty",
        LogSource("aws", None, "guardduty"),
        ("schemaVersion", "arn", "service.detectorId"),
        (Pick("service.eventLastSeen", utc), Pick("updatedAt", utc)),
        ("resource.accessKeyDetails.userName",),
        ("resource.instanceDetails.instanceId",),
    ),
    Shape(
        "VPC flow log",
        LogSource("aws", None, "vpcflow"),
        ("srcAddr", "dstAddr"),
        (Pick("start", stated), Pick("start", epoch)),
        aliases=(
            ("src_ip", "srcAddr"),
            ("dst_ip", "dstAddr"),
            ("src_port", "srcPort"),
            ("dst_port", "dstPort"),
        ),
    ),
    Shape(
        "VPC flow log in the words of OCSF",
        LogSource("aws", None, "vpcflow"),
        ("src_endpoint.ip", "dst_endpoint.ip"),
        (Pick("time_dt", utc), Pick("time", epoch_millis)),
        aliases=(
            ("srcAddr", "src_endpoint.ip"),
            ("dstAddr", "dst_endpoint.ip"),
            ("srcPort", "src_endpoint.port"),
            ("dstPort", "dst_endpoint.port"),
        ),
    ),
    Shape(
        "S3 server access log",
        LogSource("aws", None, "s3access"),
        ("bucket", "remoteip", "operation"),
        (Pick("time", utc),),
        ("requester",),
    ),
    Shape(
        "Kubernetes audit log",
        LogSource("kubernetes", None, "audit"),
        ("verb", "objectRef", "user"),
        (
            Pick("requestReceivedTimestamp", utc),
            Pick("stageTimestamp", utc),
            Pick("timestamp", utc),
        ),
        ("user.username", "impersonatedUser.username"),
    ),
    Shape(
        "Kubernetes audit log",
        LogSource("kubernetes", None, "audit"),
        ("apiVersion=audit.k8s.io",),
        (Pick("requestReceivedTimestamp", utc), Pick("stageTimestamp", utc)),
        ("user.username", "impersonatedUser.username"),
    ),
    Shape(
        "Kubernetes audit log of Azure",
        LogSource("kubernetes", None, "audit"),
        ("category=kube-audit", "properties.log"),
        (Pick("requestReceivedTimestamp", utc), Pick("stageTimestamp", utc), Pick("time", utc)),
        ("user.username", "impersonatedUser.username"),
        unpack=of_azure,
    ),
    Shape(
        "Kubernetes audit log of Google",
        LogSource("kubernetes", None, "audit"),
        ("protoPayload.methodName=io.k8s.",),
        (Pick("timestamp", utc), Pick("receiveTimestamp", utc)),
        ("user.username",),
        unpack=of_google,
    ),
    Shape(
        "Google Cloud audit log",
        LogSource("gcp", None, "audit"),
        ("protoPayload",),
        (Pick("timestamp", utc), Pick("receiveTimestamp", utc)),
        ("protoPayload.authenticationInfo.principalEmail",),
        spelled=GOOGLE_NAMES,
    ),
    Shape(
        "Intune audit log",
        LogSource("azure", None, "intune"),
        ("properties.ActivityDate", "properties.AuditEventId"),
        (Pick("time", utc),),
        ("properties.Actor.UPN", "identity"),
    ),
    Shape(
        "Entra risk detections",
        LogSource("azure", None, "riskdetection"),
        RISK,
        (
            Pick("activityDateTime", utc),
            Pick("detectedDateTime", utc),
            Pick("TimeGenerated", utc),
        ),
        ("userPrincipalName", "UserPrincipalName"),
    ),
    Shape(
        "Entra risk detections",
        LogSource("azure", None, "riskdetection"),
        ("properties.riskEventType", "category"),
        (Pick("properties.activityDateTime", utc), Pick("time", utc)),
        ("properties.userPrincipalName", "identity"),
        aliases=(("riskEventType", "properties.riskEventType"),),
    ),
    *(
        Shape(
            "Entra sign-in log",
            SIGNIN,
            marks,
            SIGNIN_TIMES,
            SIGNIN_USERS,
            aliases=SIGNIN_ALIASES,
            spelled=AZURE_NAMES,
        )
        for marks in (
            ("category=SignIn|NonInteractive|ServicePrincipalSignIn|ManagedIdentitySignIn",),
            ("appDisplayName", "createdDateTime", "status.errorCode"),
            ("AppDisplayName", "ResultType", "ConditionalAccessStatus"),
        )
    ),
    *(
        Shape(
            "Entra audit log",
            AUDIT,
            marks,
            AUDIT_TIMES,
            AUDIT_USERS,
            aliases=AUDIT_ALIASES,
            spelled=AZURE_NAMES,
        )
        for marks in (
            ("properties.activityDisplayName", "properties.loggedByService"),
            ("properties.initiatedBy", "operationName"),
            ("activityDisplayName", "activityDateTime", "initiatedBy"),
            ("OperationName", "LoggedByService", "TargetResources"),
            ("category=AuditLogs", "operationName"),
        )
    ),
    *(
        Shape(
            "Azure activity log",
            ACTIVITY,
            marks,
            ACTIVITY_TIMES,
            ACTIVITY_USERS,
            aliases=ACTIVITY_ALIASES,
            spelled=AZURE_NAMES,
        )
        for marks in (
            ("operationName", "resourceId", "category"),
            ("operationName.value", "eventTimestamp"),
            ("operation_name", "event_timestamp"),
            ("OperationNameValue", "CategoryValue"),
            ("operationName=Microsoft.|MICROSOFT.|microsoft.", "category"),
        )
    ),
    Shape(
        "Microsoft Defender alerts by Graph",
        LogSource("m365", None, "alerts"),
        ("serviceSource", "createdDateTime", "title", "severity"),
        (
            Pick("lastActivityDateTime", utc),
            Pick("firstActivityDateTime", utc),
            Pick("createdDateTime", utc),
        ),
        ("evidence.userAccount.userPrincipalName", "evidence.userAccount.accountName"),
        ("evidence.deviceDnsName",),
    ),
)
