"""Indicators by the million, to be looked up: a sorted number for each, its list and its place.

Why: eight bytes an indicator to look in, and the words themselves only to confirm what was found.
Networks are kept by the length of their prefix, so that one inside another is found as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stopa.detect.indicator_text import Numbers, Strings, texts
from stopa.model.event import LENGTH, LINE, OFFSET, EventBatch
from stopa.model.evidence import Where
from stopa.model.intelligence import DEFAULT_LEVEL, KIND, LABEL, LEVEL, LEVELS, VALUE
from stopa.model.statement import IndicatorKind

ADDRESSES = frozenset({IndicatorKind.IPV4, IndicatorKind.IPV6})
HASHES = frozenset({IndicatorKind.MD5, IndicatorKind.SHA1, IndicatorKind.SHA256})
SEEN = 27  # of the first bits of numbers it is known whether any begins so: most are sorted out
SHIFT = np.uint64(64 - SEEN)
ROW = np.uint64(2**28 - 1)  # the last bits of a sorted number are its row, the others tell it apart
SHORTEST = 4  # bytes of an indicator that is looked for; shorter ones are words of any language
# RFC 1918, 1122, 3927, 5737, 6598, 5771 and 6890; RFC 4193, 4291, 3849: never somebody else's.
OWN = re.compile(
    r"(?i)^(?:10\.|127\.|0\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.0\.[02]\."
    r"|198\.51\.100\.|203\.0\.113\.|198\.1[89]\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\."
    r"|2(?:2[4-9]|[34]\d|5[0-5])\.|::|fe[89ab][0-9a-f]:|f[cd][0-9a-f]{2}:|ff[0-9a-f]{2}:|2001:db8:)"
)
# Resolvers that everybody asks.
RESOLVERS = ("8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "208.67.222.222")
EMPTY_HASHES = (  # of no bytes at all
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
)
# Programs and libraries of every Windows and Linux: a report that names them lists nothing.
COMMON_FILES = """
    at.exe bash.exe bitsadmin.exe calc.exe cdb.exe certutil.exe cmd.exe cmstp.exe conhost.exe
    control.exe cscript.exe csrss.exe curl.exe dllhost.exe esentutl.exe explorer.exe
    forfiles.exe hh.exe iexplore.exe installutil.exe ipconfig.exe java.exe javaw.exe
    kernel32.dll lsass.exe makecab.exe mavinject.exe mmc.exe mpcmdrun.exe msbuild.exe msedge.exe
    mshta.exe msiexec.exe net.exe net1.exe netsh.exe netstat.exe notepad.exe nslookup.exe
    ntdll.dll ntds.dit odbcconf.exe outlook.exe winword.exe excel.exe powerpnt.exe ping.exe
    powershell.exe pwsh.exe python.exe reg.exe regasm.exe regedit.exe regsvcs.exe regsvr32.exe
    robocopy.exe rundll32.exe sc.exe schtasks.exe services.exe setup.exe smss.exe spoolsv.exe
    svchost.exe system.exe systeminfo.exe tar.exe taskeng.exe taskhost.exe taskhostw.exe
    tasklist.exe taskmgr.exe update.exe user32.dll userinit.exe vssadmin.exe w3wp.exe
    wevtutil.exe whoami.exe wininit.exe winlogon.exe wmic.exe wmiprvse.exe wscript.exe wsl.exe
    xcopy.exe chrome.exe firefox.exe desktop.ini autorun.inf index.html index.php readme.txt
    readme.md robots.txt security.evtx system.evtx ntuser.dat login.php default.aspx index.htm
