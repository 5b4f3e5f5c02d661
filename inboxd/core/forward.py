"""A report that somebody handed on: the text inside a forwarded mail, as 25 clients write it."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"^[>\s]*(?:[-_=*]{2,}\s*)?(?:begin forwarded message|forwarded message|forwarded by|start of forwarded message|original message follows"
    r"|message transf[ée]r[ée]|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|message r[ée]exp[ée]di[ée]|message suivi|weitergeleitete nachricht|anfang der weitergeleiteten (?:nachricht|e-?mail)"
    r"|mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato|inizio messaggio inoltrato|mensagem encaminhada|mensagem reencaminhada|in[íi]cio da mensagem (?:re)?encaminhada"
    r"|doorgestuurd bericht|begin doorgestuurd bericht|vidarebefordrat meddelande|videresendt (?:melding|besked)|v[äa]litetty viesti|przekazana wiadomo[śs][ćc]|p[řr]eposlan[áa] zpr[áa]va|iletilen mesaj"
    r"|пересылаемое сообщение|начало переадресованного сообщения|пересланное сообщение|转发邮件信息|转发的邮件|轉寄郵件|転送メッセージ|転送されたメール|전달된 메일"
    r"|\[forwarded message from [^\n]{0,300}\])\s*:?\s*(?:[-_=*]{2,})?\s*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]{0,40}\]\s*)?(?:fwd?|tr|wg|rv|i|enc|vs|vb|doorst|fw|pd|転送|转发|轉寄|отв|пересл)\s*:",
    re.IGNORECASE,
)
_KEY = (
    r"(?:from|sent|to|cc|bcc|subject|date|reply-to|importance|attachments|de|envoy[ée]|[àa]|objet|cc|date|pi[èe]ces jointes|von|gesendet|an|betreff|datum|antwort an"
    r"|enviado(?: el)?|para|asunto|fecha|da|inviato|a|oggetto|data|assunto|verzonden|aan|onderwerp|fr[åa]n|skickat|till|[äa]mne|fra|sendt|til|emne|l[äa]hett[äa]j[äa]|l[äa]hetetty|vastaanottaja|aihe"
    r"|от|отправлено|кому|тема|дата|копия|发件人|发送时间|收件人|主题|日期|抄送|寄件者|差出人|送信日時|宛先|件名|日付|od|wys[łl]ano|do|temat|odesl[áa]no|komu|p[řr]edm[ěe]t|kimden|kime|konu)"
)
_HEADER = re.compile(rf"^[>\s]*\*?\s*{_KEY}\s*\*?\s*[:：]\*?(?:\s|$|\S)", re.IGNORECASE)
MAX_HEADERS = 20


def forwarded(text: str, subject: str) -> str | None:
    """The body of the innermost mail that was forwarded in this text, or None.

    A block of headers without a mark counts only under a subject that says "forwarded": otherwise
    it stands above the history of a conversation.
    """
    lines = text.split("\n")
    begin: int | None = None
    for index, line in enumerate(lines):
        if len(line) <= 400 and _MARK.match(line):
            begin = _past_headers(lines, index + 1)
        elif _SUBJECT.match(subject) and is_header_block(lines, index):
            begin = _past_headers(lines, index)
    if begin is None:
        return None
    body = lines[begin:]
    filled = [line for line in body if line.strip()]
    if filled and all(
        line.lstrip().startswith(">") for line in filled[: len(filled) * 3 // 4 or 1]
    ):
        body = [re.sub(r"^\s*> ?", "", line) for line in body]
    return "\n".join(body).strip() or None


def is_header_block(lines: list[str], at: int) -> bool:
    """Whether three header lines of a quoted mail or more begin here, with none above."""
    if not _header(lines, at) or (at and _header(lines, at - 1)):
        return False
    return sum(_header(lines, index) for index in range(at, min(at + 6, len(lines)))) >= 3


def _header(lines: list[str], at: int) -> bool:
    return at < len(lines) and len(lines[at]) <= 1000 and _HEADER.match(lines[at]) is not None


def _past_headers(lines: list[str], at: int) -> int:
    """Past blank lines, header lines and their continuations."""
    while at < len(lines) and not lines[at].strip("> \t"):
        at += 1
    seen = 0
    while at < len(lines) and seen < MAX_HEADERS and lines[at].strip("> \t"):
        if not _header(lines, at) and not (seen and lines[at][:1] in " \t"):
            break
        seen += 1
        at += 1
    return at
