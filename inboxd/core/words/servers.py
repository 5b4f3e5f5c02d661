"""How mail servers tell that a mail could not be delivered, in subjects and texts."""

from __future__ import annotations

import re

from inboxd.core.words import pattern

BOUNCE_SUBJECT = pattern(
    r"""
    ^\W*(?:(?:re|fwd?)\s*:\s*)?\W*(?:
        (?:mail )?deliver(?:y|ing)(?: status)? (?:
            notification|failed|failure|has failed|error|report|problem|delayed
        )
        (?:e-?)?mail delivery (?:failed|failure|system|error|problem|warning)
        (?:e-?mail|message) (?:could|can) ?not be delivered
        undeliver(?:able|ed)|(?:permanent )?delivery failure|mail failed
        (?:mail )?processing error
        returned (?:mail|to sender|message)
        mail system error|message undelivered|non-?deliver\w+|failure notice
        failed (?:mail|delivery|notice)|delayed (?:mail|delivery|e-?mail)
        warning: (?:could not send|message|e-?mail)
        message (?:not delivered|status|undeliverable|delivery (?:failure|failed|delayed))
        delivery incomplete|non[- ]?delivery|non remis|non distribu[ée]\w*|non d[ée]livr[ée]\w*
        [ée]chec de (?:la )?(?:remise|distribution|livraison|l['’]envoi)
        notification d['’][ée]tat de (?:remise|distribution)
        remise (?:retard[ée]e|diff[ée]r[ée]e)
        retour de courrier|nicht (?:zustellbar|zugestellt)|unzustellbar\w*
        zustell(?:ung|fehler|problem)\w*
        (?:mail|e-mail|nachricht)\w* (?:konnte )?nicht zugestellt
        fehler bei der zustellung
        benachrichtigung (?:zum|[üu]ber den) (?:zu|[üu]bermittlungs)\w*
        no (?:se )?(?:puede|pudo) entregar|no entregado|error de entrega|devuelto
        notificaci[óo]n de (?:estado de )?entrega
        mancat[oa] (?:recapito|consegna)|impossibile recapitare
        notifica (?:di )?(?:stato|mancat\w)
        n[ãa]o (?:foi )?(?:entregue|poss[íi]vel entregar)
        falha na entrega|onbestelbaar|niet bezorgd|kan inte levereras|olevererbart|ikke leveret
        недостав\w*|не доставлен\w*|ошибка доставки|投递失败|退信|系统退信|配信(?:エラー|不能|できません)
        送信(?:エラー|できません)
        (?:mailbox|quota|user|recipient|address) (?:is )?(?:
            full|exceeded|unknown|not found|rejected
        )
        over ?quota|rejected:|spam quarantine|message blocked|problems? (?:with )?deliver\w+
        could ?n['o]t (?:be )?deliver|unable to deliver
    )
    """,
)
BOUNCE_TEXT = pattern(
    r"""
    (?:\b|(?<=[\u3040-\u9fff\uac00-\ud7af]))(?:
        (?:
            could not|couldn['’]t|cannot|can['’]t|was not|wasn['’]t|not be|has not been
        ) (?:be )?(?:delivered|deliver)
        delivery (?:to the following recipients?|has) (?:has )?failed
        permanent(?: fatal)?(?: delivery)? (?:errors?|failure)
        (?:has been|was) (?:returned because|removed from the mail queue|automatically rejected)
        delivery of e-?mail to this address
        (?:has been|is) (?:postponed|deferred)
        no valid recipients|did not reach the following|unable to deliver|undeliverable
        user unknown|unknown user|no such (?:user|recipient|mailbox)
        mailbox (?:is full|unavailable|not found|quota)
        (?:over|exceeded?) (?:its |the |storage )?quota
        was not delivered|mailbox (?:full|for)|not listed in|nepoda[řr]ilo se doru[čc]it
        nie (?:zosta[łl]a|mo[żz]na|uda[łl]o si[ęe]) (?:dor[ęe]cz\w+)
        iletilemedi|お届けできません|配信できません|無法(?:投遞|傳送)|无法(?:投递|送达)|投递失败|전달(?:할 수 없|되지)
        this is the mail system at host|qmail-send program
        i['’]m afraid i wasn['’]t able to deliver
        message that you sent|recipient (?:address )?rejected|message delayed
        will (?:be )?(?:keep|re)[- ]?tr(?:y|ied)
        returned to sender
        n['’]a pas pu [êe]tre (?:remis|distribu|d[ée]livr)\w*
        konnte nicht zugestellt|nicht zugestellt werden|no se (?:ha podido|pudo) entregar
        non [èe] stato possibile (?:consegnare|recapitare)
        n[ãa]o p[ôo]de ser entregue|550[ -]5\.\d
        5\.\d\.\d{1,2}\b.{0,80}(?:unknown|full|reject|denied)
        не (?:удалось доставить|может быть доставлено)
    )
    """,
)
MTA = re.compile(  # how mail servers begin (qmail, Postfix, Exim, sendmail, Exchange)
    r"(?im)^\W*(?:hi\. )?(?:this is the (?:mail|qmail-send) (?:program|system)\b|i['’]m (?:afraid|sorry) (?:i wasn['’]t able|to have to inform you)|this message was created automatically by (?:the )?mail|a message that you sent could not|the original message was received at|delivery has failed to these recipients|your message (?:wasn['’]t|could not be|couldn['’]t be) delivered to\b)"
)
FAILED_TO = pattern(  # a recipient with what its server said, or the rule above our mail
    r"""
    (?im)^[^\n]{0,20}<?[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,100}>?[^\n]{0,120}(?:\n[^\n]{0,120})?\b(?:
        [45]\d\d[ -]#?[45]\.\d\.\d
        user (?:is )?(?:unknown|not (?:found|listed))
        unknown user|mailbox (?:is )?full|over quota|no such (?:user|mailbox)
        recipient (?:address )?(?:rejected|unknown)
    )
    ^[^\w\n]{0,40}(?:
        unknown user|user unknown
        invalid (?:receiver|recipient)(?: address)?
        (?:user['’]s )?mailbox (?:is )?full
    )\s*:\s*<?\S{1,64}@
    (?:
        delivered to|recipients?(?:\(s\))?|address(?:es)?|users?(?:\(s\))?|empf[äa]nger\w*
        destinatari\w*|destinataires?|odbior\w+|адрес\w*|получател\w+|メール|あて先|宛先|收件人|地址
    )[^\n]{0,60}\n{1,2}[^\w\n]{0,8}[\w.+-]{1,64}@[\w-]{1,63}\.
    \bdelivered to\W{1,3}[\w.+-]{1,64}@
    ^\W{0,40}(?:returned|original|undelivered|failed) (?:message|mail)(?: (?:follows|headers?))?\W{0,40}$
    """,
    0,
)