"""
SCHEME = r"^[a-z][a-z0-9+.-]*://"
HIVES = (
    ("hkey_local_machine\\", "hklm\\"),
    ("hkey_current_user\\", "hkcu\\"),
    ("hkey_classes_root\\", "hkcr\\"),
    ("hkey_users\\", "hku\\"),
    ("\\registry\\machine\\", "hklm\\"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An indicator as its list has it. `where` cites the list."""

    kind: IndicatorKind
    value: str
    label: str
    level: str
    where: Where


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of one batch of a list."""

    evidence: str
    values: Strings
    kinds: Strings
    table: pa.Table


@dataclass(slots=True)
class Index:
    """Indicators to be looked up. Add batches, then `close`; nothing is found before.

    `benign` are names of hosts that are nobody's infrastructure. `held` counts by evidence what is
    not looked for because it is benign, private or too short.
    """

    benign: frozenset[str] = frozenset()
    everything: bool = False
    held: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    kinds: set[str] = field(default_factory=set)
    _parts: list[_Part] = field(default_factory=list)
    _starts: list[int] = field(default_factory=lambda: [0])
    _waiting: list[Numbers] = field(default_factory=list)
    _numbers: Numbers = field(default_factory=lambda: np.zeros(0, np.uint64))
    _seen: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1, np.bool_))
    _known: dict[int, tuple[str, str]] = field(default_factory=dict)
    _networks: dict[tuple[int, int], dict[int, list[int]]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many there are."""
        return self._starts[-1]

    def add(self, batch: EventBatch) -> None:
        """Add the rows of a batch of indicators."""
        kinds, values = (_plain(batch.table.column(name)) for name in (KIND, VALUE))
        first = self._starts[-1]
        wanted = self._wanted(batch.evidence, kinds, values)
        names = [
            name
            for name in (LABEL, LEVEL, LINE, OFFSET, LENGTH)
            if name in batch.table.column_names
        ]
        self._parts.append(
            _Part(batch.evidence, values, kinds.dictionary_encode(), batch.table.select(names))
        )
        self._starts.append(first + len(values))
        folded = _folded(kinds, values)
        is_network = self._add_networks(first, kinds, values, wanted)
        wanted &= ~is_network
        rows = np.flatnonzero(wanted)
        for group in texts(folded if len(rows) == len(values) else folded.take(pa.array(rows))):
            some = rows[group.first : group.first + len(group.offsets) - 1] + first
            self._waiting.append(group.numbers(group.whole()) & ~ROW | some.astype(np.uint64))
        self.kinds |= set(pc.unique(kinds).to_pylist())

    def close(self) -> None:
        """Sort what was added."""
        self._numbers = np.concatenate([self._numbers, *self._waiting])
        self._waiting.clear()
        self._numbers.sort()
        self._seen = np.zeros(1 << SEEN, np.bool_)
        self._seen[self._numbers >> SHIFT] = True

    def found(self, numbers: Numbers) -> Iterator[tuple[int, int]]:
        """Yield place in `numbers` and row of an indicator for each that may be the same."""
        if not len(self._numbers) or not len(numbers):
            return
        places = np.flatnonzero(self._seen[numbers >> SHIFT])
        asked = numbers[places] & ~ROW
        left = np.searchsorted(self._numbers, asked)
        known = self._numbers[np.minimum(left, len(self._numbers) - 1)] & ~ROW == asked
        for n in np.flatnonzero(known).tolist():
            at = int(left[n])
            while at < len(self._numbers) and self._numbers[at] & ~ROW == asked[n]:
                yield int(places[n]), int(self._numbers[at] & ROW)
                at += 1

    def networks_of(self, address: IPv4Address | IPv6Address) -> Iterator[int]:
        """Yield the rows of the networks that an address lies in."""
        bits = address.max_prefixlen
        for (version, prefix), known in self._networks.items():
            if version == address.version:
                yield from known.get(int(address) >> (bits - prefix), ())

    @property
    def has_networks(self) -> bool:
        """Tell whether there are any."""
        return bool(self._networks)

    def value(self, row: int) -> tuple[str, str]:
        """Return kind and folded value of a row."""
        if row not in self._known:
            part, at = self._place(row)
            kind = part.kinds[at].as_py()
            self._known[row] = kind, folded(IndicatorKind(kind), [part.values[at].as_py()])[0]
        return self._known[row]

    def listed(self, row: int) -> Listed:
        """Return what the list says of a row."""
        part, at = self._place(row)
        cell = {name: part.table.column(name)[at].as_py() for name in part.table.column_names}
        level = cell.get(LEVEL)
        return Listed(
            IndicatorKind(part.kinds[at].as_py()),
            part.values[at].as_py(),
            cell.get(LABEL) or "",
            level if level in LEVELS else DEFAULT_LEVEL,
            Where(part.evidence, line=cell[LINE], offset=cell[OFFSET], length=cell[LENGTH]),
        )

    def _place(self, row: int) -> tuple[_Part, int]:
        part = int(np.searchsorted(self._starts, row, "right")) - 1
        return self._parts[part], row - self._starts[part]

    def _wanted(self, evidence: str, kinds: Strings, values: Strings) -> NDArray[np.bool_]:
        """Tell which rows are looked for; count the others."""
        lengths: Strings = pc.binary_length(values)
        told: Strings = pc.greater_equal(lengths, pa.scalar(SHORTEST))
        if not self.everything:
            mine = _bits(_is_address(kinds))
            own = np.zeros(len(mine), np.bool_)
            own[mine] = _bits(pc.match_substring_regex(values.filter(pa.array(mine)), OWN.pattern))
            known = pa.array(
                [
                    *sorted(self.benign),
                    *COMMON_FILES.split(),
                    *RESOLVERS,
                    *EMPTY_HASHES,
                    *(f"www.{d}" for d in sorted(self.benign)),
                ]
            )
            benign = pc.is_in(pc.ascii_lower(values), known)
            told = pc.and_not(told, pc.or_(pa.array(own), benign))
        wanted = _bits(told)
        if left := int(len(wanted) - wanted.sum()):
            self.held[evidence] += left
        return wanted

    def _add_networks(
        self, first: int, kinds: Strings, values: Strings, wanted: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Keep networks, and addresses of version 6, as numbers; tell which rows these are."""
        slash = pc.and_(_is_address(kinds), pc.match_substring(values, "/"))
        mine = _bits(pc.or_(slash, _is(kinds, IndicatorKind.IPV6)))
        for at in np.flatnonzero(mine & wanted).tolist():
            try:
                network = ip_network(values[at].as_py().strip("[]"), strict=False)
            except ValueError:
                continue
            key = network.version, network.prefixlen
            number = int(network.network_address) >> (network.max_prefixlen - network.prefixlen)
            self._networks.setdefault(key, {}).setdefault(number, []).append(first + at)
        return mine


def folded(kind: IndicatorKind, values: list[str]) -> list[str]:
    """Return values of a kind in the one spelling in which they are compared."""
    kinds = pa.array([kind.value] * len(values), pa.string())
    told: list[str] = _folded(kinds, pa.array(values, pa.string())).to_pylist()
    return told


def address_of(word: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a word is, if it is one."""
    try:
        return ip_address(word)
    except ValueError:
        return None


def _folded(kinds: Strings, values: Strings) -> Strings:
    """Return values in small letters, web addresses and registry keys in one spelling."""
    small: Strings = pc.utf8_trim(pc.ascii_lower(values), " .")
    small = _only(_is(kinds, IndicatorKind.URL), small, _bare)
    return _only(_is(kinds, IndicatorKind.REGISTRY), small, _short_key)


def _only(wanted: Strings, values: Strings, change: Callable[[Strings], Strings]) -> Strings:
    """Return the values, those wanted changed."""
    mask = _bits(wanted)
    if not mask.any():
        return values
    told = change(values.filter(pa.array(mask)))
    return pc.replace_with_mask(values, pa.array(mask), told)


def _bare(addresses: Strings) -> Strings:
    """Return addresses of the web without scheme, fragment and last slash."""
    return pc.utf8_rtrim(pc.replace_substring_regex(addresses, f"{SCHEME}|#.*$", ""), "/")


def _short_key(keys: Strings) -> Strings:
    """Return registry keys with their hives' short names."""
    for long, short in HIVES:
        whole = f"^{re.escape(long)}"
        keys = pc.replace_substring_regex(keys, whole, short.replace("\\", "\\\\"))
    return keys


def _is_address(kinds: Strings) -> Strings:
    return pc.is_in(kinds, pa.array(sorted(ADDRESSES)))


def _bits(told: Strings) -> NDArray[np.bool_]:
    """Return what is true of which row; of a row without a value nothing is."""
    return np.array(told.fill_null(False).to_numpy(zero_copy_only=False), np.bool_)  # noqa: FBT003


def _is(kinds: Strings, kind: IndicatorKind) -> Strings:
    return pc.equal(kinds, pa.scalar(kind.value))


def _plain(column: Strings) -> Strings:
    """Return a column as one array of strings."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], pa.string())
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(pa.string())
