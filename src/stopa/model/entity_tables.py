r"""What the native fields of each log name, as text: `what role: field, field` on a line.

Spec: https://learn.microsoft.com/sysinternals/downloads/sysmon#events
Spec: https://docs.zeek.org/en/master/script-reference/log-files.html
Why: data, so that a log is added by a few lines. `DOMAIN\USER` are two fields that together are one
name; `tells` are the fields that say what happened, in the order in which they are shown; `key`
lines say which fields make one event of the network known to two sensors.
Trap: a field with a display name (`Marta N`) is no identity: two people share it. It is left out.
"""

from __future__ import annotations

from stopa.model.event import HOST, USER

# Every log that the envelope was filled for.
ANY = rf"""
host    on: {HOST}
user    acted: {USER}
address source: src_ip, source.ip, client.ip
address destination: dst_ip, dest_ip, destination.ip
user    acted: user.name
host    on: host.name
tells: event, action, event.action, message
"""

WINDOWS = rf"""
host    on: Computer, ComputerName, MachineName, Hostname
host    workstation: WorkstationName, Workstation, SourceHostname, ClientName
host    destination: DestinationHostname, TargetServerName
address source: SourceIp, IpAddress, SourceAddress, ClientAddress, IPString, src-ip
address destination: DestinationIp, DestAddress, dst-ip
address given: IP Address
host    given to: Host Name
user    acted: SubjectDomainName\SubjectUserName, User, Security_UserID, Account, Username
user    acted: SubjectUserSid
user    target: TargetDomainName\TargetUserName, TargetUser, TargetUserSid, TargetSid, MemberSid
user    target: TargetAccount, AccountName
user    run as: RunAs User, ServiceAccount
user    of the source process: SourceUser
user    of the parent: ParentUser
session of: {HOST}\LogonId, {HOST}\SubjectLogonId
session opened: {HOST}\TargetLogonId
process itself: ProcessGuid
process parent: ParentProcessGuid
process source: SourceProcessGUID, SourceProcessGuid
process target: TargetProcessGUID, TargetProcessGuid
file    image: Image, NewProcessName, ProcessName, Application, ProcessPath, Process Name
file    image: ProcessImageName
file    parent image: ParentImage, ParentProcessName
file    source image: SourceImage, CallerProcessName
file    target image: TargetImage
file    written: TargetFilename, Filename, TargetFileName
file    loaded: ImageLoaded, ServiceFileName, ImagePath
file    object: ObjectName, RelativeTargetName, Path
file    share: ShareName
file    pipe: PipeName
domain  queried: QueryName, query
tells: CommandLine, ScriptBlockText, TargetFilename, ImageLoaded, TargetObject, Details, QueryName
tells: DestinationIp, DestinationPort, SourceIp, SourcePort, GrantedAccess, TargetImage, PipeName
tells: LogonType, TargetUserName, IpAddress, ProcessName, NewProcessName, ServiceName
tells: ImagePath, TaskName, ShareName, ObjectName, Application, DestAddress, DestPort, Image
tells: Message, RuleTitle, Details, Data, Description, IP Address, Host Name, MAC Address
key connection: SourceIp, SourcePort, DestinationIp, DestinationPort
key connection: SourceAddress, SourcePort, DestAddress, DestPort
"""

EXCHANGE = r"""
address client: client-ip, ClientIpAddress, original-client-ip
host    client: client-hostname
address server: server-ip
host    on: server-hostname, ServerHostName
mail    sender: sender-address, return-path
mail    recipient: recipient-address
user    acted: AuthenticatedUser
domain  asked: UrlHost
tells: event-id, source, Method, UrlStem, HttpStatus, sender-address, recipient-address
tells: message-subject
"""

ZEEK = r"""
address client: id.orig_h, id_orig_h, client_addr
address server: id.resp_h, id_resp_h, server_addr
address source: src, tx_hosts
address destination: dst, rx_hosts
address given: assigned_addr, requested_addr
host    client: host_name, hostname, client_fqdn
domain  asked: query, server_name
domain  answered: answers
domain  asked: host
url     asked: uri, referrer
user    acted: username, user, cookie
user    acted: domainname\username
host    server: server_nb_computer_name, server_dns_computer_name
file    opened: filename
file    extracted: extracted
mail    sender: mailfrom, from
mail    recipient: rcptto, to
tells: proto, service, id.resp_p, id_resp_p, conn_state, orig_bytes, resp_bytes, method, host, uri
tells: status_code, user_agent, query, qtype_name, rcode_name, answers, request_type, client
tells: error_msg, endpoint, operation, named_pipe, action, path, name, filename, mime_type, md5
tells: sha1, server_name, cipher, subject, version, note, msg, failure_reason, share_type, addl
key connection: id.orig_h, id.orig_p, id.resp_h, id.resp_p
key connection: id_orig_h, id_orig_p, id_resp_h, id_resp_p
"""

