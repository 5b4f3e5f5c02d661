"""Lines that mark old mail in new: attributions, dividers, signatures, forwarded headers."""

from __future__ import annotations

import re

from inboxd.core.words import joined, pattern

_WROTE = (
    r"(?:wrote|writes|a [ée]crit|[ée]crivait|schrieb(?:en)?|hat (?:folgendes )?geschrieben|escribi[óo]|ha scritto|escreveu|schreef|skrev|kirjoitti|napisa[łl]\(?a?\)?|napsal\(?a?\)?|pisze|[íi]rta|a scris|yazd[ıi]|şunları yazd[ıi]|tarihinde şunu yazd[ıi]"
    r"|написал\(?а?\)?|пишет|έγραψε|写道|寫道|さん(?:は|が)?書きました|のメール|님이 작성|כתב|كتب)"
)
WROTE = re.compile(rf"(?:^|[^\w]){_WROTE}(?!\w).{{0,80}}$", re.IGNORECASE)
ATTRIBUTION = re.compile(
    r"^\W*\d{4}[-/年.]\s?\d{1,2}[-/月.]\s?\d{1,2}.{0,80}[<＜][^<>\s]+@[^<>\s]+[>＞].{0,20}[:：]?\s*$|^\W*(?:\w{2,4}\.?,? )?\d{1,2}[. ]\w{2,10}[. ]+\d{4}.{0,60}<[^<>\s]+@[^<>\s]+>\s*[:：]\s*$"
    r"|^\W*(?:Quoting|Zitat von|Citando|Citation de|Citando a|Cytowanie)\b.{3,200}[:：]\s*$|^\W*\S[^\n]{0,80}<[^<>\s]+@[^<>\s]+>\s*(?:said|says|schrieb|[ée]crit)?[^\n]{0,40}[:：]\s*$",
    re.IGNORECASE,
)
DIVIDER = pattern(
    r"""
    ^\s*(?:
        [-_=*]{2,}\s*(?:
            original (?:message|e-?mail|appointment)
            (?:forwarded|reply) message|reply above.{0,40}|message d['’]origine|message original
            message initial|urspr[üu]ngliche nachricht|originalnachricht|original-?nachricht
            mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht
            (?:ursprungligt |original)meddelande
            opprinnelig melding|oprindelig (?:meddelelse|besked)|alkuper[äa]inen viesti
            oryginalna wiadomo[śs][ćc]
            p[ůu]vodn[íi] (?:zpr[áa]va|e-?mail)
            eredeti [üu]zenet|orijinal (?:mesaj|[ıi]leti)|исходное сообщение
            оригинальное сообщение|пересылаемое сообщение|原始邮件|原始郵件|原邮件|元のメッセージ|원본 메시지
        )\s*[-_=*]{2,}
        _{20,}|={20,}|-{3,}\s*in reply to.{0,80}|\[original message\]
        -+ ?reply above this line ?-+|回复的原邮件|-{5,}原始邮件-{5,}
    )\s*$
    """,
)
TELEPHONE = pattern(
    r"""
    ^\s*(?:
        sent (?:
            from (?:my|a|outlook|yahoo|mail|proton|the)
            with \[?(?:proton|tuta\w*|spark|mailspring)
        )\b.{0,80}
        get outlook for (?:ios|android).{0,40}
        envoy[ée] (?:de(?:puis)?|[àa] partir de) (?:mon|ma|outlook|yahoo|l['’])\b.{0,60}
        obtenez outlook.{0,60}|t[ée]l[ée]charger outlook.{0,40}
        gesendet (?:von|mit|aus)\b.{0,60}|von meinem .{0,30}gesendet.{0,10}
        holen sie sich outlook.{0,40}
        outlook f[üu]r (?:ios|android).{0,40}
        enviado (?:desde|do|de)\b.{0,60}|obtener outlook.{0,40}|inviato da\b.{0,60}
        scarica outlook.{0,40}
        verzonden (?:vanaf|met|via)\b.{0,60}
        skickat fr[åa]n\b.{0,60}|sendt fra\b.{0,60}|l[äa]hetetty .{0,60}|wys[łl]ane? z\b.{0,60}
        odesl[áa]no z\b.{0,60}|отправлено (?:с|из)\b.{0,60}|发自我的.{0,40}|从我的.{0,20}发送
        iphoneから送信.{0,20}|나의 .{0,20}에서 보냄.{0,10}
        [^\n]{0,30}(?:iphone|ipad|android|samsung|huawei)[^\n]{0,15}(?:g[öo]nderildi|wysłane|von unterwegs)
    )\s*[.!]?\s*$
    """,
)
FORWARDED = pattern(
    r"""
    ^[>\s]*(?:[-_=*]{2,}\s*)?(?:
        begin forwarded message|message body|forwarded message|forwarded by|start of forwarded message
        original message follows|message transf[ée]r[ée]
        d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])
        message r[ée]exp[ée]di[ée]|message suivi|weitergeleitete nachricht
        anfang der weitergeleiteten (?:nachricht|e-?mail)
        mensaje reenviado|inicio del mensaje reenviado|messaggio inoltrato
        inizio messaggio inoltrato|mensagem encaminhada|mensagem reencaminhada
        in[íi]cio da mensagem (?:re)?encaminhada
        doorgestuurd bericht|begin doorgestuurd bericht|vidarebefordrat meddelande
        videresendt (?:melding|besked)|v[äa]litetty viesti|przekazana wiadomo[śs][ćc]
        p[řr]eposlan[áa] zpr[áa]va|iletilen mesaj|пересылаемое сообщение
        начало переадресованного сообщения|пересланное сообщение|转发邮件信息|转发的邮件|轉寄郵件|転送メッセージ
        転送されたメール|전달된 메일
        \[forwarded message from [^\n]{0,300}\]
    )\s*:?\s*(?:[-_=*]{2,})?\s*$
    """,
)
FORWARDED_SUBJECT = re.compile(
    r"^\s*(?:\[[^\]]{0,40}\]\s*)?(?:fwd?|tr|wg|rv|i|enc|vs|vb|doorst|fw|pd|転送|转发|轉寄|отв|пересл)\s*:",
    re.IGNORECASE,
)
_KEY = joined(
    r"""
    (?:
        from|sent|to|cc|bcc|subject|date|reply-to|importance|attachments|de|envoy[ée]|[àa]|objet
        cc|date|pi[èe]ces jointes|von|gesendet|an|betreff|datum|antwort an|enviado(?: el)?|para
        asunto|fecha|da|inviato|a|oggetto|data|assunto|verzonden|aan|onderwerp|fr[åa]n|skickat
        till|[äa]mne|fra|sendt|til|emne|l[äa]hett[äa]j[äa]|l[äa]hetetty|vastaanottaja|aihe|от
        отправлено|кому|тема|дата|копия|发件人|发送时间|收件人|主题|日期|抄送|寄件者|差出人|送信日時|宛先|件名|日付|od
        wys[łl]ano|do|temat|odesl[áa]no|komu|p[řr]edm[ěe]t|kimden|kime|konu
    )
    """
)
HEADER_LINE = re.compile(rf"^[>\s]*\*?\s*{_KEY}\s*\*?\s*[:：]\*?(?:\s|$|\S)", re.IGNORECASE)
