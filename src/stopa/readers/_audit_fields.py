"""The values of audit records: which are hexadecimal text, how a command line is put together.

Spec: https://github.com/linux-audit/audit-documentation/blob/main/specs/fields/field-dictionary.csv
Spec: https://github.com/torvalds/linux/blob/master/arch/x86/entry/syscalls/syscall_64.tbl
Trap: `a0=2F62696E` is text in EXECVE and a number in SYSCALL. A long argument comes in parts
(`a1[0]`, `a1[1]`), which are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2})+")
ARGUMENT = re.compile(r"a(\d{1,6})(?:\[(\d{1,6})\])?")
# Fields of text that whoever made the event can choose, so that it may be written in hexadecimal.
ENCODED = frozenset(
    [
        "acct",
        "cmd",
        "comm",
        "cwd",
        "data",
        "dir",
        "exe",
        "file",
        "grp",
        "key",
        "name",
        "new-disk",
        "new-fs",
        "new_group",
        "ocomm",
        "old-disk",
        "old-fs",
        "path",
        "proctitle",
        "prefix",
        "root_dir",
        "sw",
        "title",
        "to",
        "tty",
        "unit",
        "vm",
        "watch",
        "id",
        "op_name",
    ]
)
X86_64 = "c000003e"
CALLS = {
    "0": "read", "1": "write", "2": "open", "9": "mmap", "10": "mprotect", "41": "socket",
    "42": "connect", "43": "accept", "49": "bind", "50": "listen", "56": "clone", "57": "fork",
    "58": "vfork", "59": "execve", "62": "kill", "76": "truncate", "77": "ftruncate",
    "80": "chdir", "82": "rename", "83": "mkdir", "84": "rmdir", "85": "creat", "86": "link",
    "87": "unlink", "88": "symlink", "90": "chmod", "91": "fchmod", "92": "chown", "93": "fchown",
    "94": "lchown", "101": "ptrace", "105": "setuid", "106": "setgid", "113": "setreuid",
    "114": "setregid", "117": "setresuid", "119": "setresgid", "155": "pivot_root",
    "159": "adjtimex", "161": "chroot", "164": "settimeofday", "165": "mount", "166": "umount2",
    "169": "reboot", "170": "sethostname", "171": "setdomainname", "175": "init_module",
    "176": "delete_module", "188": "setxattr", "189": "lsetxattr", "190": "fsetxattr",
    "197": "removexattr", "227": "clock_settime", "246": "kexec_load", "257": "openat",
    "258": "mkdirat", "260": "fchownat", "263": "unlinkat", "264": "renameat", "265": "linkat",
    "266": "symlinkat", "268": "fchmodat", "272": "unshare", "288": "accept4",
    "304": "open_by_handle_at", "308": "setns", "310": "process_vm_readv",
    "311": "process_vm_writev", "313": "finit_module", "316": "renameat2",
    "319": "memfd_create", "321": "bpf", "322": "execveat", "437": "openat2",
}  # fmt: skip


def decoded_text(kind: str, name: str, value: str) -> str:
    """Return a value that stands without quotation marks, decoded where it is text."""
    encoded = name in ENCODED or (kind == "EXECVE" and ARGUMENT.fullmatch(name) is not None)
    if not encoded or len(value) < 2 or HEXADECIMAL.fullmatch(value) is None:
        return value
    raw = bytes.fromhex(value).rstrip(b"\0").replace(b"\0", b" ")
    return raw.decode("utf-8", "backslashreplace")


def arguments(record: Mapping[str, int]) -> tuple[tuple[int, ...], ...]:
    """Return the parts of each argument of an EXECVE record in order, given what stands where."""
    found: dict[int, dict[int, int]] = {}
    for name, place in record.items():
        if argument := ARGUMENT.fullmatch(name):
            found.setdefault(int(argument[1]), {})[int(argument[2] or 0)] = place
    return tuple(tuple(at for _, at in sorted(parts.items())) for _, parts in sorted(found.items()))


def syscall_name(arch: object, number: object) -> str | None:
    """Return the name of a system call of x86-64, given its number; None of any other."""
    return CALLS.get(str(number)) if arch == X86_64 else None