# Fields that mean something else in one log than elsewhere.
ZEEK_DNS = """
key name asked: id.orig_h, id.orig_p, query
key name asked: id_orig_h, id_orig_p, query
"""

ZEEK_KERBEROS = "principal client: client\nprincipal service: service\n"
ZEEK_SMB = "file opened: path, name\n"

SURICATA = r"""
address source: src_ip
address destination: dest_ip
domain  asked: dns.rrname, dns.query.rrname, dns.queries.rrname, http.hostname, tls.sni
domain  answered: dns.answers.rdata, dns.grouped.A, dns.grouped.AAAA, dns.grouped.CNAME
url     asked: http.http_refer
file    opened: fileinfo.filename, smb.filename, smb.share
mail    sender: smtp.mail_from, email.from
mail    recipient: smtp.rcpt_to, email.to
user    client: krb5.realm\krb5.cname
user    acted: smb.ntlmssp.domain\smb.ntlmssp.user
host    client: smb.ntlmssp.host
principal service: krb5.sname
tells: alert.signature, alert.category, proto, app_proto, src_port, dest_port, flow.bytes_toserver
tells: flow.bytes_toclient, flow.state, http.http_method, http.hostname, http.url, http.status
tells: http.http_user_agent, dns.type, dns.rrname, dns.rrtype, dns.rcode, tls.sni, tls.subject
tells: tls.version, smb.command, smb.filename, smb.status, krb5.msg_type, krb5.cname, krb5.sname
tells: krb5.error_code, dcerpc.request, fileinfo.filename, fileinfo.size
"""

SURICATA_DNS = "key name asked: src_ip, src_port, dns.rrname\n"
SURICATA_START = "key connection: src_ip, src_port, dest_ip, dest_port\n"

DHCP = r"""
address given: leased_ip
address asked for: offered_ip, asked_ip, released_ip, refused_ip
host    given to: client_host
tells: event, mac, interface, seconds
"""

TIMELINE = r"""
host    on: hostname, computer_name
user    acted: username
file    written: filename, display_name
tells: timestamp_desc, type, sourcetype, source_long, message, desc, short, filename
"""

SSHD = rf"session process: {HOST}\pid"

LINUX = r"""
host    on: host, node, _HOSTNAME, Computer
host    client: src_host, rhost, helo
address client: src_ip, rip, addr, sd.ip
address source: SourceIp
address destination: DestinationIp
address server: lip, dst_ip, relay
user    acted: user, acct, AUID, UID, by, User
user    run as: run_as, EUID
user    target: to, name_of_user
file    image: exe, Image, process
file    parent image: ParentImage
file    opened: name, path_name, TargetFilename
process itself: ProcessGuid
process parent: ParentProcessGuid
mail    sender: sender, from
mail    recipient: recipient, to
domain  queried: query
tells: event, command, cmdline, CommandLine, exe, success, auth_method, user, src_ip, run_as, key
tells: message
"""

CONNECTIONS = r"""
host    on: Computer
address source: SourceIp
address destination: DestinationIp
file    image: ProcessName
tells: Direction, ProcessName, Protocol, SourceIp, DestinationIp, DestinationPort, BytesSent
"""

WEB = r"""
address client: c-ip, x-forwarded-for, src_ip
address server: s-ip, r-ip, dst_ip
host    on: s-computername
domain  asked: cs-host, r-dns, host
url     asked: cs-uri, c-uri, cs(Referer), cs-referer, referrer
user    acted: cs-username, user
tells: cs-method, cs-host, cs-uri, cs-uri-stem, cs-uri-query, sc-status, sc-bytes, cs-user-agent
tells: cs(User-Agent), s-action, message
"""

DNS = r"""
address client: src_ip, c-ip
address server: server
domain  queried: query, asked, query_name, domain
tells: event, query, record_type, ResponseCode, flags
key name asked: src_ip, src_port, query
"""

DNS_RECORDS = r"""
domain  recorded: name
address recorded: data
tells: type, data, ttl
"""

FIREWALL = r"""
address source: src_ip, srcip, SRC, sa, sIP, src-ip, nat_src_ip, srcAddr
address destination: dst_ip, dstip, DST, da, dIP, dst-ip, nat_dst_ip, dstAddr
address on one side: foreign_ip, local_ip
user    acted: src_user, user, srcuser
user    target: dst_user, dstuser
host    on: devname, host
domain  asked: hostname, url_or_file
tells: event, action, protocol, proto, src_ip, src_port, dst_ip, dst_port, rule, application
tells: service, url_or_file, description, msg, message
key connection: src_ip, src_port, dst_ip, dst_port
"""

