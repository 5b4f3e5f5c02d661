"""What a person typed now against what they quoted: replies of all common clients and languages."""

from __future__ import annotations

import re

from inboxd.core.forward import is_header_block

_MAX_ATTRIBUTION = 500  # characters; longer lines are no attribution
_WROTE = (
    r"(?:wrote|writes|a [ée]crit|[ée]crivait|schrieb(?:en)?|hat (?:folgendes )?geschrieben|escribi[óo]|ha scritto|escreveu|schreef|skrev|kirjoitti|napisa[łl]\(?a?\)?|napsal\(?a?\)?|pisze|[íi]rta|a scris|yazd[ıi]|şunları yazd[ıi]|tarihinde şunu yazd[ıi]"
    r"|написал\(?а?\)?|пишет|έγραψε|写道|寫道|さん(?:は|が)?書きました|のメール|님이 작성|כתב|كتب)"
)
_SAYS = re.compile(rf"(?:^|[^\w]){_WROTE}(?!\w).{{0,80}}$", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r"^\W*\d{4}[-/年.]\s?\d{1,2}[-/月.]\s?\d{1,2}.{0,80}[<＜][^<>\s]+@[^<>\s]+[>＞].{0,20}[:：]?\s*$|^\W*(?:\w{2,4}\.?,? )?\d{1,2}[. ]\w{2,10}[. ]+\d{4}.{0,60}<[^<>\s]+@[^<>\s]+>\s*[:：]\s*$"
    r"|^\W*(?:Quoting|Zitat von|Citando|Citation de|Citando a|Cytowanie)\b.{3,200}[:：]\s*$|^\W*\S[^\n]{0,80}<[^<>\s]+@[^<>\s]+>\s*(?:said|says|schrieb|[ée]crit)?[^\n]{0,40}[:：]\s*$",
    re.IGNORECASE,
)


def _is_attribution(line: str) -> bool:
    """Whether a joined line says who wrote what follows: a verb of writing beside a date, or a form
    that some client uses without a verb."""
    dated = re.search(r"[\d@]", line) or re.match(r"\W*(?:On|Le|Am|El|Il|Em|Op|Den)\b", line)
    return bool(dated and _SAYS.search(line)) or _ATTRIBUTION.match(line) is not None


_DIVIDER = re.compile(
    r"^\s*(?:[-_=*]{2,}\s*(?:original (?:message|e-?mail|appointment)|(?:forwarded|reply) message|reply above.{0,40}|message d['’]origine|message original|message initial|urspr[üu]ngliche nachricht|originalnachricht|original-?nachricht|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|opprinnelig melding|oprindelig (?:meddelelse|besked)"
    r"|alkuper[äa]inen viesti|oryginalna wiadomo[śs][ćc]|p[ůu]vodn[íi] (?:zpr[áa]va|e-?mail)|eredeti [üu]zenet|orijinal (?:mesaj|[ıi]leti)|исходное сообщение|оригинальное сообщение|пересылаемое сообщение|原始邮件|原始郵件|原邮件|元のメッセージ|원본 메시지)\s*[-_=*]{2,}"
    r"|_{20,}|={20,}|-{3,}\s*in reply to.{0,80}|\[original message\]|-+ ?reply above this line ?-+|回复的原邮件|-{5,}原始邮件-{5,})\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\s*(?:sent from (?:my|a|outlook|yahoo|mail|proton|the)\b.{0,60}|get outlook for (?:ios|android).{0,40}|envoy[ée] (?:de(?:puis)?|[àa] partir de) (?:mon|ma|outlook|yahoo|l['’])\b.{0,60}|obtenez outlook.{0,60}|t[ée]l[ée]charger outlook.{0,40}|gesendet (?:von|mit|aus)\b.{0,60}|von meinem .{0,30}gesendet.{0,10}|holen sie sich outlook.{0,40}|outlook f[üu]r (?:ios|android).{0,40}|enviado (?:desde|do|de)\b.{0,60}|obtener outlook.{0,40}|inviato da\b.{0,60}|scarica outlook.{0,40}"
    r"|verzonden (?:vanaf|met|via)\b.{0,60}|skickat fr[åa]n\b.{0,60}|sendt fra\b.{0,60}|l[äa]hetetty .{0,60}|wys[łl]ane? z\b.{0,60}|odesl[áa]no z\b.{0,60}|отправлено (?:с|из)\b.{0,60}|发自我的.{0,40}|从我的.{0,20}发送|iphoneから送信.{0,20}|나의 .{0,20}에서 보냄.{0,10}|[^\n]{0,30}(?:iphone|ipad|android|samsung|huawei)[^\n]{0,15}(?:g[öo]nderildi|wysłane|von unterwegs))\s*[.!]?\s*$",
    re.IGNORECASE,
)
MOST_BELOW = 20  # characters of a name or a phone number under the mark of a telephone


