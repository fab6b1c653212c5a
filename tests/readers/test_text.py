"""Plain text is recognised by being prose, and read character for character."""

from pathlib import Path

import pytest

from stopa.model.document import Document
from stopa.model.evidence import Problem
from stopa.readers import HEAD, Found, _plain, recognise
from stopa.readers.text import READER
from tests.readers.found import source_of
from tests.readers.test_conformance import assert_covers
from tests.shared import SHARED, needs_shared

ENGLISH = (
    "The ministry said on Monday that its network had been read by strangers for two years. "
    "It has asked the embassy for an explanation, and it expects one soon.\n"
)

PROSE = {
    "a paragraph": ENGLISH,
    "one sentence": "The ambassador was summoned to the ministry on Tuesday morning.",
    "no final line ending": ENGLISH.strip(),
    "headings and bullets": "STATEMENT\n\n• The ministry condemns the attack on its network.\n"
    "• It calls on the government of Ostmark to stop it.\n\nContact: press@exercise.invalid\n",
    "dates in sentences": "On 4 May 2021 the attackers came back. On 5 May 2021 they left again.\n",
    "an interview": "Q: Who did it, in your opinion?\nA: We think that it was the same group.\n"
    "Q: And how sure are you of that?\nA: As sure as one can be in these matters.\n",
    "wrapped lines": "The minister said that the attackers would be made to\n"
    "return to the table, and that reasons were well known to the\npublic opinion of the country"
    " (and others), which would not\nuse of force; for the following reasons:\n"
    "raise awareness, and call on others.\n",
    "Czech": "Ministerstvo v úterý oznámilo, že útočníci četli jeho poštu od roku 2021.\n",
    "Arabic": "قالت الوزارة يوم الاثنين إن شبكتها تعرضت لهجوم استمر عامين كاملين.\n",
    "Chinese": "外交部发言人周三表示，中方坚决反对没有证据的指责，并要求对方停止散布虚假信息。\n",
}

NO_PROSE = {
    "nothing": "",
    "a word": "hello",
    "syslog": "Dec 31 23:59:58 web1 sshd[812]: Accepted password for root from 192.0.2.7.\n",
    "a log with ISO times": "2021-05-04T09:12:41Z The service was started by the user again.\n" * 3,
    "a web server's log": '192.0.2.7 - - [04/May/2021:09:12:41 +0200] "GET / HTTP/1.1" 200 5 "-"\n',
    "key=value": "type=SYSCALL msg=audit(1620112361.1:7): arch=c000003e syscall=59 success=yes\n",
    "JSON": '{"message": "The service was started by the user. It ran well."}\n',
    "a JSON list": '["The service was started by the user.", "It ran well for a while."]\n',
    "XML": "<Event><Data>The service was started by the user. It ran well.</Data></Event>\n",
    "a table": "name,kind,comment\ntide,domain,seen once\nheron,file,seen twice\n",
    "YAML": "title: A rule\nstatus: test\ndescription: Finds what people find.\nlevel: low\n",
    "code": "import os\n\ndef main():\n    for name in os.listdir('.'):\n        print(name)\n",
    "a Zeek log": "#separator \\x09\n#fields\tts\tuid\n1620112361.1\tC1\n",
    "a W3C log": "#Software: Microsoft IIS 10.0\n#Fields: date time\n2021-05-04 09:12:41\n",
    "source code with much to say": "/*\n * This file does what the name says, and does it well.\n"
    " * It was written for a good reason, by people who cared.\n */\n#include <stdio.h>\nint n;\n",
    "settings with much to say": "# This setting says where the service listens for its clients.\n"
    "# Change it only if you know very well what you are doing here.\nlisten = 22\n",
    "hashes": "\n".join(f"{n:064x}" for n in range(20)),
    "mail": f"From: a@exercise.invalid\nTo: b@exercise.invalid\nSubject: x\n\n{ENGLISH}",
    "a page": f"<!DOCTYPE html><p>{ENGLISH}</p>",
    "RTF": "{\\rtf1 " + ENGLISH,
}


def read(path: Path) -> list[Found]:
    return list(READER.read(source_of(path)))


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_is_recognised_in_any_language(text: str) -> None:
    assert [reader.name for reader in recognise(text.encode()[:HEAD])] == ["text"]


@pytest.mark.parametrize("text", NO_PROSE.values(), ids=NO_PROSE)
def test_what_is_no_prose_is_left_to_others(text: str) -> None:
    assert not READER.recognises(text.encode()[:HEAD])


def test_prose_cut_off_within_a_character_is_still_prose() -> None:
    head = (
        "Ministerstvo v úterý oznámilo, že útočníci četli jeho neutajovanou poštu. " * 2000
    ).encode()
    assert all(READER.recognises(head[: HEAD - cut]) for cut in range(4))


def test_text_longer_than_a_part_is_read_in_parts_and_lost_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_plain, "PART", 1000)
    for encoding in ("utf-8", "utf-16", "cp1250"):
        text = "Příliš žluťoučký kůň úpěl ďábelské ódy.\n" * 100
        path = tmp_path / encoding
        path.write_bytes(text.encode(encoding))
        documents = [found for found in read(path) if isinstance(found, Document)]
        assert "".join(document.text for document in documents) == text
        assert len({document.part for document in documents}) == len(documents) > 3
        assert_covers(read(path), path.stat().st_size)


def test_a_part_without_line_endings_is_cut_between_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_plain, "PART", 1000)
    path = tmp_path / "one line"
    path.write_text("ř" * 5000, encoding="utf-8")
    documents = [found for found in read(path) if isinstance(found, Document)]
    assert "".join(document.text for document in documents) == "ř" * 5000


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Müller führt ein Geschäft für Bücher.\n", "cp1252"),
        ("L’été dernier, le ministère a été attaqué à plusieurs reprises.\n", "cp1252"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy.\n", "cp1250"),
        ("Zażółć gęślą jaźń – powiedział „minister”.\n", "cp1250"),
        ("Министерство сообщило о взломе сети.\n", "cp1251"),
        ("Министерство сообщило о взломе сети.\n", "koi8-r"),
    ],
)
def test_an_encoding_that_is_not_stated_is_guessed_and_said_to_be_a_guess(
    tmp_path: Path, text: str, codec: str
) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(text.encode(codec))
    (document,) = [found for found in read(path) if isinstance(found, Document)]
    (problem,) = [found for found in read(path) if isinstance(found, Problem)]
    assert document.text == text
    assert document.encoding == codec
    assert codec in problem.what


def test_clean_utf_8_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "clean.txt"
    path.write_text(ENGLISH + "Příliš žluťoučký kůň.\n", encoding="utf-8")
    assert [type(found) for found in read(path)] == [Document]


@needs_shared
def test_real_reports_are_recognised_and_read_one_to_one() -> None:
    reports = [*SHARED.glob("reports/*/*.txt"), *SHARED.glob("evals/reading/dev/*/*.txt")]
    assert reports
    for report in reports:
        raw = report.read_bytes()
        assert [reader.name for reader in recognise(raw[:HEAD])] == ["text"], report
        (document,) = read(report)
        assert isinstance(document, Document)
        assert document.text == raw.decode("utf-8")


@needs_shared
def test_no_real_log_passes_for_prose() -> None:
    folders = ("linux", "web", "windows_text", "network", "dns_proxy", "mail_server", "zeek")
    logs = [log for folder in folders for log in (SHARED / "data" / folder).rglob("*.log")]
    assert logs
    heads = {log: log.read_bytes()[:HEAD] for log in logs}
    assert [log for log, head in heads.items() if READER.recognises(head)] == []
