"""The audit log of a Kubernetes API server, as the clouds that run one hand it on.

Spec: https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
Spec: https://learn.microsoft.com/azure/aks/monitor-aks-reference
Spec: https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging
Why: Azure puts the server's record into a text, Google writes it anew as a record of its own.
Rules name the server's fields (`verb`, `objectRef.resource`), so these are there too, beside
Google's. Trap: Google gives a code of gRPC where the server gives one of HTTP.
"""

from __future__ import annotations

import re

from stopa.readers._cloud_shape import Record, at
from stopa.readers._cloud_unpack import parsed

METHOD = re.compile(r"io\.k8s\.(.+)\.(v\d\w*)\.(\w+)(?:\.(\w+))?\.(\w+)")
NAMESPACE = re.compile(r"(?:^|/)namespaces/([^/]+)")
HTTP = {0: 200, 3: 400, 5: 404, 6: 409, 7: 403, 16: 401}  # codes of gRPC


def of_azure(record: Record) -> Record:
    """Return the record that stands in `properties.log`."""
    told = at(record, "properties.log")
    inner = parsed(told) if isinstance(told, str) else told
    if not isinstance(inner, dict):
        return record
    around = {name: value for name, value in record.items() if name != "properties"}
    return around | inner


def of_google(record: Record) -> Record:
    """Return the record with the server's fields beside Google's."""
    method, name = (at(record, f"protoPayload.{key}") for key in ("methodName", "resourceName"))
    found = METHOD.fullmatch(method) if isinstance(method, str) else None
    if found is None:
        return record
    group, version, resource, subresource, verb = found.groups()
    target = name if isinstance(name, str) else ""
    namespace = NAMESPACE.search(target)
    return {
        **record,
        "verb": verb,
        "objectRef": {
            "resource": resource,
            "subresource": subresource,
            "apiGroup": None
            if group == "core"
            else f"{'.'.join(reversed(group.split('.')))}.k8s.io",
            "apiVersion": version,
            "namespace": namespace[1] if namespace else None,
            "name": target.rpartition("/")[2] or None,
        },
        "user": {"username": at(record, "protoPayload.authenticationInfo.principalEmail")},
        "sourceIPs": _addresses(record),
        "userAgent": at(record, "protoPayload.requestMetadata.callerSuppliedUserAgent"),
        "requestObject": at(record, "protoPayload.request"),
        "responseStatus": {"code": _code(record)},
    }


def _addresses(record: Record) -> list[str] | None:
    told = (at(record, f"protoPayload.requestMetadata.{key}") for key in ("callerIp", "callerIP"))
    address = next(told, None) or next(told, None)
    return [address] if isinstance(address, str) else None


def _code(record: Record) -> int | None:
    stated = at(record, "protoPayload.response.code")
    if isinstance(stated, int):
        return stated
    code = at(record, "protoPayload.status.code")
    if at(record, "protoPayload.authorizationInfo.granted") is False:
        return 403
    return HTTP.get(code) if isinstance(code, int) else 200 if code is None else None