_SENT = re.compile(r"\s*>\s?(?:[A-Z]{3,8} \S{1,2000} HTTP/\d|[\w-]{2,40}: ?\S|\s*$)")
_ANSWERED = re.compile(r"\s*<\s?(?:HTTP/\d|[\w-]{2,40}: ?\S|\s*$)")
_DASHES = ("-- ", "--", "-- \u00a0")  # RFC 3676 4.3; many clients drop the blank


def quotes(text: str) -> bool:
    """Whether a mail carries old mail, or the line that a telephone adds: clients of people do."""
    lines = text.split("\n")
    return any(
        line.lstrip().startswith((">", "|>", "\u203a "))
        or _SIGNATURE.match(line[:300])
        or (_DIVIDER.match(line[:300]) and _history(lines, index + 1, line))
        or (index and is_header_block(lines, index))
        or _attribution(lines, index)
        for index, line in enumerate(lines)
    )


def new_text(text: str) -> str:
    """What the writer typed now: quotes, the history below them and the signature cut away.

    Answers typed between quoted lines are kept. If nothing would be left, nothing is returned:
    a mail of quotes alone says nothing new.
    """
    lines = text.split("\n")
    shown = _exchanges(lines)
    kept: list[str] = []
    marks: list[int] = []  # where a telephone said that it sent this, in kept
    skip = 0
    said = False
    for index, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if line in _DASHES and index > 0:
            break
        if _DIVIDER.match(line[:300]) and _history(lines, index + 1, line):
            break
        if said and is_header_block(lines, index):
            break
        if line.lstrip().startswith((">", "|>", "\u203a ")) and index not in shown:
            continue
        folded = _attribution(lines, index)
        if folded and _quoted_below(lines, index + folded):
            skip = folded - 1
            continue
        if folded and said and _top_posted(lines, index, folded):
            break
        if said and _SIGNATURE.match(line[:300]):
            marks.append(len(kept))
        kept.append(line)
        said = said or bool(line.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_until_mark(kept, marks))).strip()


def _exchanges(lines: list[str]) -> set[int]:
    """Lines of requests and answers as `curl -v` marks them: they are shown, not quoted."""
    shown: set[int] = set()
    run: list[int] = []
    for index, line in enumerate([*lines, "end"]):
        if _SENT.match(line) or _ANSWERED.match(line):
            run.append(index)
            continue
        marked = "\n".join(lines[at] for at in run)
        if re.search(r"(?m)^\s*>\s?[A-Z]{3,8} \S+ HTTP/", marked) and re.search(
            r"(?m)^\s*<\s?HTTP/", marked
        ):
            shown.update(run)
        run = []
    return shown


def _until_mark(kept: list[str], marks: list[int]) -> list[str]:
    """Up to the first mark of a telephone with next to nothing below it; lines there stay."""
    end, below = len(kept), 0
    for mark in reversed(marks):
        below += sum(len(line.strip()) for line in kept[mark + 1 : end])
        if below > MOST_BELOW:
            break
        end = mark
    return kept[:end]


def _history(lines: list[str], at: int, divider: str) -> bool:
    """Whether old mail follows a dividing line; a rule may be decoration, except Outlook's own."""
    if not re.match(r"^\s*(?:_{20,}|={20,})\s*$", divider) or divider.strip() == "_" * 32:
        return True
    following = [index for index in range(at, min(at + 4, len(lines))) if lines[index].strip()]
    return bool(following) and is_header_block(lines, following[0])


def _attribution(lines: list[str], at: int) -> int:
    """How many lines the "On ... wrote:" that begins here takes; 0 when none does."""
    here = lines[at].strip()
    if not here or len(here) > _MAX_ATTRIBUTION:
        return 0
    joined = here
    for count in range(1, 4):
        if _is_attribution(joined) and (joined[-1] in ":：" or count > 1 or "@" in joined):
            return count
        if (
            at + count >= len(lines)
            or not lines[at + count].strip()
            or len(joined) > _MAX_ATTRIBUTION
        ):
            return 0
        joined = f"{joined} {lines[at + count].strip()[:_MAX_ATTRIBUTION]}"
    return 0


def _quoted_below(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return following.lstrip().startswith((">", "|>", "\u203a "))


def _top_posted(lines: list[str], at: int, count: int) -> bool:
    """An attribution with unmarked history below: it names an address or ends a dated line."""
    said = " ".join(lines[at : at + count])
    return (
        bool(re.search(r"@|\d{4}", said))
        and said.rstrip()[-1:] in ":："
        and at + count < len(lines)
    )