MAIL = r"""
mail    sender: from.address, Return-Path, Reply-To, Sender
mail    sender: PidTagSenderSmtpAddress, PidTagSentRepresentingSmtpAddress
mail    recipient: To, Cc, Delivered-To, X-Original-To
domain  sender: from.domain
domain  signed: dkim.domain
address client: received.ip, x-originating-ip, X-Originating-IP
url     linked: body.url
file    attached: attachment.name, attachment.filename
tells: Subject, From, To, body.url, attachment.name
"""

MAIL_RULES = r"""
cloud   acted: MailboxOwnerId, mailbox
mail    forwarded to: ForwardTo, RedirectTo, ForwardAsAttachmentTo
tells: Name, displayName, ForwardTo, RedirectTo, ForwardAsAttachmentTo, DeleteMessage, MoveToFolder
tells: MarkAsRead, From, SubjectContainsWords, BodyContainsWords, SubjectOrBodyContainsWords
tells: Description, Enabled
"""

M365 = r"""
cloud   acted: UserId, UserIds, Actor.ID, MailboxOwnerUPN, LogonUserSid
session in: AppAccessContext.AADSessionId
cloud   target: TargetUserOrGroupName, Target.ID, Parameters.Identity
mail    forwarded to: Parameters.ForwardTo, Parameters.RedirectTo
mail    forwarded to: Parameters.ForwardingSmtpAddress, Parameters.ForwardAsAttachmentTo
address client: ClientIP, ClientIPAddress, ActorIpAddress
file    opened: SourceFileName, ObjectId, SourceRelativeUrl
url     opened: ObjectId, SiteUrl
tells: Workload, Operation, ResultStatus, ObjectId, Parameters.Name, SourceFileName, Subject
"""

AZURE = r"""
cloud   acted: userPrincipalName, UserPrincipalName, properties.userPrincipalName, Username
cloud   acted: initiatedBy.user.userPrincipalName, properties.initiatedBy.user.userPrincipalName
cloud   acted: InitiatedBy.user.userPrincipalName, ActorUserPrincipalName, caller, Caller, userId
cloud   acted: properties.Actor.UPN, properties.userId
session in: properties.sessionId, sessionId
cloud   as: appId, properties.appId, servicePrincipalId, servicePrincipalName
cloud   as: properties.servicePrincipalId
cloud   target: targetResources.userPrincipalName, targetResources.id
cloud   target: properties.targetResources.userPrincipalName, properties.targetResources.id
address client: ipAddress, properties.ipAddress, callerIpAddress, IPAddress, IP address
address client: initiatedBy.user.ipAddress, properties.initiatedBy.user.ipAddress
tells: operationName, activityDisplayName, properties.message, ResultType, resultType
tells: ResultDescription, appDisplayName, properties.appDisplayName, riskEventType, category
"""

AWS = r"""
cloud   acted: userIdentity.arn, userIdentity.userName, userIdentity.principalId, requester
cloud   acted: userIdentity.accessKeyId
session by the keys: userIdentity.accessKeyId
session keys given: responseElements.credentials.accessKeyId
cloud   role: userIdentity.sessionContext.sessionIssuer.arn
cloud   role: userIdentity.sessionContext.sessionIssuer.userName
cloud   target: requestParameters.userName, requestParameters.roleArn, requestParameters.roleName
cloud   target: resource.accessKeyDetails.userName
address client: sourceIPAddress, remoteip, src_ip, srcAddr, src_endpoint.ip
address server: dstAddr, dst_ip, dst_endpoint.ip
domain  queried: query_name
tells: eventSource, eventName, errorCode, awsRegion, userAgent, type, operation, bucket, query_name
"""

GOOGLE = r"""
cloud   acted: protoPayload.authenticationInfo.principalEmail, actor.email
cloud   acted: protoPayload.authenticationInfo.principalSubject
cloud   target: parameters.USER_EMAIL, parameters.affected_email_address
address client: protoPayload.requestMetadata.callerIp, ipAddress
tells: protoPayload.serviceName, protoPayload.methodName, protoPayload.resourceName, eventName
tells: eventService, Description, Event description, Event Description
"""

SERVICES = r"""
cloud   acted: actor.alternateId, actor.id, actor, user_name, username, USER_NAME, data.user_name
cloud   acted: actor_user_name, actor.user.email, created_by.login, created_by.email_address
cloud   acted: user.username, adminid, author.name, user, user.email
session in: authenticationContext.externalSessionId
cloud   target: target.alternateId, target.id, object
address client: client.ipAddress, actor_ip, ipaddr, CLIENT_IP, context.ip_address, ClientIP
address client: access_device.ip, sourceIPs, externalIp, data.ip, ip, SourceIp
host    on: event.ComputerName, hostIdentifier, data.computerName
domain  asked: ClientRequestHost, domain
mail    sender: sender
mail    recipient: recipient
tells: eventType, displayMessage, action, event_type, type, operation, verb, objectRef.resource
tells: outcome.result, repo, org, ClientRequestPath, primaryDescription, event_simpleName
"""
